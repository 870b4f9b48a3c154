"""两边不一致: what two windows wrote without knowing of each other and cannot both be true, shown at both, and mended
in one step. The written rule has decided which counts until somebody says otherwise; what they say is an entry too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
from sqlite_utils import Database

from db.desk import case_rows, person_rows, record_rows
from desk.counter.amending import correctable
from desk.counter.people import People
from desk.counter.session import Session
from desk.errors import RefusedError
from desk.folds import amendments
from desk.folds import case as cases
from desk.folds.hall import clashes
from desk.folds.hall.clashes import Clash, Sort
from desk.folds.records import Bundle
from desk.log import events
from desk.log.chain import Entry
from desk.log.hall import hall_events
from desk.store import lists
from desk.store.entries import Fact, entries_about
from desk.store.snapshots import PersonRow

STANDS, OTHER, BOTH = "stands", "other", "both"  # which of two counts
_MOST = 200
_TOGETHER = dt.timedelta(minutes=1)  # within which the same name and telephone at two windows are one person
_KEPT = "没有改动。"


class SamePerson(msgspec.Struct, frozen=True):
    """Two records of the book that two windows made of one person: `kept` would be shown, `gone` stand under it."""

    kept: PersonRow
    gone: PersonRow
    windows: tuple[str, str]


class HandedTwice(msgspec.Struct, frozen=True):
    """An envelope that was handed to a carrier at two windows: its number, to whom as it counts, to whom besides."""

    bundle: Bundle
    stands: str
    other: str


class Mending:
    """What is to be held against one another."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_case(self, intake_no: str) -> tuple[Clash, ...]:
        """The clashes of one case, those that were settled too."""
        with self._session.store.read() as db:
            return _of(db, intake_no)

    def all(self) -> tuple[tuple[str, Clash], ...]:
        """Every clash that is not settled, with the applicant's name; the latest case first."""
        with self._session.store.read() as db:
            return tuple(
                (case.collected.applicant.name, one)
                for number in case_rows.apart(db, _MOST)
                if (case := cases.fold(entries_about(db, number)))
                for one in _of(db, number)
                if not one.settled
            )

    def settle(self, key: str, way: str) -> str:
        """Mend one of `all`, `people` or `envelopes` by its key (`key_of`, `person ID`, `bundle ID`): which of the two
        counts, or both. What was done, in words. Raises RefusedError where it was done meanwhile."""
        sort, _, rest = key.partition(" ")
        if sort == "person":
            one = next((one for one in self.people() if one.gone.id == rest), None)
            if one is None:
                raise _done()
            self.make_one(one if way != OTHER else SamePerson(one.gone, one.kept, one.windows))
            return "已并成一个人。"
        if sort == "bundle":
            self.choose_carrier(rest, other=way == OTHER)
            return "已记下信封交给了谁。"
        clash = next((one for one in self.of_case(sort) if rest in (one.stands.key, one.other.key)), None)
        if clash is None:
            raise _done()
        if way == BOTH:
            self.both(clash)
            return "已核对：两份都算，份数已合计。"
        self.choose(clash, other=way == OTHER)
        return "已核对，各窗口都会看到。"

    def choose(self, clash: Clash, *, other: bool, why: str = "") -> None:
        """Say which of the two counts: the one that stands, or the `other`. Both stay in the history. Raises
        RefusedError where somebody said it meanwhile."""
        with self._session.store.write() as db:
            now = self._same(db, clash)
            counts, instead_of = (now.other, now.stands) if other else (now.stands, now.other)
            told = hall_events.Mended(self._session.account.name, counts.key, instead_of.key, why.strip(), now.revises)
            self._session.append(db, Fact("case.mended", now.intake_no, told))

    def both(self, clash: Clash) -> None:
        """Papers that were counted once are two after all: the counts are added up by a correction, and the two stay
        settled. Raises RefusedError where the case is beyond a correction."""
        if clash.sort is not Sort.PAPERS:
            raise RefusedError("只有材料可以两份都算。", _KEPT)
        session = self._session
        with session.store.write() as db:
            now = self._same(db, clash)
            entries = entries_about(db, now.intake_no)
            case = cases.fold(entries)
            twice = next((one for one in entries if amendments.key(one) == now.other.key), None)
            data = events.decode(twice.kind, twice.data) if twice else None
            if case is None or not isinstance(data, events.MaterialsAdded):
                raise RefusedError("没有找到这件办件。", _KEPT)
            changes = tuple(_added_up(case, data))
            told = correctable.told(session.account.name, "两个窗口各收了一份", changes)
            us = session.store.identity_in(db).node
            if changes and (refused := cases.correction_refusal(case, us, told)):
                raise RefusedError(refused + "。", _KEPT)
            mended = hall_events.Mended(
                session.account.name, now.stands.key, now.other.key, "两份都收了，份数已合计", now.revises
            )
            facts = [Fact("case.mended", now.intake_no, mended)]
            session.append(db, *facts, *([Fact("case.corrected", now.intake_no, told)] if changes else []))

    def people(self) -> tuple[SamePerson, ...]:
        """Records of one person that two windows made without knowing of each other."""
        today = self._session.day()
        with self._session.store.read() as db:
            found = list(_same_people(db))
            return tuple(
                SamePerson(
                    lists.person_row(person_rows.counted(db, kept), today),
                    lists.person_row(person_rows.counted(db, gone), today),
                    windows,
                )
                for kept, gone, windows in found
            )

    def make_one(self, one: SamePerson) -> None:
        """They are one person. Raises RefusedError where somebody did it meanwhile."""
        People(self._session).merge(one.kept.id, one.gone.id, "两个窗口同时登记了同一个人")

    def envelopes(self) -> tuple[HandedTwice, ...]:
        """Envelopes that two windows handed over, which nobody looked at since."""
        with self._session.store.read() as db:
            kept = [msgspec.json.decode(one, type=Bundle) for one in record_rows.records(db, "bundle")]
        return tuple(
            HandedTwice(one, _handed(one.handed), _handed(one.handed_again))
            for one in kept
            if one.handed and one.handed_again and not one.looked_at
        )

    def choose_carrier(self, bundle_id: str, *, other: bool) -> None:
        """Say to whom an envelope really went. Raises RefusedError."""
        with self._session.store.write() as db:
            kept = record_rows.record(db, bundle_id)
            made = msgspec.json.decode(kept, type=Bundle) if kept else None
            right = made and (made.handed_again if other else made.handed)
            if not right or not made or made.looked_at:
                raise RefusedError("这个信封已经核对过。", _KEPT, "请刷新后再看。")
            told = hall_events.CarrierSaid(self._session.account.name, right.carrier, right.phone)
            self._session.append(db, Fact("bundle.mended", bundle_id, told))

    def _same(self, db: Database, clash: Clash) -> Clash:
        """The clash as it is now; of these two, in whichever order they stand."""
        pair = {clash.stands.key, clash.other.key}
        now = next((one for one in _of(db, clash.intake_no) if {one.stands.key, one.other.key} == pair), None)
        if now is None or now.stands.key != clash.stands.key or now.revises != clash.revises:
            raise RefusedError("刚才有人核对过这两条。", _KEPT, "请刷新后再看。")
        return now


def key_of(clash: Clash) -> str:
    """What `Mending.settle` knows a clash of a case by."""
    return f"{clash.intake_no} {clash.other.key}"


def _done() -> RefusedError:
    return RefusedError("刚才有人核对过了。", _KEPT, "请刷新后再看。")


def _of(db: Database, intake_no: str) -> tuple[Clash, ...]:
    entries = entries_about(db, intake_no)
    case = cases.fold(entries)
    return clashes.between(case, entries) if case else ()


def _added_up(case: cases.Case, data: events.MaterialsAdded) -> Iterator[events.Change]:
    here = {(one.code, one.name): one for one in case.materials if not one.missing}
    for one in data.materials:
        held = here.get((one.code, one.name))
        for what, name in (("originals", "原件"), ("copies", "复印件")) if held else ():
            more = getattr(one, what)
            if more:
                field, before = f"materials.{one.code}.{what}", getattr(held, what)
                yield events.Change(field, f"{one.name}{name}份数", str(before), str(before + more))


def _handed(told: object) -> str:
    return str(getattr(told, "carrier", ""))


def _same_people(db: Database) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Ids of two records, and the desks that made them: the one that was written first, by time, desk and id, is kept
    at every window."""
    for pair in person_rows.alike(db, _MOST):
        first = sorted((one.time, one.node, id_) for id_ in pair if (one := _begun(db, id_)) is not None)
        if len(first) == 2 and first[0][1] != first[1][1]:
            same_number = len({person_rows.counted(db, one)["id_number"] for one in pair}) == 1
            if same_number or _apart(first[0][0], first[1][0]) <= _TOGETHER:
                yield first[0][2], first[1][2], (first[0][1], first[1][1])


def _begun(db: Database, person_id: str) -> Entry | None:
    told = [one for one in entries_about(db, person_id) if one.kind == "person.recorded"]
    return min(told, key=lambda one: (one.rank, one.node, one.seq), default=None)


def _apart(one: str, other: str) -> dt.timedelta:
    try:
        return abs(dt.datetime.fromisoformat(one) - dt.datetime.fromisoformat(other))
    except (ValueError, TypeError):
        return dt.timedelta.max
