"""Why a record may not take a step: each family's rules, one at a time."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.folds.office import cards, complaints, families, lots
from desk.folds.office.office_record import Asked, Step
from desk.folds.refusal import Refusal
from desk.law.holidays import HolidayTable
from desk.log import chain
from desk.log.office_events import CardRaised, ComplaintMade, LotDrawn, LotScored, Said

D = dt.date
TABLE = HolidayTable("试", "x", (2026, 2027), frozenset(), frozenset())
TODAY = D(2026, 6, 1)


def asked(kind: str, author: str = "watch", **said: object) -> Asked:
    return Asked(author, kind, Said("乌兰", **said), TODAY, TABLE)  # type: ignore[arg-type]


def step(kind: str, account: str) -> Step:
    return Step(kind, "x", "t", account, "名", "", "")


CARD = cards.Card("card:1", "explained", CardRaised("r", "red", "N1", "o", "p", "a", "t", "f", D(2026, 6, 9)), "t", "")


class TestCards:
    def test_only_what_its_state_allows(self) -> None:
        assert cards.refusal(CARD, asked("card.corrected")) == Refusal("这张牌现在是“待答复”，不能这样办。")
        assert cards.refusal(CARD, asked("card.appealed")) is None

    def test_a_step_that_decides_says_how(self) -> None:
        assert cards.refusal(CARD, asked("card.answered")) == Refusal("请选择处理意见。")
        assert cards.refusal(CARD, asked("card.answered", verdict="done")) == Refusal("请选择处理意见。")
        for verdict in ("accepted", "correct"):
            assert cards.refusal(CARD, asked("card.answered", verdict=verdict)) is None

    @pytest.mark.parametrize("own", ["card.explained", "card.corrected", "card.appealed"])
    def test_nobody_judges_what_they_said_themselves(self, own: str) -> None:
        said = msgspec.structs.replace(CARD, history=(step("card.raised", "watch"), step(own, "chief")))
        refused = Refusal("您替部门说明过这张牌，不能再由您答复。", "请另一名监察员答复。")
        assert cards.refusal(said, asked("card.answered", "chief", verdict="accepted")) == refused
        assert cards.refusal(said, asked("card.answered", "watch", verdict="accepted")) is None
        assert cards.refusal(said, asked("card.appealed", "chief")) is None  # which judges nothing
        for kind in cards.VERDICTS:
            assert cards.own_word(said, kind, "chief")
            assert not cards.own_word(said, kind, "watch")


MADE = ComplaintMade("T1", "c", "complaint", "字")
COMPLAINT = complaints.Complaint("complaint:1", "answered", MADE, "t", "o", "")


class TestComplaints:
    def test_only_what_its_state_allows(self) -> None:
        assert complaints.refusal(COMPLAINT, asked("complaint.assigned")) == Refusal(
            "现在是“已答复，待回访”，不能这样办。"
        )
        assert complaints.refusal(COMPLAINT, asked("complaint.published")) is None
        assert complaints.may(COMPLAINT, "complaint.published")
        assert not complaints.may(COMPLAINT, "complaint.danced")

    def test_a_call_back_says_what_came_of_it(self) -> None:
        assert complaints.refusal(COMPLAINT, asked("complaint.called_back")) == Refusal("请选择回访结果。")
        for verdict in ("yes", "no", "none"):
            assert complaints.refusal(COMPLAINT, asked("complaint.called_back", verdict=verdict)) is None

    @pytest.mark.parametrize(
        ("sort", "content", "must"),
        [
            ("complaint", "", True), ("rating", "", True), ("complaint", "no", True), ("complaint", "yes", False),
            ("rating", "none", False), ("question", "", False), ("suggestion", "no", False),
        ],
    )  # fmt: skip
    def test_a_writer_is_called_back_before_it_is_closed(self, sort: str, content: str, must: bool) -> None:
        found = msgspec.structs.replace(COMPLAINT, made=msgspec.structs.replace(MADE, sort=sort), content=content)
        assert complaints.must_call(found) is must
        refused = Refusal("还没有回访，或来访人不认可答复。", "请先回访。") if must else None
        assert complaints.refusal(found, asked("complaint.closed")) == refused


LOT = lots.Lot("lot:1", "drawn", LotDrawn("t", "s", "a", "b", "o", "k", 2, ("N1", "N2"), "乌兰"), "t", {})
SCORED = LotScored("N1", {}, 80, "字", "乌兰")


class TestLots:
    def test_it_is_closed_with_a_word_once_every_file_was_scored(self) -> None:
        half = msgspec.structs.replace(LOT, scores={"N1": SCORED})
        whole = msgspec.structs.replace(LOT, scores={"N1": SCORED, "N2": SCORED})
        assert lots.refusal(whole, asked("lot.closed", text="已反馈")) is None
        assert lots.refusal(half, asked("lot.closed", text="已反馈")) == Refusal("还有 1 件没有评分。")
        assert lots.refusal(LOT, asked("lot.closed", text="已反馈")) == Refusal("还有 2 件没有评分。")
        for text in ("", " "):
            wordless = lots.refusal(whole, asked("lot.closed", text=text))
            assert wordless == Refusal("请写评查意见，部门要看到。")

    def test_when_it_is_over_nothing_more(self) -> None:
        over = msgspec.structs.replace(LOT, state="closed", scores={"N1": SCORED, "N2": SCORED})
        assert isinstance(lots.refusal(over, asked("lot.closed", text="x")), Refusal)
        assert isinstance(lots.refusal(over, asked("lot.scored", text="x")), Refusal)
        assert lots.refusal(LOT, asked("lot.scored", text="x")) is None


def test_a_record_is_asked_through_its_family() -> None:
    raw = msgspec.Raw(msgspec.json.encode(MADE))
    entries = [chain.Entry("152523000000-00", 1, "", "t", "a", "complaint.made", "complaint:1", 1, raw)]

    def here(kind: str) -> Asked:
        return msgspec.structs.replace(asked(kind), node="152523000000-00")

    refused = families.refusal("complaint:1", entries, here("complaint.closed"))
    assert refused == Refusal("现在是“待转办”，不能这样办。")
    assert families.refusal("complaint:1", entries, here("complaint.assigned")) is None
    assert families.refusal("complaint:1", [], asked("complaint.closed")) is None  # it begins with it
    assert families.refusal("nothing:1", entries, asked("complaint.closed")) is None
