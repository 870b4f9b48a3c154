"""Random histories of a case, under versions of its item and holiday tables that come and go: whoever reads a clock of
it, at the desk, at its centre or at the level above, tells the same day, and how it is counted ends on that day.

A few hundred histories by themselves; as many as `DAIBAN_HISTORIES` says where it is set.
"""

from __future__ import annotations

import datetime as dt
import os
import re

import msgspec
from conftest import HERDER, Served, sync
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.app.open_desk import Desk
from desk.centre.node import projection as centre_rows
from desk.centre.node import publishing
from desk.centre.node.centre_node import Centre
from desk.centre.web import case as case_pages
from desk.centre.web import public
from desk.counter import case_views
from desk.folds import case as cases
from desk.folds import case_clocks
from desk.folds.case import Case, State
from desk.law import deadline, holidays
from desk.law.catalogue import load
from desk.law.catalogue.item import Item, Limit, Unit
from desk.law.deadline import Warn
from desk.law.holidays import HolidayTable, LocalDay
from desk.log import chain, events
from desk.papers import case_papers
from desk.papers.receipt_facts import receipt_facts
from desk.printing.document import Fields
from desk.store import lists, published
from desk.store import projection as desk_rows
from desk.store.snapshots import DueView

HISTORIES = int(os.environ.get("DAIBAN_HISTORIES", "300"))
D = dt.date
DESK, CENTRE = "152523202202-01", "152523000000-00"
NUMBER = "152523202202012609010019"
SEED = load.seed()
FIRST = next(one for one in SEED.items if one.item_name == "农村牧区宅基地审批")
LICENCE = next(one for one in SEED.regimes if one.code == "licence")
VERSIONS = (
    msgspec.structs.replace(FIRST, promised_limit=Limit(30, Unit.WORKDAY), statutory_limit=None),
    msgspec.structs.replace(FIRST, version=FIRST.version + 1, promised_limit=Limit(10, Unit.WORKDAY)),
    msgspec.structs.replace(FIRST, version=FIRST.version + 2, promised_limit=Limit(25, Unit.DAY), statutory_limit=None),
    msgspec.structs.replace(FIRST, version=FIRST.version + 3, promised_limit=Limit(1, Unit.MONTH)),
    msgspec.structs.replace(
        FIRST, version=FIRST.version + 4, promised_limit=None, regime="benefit", statutory_limit=None
    ),
)
KNOWN = holidays.seed()
TABLES = (
    KNOWN,
    KNOWN.with_local([LocalDay(D(2026, 10, day), "那达慕", "苏左政发") for day in (12, 13, 14)]),
    msgspec.structs.replace(KNOWN, version="只有旧年", years=(2025,), days_off=frozenset(), workdays=frozenset()),
)
_OF_DESK = frozenset({"case.bundled", "case.supplemented", "case.at_point"})
_SHOWN = re.compile(r"\d{4}-\d\d-\d\d(?=（星期)")


def _data(kind: str, at: dt.datetime, later: D | None) -> msgspec.Struct:
    until = at.date() + dt.timedelta(9)
    match kind:
        case "case.arrived":
            skewed = {"collected_at": (at - dt.timedelta(2)).isoformat(), "skew": 9000, "promised": later}
            return events.Arrived("N1", "中心", **(skewed if later else {}))
        case "case.accepted":
            return events.Accepted("乌兰", "自然资源局")
        case "case.not_accepted":
            return events.NotAccepted("乌兰", "自然资源局", "不属于")
        case "case.supplement_asked":
            return events.SupplementAsked("乌兰", "自然资源局", ("照片",), until, approved_by="巴图")
        case "case.supplemented":
            return events.MaterialsAdded("苏和", (events.TakenMaterial("p", "照片", 1),))
        case "case.served":
            return events.Served("苏和")
        case _:
            return events.Act("乌兰", "自然资源局", "因为", until=until, approved_by="旗长")


def _history(item: Item, table: HolidayTable, day: int, moves: list[tuple[str, int]], skew: int) -> list[chain.Entry]:
    """The entries of a case that was taken in on that day of autumn under `item` and `table`."""
    at = dt.datetime(2026, 9, 1, 10, tzinfo=dt.timezone(dt.timedelta(hours=8))) + dt.timedelta(day)
    due = deadline.service_clock(item, at.date(), table)
    ref = events.ItemRef(item.task_code, item.item_name, item.version, "c", item.org_name, item.regime)
    taken = events.Collected(
        ref, "p", HERDER, (), "苏和", DESK[:12], promised=due.on if due else None,
        promised_provisional=due.provisional if due else False, holidays=table.version,
    )  # fmt: skip
    said: list[tuple[str, str, dt.datetime, msgspec.Struct]] = [("case.collected", DESK, at, taken)]
    later = due.on + dt.timedelta(skew) if due and skew else None
    for kind, wait in moves:
        at += dt.timedelta(wait)
        said.append((kind, DESK if kind in _OF_DESK else CENTRE, at, _data(kind, at, later)))
        later = None if kind == "case.arrived" else later
    return [
        chain.Entry(
            node, rank, "", when.isoformat(), "wulan", kind, NUMBER, rank, msgspec.Raw(msgspec.json.encode(data))
        )
        for rank, (kind, node, when, data) in enumerate(said, 1)
    ]


# A road that goes on often enough: what the law does to a clock comes again and again, and out of turn, too.
_ROAD = ("case.arrived", "case.supplement_asked", "case.supplemented", "case.arrived", "case.accepted")
_KINDS = (
    *(kind for kind in cases.MOVES if kind not in ("case.voided", "case.withdrawn", "case.returned")),
    *("case.suspended", "case.resumed", "case.supplement_asked", "case.supplemented", "case.arrived") * 2,
    "case.withdrawn",
)
_WAITS = st.integers(0, 12)
_MOVES = st.one_of(
    st.lists(st.tuples(st.sampled_from(_KINDS), _WAITS), max_size=14),
    st.tuples(
        st.lists(_WAITS, min_size=5, max_size=5), st.lists(st.tuples(st.sampled_from(_KINDS), _WAITS), max_size=9)
    ).map(lambda both: [*zip(_ROAD, both[0], strict=True), *both[1]]),
)


def test_every_reader_of_a_clock_tells_one_day(above: tuple[Served, Served], served: Served, desk: Desk) -> None:
    league = above[0].centre
    for at, item in enumerate(VERSIONS):
        for centre in (served.centre, league):
            new = msgspec.structs.replace(SEED, version=f"第 {at} 次", items=(item,))
            publishing.catalogue(centre, "bian", new)
    for table in TABLES:  # each comes down after the one before, and all that is open is read by it
        for centre in (served.centre, league):
            publishing.holidays(centre, "bian", table)
        sync(desk)
        for centre in (served.centre, league):
            with centre.database.read() as db:
                centre.publications.refresh(centre.node, db)
        _compare(served.centre, league, desk)


def _compare(banner: Centre, league: Centre, desk: Desk) -> None:
    @settings(
        max_examples=HISTORIES // len(TABLES), deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(
        st.sampled_from(VERSIONS), st.sampled_from(TABLES), st.integers(0, 100), _MOVES, st.sampled_from((0, 0, 0, 3)),
        st.randoms(use_true_random=False),
    )  # fmt: skip
    def agree(item: Item, then: HolidayTable, day: int, moves: list[tuple[str, int]], skew: int, mixed: object) -> None:
        entries = _history(item, then, day, moves, skew)
        case = cases.fold(entries)
        mixed.shuffle(entries)  # type: ignore[attr-defined]
        assert cases.fold(entries) == case  # in whatever order they came to the level above
        assert case is not None
        _agree(case, banner, league, desk)

    agree()


def _agree(case: Case, banner: Centre, league: Centre, desk: Desk) -> None:
    session = desk.session
    with session.store.read() as db:
        law = published.law(db, case)
        pages = case_views._clocks(session, db, case)
        due_on, provisional = desk_rows.Projection(db)._promised(case)
        seen = session.seen(db)
    assert law == banner.publications.law(case) == league.publications.law(case)
    lines = {one.key: one for one in case_clocks.clock_lines(case, law)}
    promise = lines["promise"]
    assert (due_on, provisional) == (str(promise.on or ""), promise.provisional)
    _lists(case, due_on, pages[0], seen)
    for centre in (banner, league):
        row = centre_rows.case_row(
            case, 1, centre_rows.Alike(lambda _: law).listed(case), centre.lies(case), centre.database.box
        )
        told = public._standing(centre, case)
        assert row["promised"] == due_on
        assert told["promised"] == ("" if case.state is State.VOID else due_on)
        for key, column in (
            ("decision", "due"),
            ("notice", "notice_due"),
            ("delivery", "deliver_due"),
            ("step", "step_due"),
        ):
            assert row[column] == (str(lines[key].on or "") if key in lines else ""), key
        assert {one["name"]: one["on"] for one in case_pages._clocks(centre, case)} == {
            one.name: deadline.shown(one.on) if one.on else "" for one in lines.values()
        }
        if row["due"]:
            assert told["due"] == ("" if case.state is State.VOID else row["due"])
    _papers(case, law, pages, desk)
    assert [(one.name, one.on) for one in pages] == [(one.name, one.on) for one in lines.values() if one.key != "step"]
    for one in lines.values():
        assert not one.lines or _SHOWN.findall("".join(one.lines))[-1] == str(one.on), one


def _lists(case: Case, due_on: str, page: DueView, seen: lists.Seen) -> None:
    """The desk's list warns when the page does."""
    open_ = int(case.state not in cases.ENDED)
    names = {"intake_no", "case_no", "applicant_name", "item_name", "collected_at", "agent", "node"}
    row = dict.fromkeys(names, "") | {"due_on": due_on, "open": open_, "state": case.state.value}
    row |= {"due_provisional": 0, "seq": 0, "rating": 0}
    assert lists.case_row(row, seen).warning is (page.warning if page.on else Warn.NONE)


def _papers(case: Case, law: case_clocks.Law, pages: tuple[DueView, ...], desk: Desk) -> None:
    """The receipt has the entry's day whenever it is printed, and says beside it what changed; the sheet has the
    page's."""
    office = desk.papers.office()
    facts = receipt_facts(desk.session.identity, office, case, law.item, "", beside=case_clocks.beside(case, law))
    assert facts.promised == case.collected.promised
    assert law.item is not None
    limit = deadline.promised_limit(law.item)
    assert law.item.version == case.collected.item.version
    if limit is None:
        assert facts.promised_basis.startswith(f"请咨询{law.item.org_name}，电话 ")  # no day is promised
    else:
        assert facts.promised_basis == f"收件之日起 {deadline.words(limit)}"
    now = pages[0].on
    assert (facts.promised_beside == "") is (now == facts.promised)
    if facts.promised_beside:
        assert facts.promised_beside.endswith(f"{now}。")
    for one in pages:
        blocks = case_papers.deadline_sheet(case, one, office, "").blocks
        assert any(("结论", one.words) in line for block in blocks if isinstance(block, Fields) for line in block.rows)


def test_the_histories_are_not_all_short() -> None:
    """What is compared has been suspended, extended, asked for more twice, and ended."""
    moves = [(kind, 2) for kind in _ROAD]
    moves = [*moves[:3], *moves[:2], ("case.supplement_asked", 3), ("case.arrived", 4), ("case.accepted", 1)]
    for more in (("case.suspended", 1), ("case.resumed", 9), ("case.extended", 5), ("case.granted", 9)):
        moves.append(more)
        case = cases.fold(_history(VERSIONS[0], KNOWN, 3, moves, 0))
        assert case is not None
        assert case.history[-1].refused == "" or more[0] != case.history[-1].kind
    assert case_clocks.supplements(case) == 2
    assert case.state is State.GRANTED
