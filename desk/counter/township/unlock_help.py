"""帮村里的代办员找回密码: the township passes the request on, and reads out what two people at the centre agreed to."""

from __future__ import annotations

import contextlib

import msgspec

from desk.counter.session import Session, required
from desk.errors import RefusedError
from desk.sync import healing
from desk.sync.link import Link
from desk.sync.protocol import letters, unlock
from desk.sync.protocol.helping import Ask, Told


class UnlockHelp:
    """The township's end; the centre keeps the requests, and says of each who did what and when."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def listed(self) -> Told:
        """The requests of the villages' desks. Raises DeskErrors without a line."""
        return self._asked(Ask(self._by))

    def pass_on(self, code: str, agent: str, reasons: str) -> Told:
        """Ask the centre for a village's desk by its request code. Raises DeskErrors: without a line, for a code that
        was heard wrong, for what the centre refused."""
        digits = unlock.read_digits(code, unlock.CODE, "申请码")
        name, why = required(agent, "忘记密码的代办员"), required(reasons, "怎样核实的")
        return self._done(self._asked(Ask(self._by, unlock.spelt(digits), name[:60], why[:1000])))

    def answer(self, subject: str) -> str:
        """The digits to read out, in groups; that they were taken is an entry at the centre. Raises DeskErrors."""
        return self._done(self._asked(Ask(self._by, subject=subject))).answer

    @property
    def _by(self) -> str:
        return self._session.account.name[:60]

    def _asked(self, asked: Ask) -> Told:
        who, store = self._session.identity, self._session.store
        if who.practice or not who.enrolled:
            raise RefusedError("本机还没有入网，或是练习模式。", "没有问中心。")
        with contextlib.closing(Link(who.address, who.centre_keys.sign, who.ca)) as link:
            ask = link.asker(who, lambda: healing.openers(store, who))
            return letters.read(ask(letters.UNLOCK, msgspec.json.encode(asked)), Told)

    @staticmethod
    def _done(told: Told) -> Told:
        if told.refused:
            raise RefusedError(told.refused)
        return told
