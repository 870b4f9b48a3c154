"""The hall as it runs beside the window: one thread that goes round, and the listener's few. Idle two
neighbours meet once a minute, whichever of them asks; what is written here goes to all who are there at once."""

from __future__ import annotations

import contextlib
import logging
import random
import threading
import time
from collections.abc import Callable

import msgspec

from db.desk import entry_rows, picture_rows, sync_rows
from desk import clock
from desk.errors import DeskError
from desk.store.store import Store
from desk.sync import pace
from desk.sync.hall import finding, line, meeting, neighbours, places
from desk.sync.hall.answering import Answers
from desk.sync.hall.errands import Errands
from desk.sync.hall.listener import Listener
from desk.sync.hall.neighbours import QUIET, Near
from desk.sync.hall.new_pc.guests import Guests
from desk.sync.hall.taking import Took
from desk.sync.kept import notes as named
from desk.sync.protocol.near.parcel import Parcel, Window
from desk.sync.relay.shelf import Shelf
from desk.sync.trust import roster_notes as rosters

_FAR = 120.0  # at most, with one that is not there
_OFTEN = 2.0  # seconds, with one that cannot reach us, behind our firewall
_MOST_AWAY = 100  # windows that are said not to be reached
_TOGETHER = 0.05  # seconds in which what is written belongs together
_ASLEEP = 90.0  # seconds that a round took where this machine must have slept
_log = logging.getLogger("desk.hall")


def _rest(seconds: float) -> float:
    return seconds * random.uniform(0.8, 1.2)  # noqa: S311 - to spread


class Hall:
    """The meetings of one open desk. `window` tells what it says of itself, `changed` hears what was taken in; both on
    the hall's threads."""

    def __init__(
        self,
        store: Store,
        window: Callable[[], Window],
        changed: Callable[[Took], object],
        shelf: Callable[[], Shelf],
    ) -> None:
        self._store, self._look, self._changed, self._shelf = store, window, changed, shelf
        self._errands = Errands(store, shelf, changed)
        self._near: dict[str, Near] = {}
        self._found: dict[str, set[str]] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._listener: Listener | None = None
        self._finder: finding.Finder | None = None
        self._round: threading.Thread | None = None
        self.guests = Guests(store)
        self.trouble = ""  # why it does not run as it should, for a person
        self.rounds = 0  # meetings that this window began: what tests and the page count

    # -- on and off ----------------------------------------------------------------------------------------------

    def start(self, host: str = "", *, finds: bool = True) -> None:
        """Answer and ask from now on; `host`: at this address alone, `finds`: look for windows in the network."""
        if self._round is not None:
            return
        self._stop.clear()
        with self._store.read() as db:
            port, us = places.kept(db).port, self._store.identity_in(db)
        try:
            self._listener = Listener(
                Answers(self._store, self.window, self._came, self._shelf, self.guests, self._is_out_of_reach),
                port,
                host,
            )
            self.trouble = ""
        except OSError:
            self.trouble = (
                f"端口 {port} 已被别的程序占用：邻窗找不到本机，本机仍能去找邻窗。请重启电脑，或与管理员联系。"
            )
        if finds and self._listener:
            try:
                self._finder = finding.Finder(us.point_code, self._name, self._listener.port, self._seen)
            except OSError:
                self.trouble = "本机不能自动寻找邻窗，请在这里填邻窗电脑的地址。"
        self._round = threading.Thread(target=self._go_round, name="hall-round", daemon=True)
        self._round.start()

    def stop(self) -> None:
        """Neither answer nor ask any more."""
        self._stop.set()
        self._store.wrote.set()
        for one in (self._listener, self._finder):
            if one is not None:
                one.close()
        if self._round is not None and self._round is not threading.current_thread():
            self._round.join(5)
        self._listener = self._finder = self._round = None

    @property
    def is_running(self) -> bool:
        """Whether it does."""
        return self._round is not None

    @property
    def port(self) -> int:
        """That this window answers at; 0 where it does not."""
        return self._listener.port if self._listener else 0

    def near(self) -> tuple[Near, ...]:
        """Every neighbour that the roster names, by name."""
        with self._store.read() as db:
            us = self._store.identity_in(db)
            names = [one.node for one in neighbours.all_of(db, us)]
        with self._lock:
            return tuple(msgspec.structs.replace(self._of(name)) for name in sorted(names))

    def window(self) -> Window:
        """What is told of this window."""
        with self._lock:
            away = tuple(sorted(one.node for one in self._near.values() if not one.is_here))[:_MOST_AWAY]
        return msgspec.structs.replace(self._look(), port=self.port, away=away)

    def look_again(self) -> None:
        """Somebody wants it now: whoever is not here is tried again at once."""
        with self._lock:
            for one in self._near.values():
                one.due = 0.0
        self._store.wrote.set()

    # -- who is where --------------------------------------------------------------------------------------------

    def _name(self) -> str:
        return self._store.identity().node

    def _of(self, node: str) -> Near:
        return self._near.setdefault(node, Near(node))

    def _seen(self, node: str, place: str) -> None:
        with self._lock:
            known = self._found.setdefault(node, set())
            if place not in known and len(known) < 8 and len(self._found) <= 200:
                known.add(place)
                if not self._of(node).is_met:
                    self._near[node].due = 0.0
                    self._store.wrote.set()

    def _is_out_of_reach(self, node: str) -> bool:
        with self._lock:
            near = self._of(node)
            return bool(near.trouble) or not near.place

    def _came(self, node: str, host: str, theirs: Parcel, took: Took) -> None:
        """A neighbour asked here: it is there, and where."""
        if theirs.window.port and host:
            with self._lock:
                self._found.setdefault(node, set()).add(places.joined(host, theirs.window.port))
        with self._lock:
            before = self._of(node).theirs
        self._heard(node, theirs, took)
        is_wanted = self._errands.wait(took, theirs.window, before.window if before else Window())
        with self._lock:
            near = self._of(node)
            if not near.is_met:
                near.due = 0.0 if is_wanted else near.due
            else:
                near.errand = near.errand or is_wanted
                if not theirs.more:  # both have all: one of the two asks, whichever is first
                    near.due = max(near.due, time.monotonic() + _rest(QUIET))
        if is_wanted:
            self._store.wrote.set()

    def _heard(self, node: str, theirs: Parcel, took: Took) -> None:
        with self._lock:
            near = self._of(node)
            if not near.is_met and not near.is_here:
                near.due = 0.0
            near.theirs, near.heard_at = theirs, time.monotonic()
            near.ask_at = 0.0 if took.new else near.ask_at
            near.met_at = clock.stamp(self._store.tell())
        if took.new:
            self._pass_on(theirs.window)
            self._changed(took)

    def _pass_on(self, told: Window) -> None:
        """Of windows in two networks that do not reach each other the one between tells what it just heard."""
        with self._lock:
            found = [near for name in told.away if (near := self._near.get(name)) is not None and near.is_met]
            for near in found:
                near.due = 0.0
        if found:
            self._store.wrote.set()

    def _places(self, node: str, kept: places.Kept) -> list[str]:
        with self._lock:
            found = sorted(self._found.get(node, ()))
            first = [self._of(node).place] if self._of(node).place else []
        return list(dict.fromkeys((*first, *found, *kept.worked.get(node, ()))))

    # -- going round ---------------------------------------------------------------------------------------------

    def _go_round(self) -> None:
        last, said, ask_at = time.monotonic(), None, 0.0
        with contextlib.suppress(DeskError):  # the next start looks again
            named.look_through(self._store)
        while not self._stop.is_set():
            try:
                now = time.monotonic()
                if now - last > _ASLEEP:
                    self._woke()
                last = now
                state = self._state()
                if said is not None and state != said:
                    self._meet_all(lambda near: near.is_met)
                said = state
                if now >= ask_at and self._finder and not self._all_here():
                    self._finder.ask()
                    ask_at = now + QUIET / 2
                self._meet_all(lambda near: near.due <= time.monotonic())
                self._run_errands()
                self._try_typed()
            except DeskError as error:
                _log.warning("a round of the hall failed: %s", error.happened)
            except Exception:  # noqa: BLE001 - the next round may go well
                _log.exception("a round of the hall failed")
            if self._store.wrote.wait(self._until_next()):
                self._stop.wait(_TOGETHER)
                self._store.wrote.clear()
        with contextlib.suppress(Exception):
            self._store.rooms.let_go()

    def _until_next(self) -> float:
        with self._lock:
            all_due = (0.0 if one.errand else one.due for one in self._near.values())
            due = min(all_due, default=time.monotonic() + QUIET / 4)
        return min(max(due - time.monotonic(), 0.2), QUIET / 4)

    def _woke(self) -> None:
        with self._lock:
            for one in self._near.values():
                one.due, one.theirs = 0.0, None

    def _state(self) -> tuple[object, ...]:
        """What neighbours should hear of at once when it changes: what is written here, what the centre told."""
        with self._store.read() as db:
            us = self._store.identity_in(db)
            known = entry_rows.head(db, us.node), self._store.cursor(db), self._store.epoch(db)
            asked, look = picture_rows.near_asked(db), self._look()
            told = look.sticks, look.answers, look.open, asked, sync_rows.last_success(db)
            return us.node, *told, *known, rosters.signed(db)[-64:], rosters.told(db)[-64:]

    def _all_here(self) -> bool:
        return all(one.is_met for one in self.near())

    def _meet_all(self, wanted: Callable[[Near], bool]) -> None:
        with self._store.read() as db:
            us = self._store.identity_in(db)
            names = [one.node for one in neighbours.all_of(db, us)]
            kept = places.kept(db)
        for name in names:
            with self._lock:
                near = self._of(name)
            if self._stop.is_set():
                return
            if wanted(near):
                self._meet(near, self._places(name, kept))

    def _meet(self, near: Near, where: list[str]) -> None:
        words = near.words or "还没有找到这台电脑。"
        for place in where:
            try:
                self.rounds += 1
                theirs = meeting.meet(self._store, place, near.node, near.theirs, self.window, self._heard)
            except DeskError as error:
                words = meeting.problem_words(error)
                if self._stop.is_set():
                    return
                continue
            with self._lock:
                near.theirs, near.place, near.words, near.trouble = theirs, place, "", 0
                near.met_at = clock.stamp(self._store.tell())
                near.due = time.monotonic() + _rest(_OFTEN if theirs.often else QUIET)
            self._keep_place(near.node, place)
            self._errands.run(near, place, theirs)
            return
        with self._lock:
            near.words, near.trouble = words, near.trouble + 1
            if not near.is_here:
                near.theirs = None
            near.due = time.monotonic() + min(pace.after(near.trouble), _FAR)

    def _run_errands(self) -> None:
        with self._lock:
            found = [near for near in self._near.values() if near.errand]
        for near in found:
            near.errand = False  # of one that is not met now it is done when that is met again
            if near.is_met and near.theirs is not None and not self._stop.is_set():
                self._errands.run(near, near.place, near.theirs)

    def _keep_place(self, node: str, place: str) -> None:
        with self._store.read() as db:
            is_known = places.kept(db).worked.get(node, ("",))[0] == place
        if not is_known:
            with self._store.write() as db:
                places.keep(db, places.worked(places.kept(db), node, place))

    def _try_typed(self) -> None:
        """Ask who is at the addresses that were typed and at which nobody was met yet."""
        with self._store.read() as db:
            kept = places.kept(db)
        with self._lock:
            known = {place for found in self._found.values() for place in found}
            is_due = any(not one.is_met and one.due - time.monotonic() < 1 for one in self._near.values())
        met = {place for found in kept.worked.values() for place in found}
        for place in (one for one in kept.typed if one not in known and (one not in met or is_due)):
            try:
                self._seen(line.hello(place).node, place)
            except DeskError:
                continue  # told beside the neighbour that is missing
