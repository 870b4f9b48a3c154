"""The catalogue, its legal clocks and the holiday table as this centre published them last, at hand for whoever works
out what is due.

Read again when the centre's own log has grown by something published; a version of an item never changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa

from db.centre import rows
from db.centre.tables import own_values
from desk.folds.case import Case
from desk.folds.case_clocks import Law
from desk.law import holidays
from desk.law.bodies.body import Body
from desk.law.bodies.register import Register
from desk.law.catalogue import load, versions
from desk.law.catalogue.item import Item, Regime
from desk.law.catalogue.versions import Offered
from desk.law.holidays import HolidayTable
from desk.log import chain, events
from desk.log.centre_events import (
    BodyPublished,
    HolidaysPublished,
    ItemPublished,
    RegimePublished,
    SampleTold,
    WordsPublished,
)
from desk.log.local_events import Adjusted
from desk.words.guide_texts import GuideTexts

T = TypeVar("T")


def begin_again(db: sa.Connection) -> None:
    """What was published is to be read from the beginning, by every process: the log was taken back from above."""
    rows.set_value(db, own_values.PUBLISHED, str(int(rows.value(db, own_values.PUBLISHED) or 0) + 1))


class Publications:
    """`holidays`, `regimes` by code, what is `offered` of items by code, published or, where nothing was or before the
    first day of that, out of the sample as long as the centre `has_sample`, and every version of them, Mongolian
    `texts` of guides and people's own `words` by the item's code, all `bodies`. `today` chooses among versions."""

    def __init__(self, today: Callable[[], dt.date]) -> None:
        self._today = today
        self._log = ""  # which log this was read from
        self._end: str | None = None  # the hash at its end when nothing of it was left to be read
        self._within: sa.RootTransaction | None = None  # in which nothing was published since this was read
        self._turn = 0  # how often something was taken over, whole
        self._made: dict[str, tuple[tuple[int, dt.date], Any]] = {}
        self._begin()

    def stale(self) -> None:
        """Something is written to our own log: the transaction that reads next looks again."""
        self._within = None

    def grown(self, before: bytes, end: bytes) -> None:
        """Our own log goes on from the hash `before` to `end`, with nothing that is for everybody: there is no more to
        be read of it than there was."""
        if self._end == before.hex():
            self._end = end.hex()

    def _begin(self) -> None:
        self.holidays: HolidayTable = holidays.seed()
        self.has_sample = True
        self._sample: dict[str, Offered] = versions.offered(load.seed().items)  # as far as it stands
        self._own: dict[str, Offered] = {}
        self.offered: dict[str, Offered] = dict(self._sample)
        self._said: dict[str, set[int]] = {}  # versions that this centre published, by the item's code
        self.regimes: dict[str, Regime] = {one.code: one for one in load.seed().regimes}
        self.named = ""  # what this centre called its own catalogue last
        self.texts: dict[str, GuideTexts] = {}
        self.words: dict[str, tuple[str, ...]] = {}
        self.bodies = Register()
        self._versions: dict[tuple[str, int], Item] = {(one.task_code, one.version): one for one in load.seed().items}
        self._seen = 0
        self._chosen: tuple[dt.date, dict[str, Item]] | None = None

    def refresh(self, node: str, db: sa.Connection) -> None:
        """Take over what the centre `node` published since; all of it anew when the log is another one. Once in a
        transaction is enough as long as that writes nothing to our own log."""
        within = db.get_transaction()
        if within is None or self._within is not within:
            self._read(node, db)
            self._within = within

    def _read(self, node: str, db: sa.Connection) -> None:
        told = own_values.ask(db, own_values.PUBLISHED, "head")
        log, end = told[own_values.PUBLISHED], told["head"]
        if (log, end) == (self._log, self._end):
            return
        before = self._log, self._seen
        if log != self._log:
            self._log = log
            self._begin()
        self._take_over(node, db)
        self._end = end
        if before != (self._log, self._seen):
            self._turn += 1

    def _take_over(self, node: str, db: sa.Connection) -> None:
        bodies: dict[str, Body] = {}
        adjusted = dict(self.bodies.adjusted)
        for seq, encoded in rows.published_after(db, node, self._seen):
            self._seen = seq
            entry = chain.decoded(encoded)
            match events.decode(entry.kind, entry.data):
                case ItemPublished(whole=item, withdrawn=withdrawn, catalogue=version):
                    self.named = version
                    self._take(item, versions.told_on(entry.time), withdrawn=withdrawn)
                case SampleTold(stands=stands):
                    self._tell_sample(stands=stands)
                case RegimePublished(regime=regime):
                    self.regimes[regime.code] = regime
                case GuideTexts() as texts:
                    self.texts[entry.subject.partition(":")[2]] = texts
                case WordsPublished(words=words):
                    self.words[entry.subject.partition(":")[2]] = words
                case HolidaysPublished(table=table):
                    self.holidays = table
                case BodyPublished(body=body):
                    bodies[body.code] = body
                case Adjusted(task_code=code, body=whose, said=said):
                    adjusted[code, whose] = said
        if bodies or adjusted != self.bodies.adjusted:
            every = [*(one for one in self.bodies if one.code not in bodies), *bodies.values()]
            self.bodies = Register(every, adjusted)

    def _take(self, item: Item, on: dt.date | None, *, withdrawn: bool) -> None:
        code = item.task_code
        own = self._own.get(code, Offered()).published(item, on, withdrawn=withdrawn)
        self._own[code], self.offered[code] = own, own.over(self._sample.get(code))
        self._versions[item.task_code, item.version] = item
        self._said.setdefault(item.task_code, set()).add(item.version)
        self._chosen = None

    def _tell_sample(self, *, stands: bool) -> None:
        self.has_sample = stands
        self._sample = versions.offered(load.seed().items) if stands else {}
        own = {code: one.over(self._sample.get(code)) for code, one in self._own.items()}
        self.offered = self._sample | own
        self._chosen = None

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What `make` makes of all this for today, made once: again when something else is published, or the next
        day. Nobody changes it. `name` is its own."""
        stands = self._turn, self._today()  # read first: who takes over meanwhile makes another turn of it
        known = self._made.get(name)
        if known is None or known[0] != stands:
            known = self._made[name] = stands, make()
        made: T = known[1]
        return made

    @property
    def version(self) -> str:
        """What the catalogue that was published last is called; "" where nothing is published."""
        return self.named or (load.seed().version if self.has_sample else "")

    @property
    def said(self) -> tuple[str, ...]:
        """The codes of the items of which this centre itself said something."""
        return tuple(self._said)

    @property
    def items(self) -> dict[str, Item]:
        """The version of every item that counts today, in force or withdrawn, by code."""
        day, chosen = self._today(), self._chosen
        if chosen is None or chosen[0] != day:
            chosen = day, {code: one.on(day) for code, one in self.offered.items()}
            self._chosen = chosen
        return chosen[1]

    @property
    def withdrawn(self) -> frozenset[str]:
        """The codes of the items that take no more cases."""
        return self.kept("withdrawn", lambda: frozenset(code for code, one in self.offered.items() if one.withdrawn))

    def on(self, task_code: str, day: dt.date) -> Item | None:
        """The version of an item that counts on `day`."""
        known = self.offered.get(task_code)
        return known.on(day) if known else None

    def item(self, task_code: str, version: int = 0) -> Item | None:
        """A version of an item; the one that stands now where that version is not known."""
        return self._versions.get((task_code, version)) or self.items.get(task_code)

    def published(self, task_code: str) -> list[Item]:
        """Every version of an item that was ever published, or stands as a sample, the oldest first."""
        versions_of = [one for (code, _), one in sorted(self._versions.items()) if code == task_code]
        said = self._said.get(task_code, set())
        return [one for one in versions_of if self.has_sample or one.version in said]

    def regime(self, item: Item | None) -> Regime | None:
        """The legal clocks of `item` that stand now; None when nothing is known of them."""
        return self.regimes.get(item.regime) if item else None

    def law(self, case: Case) -> Law:
        """What the days of `case` come from: the version of the item that it was taken in under, and the legal clocks
        that stand now. The item is the office's word to the herder and stays; the clocks are law and change for all."""
        told = case.collected.item
        item = self.item(told.task_code, told.version)
        return Law(item, self.regimes.get(item.regime if item else told.regime), self.holidays)
