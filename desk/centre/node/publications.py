"""The catalogue, its legal clocks and the holiday table as this centre published them last, at hand for whoever works
out what is due.

Read again when the centre's own log has grown by something published; a version of an item never changes.
"""

from __future__ import annotations

import sqlalchemy as sa

from db.centre import rows
from desk.folds.case import Case
from desk.folds.case_clocks import Law
from desk.law import holidays
from desk.law.bodies.body import Body
from desk.law.bodies.register import Register
from desk.law.catalogue import load
from desk.law.catalogue.item import Item, Regime
from desk.law.holidays import HolidayTable
from desk.log import chain, events
from desk.log.centre_events import BodyPublished, HolidaysPublished, ItemPublished, RegimePublished
from desk.words.guide_texts import GuideTexts

_WRITTEN = "published.log"


def begin_again(db: sa.Connection) -> None:
    """What was published is to be read from the beginning, by every process: the log was taken back from above."""
    rows.set_value(db, _WRITTEN, str(int(rows.value(db, _WRITTEN) or 0) + 1))


class Publications:
    """`holidays`, `regimes` by code, `items` in force or withdrawn by code and every version of them, the `version` of
    the catalogue that was published last, Mongolian `texts` of guides by the item's code, all `bodies`."""

    def __init__(self) -> None:
        self._log = ""  # which log this was read from
        self._begin()

    def _begin(self) -> None:
        self.holidays: HolidayTable = holidays.seed()
        self.items: dict[str, Item] = {one.task_code: one for one in load.seed().items}
        self.regimes: dict[str, Regime] = {one.code: one for one in load.seed().regimes}
        self.version = load.seed().version
        self.texts: dict[str, GuideTexts] = {}
        self.withdrawn: set[str] = set()
        self.bodies = Register()
        self._versions: dict[tuple[str, int], Item] = {(one.task_code, one.version): one for one in load.seed().items}
        self._seen = 0

    def refresh(self, node: str, db: sa.Connection) -> None:
        """Take over what the centre `node` published since; all of it anew when the log is another one."""
        written = rows.value(db, _WRITTEN)
        if written != self._log:
            self._log = written
            self._begin()
        bodies: dict[str, Body] = {}
        for seq, encoded in rows.published_after(db, node, self._seen):
            self._seen = seq
            entry = chain.decoded(encoded)
            match events.decode(entry.kind, entry.data):
                case ItemPublished(whole=item, withdrawn=withdrawn, catalogue=version):
                    self.version = version
                    self.items[item.task_code] = item
                    self._versions[item.task_code, item.version] = item
                    (self.withdrawn.add if withdrawn else self.withdrawn.discard)(item.task_code)
                case RegimePublished(regime=regime):
                    self.regimes[regime.code] = regime
                case GuideTexts() as texts:
                    self.texts[entry.subject.partition(":")[2]] = texts
                case HolidaysPublished(table=table):
                    self.holidays = table
                case BodyPublished(body=body):
                    bodies[body.code] = body
        if bodies:
            self.bodies = Register([*(one for one in self.bodies if one.code not in bodies), *bodies.values()])

    def item(self, task_code: str, version: int = 0) -> Item | None:
        """A version of an item; the one that stands now where that version is not known."""
        return self._versions.get((task_code, version)) or self.items.get(task_code)

    def regime(self, item: Item | None) -> Regime | None:
        """The legal clocks of `item` that stand now; None when nothing is known of them."""
        return self.regimes.get(item.regime) if item else None

    def law(self, case: Case) -> Law:
        """What the days of `case` come from: the version of the item that it was taken in under, and the legal clocks
        that stand now. The item is the office's word to the herder and stays; the clocks are law and change for all."""
        told = case.collected.item
        item = self.item(told.task_code, told.version)
        return Law(item, self.regimes.get(item.regime if item else told.regime), self.holidays)
