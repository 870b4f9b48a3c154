"""下属村: a township's villages as of the last exchange with the centre: their cases, what waits, who was silent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
from sqlite_utils import Database

from db.desk import village_rows
from desk.counter import today
from desk.counter.session import Session
from desk.errors import RefusedError
from desk.folds.case_clocks import STANDING
from desk.folds.office.silence import SILENT_DAYS, VillageDesk, days_since
from desk.law import deadline
from desk.law.bodies import seed
from desk.law.bodies import villages as places
from desk.law.bodies.body import Body, Kind
from desk.law.bodies.competence import at_counter
from desk.law.divisions import load as divisions
from desk.store import villages as notes


class Village(msgspec.Struct, frozen=True):
    """A village of this township: the code of its counter, its name, what the counter is called, who runs it where the
    register says so."""

    point: str
    name: str
    counter: str
    body: Body | None = None


class VillageLine(msgspec.Struct, frozen=True):
    """How a village is. `silent` days without word, None where it never spoke; `waiting` entries that its desks had
    not sent when the centre heard them last, since `oldest`."""

    point: str
    name: str
    desks: int = 0
    last_seen: str = ""
    silent: int | None = None
    waiting: int = 0
    oldest: str = ""
    going: int = 0
    near: int = 0
    late: int = 0
    supplements: int = 0
    results: int = 0

    @property
    def is_silent(self) -> bool:
        """Whether somebody should ask there what is wrong."""
        return self.desks > 0 and (self.silent is None or self.silent >= SILENT_DAYS)


class VillagesView(msgspec.Struct, frozen=True):
    """All villages; `at` is when the centre told of them, "" before it did."""

    at: str
    lines: tuple[VillageLine, ...]


class Villages:
    """What a township sees of its villages; none of a desk that is no township's."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def has_any(self) -> bool:
        """Whether this is a township's desk. In memory."""
        return places.is_township(self._session.identity.point_code)

    def all(self) -> tuple[Village, ...]:
        """The villages of this township by the register of bodies, else by the table of divisions; by code."""
        if not self.has_any:
            return ()
        township, register = self._session.identity.point_code, self._session.bodies
        codes = {one.code for one in divisions().below(township[:9])}
        codes |= {one.division for one in register if one.kind is Kind.POINT}
        found = places.below(register, township, codes, self._session.day())
        return tuple(self._village(one) for one in sorted(found))

    def counters(self) -> tuple[Village, ...]:
        """Whose guides and notices this desk prints: its own counter's, then its villages'."""
        who, day = self._session.identity, self._session.day()
        body = at_counter(self._session.bodies, who.point_code, day)
        return (Village(who.point_code, who.point_name, who.point_name, body), *self.all())

    def counter(self, point: str) -> Village:
        """That one of them. Raises RefusedError for a counter that is not this desk's to print for."""
        found = next((one for one in self.counters() if one.point == point), None)
        if found is None:
            raise RefusedError("这不是本机的代办点，也不是下属村。", "没有打印。", "请从列出的村里选。")
        return found

    def _village(self, point: str) -> Village:
        body = at_counter(self._session.bodies, point, self._session.day())
        place = divisions().get(point)
        counter = seed.counter(place)[1] if place else body.name if body else point
        return Village(point, seed.place_of(counter), counter, body)

    def view(self) -> VillagesView:
        """How each village is."""
        with self._session.store.read() as db:
            told, at = notes.desks(db), notes.exchange(db).at
            known = {one.point: one.name for one in self.all()} | notes.names(db)
            lines = tuple(_lines(db, known, told, self._session))
        return VillagesView(at, lines)


def _lines(
    db: Database, names: dict[str, str], told: tuple[VillageDesk, ...], session: Session
) -> Iterator[VillageLine]:
    day = session.day()
    soon = (deadline.working_day_after(day, 1, session.holidays) + dt.timedelta(1)).isoformat()
    counts, states = village_rows.tallies(db, day.isoformat(), soon, STANDING), village_rows.states(db)
    for point, name in sorted(names.items()):
        desks = [one for one in told if one.point_code == point and not one.revoked]
        seen = max((one.last_seen for one in desks), default="")
        cases = counts.get(point, {})
        yield VillageLine(
            point,
            name,
            len(desks),
            seen,
            days_since(seen, session.moment()),
            sum(one.waiting for one in desks),
            min((one.oldest for one in desks if one.oldest), default=""),
            int(cases.get("going") or 0),
            int(cases.get("near") or 0),
            int(cases.get("late") or 0),
            sum(states.get((point, one), 0) for one in today.SUPPLEMENTS.states),
            sum(states.get((point, one), 0) for one in today.RESULTS.states),
        )
