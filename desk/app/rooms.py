"""The use cases of the desk that no start needs, a room each: loaded when it is first entered."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from desk.counter.session import Session

if TYPE_CHECKING:
    from desk.counter.amending.corrections import Corrections
    from desk.counter.asking.looks import Looks
    from desk.counter.asking.missed import MissedWords
    from desk.counter.code_check import CodeCheck
    from desk.counter.figures import Figures
    from desk.counter.hall.board import HallBoard
    from desk.counter.hall.drafts import PassedDrafts
    from desk.counter.hall.mending import Mending
    from desk.counter.hall.new_pc import NewPc
    from desk.counter.hall.passing import Passing
    from desk.counter.hall.switch import HallRoom
    from desk.counter.handling import Handling
    from desk.counter.importing.imports import Imports
    from desk.counter.office.glyphs import Glyphs
    from desk.counter.office.memos import Memos
    from desk.counter.office.mongolian import Mongolian
    from desk.counter.people import People
    from desk.counter.pictures import Pictures
    from desk.counter.rolls import Rolls
    from desk.counter.township.adjustments import Adjustments
    from desk.counter.township.relay import Relay
    from desk.counter.township.unlock_help import UnlockHelp
    from desk.counter.trips import Trips
    from desk.papers.print_shop import Papers
    from desk.sync.relay.shelf import Shelf


class Rooms:
    """What a desk has besides its first page."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session, self.folder = session, folder

    def enter_all(self) -> None:
        """Load those that most pages need, in a quiet moment."""
        for one in (self.people, self.handling, self.corrections, self.looks, self.pictures, self.papers):
            one  # noqa: B018 - made by being named

    @functools.cached_property
    def handling(self) -> Handling:
        """What is done with cases that were taken in."""
        from desk.counter.handling import Handling

        return Handling(self.session)

    @functools.cached_property
    def corrections(self) -> Corrections:
        """What was written wrongly, put right."""
        from desk.counter.amending.corrections import Corrections

        return Corrections(self.session)

    @functools.cached_property
    def people(self) -> People:
        """The book of people."""
        from desk.counter.people import People

        return People(self.session)

    @functools.cached_property
    def looks(self) -> Looks:
        """Looks at full numbers."""
        from desk.counter.asking.looks import Looks

        return Looks(self.session)

    @functools.cached_property
    def missed(self) -> MissedWords:
        """Words that items were looked up by in vain."""
        from desk.counter.asking.missed import MissedWords

        return MissedWords(self.session)

    @functools.cached_property
    def trips(self) -> Trips:
        """Ways to the centre, envelopes."""
        from desk.counter.trips import Trips

        return Trips(self.session)

    @functools.cached_property
    def rolls(self) -> Rolls:
        """Rolls for a whole gacha."""
        from desk.counter.rolls import Rolls

        return Rolls(self.session)

    @functools.cached_property
    def figures(self) -> Figures:
        """Figures and the ledger."""
        from desk.counter.figures import Figures

        return Figures(self.session)

    @functools.cached_property
    def pictures(self) -> Pictures:
        """Pictures of papers."""
        from desk.counter.pictures import Pictures

        return Pictures(self.session, self.folder)

    @functools.cached_property
    def mongolian(self) -> Mongolian:
        """What was written in Mongolian."""
        from desk.counter.office.mongolian import Mongolian

        return Mongolian(self.session)

    @functools.cached_property
    def memos(self) -> Memos:
        """政务信息 that is composed here."""
        from desk.counter.office.memos import Memos

        return Memos(self.session, self.pictures)

    @functools.cached_property
    def adjustments(self) -> Adjustments:
        """What a township says otherwise of what was devolved to it."""
        from desk.counter.township.adjustments import Adjustments

        return Adjustments(self.session)

    @functools.cached_property
    def glyphs(self) -> Glyphs:
        """Pictures of characters that no font has."""
        from desk.counter.office.glyphs import Glyphs

        return Glyphs(self.session)

    @functools.cached_property
    def codes(self) -> CodeCheck:
        """Whether a receipt is genuine."""
        from desk.counter.code_check import CodeCheck

        return CodeCheck(self.session)

    @functools.cached_property
    def imports(self) -> Imports:
        """Tables that offices send, with their readers."""
        from desk.counter.importing.imports import Imports

        return Imports(self.session)

    @functools.cached_property
    def hall(self) -> HallRoom:
        """The other windows of this hall."""
        from desk.counter.hall.switch import HallRoom

        return HallRoom(self.session, self._shelf)

    def _shelf(self) -> Shelf:
        from desk.sync.relay.shelf import Shelf

        return Shelf(self.folder)

    @functools.cached_property
    def passing(self) -> Passing:
        """Cases that go on at another window."""
        from desk.counter.hall.passing import Passing

        return Passing(self.session)

    @functools.cached_property
    def passed_drafts(self) -> PassedDrafts:
        """Drafts that go on at another window."""
        from desk.counter.hall.drafts import PassedDrafts

        return PassedDrafts(self.session)

    @functools.cached_property
    def mending(self) -> Mending:
        """What two windows wrote and cannot both be true."""
        from desk.counter.hall.mending import Mending

        return Mending(self.session)

    @functools.cached_property
    def board(self) -> HallBoard:
        """The day of the hall."""
        from desk.counter.hall.board import HallBoard

        return HallBoard(self.session, self.hall.status, self.relay.waits)

    @functools.cached_property
    def new_pc(self) -> NewPc:
        """A new PC at a window while the centre is away, at either end."""
        from desk.counter.hall.new_pc import NewPc

        return NewPc(self.session, self.hall.hall)

    @functools.cached_property
    def relay(self) -> Relay:
        """Sticks of a township's villages, with what speaks to the centre."""
        from desk.counter.township.relay import Relay

        return Relay(self.session, self.folder)

    @functools.cached_property
    def unlock_help(self) -> UnlockHelp:
        """For a village's agent who forgot the password; as `relay`."""
        from desk.counter.township.unlock_help import UnlockHelp

        return UnlockHelp(self.session)

    @functools.cached_property
    def papers(self) -> Papers:
        """The print shop, with reportlab."""
        from desk.papers.print_shop import Papers

        return Papers(self.session)
