"""What every use case at the counter works with: the store, who is at the desk, the catalogue, the calendar."""

from __future__ import annotations

import datetime as dt
import functools
import secrets
import threading
from typing import NamedTuple

import msgspec
from sqlite_utils import Database

from db.desk import record_rows
from desk import clock
from desk.errors import Problem, RefusedError
from desk.folds.records import (
    PublishedBody,
    PublishedHolidays,
    PublishedItem,
    PublishedRegime,
    PublishedSample,
    PublishedWords,
)
from desk.folds.township.adjustments import LocalAdjustment
from desk.law.bodies.competence import Competence, competent, exercise_of, on_paper, place_of
from desk.law.bodies.register import Register
from desk.law.catalogue import versions
from desk.law.catalogue.item import Catalogue, Item, ProxyMode, Regime
from desk.law.catalogue.versions import Offered
from desk.law.holidays import HolidayTable
from desk.log.events import ItemRef
from desk.store import lists, published, siblings, villages
from desk.store.account import Account
from desk.store.entries import Fact
from desk.store.identity import Identity
from desk.store.store import Store

_ITEMS = 5000
_BODIES = 20_000


class _Standing(NamedTuple):
    """What counts on `day` of what is `offered`."""

    day: dt.date
    offered: dict[str, Offered]
    catalogue: Catalogue
    items: dict[str, Item]


_words = msgspec.json.Decoder(PublishedWords)
_local = msgspec.json.Decoder(LocalAdjustment)
_item = msgspec.json.Decoder(PublishedItem)


class _Items:
    """The items that the centre published last, over those that came with the program, which count until the first day
    of what was published. All of them are read when all are asked for: a start asks for a few, and 3,000 would cost it
    a fifth of a second."""

    def __init__(self, store: Store, seed: Catalogue) -> None:
        self._store, self._seed = store, seed

    @property
    def are_read(self) -> bool:
        return "whole" in self.__dict__

    def one(self, task_code: str) -> Offered | None:
        """The versions of one item; None where there is none."""
        if self.are_read:
            return self.whole.get(task_code)
        with self._store.read() as db:
            kept = record_rows.record(db, f"item:{task_code}")
        sample = self._came_with_the_program.get(task_code)
        return _item.decode(kept).offered.over(sample) if kept else sample

    @functools.cached_property
    def whole(self) -> dict[str, Offered]:
        """The versions of every item by its code."""
        sample = self._came_with_the_program
        said = ((one.item.task_code, one.offered) for one in self._said)
        return sample | {code: own.over(sample.get(code)) for code, own in said}

    @functools.cached_property
    def version(self) -> str:
        """Which catalogue it is."""
        if self._said:
            return max(self._said, key=_order).catalogue
        return self._seed.version if self._has_sample else ""

    @property
    def are_own(self) -> bool:
        """Whether the centre published any."""
        return bool(self._said)

    @functools.cached_property
    def _has_sample(self) -> bool:
        with self._store.read() as db:
            said = record_rows.records(db, "sample", limit=1)
        return all(msgspec.json.decode(one, type=PublishedSample).state == "stands" for one in said)

    @functools.cached_property
    def _said(self) -> list[PublishedItem]:
        with self._store.read() as db:
            return list(map(_item.decode, record_rows.records(db, "item", limit=_ITEMS)))

    @functools.cached_property
    def _came_with_the_program(self) -> dict[str, Offered]:
        return versions.offered(self._seed.items) if self._has_sample else {}


class Session:
    """One open office. `identity`, and what the centre publishes, may be replaced while it is open."""

    def __init__(self, store: Store, account: Account, catalogue: Catalogue, holidays: HolidayTable) -> None:
        self.store, self.account, self._seed, self._seed_holidays = store, account, catalogue, holidays
        self.identity: Identity = store.identity()
        self.line = threading.Lock()  # one sync or exchange at a time
        self._take_over(_Items(store, catalogue))

    def refresh(self) -> None:
        """Catalogue, calendar and bodies as the centre published them last, over those that came with the program."""
        items = _Items(self.store, self._seed)
        items.whole, items.version  # noqa: B018 - read here, for whoever asks next may be the window
        self._take_over(items)

    def hear(self, db: Database) -> None:
        """What the centre says with every answer, though nothing came: its time, and who else is at this point."""
        self._clock = self.store.told_clock(db)
        self.has_siblings = bool(siblings.known(db))  # other windows of this point

    def _take_over(self, items: _Items) -> None:
        with self.store.read() as db:
            clocks = [
                msgspec.json.decode(last, type=PublishedRegime)
                for last in record_rows.records(db, "regime", limit=_ITEMS)
            ]
            bodies = record_rows.records(db, "body", limit=_BODIES)
            words = record_rows.records(db, "words", limit=_ITEMS)
            local = [_local.decode(one) for one in record_rows.records(db, "local", limit=_ITEMS)]
            tables = [msgspec.json.decode(last, type=PublishedHolidays) for last in record_rows.records(db, "holidays")]
            self.hear(db)
        self.regimes = {regime.code: regime for regime in (*self._seed.regimes, *(last.regime for last in clocks))}
        in_force = (one.published for one in local if one.published is not None)
        adjusted = {(one.task_code, one.body): one.said for one in in_force}
        self.bodies = Register((msgspec.json.decode(one, type=PublishedBody).body for one in bodies), adjusted)
        self.holidays = tables[0].table if tables else self._seed_holidays
        self.words = {one.id.partition(":")[2]: one.words for one in map(_words.decode, words) if one.words}
        self._items = items
        self._standing: _Standing | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The items that count today, each in one version."""
        return self._of_today().catalogue

    @property
    def items(self) -> dict[str, Item]:
        """The same by their codes."""
        return self._of_today().items

    def find(self, task_code: str) -> Item | None:
        """As `items` has it, without reading all of them."""
        found = self._items.one(task_code)
        return None if found is None or found.withdrawn else found.on(self.not_before_issue(self.day()))

    def _of_today(self) -> _Standing:
        """Chosen anew when a day has begun, on line or off."""
        day, known, offered = self.not_before_issue(self.day()), self._standing, self._items.whole
        if known is None or known.day != day or known.offered is not offered:
            items = {code: one.on(day) for code, one in offered.items() if not one.withdrawn}
            regimes = tuple(self.regimes.values())
            by = self.identity.centre_name if self._items.are_own else self._seed.issued_by
            chosen = Catalogue(self._items.version, by, self._seed.issued_on, regimes, tuple(items.values()))
            self._standing = known = _Standing(day, offered, chosen, items)
        return known

    def taken_under(self, taken: ItemRef) -> Item | None:
        """The version of its item under which a case was taken in; the one of today where it is not known here."""
        with self.store.read() as db:
            return self.taken_under_in(db, taken)

    def taken_under_in(self, db: Database, taken: ItemRef) -> Item | None:
        """As `taken_under`, for one who reads already."""
        return published.version(db, taken.task_code, taken.version, self.find(taken.task_code))

    def change(self, before: Identity, after: Identity) -> None:
        """Take over what is another in `after` than in `before`, in memory and on disk; a name or keys that the centre
        gave meanwhile stay."""
        with self.store.write() as db:
            self.identity = self.store.merge_identity_in(db, before, after)

    def adopt(self, identity: Identity) -> None:
        """Who this desk is by now on disk: the centre gave it another name, or it has other keys."""
        self.identity = identity

    def seen(self, db: Database) -> lists.Seen:
        """What the marks of a list depend on, within the caller's transaction: a sync may give this desk another name
        at any moment."""
        who = self.store.identity_in(db)
        former = frozenset(one.node for one in who.former)
        below = villages.names(db)
        acked, theirs = self.store.acked(db), siblings.ends(db)
        return lists.Seen(who.node, acked, self.day(), self.holidays, former, below, self.account.name, theirs)

    def sign_keys(self, node: str) -> tuple[bytes, ...]:
        """The public keys that make a receipt with a number of `node`'s genuine, as far as they are known here: all
        desks of one point are one counter."""
        who = self.identity
        own = (who.keys.public().sign, *(one.keys.public().sign for one in who.former))
        with self.store.read() as db:
            return (*own, *siblings.sign_keys(db)) if node[:12] == who.point_code else who.sign_keys(node)

    def moment(self) -> dt.datetime:
        """Now in Beijing."""
        return self.store.tell().astimezone(clock.BEIJING)

    def today(self) -> dt.date:
        """Today in Beijing by this machine's clock: what is written today, and its number, bears this day."""
        return self.moment().date()

    def day(self) -> dt.date:
        """The day that counts for law, versions and limits: today by this machine's clock as the centre, when it was
        heard last, corrected it."""
        return clock.counting(self.moment(), self._clock).astimezone(clock.BEIJING).date()

    def append(self, db: Database, *facts: Fact) -> None:
        """Append to this desk's log, in the agent's name, inside the caller's transaction: to the log that it has by
        then, for a sync may give it another name at any moment."""
        self.store.append(db, self.store.identity_in(db).node, self.account.account, facts)

    def not_before_issue(self, day: dt.date) -> dt.date:
        """`day`, or the day on which the catalogue was issued when a dead clock says that it is not there yet."""
        return max(day, self._seed.issued_on)

    def item(self, task_code: str) -> Item:
        """The item with this code. Raises RefusedError when the catalogue has none."""
        item = self.find(task_code)
        if item is None:
            raise RefusedError("目录里没有这个事项。", "没有改动。", "请重新选择事项。")
        return item

    def competence(self, item: Item, domicile: str = "", day: dt.date | None = None) -> Competence:
        """Who is competent for `item` here on `day` (today); `domicile` is the herder's division, "" not known."""
        exercise = exercise_of(item, self.bodies)
        place = place_of(exercise, self.identity.point_code, domicile) if exercise else ""
        return competent(self.bodies, exercise, place, day or self.day())

    def closed_here(self, item: Item) -> str:
        """Why this point does not take `item` in though others of its township do; "" when it does."""
        if item.proxy_mode is ProxyMode.PRESENCE or not self.bodies.adjusted:
            return ""
        here = self.here(item)
        return here.proxy_note if here.proxy_mode is ProxyMode.PRESENCE else ""

    def here(self, item: Item, domicile: str = "") -> Item:
        """`item` as it is handled for the people of this point: by which body, with what a township says otherwise."""
        return on_paper(item, self.bodies, self.identity.point_code, self.day(), domicile)

    def on_paper(self, item: Item, domicile: str = "", point: str = "") -> Item:
        """`item` as this point's papers have it, or those of another `point`, a counter's code."""
        from desk.law import redress  # with the table of places: only papers tell where a decision is contested
        from desk.law.divisions import load as divisions

        point, now = point or self.identity.point_code, self.day()
        whose = on_paper(item, self.bodies, point, now, domicile)
        return redress.told(whose, self.regime(item), point, self.bodies, divisions(), now)

    def regime(self, item: Item) -> Regime | None:
        """The legal clocks of `item` that stand now; None when they have not reached this desk."""
        return self.regimes.get(item.regime)


def _order(published: PublishedItem) -> tuple[int, str]:
    """What is newer is told by its place in the centre's log; before an upgrade only the day is known."""
    return published.seq, published.day


def new_id() -> str:
    """A new subject: 32 hexadecimal digits that nobody else has."""
    return secrets.token_hex(16)


def required(words: str, what: str, field: str = "") -> str:
    """`words` without blanks at the ends. Raises RefusedError when nothing is left, naming `field` if it is given."""
    tidy = words.strip()
    if not tidy:
        problems = (Problem(field, f"请填写{what}。"),) if field else ()
        raise RefusedError(f"请填写{what}。", "没有改动。", problems=problems)
    return tidy
