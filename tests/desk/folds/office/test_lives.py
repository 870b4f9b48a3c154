"""The life of a version: nobody skips a step, whoever wrote a text does not approve it, and what breaks a rule has no
effect wherever it is folded."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.folds.office import lives
from desk.folds.office.lives import Life
from desk.law.catalogue import load
from desk.log import chain
from desk.log.life_events import EndAsked, LifeCorrected, LifeDecided, LifeDrafted, LifeFiled, OpinionHeard
from desk.log.office_events import Said

ITEM = load.seed().items[0]
TODAY = dt.date(2026, 11, 28)
NODE = "152523000000-00"
DRAFTED = LifeDrafted(ITEM, "其木格", 1, (), "amended", "旗政发〔2026〕8号", "照新法改")
DECIDED = LifeDecided("常务会议", TODAY, "纪要〔2026〕3号", "其木格")
FILED = LifeFiled("旗委编办", "编备〔2026〕9号", TODAY, "乌云", 2, TODAY)
END = EndAsked("cancelled", "旗政发〔2026〕9号", "取消", "其木格")


def heard(sort: str, verdict: str = "for", on: dt.date = TODAY) -> OpinionHeard:
    return OpinionHeard(sort, "某某", on, "没有意见", verdict, "其木格")


EVERY = (("life.heard", heard("expert")), ("life.heard", heard("public")), ("life.heard", heard("legal")))
WAY = (("life.drafted", DRAFTED), *EVERY, ("life.decided", DECIDED))


def entries(*said: tuple[str, msgspec.Struct] | tuple[str, msgspec.Struct, str]) -> list[chain.Entry]:
    """Entries of the centre, by bian unless another is named."""
    made, prev = [], chain.GENESIS
    for seq, (kind, data, *by) in enumerate(said, 1):
        kept = chain.make(
            node=NODE, seq=seq, prev=prev, time=f"2026-11-28T09:{seq:02}:00+08:00", author=by[0] if by else "bian",
            kind=kind, subject=lives.subject(ITEM.task_code), rank=seq, data=data,
        )  # fmt: skip
        made.append(kept.entry)
        prev = kept.hash
    return made


def folded(*said: tuple[str, msgspec.Struct] | tuple[str, msgspec.Struct, str]) -> Life:
    found = lives.fold(entries(*said))
    assert found is not None
    return found


def test_the_whole_way() -> None:
    life = folded(*WAY, ("life.approved", FILED, "he"))
    assert (life.state, life.making) == ("approved", None)
    item = life.last.item
    assert (item.approved_by, item.filed_no, item.version) == ("旗委编办", "编备〔2026〕9号", 2)
    assert [one.name for one in life.history] == ["送审", "听取意见", "听取意见", "听取意见", "集体决定", "核定备案"]


@pytest.mark.parametrize("left_out", range(1, 5))
def test_nobody_skips_a_step(left_out: int) -> None:
    way = [one for at, one in enumerate(WAY) if at != left_out]
    assert folded(*way, ("life.approved", FILED, "he")).state == "heard"


@pytest.mark.parametrize("hands", [(), ("he",)])
def test_who_wrote_it_does_not_approve_it(hands: tuple[str, ...]) -> None:
    drafted = msgspec.structs.replace(DRAFTED, hands=hands)
    way = (("life.drafted", drafted), *WAY[1:])
    assert folded(*way, ("life.approved", FILED, "bian")).state == "decided"
    assert folded(*way, ("life.approved", FILED, "he")).state == ("decided" if hands else "approved")
    assert folded(*way, ("life.approved", FILED, "")).state == "decided"


def test_a_text_written_anew_wants_its_legality_reviewed_again() -> None:
    again = msgspec.structs.replace(DRAFTED, item=msgspec.structs.replace(ITEM, result_name="另一种证"))
    life = folded(*WAY[:4], ("life.drafted", again, "he"))
    assert life.last.lacks() == ["合法性审核"]
    assert life.last.hands == ("bian", "he")
    assert folded(*WAY, ("life.drafted", again)).last.item == ITEM  # it was decided: first it is given back
    back = ("life.returned", Said("乌云", "", "照会议意见改"))
    assert folded(*WAY, back, ("life.drafted", again)).state == "heard"


def test_what_the_law_forbids_is_not_decided() -> None:
    against = ("life.heard", heard("legal", "against"))
    assert folded(*WAY[:4], against, WAY[4]).state == "heard"


def test_an_adjustment_says_why_and_a_new_item_need_not() -> None:
    bare = LifeDrafted(ITEM, "其木格", 1)
    assert lives.fold(entries(("life.drafted", bare))) is None
    assert folded(("life.drafted", msgspec.structs.replace(bare, before=0))).state == "heard"
    assert folded(*WAY, ("life.approved", FILED, "he"), ("life.drafted", bare)).state == "approved"


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [
        ({"enquiry_phone": "0479-1"}, True),
        ({"place": "a", "hours": "b"}, True),
        ({"result_name": "证"}, False),
        ({}, False),
    ],
)
def test_only_how_the_office_is_reached_is_put_right_at_once(fields: dict[str, str], is_kept: bool) -> None:
    item = msgspec.structs.replace(ITEM, version=2, **fields)
    life = lives.fold(entries(("life.corrected", LifeCorrected(ITEM, item, "其木格"))))
    assert (life is not None) is is_kept
    if life is not None:
        assert (life.state, life.last.way, life.last.item.filed_no) == ("approved", "corrected", ITEM.filed_no)


def test_the_end_is_asked_for_by_one_and_filed_by_another() -> None:
    stands = (*WAY, ("life.approved", FILED, "he"))
    assert folded(*stands, ("life.ended", FILED, "he")).state == "approved"
    asked = folded(*stands, ("life.ending", END))
    assert asked.state == "ending"
    assert folded(*stands, ("life.ending", END), ("life.ended", FILED, "bian")).state == "ending"
    assert folded(*stands, ("life.ending", END), ("life.ended", FILED, "he")).state == "ended"
    begun = folded(("life.ending", msgspec.structs.replace(END, item=ITEM)))  # it came with a file, before all this
    assert (begun.state, begun.last.way) == ("ending", "found")
    assert lives.fold(entries(("life.ending", END))) is None
    kept = folded(*stands, ("life.ending", END), ("life.returned", Said("乌云", "", "还要办")))
    assert (kept.state, kept.end) == ("approved", None)


@pytest.mark.parametrize(
    ("at", "kind", "data", "words"),
    [
        (0, "life.heard", heard("expert"), "还没有送审"),
        (1, "life.heard", heard("neighbour"), "哪一种意见"),
        (1, "life.heard", heard("expert", on=TODAY + dt.timedelta(1)), "还没有到"),
        (1, "life.heard", msgspec.structs.replace(heard("expert"), who=" "), "谁提的"),
        (1, "life.decided", DECIDED, "还没有专家论证、公开征求意见、合法性审核"),
        (4, "life.decided", msgspec.structs.replace(DECIDED, document=""), "文号"),
        (4, "life.decided", msgspec.structs.replace(DECIDED, on=TODAY - dt.timedelta(1)), "听取意见之后"),
        (5, "life.approved", msgspec.structs.replace(FILED, filed_no=""), "备案号"),
        (5, "life.approved", msgspec.structs.replace(FILED, filed_on=TODAY + dt.timedelta(1)), "不晚于今天"),
        (5, "life.returned", Said("乌云", "", " "), "原因"),
        (5, "life.heard", heard("expert"), "已集体决定"),
        (5, "life.approved", END, "没有说清"),
        (5, "life.other", END, "还没有送审"),
    ],
)
def test_why_a_step_is_refused(at: int, kind: str, data: msgspec.Struct, words: str) -> None:
    life = folded(*WAY[:at]) if at else None
    found = lives.why_not(life, kind, data, "he", TODAY)
    assert found is not None
    assert words in found.happened


def test_nobody_elses_entry_counts() -> None:
    desk = [msgspec.structs.replace(one, node="152523202001-01") for one in entries(*WAY)]
    assert lives.fold(desk) is None


def test_its_line() -> None:
    line = lives.line(folded(*WAY))
    assert (line.state, line.title, line.task_code) == ("decided", ITEM.item_name, ITEM.task_code)
