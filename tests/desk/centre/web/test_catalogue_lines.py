"""The editor's page of what must hold for an item: shown, written, refused with everything kept, and at the desks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import httpx
import msgspec
import pytest
from conftest import PASSWORD, Served, both_databases, full_draft, item_code, sync
from judged import taken_over
from office import logged_in

from desk.app.open_desk import Desk
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.counter.asking.sense import Unmet
from desk.errors import AskedError
from desk.law.catalogue import load
from desk.law.catalogue.item import Item
from desk.log.centre_events import ItemPublished

NAME = "最低生活保障审核确认"
ITEM = next(one for one in load.seed().items if one.item_name == NAME)
PATH = f"/catalogue/conditions/{ITEM.task_code}"
COLUMNS = ("key", "fact", "of", "test", "value", "text", "law", "article", "sample")
NEW = ("", "field", "members", "at_least", "5", "家里有五口人", "试行办法", "§2", "")


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "bian", "其木格", PASSWORD, "政务服务局", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as made:
        yield made


def rows(page: str) -> list[list[str]]:
    """The rows of the form, as a browser would send them."""
    found = []
    for one in re.findall(r"<fieldset.*?</fieldset>", page, re.DOTALL):
        typed = {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', one)}
        for name, options in re.findall(r'<select[^>]*name="(\w+)">(.*?)</select>', one, re.DOTALL):
            chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
            typed[name] = chosen[1] if chosen else ""
        found.append([typed[name] for name in COLUMNS])
    return found


def sent(editor: httpx.Client, lines: list[list[str]], **other: str) -> httpx.Response:
    page = editor.get(PATH).text
    hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("csrf", "seen")}
    return editor.post(
        PATH, data=hidden | {name: [row[at] for row in lines] for at, name in enumerate(COLUMNS)} | other
    )


def test_the_lines_are_shown_in_words_and_in_the_form(editor: httpx.Client) -> None:
    page = editor.get(PATH).text
    assert "户籍所在地 在（行政区划） 代办点所在的旗县" in page
    assert "本人办过另一事项的次数（特困人员救助供养认定） 不多于 0" in page
    assert "社会救助法§37" in page
    assert [row[:5] for row in rows(page)] == [
        ["h1", "domicile", "", "within", "banner"],
        ["h2", "other_cases", "NM152523-05-002", "at_most", "0"],
        ["", "", "", "at_least", ""],
        ["", "", "", "at_least", ""],
    ]
    assert f'href="{PATH}"' in editor.get("/catalogue").text


@both_databases
def test_what_is_written_is_asked_at_the_desk(served: Served, desk: Desk, editor: httpx.Client) -> None:
    before = rows(editor.get(PATH).text)
    done = sent(editor, [before[0], list(NEW), before[2]])
    assert "已收为草稿" in done.text
    assert f"第 {ITEM.version} 版" in done.text
    assert rows(done.text)[1][5] == "家里有五口人"  # the draft is what is gone on with
    assert "家里有五口人" not in editor.get(f"/items/{ITEM.task_code}").text  # nobody publishes alone
    taken_over(served)
    assert "家里有五口人" in editor.get(f"/items/{ITEM.task_code}").text  # in the public guide
    sync(desk)
    item = desk.item(item_code(desk))
    assert [one.text for one in item.holds] == ["具有本旗户籍并共同生活的家庭", "家里有五口人"]
    assert len({one.code for one in item.holds}) == 2
    with pytest.raises(AskedError) as caught:
        desk.register(full_draft(desk))
    (unmet,) = [one for one in caught.value.questions if isinstance(one, Unmet)]
    assert unmet.answer.line.text == "家里有五口人"
    number = desk.register(full_draft(desk, 2, answers={unmet.key: "两个孩子在外上学"})).intake_no
    sync(desk)
    guard.add_clerk(served.centre, "ku", "库", PASSWORD, item.org_name, frozenset({Role.CLERK}))
    with logged_in(served, "ku") as clerk:
        page = clerk.get(f"/cases/{number}").text
    for words in ("条件不符", "家里有五口人", "试行办法§2", "填的是 3。", "仍收件的原因：两个孩子在外上学"):
        assert words in page


def test_a_wrong_line_is_refused_and_stays_typed(editor: httpx.Client) -> None:
    wrong = [*NEW[:4], "五", *NEW[5:]]
    answer = sent(editor, [wrong])
    assert answer.status_code == 409
    assert "写整数" in answer.text
    assert rows(answer.text)[0] == wrong
    assert f"第 {ITEM.version} 版" in editor.get(PATH).text  # nothing was published


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ([*NEW[:3], "no such", *NEW[4:]], "没有选"),
        ([*NEW[:1], "no such", *NEW[2:]], "没有选"),
        ([*NEW[:6], "", *NEW[7:]], "没有写依据"),
        (["", "other_cases", "elsewhere", "at_most", "0", "另一件", "法", "", ""], "不在目录里"),
        ([*NEW[:5], "长" * 5000, *NEW[6:]], "太长"),
    ],
)
def test_what_cannot_be_a_line(editor: httpx.Client, line: list[str], words: str) -> None:
    answer = sent(editor, [line])
    assert answer.status_code == 409
    assert words in answer.text


def test_nothing_changed_is_no_new_version(editor: httpx.Client) -> None:
    assert "一样" in sent(editor, rows(editor.get(PATH).text)).text


def test_what_somebody_else_published_meanwhile_is_looked_at_first(served: Served, editor: httpx.Client) -> None:
    sent(editor, [list(NEW)])
    taken_over(served)
    again = sent(editor, [], seen=str(ITEM.version))
    assert again.status_code == 409
    assert "刚刚有了别的版本" in again.text


def test_all_lines_can_be_taken_away(served: Served, editor: httpx.Client) -> None:
    assert "已收为草稿" in sent(editor, []).text
    taken_over(served)
    assert "现在没有要核对的条件" in editor.get(PATH).text


def test_a_program_of_before_reads_what_is_published() -> None:
    """Such a program refuses an item that has a field it does not know."""
    fields = [one for one in msgspec.structs.fields(Item) if one.name != "holds"]
    shape = [(one.name, one.type, one.default) if not one.required else (one.name, one.type) for one in fields]
    before = msgspec.defstruct("Item", shape, frozen=True, forbid_unknown_fields=True)
    told = msgspec.json.encode(ItemPublished.of(ITEM, "旗9"))
    read = msgspec.json.decode(told, type=msgspec.defstruct("Told", [("item", before), ("catalogue", str)]))
    assert read.item.item_name == NAME
    assert msgspec.json.decode(told, type=ItemPublished).whole == ITEM


def test_no_such_item(editor: httpx.Client) -> None:
    assert editor.get("/catalogue/conditions/none").status_code == 404


def test_a_file_with_a_wrong_line_is_not_published(editor: httpx.Client) -> None:
    line = msgspec.structs.replace(ITEM.holds[1], of="elsewhere")
    new = msgspec.structs.replace(load.seed(), items=(msgspec.structs.replace(ITEM, version=2, holds=(line,)),))
    csrf = re.search(r'name="csrf" value="([^"]*)"', editor.get("/catalogue").text)[1]
    page = editor.post(
        "/catalogue/preview", data={"csrf": csrf}, files={"file": ("a.json", msgspec.json.encode(new))}
    ).text
    assert "核对条件" in page  # what is another
    assert "“elsewhere”不在目录里" in page
