"""What history and lists say of an entry, kind by kind, and which pictures it names."""

from __future__ import annotations

import msgspec
import pytest

from desk.log import centre_events, events, history_words, office_events, point_events
from desk.log.events import TakenMaterial
from desk.log.files import FileRef

ONE, TWO = FileRef("a" * 64, "甲.jpg", 3), FileRef("b" * 64, "乙.jpg", 4)


def test_a_kind_has_a_name_and_a_newer_one_is_told_as_it_is() -> None:
    assert events.name("case.accepted") == "受理"
    assert events.name("case.danced") == "其他记录（case.danced）"
    assert all(name and kind.count(".") == 1 for kind, (name, _) in events.KINDS.items())


def collected(*files: FileRef) -> events.Collected:
    item = events.ItemRef("t", "事项", 1, "1", "民政局", "benefit")
    materials = (TakenMaterial("a", "甲", files=files), TakenMaterial("b", "乙"))
    return events.Collected(item, "p", events.Person("阿"), materials, "苏和", "152523202202")


@pytest.mark.parametrize(
    ("data", "files"),
    [
        (collected(ONE, TWO), (ONE, TWO)),
        (collected(), ()),
        (events.MaterialsAdded("苏和", (TakenMaterial("a", "甲", files=(TWO,)),)), (TWO,)),
        (events.Served(signature=ONE), (ONE,)),
        (events.Served(), ()),
        (events.PaperSigned("告知书", "c" * 64, (ONE, TWO), "苏和"), (ONE, TWO)),
        (events.Act(files=(TWO,)), (TWO,)),
        (events.Accepted("乌兰", "民政局"), ()),
        (None, ()),
    ],
)
def test_the_pictures_that_an_entry_names(data: events.Data | None, files: tuple[FileRef, ...]) -> None:
    assert events.files(data) == files


@pytest.mark.parametrize(
    ("data", "who"),
    [
        (events.Accepted("乌兰", "民政局"), "乌兰"),
        (collected(), "苏和"),
        (events.Act(), ""),
        (events.Arrived("1", "中心", "network"), ""),
        (None, ""),
    ],
)
def test_who_acted(data: events.Data | None, who: str) -> None:
    assert history_words.actor(data) == who


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (events.Arrived("1525", "中心", "network"), "办件编号 1525"),
        (events.Arrived("1525", "中心", "network", note="U盘送到"), "U盘送到"),
        (events.Accepted("乌兰", "民政局", "受字 1 号"), "民政局，文书编号 受字 1 号"),
        (events.Accepted("乌兰", "民政局"), "民政局"),
        (events.SupplementAsked("乌兰", "民政局", ("户口簿", "照片")), "户口簿；照片"),
        (events.PaperMade("receipt-A5", "回执", "c" * 64, "苏和"), "回执"),
        (events.PaperPrinted("回执", "c" * 64, 2, "苏和"), "回执（第 2 次补打）"),
        (events.PaperSigned("告知书", "c" * 64, (ONE, TWO), "苏和"), "告知书（2 张）"),
        (
            events.MaterialsAdded("苏和", (TakenMaterial("a", "甲"), TakenMaterial("b", "乙"))),
            "甲、乙",
        ),
        (events.Served(recipient="阿拉坦", relation="儿子", how="上门"), "阿拉坦（儿子）签收，上门"),
        (events.Served(recipient="阿拉坦"), "阿拉坦签收"),
        (events.Served(how="邮寄", reasons="本人在外"), "邮寄，本人在外"),
        (events.Served(), ""),
        (events.Rated(5, "screen"), "已评价"),
        (events.Act(band="较轻", reasons="初次"), "裁量档次：较轻；初次"),
        (events.Act(band="较轻"), "裁量档次：较轻"),
        (events.Act(reasons="初次"), "初次"),
        (events.Renumbered("旧号", reasons="重号"), "原收件号 旧号，请换发回执。重号"),
        (centre_events.EntryRefused("n", 1, "不是"), "不是"),
        (collected(), ""),
        (None, ""),
    ],
)
def test_what_history_says_beside_the_fact(data: events.Data | None, note: str) -> None:
    assert history_words.note(data) == note


def test_what_was_written_reads_back_and_what_does_not_fit_is_nothing() -> None:
    raw = msgspec.Raw(msgspec.json.encode(events.Act(reasons="好")))
    assert events.decode("case.voided", raw) == events.Act(reasons="好")
    assert events.decode("case.danced", raw) is None
    for bad in (b'{"reasons":1}', b"[]", b"{", b""):
        assert events.decode("case.voided", msgspec.Raw(bad)) is None
    more = msgspec.Raw(b'{"reasons":"x","newer":1}')
    assert events.decode("case.voided", more) == events.Act(reasons="x")  # a newer program says more


def test_kinds_of_point_and_office_are_known_by_their_structs() -> None:
    assert events.KINDS["agent.added"][1] is point_events.AgentAdded
    assert set(office_events.OFFICE_KINDS) <= set(events.KINDS)
