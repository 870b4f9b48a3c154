"""A township sees the cases of its own villages as of the last exchange, and nothing else of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from conftest import POINT, Served, called, full_draft, move, sync

from db.centre import rows
from desk.app.open_desk import Desk
from desk.centre.exchange import courier
from desk.centre.exchange import telling as feeds
from desk.centre.exchange import villages as telling
from desk.errors import RefusedError
from desk.law.bodies.body import Body, Kind, own_code
from desk.law.bodies.register import Register
from desk.law.bodies.villages import below
from desk.store import villages
from desk.store.snapshots import CaseQuery
from desk.sync.outcome import Outcome
from desk.sync.protocol import village_logs
from desk.sync.protocol.envelope import BatchError

TOWN, OTHER_TOWN = "152523202000", "152523203000"
FAR = "152523203201"  # a village of the other township


def numbers(desk: Desk, whose: str) -> list[str]:
    return [one.intake_no for one in desk.cases(CaseQuery(whose=whose), 0, 50)]


def test_a_township_sees_its_villages_cases(make_desk: Callable[..., Desk], served: Served) -> None:
    town, village, far = make_desk("town", TOWN), make_desk("village"), make_desk("far", FAR)
    own = town.register(full_draft(town, person=called("牧甲"))).intake_no
    theirs = village.register(full_draft(village, person=called("牧乙"))).intake_no
    elsewhere = far.register(full_draft(far, person=called("牧丙"))).intake_no
    for desk in (village, far, town):
        assert sync(desk).outcome is Outcome.DONE
    assert numbers(town, "") == [own]
    assert numbers(town, "villages") == numbers(town, POINT) == [theirs]
    assert set(numbers(town, "all")) == {own, theirs}
    assert town.count_cases(CaseQuery(whose="all", text="牧乙")) == 1
    assert town.count_cases(CaseQuery(text="牧乙")) == 0
    assert elsewhere not in numbers(town, "all")
    view = town.case(theirs)
    assert (view.row.village, view.may) == ("乌日尼勒图嘎查", ())
    move(served, theirs, "case.accepted")
    assert town.case(theirs).case.state == "arrived"  # as of the last exchange
    sync(town)
    assert town.case(theirs).case.state == "accepted"
    assert sync(town).received == 0


def test_it_only_looks_on(make_desk: Callable[..., Desk]) -> None:
    town, village = make_desk("town", TOWN), make_desk("village")
    number = village.register(full_draft(village, person=called("牧乙"))).intake_no
    sync(village), sync(town)
    with pytest.raises(RefusedError):
        town.handling.act(number, "case.withdrawn", "不办了")
    with pytest.raises(RefusedError):
        town.looks.case(number, "applicant", "电话", "核对")
    assert town.people.search("牧乙") == ()
    assert town.today().collected_today == 0
    assert town.figures.view(dt.date(2026, 1, 1), dt.date(2026, 12, 31)).total == 0


def test_nothing_but_cases_and_envelopes_comes(make_desk: Callable[..., Desk]) -> None:
    town, village = make_desk("town", TOWN), make_desk("village")
    village.register(full_draft(village, person=called("牧乙")))
    sync(village), sync(town)
    with town.store.read() as db:
        kinds = {row[0].split(".")[0] for row in db.conn.execute("SELECT DISTINCT kind FROM village_entry")}
        wrote = {row[0] for row in db.conn.execute("SELECT DISTINCT node FROM entry")}
    assert kinds == {"case"}
    assert village.identity.node not in wrote
    with village.store.read() as db:
        every = {row[0].split(".")[0] for row in db.conn.execute("SELECT DISTINCT kind FROM entry")}
    assert {"person", "agent"} & every


def test_others_do_not_hear(make_desk: Callable[..., Desk], served: Served) -> None:
    village, other, far = make_desk("village"), make_desk("other", OTHER_TOWN), make_desk("far", FAR)
    number = village.register(full_draft(village, person=called("牧乙"))).intake_no
    sync(village), sync(other), sync(far)
    assert numbers(other, "all") == []
    ask = village_logs.Ask({})
    with pytest.raises(BatchError):
        telling.answer(served.centre, far.identity.node, msgspec.json.encode(ask))
    told, entries = village_logs.unpack(telling.answer(served.centre, other.identity.node, msgspec.json.encode(ask)))
    assert {one.node for one in told.desks} == {far.identity.node}
    assert not any(number.encode() in one for one in entries)


def test_it_is_kept_and_who_was_silent_is_told(make_desk: Callable[..., Desk]) -> None:
    town, village = make_desk("town", TOWN), make_desk("village")
    number = village.register(full_draft(village, person=called("牧乙"))).intake_no
    sync(village), sync(town)
    town.close()
    town = make_desk("town", TOWN)
    assert numbers(town, "villages") == [number]
    with town.store.read() as db:
        (there,) = villages.desks(db)
        assert villages.exchange(db).at
    assert there.last_seen
    town.store.rebuild()
    assert numbers(town, "villages") == [number]


def test_by_stick(make_desk: Callable[..., Desk], served: Served, tmp_path: Path) -> None:
    town, village = make_desk("town", TOWN), make_desk("village")
    number = village.register(full_draft(village, person=called("牧乙"))).intake_no
    stick = tmp_path / "stick"
    stick.mkdir()
    for _ in range(3):
        for desk in (village, town):
            desk.courier(stick, lambda _far: None, lambda: False)
        courier.exchange(served.centre, stick)
    town.courier(stick, lambda _far: None, lambda: False)
    assert numbers(town, "villages") == [number]
    (line,) = (one for one in town.villages.view().lines if one.going)
    assert (line.name, line.going, line.is_silent) == ("乌日尼勒图嘎查", 1, False)


def test_a_centre_out_of_a_backup_is_believed_anew(make_desk: Callable[..., Desk], served: Served) -> None:
    town, village = make_desk("town", TOWN), make_desk("village")
    number = village.register(full_draft(village, person=called("牧乙"))).intake_no
    sync(village), sync(town)
    with served.centre.database.write() as db:
        feeds.begin_epoch(served.centre, db, 2)
    with town.store.write() as db:
        db.conn.execute("UPDATE village_row SET applicant_name = '从前的'")
    assert sync(town).outcome is Outcome.DONE
    assert [(one.intake_no, one.applicant_name) for one in town.cases(CaseQuery(whose="villages"), 0, 9)] == [
        (number, "牧乙")
    ]


def test_a_village_that_left_is_no_longer_seen(make_desk: Callable[..., Desk], served: Served) -> None:
    town, village = make_desk("town", TOWN), make_desk("village")
    village.register(full_draft(village, person=called("牧乙")))
    sync(village), sync(town)
    assert town.count_cases(CaseQuery(whose="villages")) == 1
    with served.centre.database.write() as db:
        rows.set_node(db, village.identity.node, point_code=FAR)
    sync(town)
    assert town.count_cases(CaseQuery(whose="villages")) == 0
    assert town.count_cases(CaseQuery(whose="all", text="牧乙")) == 0


def test_whose_a_village_is_by_the_register() -> None:
    """A township that took another over looks after that one's villages; the one that is no more after none."""
    day = dt.date(2026, 11, 24)
    kinds = ((TOWN[:9], Kind.CONVENIENCE), (OTHER_TOWN[:9], Kind.CONVENIENCE))
    one, two = (Body(own_code(code, kind), code, kind, "5", code) for code, kind in kinds)
    points = [
        Body(own_code(code, Kind.POINT), code, Kind.POINT, "6", code, above=above.code)
        for code, above in ((POINT, one), (FAR, two))
    ]
    assert below(Register(), TOWN, (POINT, FAR, TOWN, "152523000000"), day) == {POINT}
    assert below(Register(), POINT, (POINT, FAR), day) == frozenset()
    assert below(Register([one, two, *points]), TOWN, (POINT, FAR), day) == {POINT}
    gone = msgspec.structs.replace(two, until=dt.date(2026, 10, 1), successor=one.code)
    merged = Register([one, gone, *points])
    assert below(merged, TOWN, (POINT, FAR), day) == {POINT, FAR}
    assert below(merged, OTHER_TOWN, (POINT, FAR), day) == frozenset()


def test_a_desk_of_before_goes_on(make_desk: Callable[..., Desk], served: Served) -> None:
    """A centre that does not speak of villages, and a township's desk that does not ask."""
    town = make_desk("town", TOWN)
    with town.store.write() as db:
        villages.set_offered(db, None)
    with town.store.read() as db:
        assert not villages.offered(db)
    assert sync(town).outcome is Outcome.DONE
    with town.store.read() as db:
        assert not villages.offered(db)  # it has no village with a desk
