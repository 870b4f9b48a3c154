"""Next year's version of an item is published today: until its day the one of today takes cases, then the new one,
at the centre, on the public page, at a desk and on its papers, off line too; a case keeps its own.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pypdf
import pytest
from conftest import PASSWORD, Served, SetClock, full_draft, item_code, sync
from judged import taken_over
from office import hidden, hidden_in, logged_in

from desk import clock
from desk.app.open_desk import Desk
from desk.centre.commands import run_centre
from desk.centre.drafting import approving
from desk.centre.node import centre_node, publishing
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.law.catalogue import load
from desk.law.catalogue.item import Item

SEED = load.seed()
HOURS = "只在上午办"


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "bian", "其木格", PASSWORD, "政务服务局", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as made:
        yield made


def uploaded(client: httpx.Client, *items: Item) -> httpx.Response:
    data = msgspec.json.encode(msgspec.structs.replace(SEED, version="旗2027-1", items=items))
    csrf = hidden(client, "/catalogue")
    return client.post("/catalogue/preview", data=csrf, files={"file": ("x.json", data, "application/json")})


def own(served: Served, item: Item) -> None:
    """The version of today is the banner's own, and no sample that a version of its own would take the place of."""
    publishing.catalogue(served.centre, "", msgspec.structs.replace(SEED, version="旗2026", items=(item,)))


def public(served: Served, item: Item) -> str:
    return httpx.get(f"{served.address}/items/{item.task_code}").text


def printed(desk: Desk, item: Item) -> str:
    made = desk.papers.guide(item.task_code)
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.pdf)).pages)


def next_year(item: Item, day: dt.date) -> Item:
    return msgspec.structs.replace(item, version=item.version + 1, effective_from=day, filed_on=day, hours=HOURS)


def test_next_years_version_waits_for_its_day_everywhere(
    served: Served, desk: Desk, editor: httpx.Client, tell: SetClock
) -> None:
    item = desk.item(item_code(desk))
    day = tell.at.date() + dt.timedelta(30)
    own(served, item)
    page = uploaded(editor, item, next_year(item, day))
    for words in ("到日子才实施", f"{day} 起实施", "不联网也一样"):
        assert words in page.text
    assert "发布后今天仍不能办" not in uploaded(editor, next_year(item, day)).text  # the one of today goes on
    page = uploaded(editor, item, next_year(item, day))
    assert "已收为草稿 1 条" in editor.post("/catalogue/take", data=hidden_in(page.text)).text
    taken_over(served)
    listed = editor.get("/catalogue", params={"text": item.task_code}).text
    assert f"第 {item.version} 版" in listed
    assert f"第 {item.version + 1} 版 {day} 起" in listed
    assert sync(desk).received

    before = desk.register(full_draft(desk)).intake_no
    assert desk.item(item.task_code).version == item.version
    assert HOURS not in public(served, item) + printed(desk, item)
    tell.at += dt.timedelta(30)  # no sync: the desk is off line
    after = desk.register(full_draft(desk, 2)).intake_no
    assert desk.item(item.task_code).hours == HOURS
    assert [desk.case(one).case.collected.item.version for one in (before, after)] == [item.version, item.version + 1]
    assert HOURS in public(served, item)
    assert HOURS in printed(desk, item)
    sync(desk)
    folded = [served.centre.case(one)[0] for one in (before, after)]
    assert [served.centre.publications.law(one).item.version for one in folded] == [item.version, item.version + 1]


def test_a_desk_whose_clock_ran_ahead_took_the_case_under_the_version_of_the_real_day(
    served: Served, desk: Desk, editor: httpx.Client, tell: SetClock
) -> None:
    item = desk.item(item_code(desk))
    day = tell.at.date() + dt.timedelta(30)
    own(served, item)
    editor.post("/catalogue/take", data=hidden_in(uploaded(editor, item, next_year(item, day)).text))
    taken_over(served)
    sync(desk)
    really = tell.at
    desk.session.store.tell = lambda: really + dt.timedelta(40)
    number = desk.register(full_draft(desk)).intake_no
    assert desk.case(number).case.collected.item.version == item.version + 1
    sync(desk)
    case = served.centre.case(number)[0]
    assert case.collected.item.version == item.version
    sync(desk)
    assert desk.case(number).case.collected.item.version == item.version  # the answer has come down


def test_an_approved_list_is_taken_over_at_the_command_line_by_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DAIBAN_PASSWORD", PASSWORD)
    monkeypatch.setenv("DAIBAN_PASSWORD_CONFIRM", PASSWORD)
    here = ["--data", str(tmp_path / "centre")]
    assert run_centre([*here, "init", "--code", "152523", "--name", "中心"]) == 0
    centre = centre_node.Centre(tmp_path / "centre")
    for account in ("bian", "he"):
        guard.add_clerk(centre, account, account, PASSWORD, "编办", frozenset({Role.EDITOR}))
    past, day = dt.date(2020, 1, 1), clock.now().date() + dt.timedelta(40)
    stands = msgspec.structs.replace(load.by_code("NM152523-07-033"), version=2, effective_from=past, filed_on=past)
    file = tmp_path / "catalogue.json"
    filed = ["--approved-by", "旗委编办", "--filed-no", "编备〔2020〕1号", "--filed-on", "2020-01-01"]
    why = ["--reason", "amended", "--document", "旗政发〔2026〕8号", "--note", "照新法"]
    told = (*here, "publish", "--catalogue", str(file))
    file.write_bytes(msgspec.json.encode(msgspec.structs.replace(SEED, items=(stands,))))
    for more, words in (
        ([], "--asks"),
        (["--asks", "bian", "--confirms", "bian", *filed], "自己不能核对"),
        (["--asks", "bian", "--confirms", "he"], "备案日期"),
    ):
        assert run_centre([*told, *more]) == 1
        assert words in capsys.readouterr().err
    assert run_centre([*told, "--asks", "bian"]) == 0  # drafts alone
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
    assert centre.publications.items == {}
    assert run_centre([*told, "--asks", "bian", "--confirms", "he", *filed]) == 0
    file.write_bytes(msgspec.json.encode(msgspec.structs.replace(SEED, items=(next_year(stands, day),))))
    assert run_centre([*told, "--asks", "bian", "--confirms", "he", *filed, *why]) == 0
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        life = approving.life_of(db, stands.task_code)
    now = centre.publications.items[stands.task_code]
    assert (now.effective_from, now.approved_by, now.filed_no) == (past, "旗委编办", "编备〔2020〕1号")
    assert centre.publications.on(stands.task_code, day).hours == HOURS
    assert life is not None
    assert [(one.way, one.hands) for one in life.versions] == [("adopted", ("bian",))] * 2
    assert [one.kind for one in life.history] == ["life.drafted", "life.adopted"] * 2
    centre.close()
