"""The hall at this desk: switched on with one click, off where a village has one PC; who is there, in words."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from db.desk import entry_rows, sync_rows
from desk import clock
from desk.counter.session import Session
from desk.log import history_words
from desk.sync.hall import places

if TYPE_CHECKING:  # nine megabytes, with the network: only for a window that meets others
    from desk.sync.hall.neighbours import Near
    from desk.sync.hall.service import Hall
    from desk.sync.hall.taking import Took
    from desk.sync.protocol.near.parcel import Window
    from desk.sync.relay.shelf import Shelf


class NearLine(msgspec.Struct, frozen=True):
    """Another window for a person: its name, its number in words, whether it is there now, when it was met last
    (minute, "" never), where, and what is to do about it; who is at it since when, how many of its records wait for
    the centre, and when it heard that last."""

    node: str
    title: str
    is_here: bool
    met: str
    place: str
    words: str
    agent: str = ""
    since: str = ""
    waiting: int = 0
    heard: str = ""
    sticks: int = 0  # files of villages' sticks that lie there for the centre


class HallStatus(msgspec.Struct, frozen=True):
    """`can`: this desk may have neighbours at all. `is_on`: it is switched on. `addresses`: where the others find it.
    `typed`: addresses that were typed here. `trouble`: why it does not run as it should."""

    can: bool
    is_on: bool
    title: str = ""
    addresses: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    windows: tuple[NearLine, ...] = ()
    trouble: str = ""
    own: NearLine | None = None  # what this window tells the others of itself

    @property
    def here(self) -> int:
        """How many other windows are there."""
        return sum(one.is_here for one in self.windows)


class HallRoom:
    """The hall of an open desk. What is taken in is told to `heard`, on a thread of the hall's."""

    def __init__(self, session: Session, shelf: Callable[[], Shelf]) -> None:
        self._session, self._shelf = session, shelf
        self.heard: list[Callable[[], object]] = []
        self._since = clock.stamp(session.store.tell())
        self._open: tuple[str, ...] = ()
        self._making = threading.Lock()
        self._made: Hall | None = None

    @property
    def hall(self) -> Hall:
        """What meets other windows; loaded when it is first asked for."""
        from desk.sync.hall.service import Hall

        with self._making:
            if self._made is None:
                self._made = Hall(self._session.store, self._window, self._took, self._shelf)
            return self._made

    @property
    def _running(self) -> Hall | None:
        return self._made if self._made is not None and self._made.is_running else None

    # -- on and off ----------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """At the start of a window: run where it is switched on. Waits for the disk, not for the network."""
        with self._session.store.read() as db:
            is_on = places.kept(db).is_on
        if not is_on:
            return
        from desk.sync.hall import neighbours

        if neighbours.may_take_part(self._session.identity):
            self.hall.start()

    def switch(self, *, on: bool) -> None:
        """Switch it on or off, from now on and after the next start; on Windows a person is asked once to let others
        in, and a no keeps it on. Raises RefusedError."""
        from desk.sync.hall import firewall, neighbours

        if on:
            neighbours.must_take_part(self._session.identity)
        with self._session.store.read() as db:
            let_in = places.kept(db).let_in
        let_in = let_in or (on and firewall.let_in())
        with self._session.store.write() as db:
            places.keep(db, msgspec.structs.replace(places.kept(db), is_on=on, let_in=let_in))
        if on:
            self.hall.start()
        else:
            self.stop()

    def stop(self) -> None:
        """It is switched off, or the desk closes."""
        if self._made is not None:
            self._made.stop()

    def type_address(self, words: str) -> None:
        """Somebody read an address off another window. Raises RefusedError."""
        with self._session.store.write() as db:
            places.keep(db, places.typed(places.kept(db), words))
        if self._made is not None:
            self._made.look_again()

    def forget_address(self, place: str) -> None:
        """An address that was typed counts no more."""
        with self._session.store.write() as db:
            kept = places.kept(db)
            places.keep(db, msgspec.structs.replace(kept, typed=tuple(one for one in kept.typed if one != place)))

    # -- what is seen --------------------------------------------------------------------------------------------

    def status(self) -> HallStatus:
        """Who is there."""
        from desk.sync.hall import finding, firewall, neighbours

        with self._session.store.read() as db:
            kept, us = places.kept(db), self._session.store.identity_in(db)
        title, can, own = history_words.window(us.node), neighbours.may_take_part(us), self._own(us.node)
        hall = self._running
        if hall is None:
            trouble = self._made.trouble if self._made is not None else ""
            return HallStatus(can, kept.is_on, title, typed=kept.typed, trouble=trouble, own=own)
        port = hall.port
        at = tuple(places.joined(one, port) for one in finding.addresses()) if port else ()
        lines = tuple(_line(one) for one in hall.near())
        trouble = hall.trouble or (firewall.words() if firewall.IS_WINDOWS and not kept.let_in else "")
        return HallStatus(can, kept.is_on, title, at, kept.typed, lines, trouble, own)

    def looks_at(self, intake_no: str) -> bool:
        """A case is looked at here, "" for none: the others see that. Whether there may be others at all."""
        open_now = (intake_no,) if intake_no else ()
        if open_now != self._open:
            self._open = open_now
            self._session.store.wrote.set()
        return self._running is not None

    def open_at(self, intake_no: str) -> tuple[str, ...]:
        """The other windows that have a case open now, by title."""
        hall = self._running
        near = hall.near() if hall is not None else ()
        return tuple(
            history_words.window(one.node)
            for one in near
            if one.is_here and one.theirs and intake_no in one.theirs.window.open
        )

    def _own(self, node: str) -> NearLine:
        return _told(
            NearLine(node, history_words.window(node), is_here=True, met="", place="", words=""), self._window()
        )

    def _window(self) -> Window:
        from desk.sync.protocol.near.parcel import Window

        store = self._session.store
        with store.read() as db:
            us = store.identity_in(db)
            count, _ = entry_rows.waiting(db, us.node, store.acked(db))
            heard = sync_rows.last_success(db)
        shelf = self._shelf()
        sticks, answers = len(shelf.waiting()), len(shelf.answers())
        return Window(self._session.account.name, self._since, count, heard, sticks, open=self._open, answers=answers)

    def _took(self, took: Took) -> None:
        if took.of_centre:
            self._session.refresh()
        for one in tuple(self.heard):
            one()


def _line(one: Near) -> NearLine:
    from desk.sync.protocol.near.parcel import Window

    words, told = one.words, one.theirs.window if one.theirs else Window()
    if one.is_here and one.trouble:
        words = f"它能找到本机，本机找不到它，多半是那台电脑的防火墙没有放行代办台。{words}"
    if not one.is_here and not words:
        words = "还没有找到这台电脑：请在那台电脑的“同步”页也打开“大厅”互通，或在下面填它的地址。"
    met = clock.minute(one.met_at) if one.met_at else ""
    return _told(NearLine(one.node, history_words.window(one.node), one.is_here, met, one.place, words), told)


def _told(line: NearLine, told: Window) -> NearLine:
    """With what the window says of itself."""
    return msgspec.structs.replace(
        line,
        agent=told.agent,
        since=clock.minute(told.since) if told.since else "",
        waiting=told.waiting,
        heard=clock.minute(told.heard) if told.heard else "",
        sticks=told.sticks,
    )
