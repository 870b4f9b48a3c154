"""Visits, bundles, drives, rolls, what a centre published, and who a person is: each out of its entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest

from desk.folds import records
from desk.law import holidays
from desk.law.bodies.body import Body, Kind
from desk.law.catalogue import load
from desk.law.catalogue.item import Exercise, Exerciser
from desk.log import centre_events, chain, events, import_events, point_events
from desk.words.guide_texts import GuideTexts

DESK, CENTRE = "152523202202-01", "152523000000-00"
D = dt.date
ITEM, REGIME, TABLE = load.seed().items[0], load.seed().regimes[0], holidays.seed()


def at(number: int) -> str:
    return f"2026-11-{number:02d}T09:00:00+08:00"


def made(*steps: tuple[object, ...]) -> list[chain.Entry]:
    """Kind, data, and the node where it is not the desk."""
    found = []
    for number, (kind, data, *node) in enumerate(steps, 1):
        raw = msgspec.Raw(msgspec.json.encode(data))
        where = str(node[0]) if node else DESK
        found.append(chain.Entry(where, number, "", at(number), "a", str(kind), "id", number, raw))
    return found


BOOKED = point_events.VisitBooked("阿", "139", "t", "婚姻登记", D(2026, 12, 3), "上午", "旗里", "苏和")
KEPT = ("visit.ended", point_events.VisitEnded("苏和", kept=True))
OFF = ("visit.ended", point_events.VisitEnded("苏和", kept=False, reasons="下雪"))


def test_a_visit_is_kept_or_called_off_once() -> None:
    booked = records.visit(made(("visit.booked", BOOKED)))
    assert booked == records.Visit("id", "booked", "2026-12-03", BOOKED)
    kept = records.visit(made(("visit.booked", BOOKED), KEPT, OFF))
    assert kept == records.Visit("id", "kept", "2026-12-03", BOOKED)
    off = records.visit(made(("visit.booked", BOOKED), OFF, KEPT, ("visit.booked", BOOKED)))
    assert off == records.Visit("id", "called_off", "2026-12-03", BOOKED, "下雪")
    assert records.visit(made(OFF)) is None


SEALED = point_events.BundleSealed("Z1", "旗中心", "封1", (), "苏和")
HANDED = point_events.BundleHanded("司机", "139", "苏和")
TAKEN = point_events.BundleTaken("乌兰", "旗中心", ("少一张",))


def test_a_bundle_goes_from_hand_to_hand() -> None:
    sealed = records.bundle(made(("bundle.sealed", SEALED)))
    assert sealed == records.Bundle("id", "sealed", "2026-11-01", SEALED, at(1))
    whole = records.bundle(made(("bundle.sealed", SEALED), ("bundle.handed", HANDED), ("bundle.taken", TAKEN)))
    assert whole == records.Bundle("id", "taken", "2026-11-01", SEALED, at(1), HANDED, at(2), TAKEN, at(3))
    handed = records.bundle(made(("bundle.sealed", SEALED), ("bundle.handed", HANDED)))
    assert handed is not None
    assert (handed.state, handed.taken) == ("handed", None)
    assert records.bundle(made(("bundle.handed", HANDED))) is None


def test_of_two_equal_steps_of_a_bundle_the_first_counts_and_taken_stays_taken() -> None:
    other = msgspec.structs.replace(HANDED, carrier="别人")
    again = msgspec.structs.replace(TAKEN, receiver="别人")
    found = records.bundle(
        made(
            ("bundle.sealed", SEALED), ("bundle.sealed", msgspec.structs.replace(SEALED, number="Z2")),
            ("bundle.taken", TAKEN), ("bundle.taken", again), ("bundle.handed", HANDED), ("bundle.handed", other),
        )
    )  # fmt: skip
    assert found == records.Bundle("id", "taken", "2026-11-01", SEALED, at(1), HANDED, at(5), TAKEN, at(3))


def test_a_drive_and_a_roll() -> None:
    drive = point_events.TripMade(D(2026, 11, 9), "旗里", 120, 3, 3, 360, "苏和")
    roll = point_events.RollTaken("2026 年", 2026, "t", "补贴", (), "苏和")
    assert records.trip(made(("trip.made", drive))) == records.Trip("id", "made", "2026-11-09", drive)
    assert records.roll(made(("roll.taken", roll))) == records.Roll("id", "taken", "2026-11-01", roll)
    assert records.trip(made(("roll.taken", roll))) is None
    assert records.roll(made(("trip.made", drive))) is None


def two(kind: str, one: object, other: object) -> list[chain.Entry]:
    """Published twice by the centre, and then by a desk, which counts for nothing."""
    return made((kind, one, CENTRE), (kind, other, CENTRE), (kind, one, DESK))


LATER_ITEM = msgspec.structs.replace(ITEM, version=9)
LATER_REGIME = msgspec.structs.replace(REGIME, basis="新法")
LATER_TABLE = msgspec.structs.replace(TABLE, version="新")
BODY = Body("152523000000-BM01", "民政局", Kind.DEPARTMENT, "4", "152523")
LATER_BODY = msgspec.structs.replace(BODY, enquiry_phone="0479-2512345")
TOWNS_ITEM = msgspec.structs.replace(ITEM, exercised_by=Exercise(Exerciser.TOWNSHIPS))
DAY = "2026-11-02"


@pytest.mark.parametrize(
    ("fold", "kind", "one", "other", "told"),
    [
        (
            records.item, "item.published", centre_events.ItemPublished(ITEM, "1"),
            centre_events.ItemPublished(LATER_ITEM, "2"), records.PublishedItem("id", "open", DAY, LATER_ITEM, "2", 2),
        ),
        (
            records.item, "item.published", centre_events.ItemPublished(ITEM, "1"),
            centre_events.ItemPublished(ITEM, "2", withdrawn=True),
            records.PublishedItem("id", "withdrawn", DAY, ITEM, "2", 2, alone=True),
        ),
        (
            records.regime, "regime.published", centre_events.RegimePublished(REGIME),
            centre_events.RegimePublished(LATER_REGIME), records.PublishedRegime("id", "open", DAY, LATER_REGIME),
        ),
        (
            records.holidays, "holidays.published", centre_events.HolidaysPublished(TABLE),
            centre_events.HolidaysPublished(LATER_TABLE), records.PublishedHolidays("id", "open", DAY, LATER_TABLE),
        ),
        (
            records.body, "body.published", centre_events.BodyPublished(BODY),
            centre_events.BodyPublished(LATER_BODY), records.PublishedBody("id", "open", DAY, LATER_BODY),
        ),
        (
            records.item, "item.published", centre_events.ItemPublished(ITEM, "1"),
            centre_events.ItemPublished.of(TOWNS_ITEM, "2"),
            records.PublishedItem("id", "open", DAY, TOWNS_ITEM, "2", 2),
        ),
        (
            records.texts, "texts.written", GuideTexts("t", "一"), GuideTexts("t", "二"),
            records.PublishedTexts("id", "open", DAY, GuideTexts("t", "二")),
        ),
    ],
)  # fmt: skip
def test_what_the_centre_published_last_counts(
    fold: Callable[..., object], kind: str, one: object, other: object, told: object
) -> None:
    assert fold(two(kind, one, other)) == told
    assert fold(made((kind, one, DESK))) is None
    assert fold([]) is None


def test_a_notice_is_what_was_published_first() -> None:
    first = centre_events.NoticePublished("放假", "三天", "乌兰", D(2026, 12, 1))
    second = centre_events.NoticePublished("别的", "字", "乌兰")
    found = records.notice(two("notice.published", first, second))
    assert found == records.Notice("id", "shown", "2026-11-01", "放假", "三天", "乌兰", "2026-12-01")
    open_ended = records.notice(made(("notice.published", second, CENTRE)))
    assert open_ended is not None
    assert open_ended.until == ""
    assert records.notice(made(("notice.published", second))) is None


def test_every_small_fold_has_its_name() -> None:
    assert {name: fold.__name__ for name, fold in records.FOLDS.items()} == {name: name for name in records.FOLDS}
    assert len(records.FOLDS) == 19


def person(name: str) -> tuple[str, events.PersonRecorded]:
    return "person.recorded", events.PersonRecorded(events.Person(name))


def test_a_person_is_as_recorded_last() -> None:
    assert records.person(made(person("阿"), person("乌"))) == events.Person("乌")
    assert records.person(made(("person.seen", events.PersonSeen("苏和", "核对")))) is None


def test_whose_record_stands_for_it() -> None:
    into = [("person.merged", events.PersonMerged(one, "苏和")) for one in ("a", "b", "id")]
    undone = ("person.unmerged", events.PersonUnmerged("苏和"))
    assert records.merged_into(made(person("阿"))) == ""
    assert records.merged_into(made(into[0])) == "a"
    assert records.merged_into(made(into[0], into[1])) == "b"
    assert records.merged_into(made(into[0], undone)) == ""
    assert records.merged_into(made(into[0], undone, into[1])) == "b"
    assert records.merged_into(made(into[0], into[2])) == "a"  # nobody is merged into itself


def test_what_the_centre_refused_counts_for_nothing() -> None:
    refused = ("entry.refused", centre_events.EntryRefused(DESK, 2, "不算"), CENTRE)
    assert records.person(made(person("阿"), person("乌"), refused)) == events.Person("阿")


def test_what_an_import_said_goes_with_it_and_what_was_said_since_stays() -> None:
    brought = ("person.recorded", events.PersonRecorded(events.Person("册"), "s"))
    gone = ("person.import_undone", import_events.SourceUndone("s", "苏和"))
    assert records.person(made(brought)) == events.Person("册")
    assert records.person(made(brought, gone)) is None
    assert records.person(made(gone, brought)) is None
    assert records.person(made(person("先"), brought, gone)) == events.Person("先")
    assert records.person(made(brought, person("后"), gone)) == events.Person("后")
    other = ("person.import_undone", import_events.SourceUndone("t", "苏和"))
    assert records.person(made(brought, other)) == events.Person("册")


def test_a_former_case_is_what_its_ledger_said_until_that_is_undone() -> None:
    line = import_events.PastCase("张三", "低保", "s", "苏和", day="2019")
    assert records.past(made(("past.recorded", line))) == line
    gone = ("past.import_undone", import_events.SourceUndone("s", "苏和"))
    assert records.past(made(("past.recorded", line), gone)) is None
    assert records.past(made(person("张三"))) is None


def test_a_sheet_is_taken_once_and_undone_once() -> None:
    taken = import_events.ImportMade("roster", "a.xlsx", ("p",), 1, 0, 0, "苏和")
    undone = import_events.ImportUndone("苏和", 1, 0)
    found = records.sheet(made(("sheet.taken", taken)))
    assert found is not None
    assert (found.state, found.made, found.undone) == ("made", taken, None)
    later = import_events.ImportUndone("别人", 0, 1)
    found = records.sheet(made(("sheet.taken", taken), ("sheet.undone", undone), ("sheet.undone", later)))
    assert found is not None
    assert (found.state, found.undone) == ("undone", undone)
    assert records.sheet(made(("sheet.undone", undone))) is None
