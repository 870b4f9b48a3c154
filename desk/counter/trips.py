"""送件: papers grouped by where they go, envelopes that two people sign for, and drives that spare herders theirs."""

from __future__ import annotations

import datetime as dt
import itertools

import msgspec

from db.desk import case_rows, record_rows
from desk.counter.office import stick_files
from desk.counter.session import Session, new_id, required
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.folds.records import Bundle, Trip
from desk.folds.township.lodgings import Lodging
from desk.log import events, point_events, post_events
from desk.store.entries import Fact, fold_case

_RESULTS = (cases.State.GRANTED, cases.State.REFUSED, cases.State.CERTIFYING, cases.State.RETURNING)
_MOST = 2000


class Going(msgspec.Struct, frozen=True):
    """Papers that wait here for one destination."""

    destination: str
    cases: tuple[point_events.BundledCase, ...]


class Result(msgspec.Struct, frozen=True):
    """A result that is on its way here."""

    intake_no: str
    applicant_name: str
    item_name: str
    state_name: str


class TripTotals(msgspec.Struct, frozen=True):
    """What the drives of a time were good for."""

    trips: int
    kilometres: int
    cases: int
    saved_trips: int
    saved_kilometres: int


class Trips:
    """The table by the door."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def going(self) -> tuple[Going, ...]:
        """Papers here that were not bundled yet, by destination."""
        with self._session.store.read() as db:
            found = [case for number in case_rows.loose_numbers(db, _MOST) if (case := fold_case(db, number))]
        waiting = [(case.collected.item.org_name or self._session.identity.centre_name, case) for case in found]
        waiting = [(place, case) for place, case in waiting if case.state not in _RESULTS and _sheets(case)]
        waiting.sort(key=lambda pair: pair[0])
        return tuple(
            Going(place, tuple(_bundled(case) for _, case in group))
            for place, group in itertools.groupby(waiting, key=lambda pair: pair[0])
        )

    def results(self) -> tuple[Result, ...]:
        """Decided cases whose result has not reached the point."""
        with self._session.store.read() as db:
            decided = case_rows.cases_in(db, _RESULTS)
        return tuple(
            Result(row["intake_no"], row["applicant_name"], row["item_name"], cases.STATE_NAMES[row["state"]])
            for row in decided
        )

    def seal(self, destination: str, intake_nos: tuple[str, ...], seal_no: str) -> Bundle:
        """Close an envelope: it and its cases in one transaction. Raises RefusedError when a case left meanwhile."""
        session = self._session
        place = required(destination, "送往哪里")
        if not intake_nos:
            raise RefusedError("信封里还没有办件。", "没有封装。", "请先勾选要送的办件。")
        with session.store.write() as db:
            found = [fold_case(db, number) for number in intake_nos]
            held = [case for case in found if case and not case.bundle and case.state not in cases.ENDED]
            if len(held) != len(intake_nos):
                raise RefusedError("有办件已经装进别的信封或已结束。", "没有封装。", "请刷新后重新勾选。")
            number = self._next_number()
            sealed = point_events.BundleSealed(
                number, place, seal_no.strip(), tuple(_bundled(case) for case in held), session.account.name
            )
            subject = new_id()
            moved = events.Act(session.account.name, session.identity.point_name, f"信封 {number}", number)
            session.append(
                db,
                Fact("bundle.sealed", subject, sealed),
                *(Fact("case.bundled", case.intake_no, moved) for case in held),
            )
            kept = record_rows.record(db, subject)
        return msgspec.json.decode(kept or b"", type=Bundle)

    def _next_number(self) -> str:
        """Node without its dash, the day, the serial of the day: Z 152523202202 01 261124 01."""
        session = self._session
        start = f"Z{session.identity.node.replace('-', '')}{session.today():%y%m%d}"
        taken = [one.sealed.number for one in self.bundles() if one.sealed.number.startswith(start)]
        return f"{start}{len(taken) + 1:02d}"

    def hand_over(self, bundle_id: str, carrier: str, phone: str) -> None:
        """The carrier signed for it."""
        stick = self.stick_with(self.bundle(bundle_id))
        name = self._session.account.name
        handed = point_events.BundleHanded(required(carrier, "带件人姓名"), phone.strip(), name, stick)
        self._step(bundle_id, "sealed", Fact("bundle.handed", bundle_id, handed))

    def stick_with(self, bundle: Bundle) -> tuple[point_events.StickFile, ...]:
        """What lies on the stick that goes along: put out since the envelope was sealed, as it was handed over."""
        if bundle.handed is not None:
            return bundle.handed.stick
        with self._session.store.read() as db:
            return stick_files.since(db, bundle.sealed_at)

    def take_over(self, bundle_id: str, receiver: str, org: str, differences: tuple[str, ...]) -> None:
        """The other end signed for it; differences from the list are kept beside it."""
        noted = tuple(one.strip() for one in differences if one.strip())
        taken = point_events.BundleTaken(
            required(receiver, "接收人姓名"), org.strip(), noted, self._session.account.name
        )
        self._step(bundle_id, "handed", Fact("bundle.taken", bundle_id, taken))

    def _step(self, bundle_id: str, state: str, fact: Fact) -> None:
        with self._session.store.write() as db:
            kept = record_rows.record(db, bundle_id)
            if kept is None or msgspec.json.decode(kept, type=Bundle).state != state:
                raise RefusedError("这个信封的状态刚刚变了。", "没有改动。", "请刷新后再看。")
            self._session.append(db, fact)

    def arrived(self, intake_nos: tuple[str, ...]) -> int:
        """Results that came back to the point; how many cases moved."""
        session, moved = self._session, 0
        with session.store.write() as db:
            for number in intake_nos:
                case = fold_case(db, number)
                if case and "case.at_point" in cases.allowed(case.state, cases.Side.DESK):
                    told = events.Act(session.account.name, session.identity.point_name)
                    session.append(db, Fact("case.at_point", number, told))
                    moved += 1
        return moved

    def bundles(self) -> tuple[Bundle, ...]:
        """Envelopes, latest first."""
        with self._session.store.read() as db:
            return tuple(msgspec.json.decode(one, type=Bundle) for one in record_rows.records(db, "bundle"))

    def bundle(self, bundle_id: str) -> Bundle:
        """One envelope. LookupError when there is none."""
        with self._session.store.read() as db:
            kept = record_rows.record(db, bundle_id)
        if kept is None:
            raise LookupError(bundle_id)
        return msgspec.json.decode(kept, type=Bundle)

    def drive(
        self,
        day: dt.date,
        kilometres: int,
        bundle_ids: tuple[str, ...],
        note: str = "",
        lodged: tuple[str, ...] = (),
    ) -> Trip:
        """Write a drive down. Each herder in its envelopes was spared a trip of the same way; those of `lodged`, the
        numbers of villages' envelopes that a township passes on with it, are counted by their village's own drive."""
        session = self._session
        if day > session.day():
            raise RefusedError("送件的日子还没到。", "没有记录。", "请填今天或以前的日子。")
        if not 0 < kilometres <= 3000:
            raise RefusedError("请填往返公里数（1 到 3000）。", "没有记录。")
        carried, lodgings = [self.bundle(one) for one in bundle_ids], self.lodgings()
        passed = [lodgings[one] for one in lodged if one in lodgings and lodgings[one].state == "here"]
        if len(passed) != len(lodged):
            raise RefusedError("有村里的信封已经送出了。", "没有记录。", "请刷新后重新勾选。")
        if not carried and not passed:
            raise RefusedError("请勾选这趟带走的信封。", "没有记录。")
        held = [case for one in carried for case in one.sealed.cases]
        spared = len({case.applicant_name for case in held})
        made = point_events.TripMade(
            day=day,
            destination="、".join(dict.fromkeys(one.sealed.destination for one in carried)) or self._centre,
            kilometres=kilometres,
            cases=len(held) + sum(one.made.counted for one in passed),
            saved_trips=spared,
            saved_kilometres=spared * kilometres,
            officer=session.account.name,
            bundles=(*(one.sealed.number for one in carried), *(one.id for one in passed)),
            note=note.strip(),
        )
        subject = new_id()
        with session.store.write() as db:
            session.append(
                db,
                Fact("trip.made", subject, made),
                *(Fact("lodge.passed", one.id, self._passed(one, subject)) for one in passed),
            )
        return Trip(subject, "made", day.isoformat(), made)

    @property
    def _centre(self) -> str:
        return self._session.identity.centre_name

    def _passed(self, one: Lodging, trip: str) -> post_events.LodgePassed:
        name = self._session.account.name
        return post_events.LodgePassed(one.id, self._centre, name, name, trip)

    def lodgings(self) -> dict[str, Lodging]:
        """What a township has of envelopes, or had, by their numbers: at the township's desk those that it took over,
        at a village's its own as the centre told of them."""
        with self._session.store.read() as db:
            kept = [msgspec.json.decode(one, type=Lodging) for one in record_rows.records(db, "lodge")]
        return {one.id: one for one in kept}

    def trips(self) -> tuple[Trip, ...]:
        """Drives, latest first."""
        with self._session.store.read() as db:
            return tuple(msgspec.json.decode(one, type=Trip) for one in record_rows.records(db, "trip"))

    def totals(self, year: int) -> TripTotals:
        """The drives of a year in numbers."""
        made = [one.made for one in self.trips() if one.made.day.year == year]
        return TripTotals(
            len(made),
            sum(one.kilometres for one in made),
            sum(one.cases for one in made),
            sum(one.saved_trips for one in made),
            sum(one.saved_kilometres for one in made),
        )


def _sheets(case: cases.Case) -> int:
    return sum(one.originals * (not one.returned) + one.copies for one in case.materials if not one.missing)


def _bundled(case: cases.Case) -> point_events.BundledCase:
    held = [one for one in case.materials if not one.missing]
    return point_events.BundledCase(
        case.intake_no,
        case.collected.applicant.name,
        case.collected.item.item_name,
        sum(one.originals for one in held if not one.returned),
        sum(one.copies for one in held),
    )
