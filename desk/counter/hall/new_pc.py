"""换新电脑: a window broke down and the centre cannot be reached. A new PC at its place, which began without a
centre, is given back all that the point has by another window, where a person says yes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from desk import clock
from desk.counter.session import Session
from desk.log.point_events import LetIn
from desk.store.entries import Fact
from desk.sync.hall import finding, places
from desk.sync.hall.new_pc import coming, guests
from desk.sync.hall.new_pc.coming import At
from desk.sync.outcome import Cancelled, Report
from desk.sync.protocol.near import guest

if TYPE_CHECKING:
    from desk.sync.hall.service import Hall  # with all of sync: the page, which comes here, wants none


class Machine(msgspec.Struct, frozen=True):
    """A new PC for a person at the window: its name, what it calls itself, where it asks from ("" for one that was let
    in), since when it is let in (minute; "" while it asks), and by whom."""

    node: str
    machine: str
    host: str = ""
    since: str = ""
    by: str = ""


class Door(msgspec.Struct, frozen=True):
    """What the new PC has to be told: addresses of this window and its code; `is_open`: it can be asked at all. Who
    asks, and who was let in."""

    addresses: tuple[str, ...]
    code: str
    is_open: bool
    asking: tuple[Machine, ...] = ()
    let_in: tuple[Machine, ...] = ()


class Fetched(msgspec.Struct, frozen=True):
    """How much came: entries; papers and pictures."""

    entries: int
    pieces: int

    def words(self) -> str:
        """For a person."""
        return (
            f"取回记录 {self.entries} 条、文书和图片 {self.pieces} 份。本机现在能查、能办，用自己的编号收件；"
            "连上旗中心后，在“设置”里用入网码入网，本机收的件那时送到。"
        )


class NewPc:
    """Both ends of it."""

    def __init__(self, session: Session, hall: Hall) -> None:
        self._session, self._hall = session, hall

    # -- at the new PC -------------------------------------------------------------------------------------------

    def is_new(self) -> bool:
        """Whether this desk has no centre yet, and may ask."""
        who = self._session.identity
        return not who.enrolled and not who.practice

    def own_code(self) -> str:
        """What the person at the window types."""
        return coming.own_code(self._session.identity)

    def ask(self, place: str, code: str) -> At | None:
        """Ask a window; None until a person there said yes. Raises DeskErrors; what was typed wrong changes nothing."""
        found = coming.ask(self._session.store, place, code)
        if found is not None:
            self._session.adopt(self._session.store.identity())
        return found

    def fetch(self, at: At, report: Report, cancelled: Cancelled) -> Fetched:
        """Fetch all that the window has, and be its neighbour from now on. Raises DeskErrors and CancelledError; what
        came until then stays, and doing it again goes on from there."""
        try:
            done = Fetched(*coming.fetch(self._session.store, at, report, cancelled))
        finally:
            self._session.refresh()
        with self._session.store.write() as db:
            places.keep(db, msgspec.structs.replace(places.worked(places.kept(db), at.node, at.place), is_on=True))
        self._hall.start()
        return done

    # -- at the window -------------------------------------------------------------------------------------------

    def door(self) -> Door:
        """What the person at the window sees."""
        port = self._hall.port
        with self._session.store.read() as db:
            inside = guests.kept(db)
        return Door(
            tuple(places.joined(one, port) for one in finding.addresses()) if port else (),
            guest.code(self._session.identity.keys.public()),
            bool(port),
            tuple(Machine(one.node, one.machine, one.host) for one in self._hall.guests.asking()),
            tuple(Machine(node, one.machine, "", clock.minute(one.since), one.by) for node, one in inside.items()),
        )

    def let_in(self, code: str) -> Machine:
        """The new PC on whose screen this code stands is given the point's records; an entry says so. Raises
        RefusedError."""
        name = self._session.account.name
        with self._session.store.write() as db:
            found = self._hall.guests.let_in(db, code, name)
            told = LetIn(found.node, guest.code(found.keys), found.machine, name)
            self._session.append(db, Fact("hall.let_in", f"hall:{found.node}", told))
        return Machine(found.node, found.machine, found.host)

    def let_out(self, node: str) -> None:
        """It is given nothing more; an entry says so."""
        with self._session.store.write() as db:
            one = guests.kept(db).get(node)
            if one is not None:
                guests.end(db, node)
                told = LetIn(node, "", one.machine, self._session.account.name)
                self._session.append(db, Fact("hall.let_out", f"hall:{node}", told))
