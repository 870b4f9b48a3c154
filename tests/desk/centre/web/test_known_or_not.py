"""Known, known to be none, not known: an item is published in each of the three, and page, site, chart, guide and
notice tell them apart; the editor sees before publishing what is not known."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import httpx
import msgspec
import pytest
from conftest import PASSWORD, Served, full_draft, sync
from counter_steps import same_after_rebuild, text_of
from judged import taken_over
from office import hidden, hidden_in, logged_in

from desk.app.open_desk import Desk
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.law.catalogue import known, load, rules
from desk.law.catalogue.item import Item, KnownNone
from desk.papers.published_list import listing_of
from desk.publication.item_page import item_page

SEED = load.seed()
ITEM = SEED.items[0]
FREE = "行政许可法§58"
NOTHING = {
    "materials": (), "acceptance_conditions": (), "holds": (), "fees": (), "statutory_limit": None,
    "promised_limit": None, "result_name": "", "delivery": "", "place": "", "hours": "", "remedy": "",
}  # fmt: skip
NONE_OF = tuple(KnownNone(fact, FREE if fact == "fees" else "") for fact in known.NONE_WORDS)


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "bian", "其木格", PASSWORD, "政务服务局", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as made:
        yield made


def item(version: int, **changed: object) -> Item:
    plain = msgspec.structs.replace(ITEM, version=version, exercised_by=None, **changed)
    return msgspec.structs.replace(plain, case_type="2")


def publish(served: Served, editor: httpx.Client, one: Item) -> str:
    """Publish the item through the page; what the editor saw before."""
    data = msgspec.json.encode(msgspec.structs.replace(SEED, version=f"v{one.version}", items=(one,)))
    sent = {"file": ("x.json", data, "application/json")}
    page = editor.post("/catalogue/preview", data=hidden(editor, "/catalogue"), files=sent).text
    assert "已收为草稿 1 条" in editor.post("/catalogue/take", data=hidden_in(page)).text
    taken_over(served)
    return page


def shown(desk: Desk, code: str) -> Item:
    return next(one for one in listing_of(desk.session).items if one.task_code == code)


def beside(page: str) -> list[str]:
    """The names and facts beside the guide."""
    listed = [re.sub(r"<[^>]*>", "", one) for one in re.findall(r"<d[td]>(.*?)</d[td]>", page, re.DOTALL)]
    return ["".join(html.unescape(one).split()) for one in listed]


def told(editor: httpx.Client, desk: Desk) -> dict[str, str]:
    """What everybody is told of the item, by where; without blanks."""
    sync(desk)
    code = ITEM.task_code
    found = {
        "page": editor.get(f"/items/{code}").text,
        "site": item_page(listing_of(desk.session), shown(desk, code)),
        "chart": editor.get(f"/items/{code}/flow.svg").text,
        "pdf": text_of(editor.get(f"/items/{code}/guide.pdf").content),
        "guide": text_of(desk.papers.guide(code).pdf),
        "notice": text_of(desk.papers.advance_notice(full_draft(desk)).pdf),
    }
    same_after_rebuild(desk)
    assert beside(found["page"]) == beside(found["site"])
    assert len(beside(found["page"])) > 20
    return {where: "".join(words.split()) for where, words in found.items()}


def test_what_is_known_what_is_none_and_what_is_not_known(served: Served, desk: Desk, editor: httpx.Client) -> None:
    step = ITEM.steps[0]
    untold = msgspec.structs.replace(step, limit=None)
    seen = publish(served, editor, item(11, **NOTHING, none_of=(), steps=(untold,)))
    for name in ("申请材料", "收费", "办理地点", "法定时限", f"“{step.name}”环节的时限"):
        assert name in seen
    unknown = told(editor, desk)
    asks = "请咨询洪格尔苏木人民政府，电话0479-0000000"
    for where in ("page", "site", "pdf", "guide", "notice"):
        assert unknown[where].count(asks) >= 5, where
        assert not [one for one in known.NONE_WORDS.values() if one in unknown[where].replace("代办不收费", "")], where
    assert "不再要求其他材料" not in unknown["notice"]
    assert "已带齐" not in unknown["notice"]
    assert "时限没有写明" in unknown["chart"]

    seen = publish(
        served, editor, item(12, **NOTHING, none_of=NONE_OF, steps=(msgspec.structs.replace(untold, uncounted="评定"),))
    )
    assert "申请材料" not in seen
    none = told(editor, desk)
    for where in ("page", "site", "pdf", "guide", "notice"):
        for fact in ("materials", "acceptance_conditions", "statutory_limit", "promised_limit", "place"):
            assert known.NONE_WORDS[fact] in none[where], (where, fact)
        assert f"不收费（依据：{FREE}）" in none[where], where
    assert "不计入时限（评定）" in none["chart"]
    assert "不再要求其他材料" in none["notice"]

    publish(served, editor, msgspec.structs.replace(ITEM, version=13))
    whole = told(editor, desk)
    for where in ("page", "site", "pdf", "guide", "notice"):
        assert ITEM.materials[0].name in whole[where]
        assert "不用交材料" not in whole[where]


def test_what_is_said_to_be_none_must_be_empty_and_have_its_basis() -> None:
    def faults(**changed: object) -> list[str]:
        changes = msgspec.structs.replace(ITEM, **changed)
        return [
            one.removeprefix(f"{ITEM.item_name}：")
            for one in rules.lint(msgspec.structs.replace(SEED, items=(changes,)))
        ]

    assert faults(none_of=(KnownNone("fees", FREE),)) == []
    assert faults(none_of=(KnownNone("fees"),)) == ["不收费没有写依据"]
    assert faults(none_of=(KnownNone("materials"),)) == ["“申请材料”写了内容，又写明没有"]
    assert faults(none_of=(KnownNone("remedy"),)) == ["“救济渠道”不能写明为没有"]


def test_a_catalogue_of_before_says_nothing_of_what_it_lacks() -> None:
    """Written before there was a way to say that there is none: what is empty is not known."""
    old = msgspec.to_builtins(ITEM)
    old.pop("none_of", None)
    for step in old["steps"]:
        step.pop("uncounted", None)
    read = msgspec.convert(old, Item)
    assert known.standing(read, "fees") is known.Standing.UNKNOWN
    assert "收费" in known.gaps(read)
    assert b"none_of" not in msgspec.json.encode(read)
    assert b"uncounted" not in msgspec.json.encode(read)
