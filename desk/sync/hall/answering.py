"""What this desk answers on the hall's wire: who it is, to anybody; all else to windows of the point that prove it.

A stranger, a desk of another point and one that was revoked learn nothing and leave nothing; what came before is not
taken a second time as a question.
"""

from __future__ import annotations

import contextlib
import logging
from collections import OrderedDict
from collections.abc import Callable

import msgspec
from sqlite_utils import Database

from desk import clock, doors
from desk.errors import DeskError, SurroundingsError
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync import healing
from desk.sync.hall import giving, line, neighbours, sticks
from desk.sync.hall.new_pc import guests
from desk.sync.hall.plain_http import Message
from desk.sync.hall.taking import Took, take
from desk.sync.kept import lending
from desk.sync.protocol import letters, wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import LETTERS, Head
from desk.sync.protocol.near import parcel as hall
from desk.sync.protocol.near.parcel import Parcel, Window
from desk.sync.protocol.near.roster import Listed
from desk.sync.protocol.seal import seal, unseal_any
from desk.sync.relay.shelf import Shelf
from desk.sync.trust import roster_here

_log = logging.getLogger("desk.hall")
_NONCES = 4096
_PATHS = (wire.LETTERS, wire.RELAY, line.ROSTER, line.GUEST)
_OPEN = {line.ROSTER: doors.ROSTER.most, line.GUEST: doors.GUEST.most}  # bytes that are read of anybody

Answer = tuple[int, dict[str, str], bytes]
Heard = Callable[[str, str, Parcel, Took], object]  # who, from which address, what it has, what was taken


class Answers:
    """One desk's answers. `window` tells what it says of itself; `heard` hears of every parcel that came."""

    def __init__(
        self,
        store: Store,
        window: Callable[[], Window],
        heard: Heard,
        shelf: Callable[[], Shelf],
        guests_: guests.Guests,
        out_of_reach: Callable[[str], bool] = lambda _node: False,
    ) -> None:
        self._store, self._window, self._heard, self._shelf = store, window, heard, shelf
        self._guests, self._out_of_reach = guests_, out_of_reach
        self._nonces: OrderedDict[str, None] = OrderedDict()

    def room_for(self, asked: Message) -> int:
        """How many bytes of a body are read of what was asked: none of whoever does not prove to be one of the point.
        -1 where nothing is answered at all."""
        if asked.start[0] == "GET" or len(asked.start) < 2:
            return 0
        if asked.start[1] in _OPEN:
            return _OPEN[asked.start[1]]
        return doors.HALL.most if self._asker(asked)[0] is not None else 0

    def done(self) -> None:
        """A thread of the ear's ends: its own reader of the database is let go. Raises nothing."""
        with contextlib.suppress(Exception):
            self._store.rooms.let_go()

    def answer(self, asked: Message, body: bytes, host: str = "") -> Answer:
        """Status, headers and body. Raises nothing."""
        try:
            return self._answer(asked, body, host)
        except DeskError as error:
            code = "busy" if isinstance(error, SurroundingsError) else "broken"
            return self._refused(asked, wire.problem(code))
        except Exception:  # noqa: BLE001 - the last door: one bad letter stops nobody else
            _log.exception("fault at a neighbour's letter")
            return self._refused(asked, wire.problem("busy"))

    def _answer(self, asked: Message, body: bytes, host: str) -> Answer:
        method, path = asked.start[0], asked.start[1] if len(asked.start) > 1 else ""
        if (method, path) == ("GET", wire.HELLO):
            us = self._store.identity()
            said = hall.Hello(us.node, clock.stamp(self._store.tell()), wire.SPEAKS)
            return self._plain(asked, msgspec.json.encode(said))
        if method != "POST" or path not in _PATHS:
            return self._refused(asked, wire.problem("absent", text="没有这一项。"))
        if path == line.ROSTER:
            roster_here.take(self._store, body)
            return self._proved(asked, 200, b"{}")
        if path == line.GUEST:
            if asked.headers.get(wire.DIGEST_HEADER.lower()) != wire.digest(body):
                return self._refused(asked, wire.problem("broken"))
            return self._proved(asked, 200, self._guests.answer(body, host))
        them, code = self._asker(asked)
        if them is None:
            return self._refused(asked, wire.problem(code))
        if asked.headers.get(wire.DIGEST_HEADER.lower()) != wire.digest(body) or not self._is_new(asked):
            return self._refused(asked, wire.problem("broken"))
        if path == wire.RELAY:
            if self._is_guest(them):
                return self._refused(asked, wire.problem("unknown_node"))
            return self._proved(asked, 200, sticks.answer(self._store, self._shelf(), them, body))
        return self._proved(asked, 200, self._met(them, body, host))

    # -- who asks ------------------------------------------------------------------------------------------------

    def _question(self, asked: Message) -> wire.Question:
        told = asked.headers
        path = asked.start[1] if len(asked.start) > 1 else ""
        nonce, node = told.get(wire.NONCE_HEADER.lower(), "")[:64], told.get(wire.NODE_HEADER.lower(), "")[:40]
        epoch, digest = told.get(wire.EPOCH_HEADER.lower(), "")[:15], told.get(wire.DIGEST_HEADER.lower(), "")[:64]
        return wire.Question(nonce, asked.start[0], path, node, self._store.identity().node, epoch, digest)

    def _asker(self, asked: Message) -> tuple[Listed | None, str]:
        """The window that proves to ask this of us; else None, and what it is told."""
        question = self._question(asked)
        with self._store.read() as db:
            found = self._find(db, self._store.identity_in(db), question.node)
        if found is None:
            return None, "unknown_node"
        proof = asked.headers.get(wire.PROOF_HEADER.lower(), "")
        if not wire.bound_ask_proved(found.keys().sign, proof, question):
            return None, "unknown_node"
        return (None, "revoked") if found.revoked else (found, "")

    @staticmethod
    def _find(db: Database, us: Identity, node: str) -> Listed | None:
        """A desk of the roster, or a new PC that somebody here let in."""
        return neighbours.find(db, us, node) or guests.find(db, us, node)

    def _is_guest(self, them: Listed) -> bool:
        with self._store.read() as db:
            return neighbours.find(db, self._store.identity_in(db), them.node) is None

    def _is_new(self, asked: Message) -> bool:
        nonce = self._question(asked).nonce
        if not nonce or nonce in self._nonces:
            return False
        self._nonces[nonce] = None
        while len(self._nonces) > _NONCES:
            self._nonces.popitem(last=False)
        return True

    # -- a meeting -----------------------------------------------------------------------------------------------

    def _met(self, them: Listed, sealed: bytes, host: str) -> bytes:
        """Take in what they brought; the sealed answer."""
        us = self._store.identity()
        signed = unseal_any(sealed, healing.own_openers(self._store, us))
        head, body = LETTERS.unpack(signed, lambda name: (them.keys().sign,) if name == them.node else ())
        if head.kind not in (letters.HALL, letters.PIECES) or head.to != us.node:
            raise BatchError("这封信不是写给本机的，没有收。")
        if head.kind == letters.PIECES:
            if them.waits:
                raise BatchError("这台终端还不能查看本点以往记录。")
            return self._sealed(them, head, lending.answer(self._store, body))
        theirs, parts = hall.unpack(body)
        is_guest = self._is_guest(them)
        if not is_guest:  # what a guest wrote comes by the centre, once that knows it
            self._heard(them.node, host, theirs, take(self._store, them.node, theirs, parts))
        with self._store.read() as db:
            us = self._store.identity_in(db)
            now = self._find(db, us, them.node)
            if now is None or now.revoked:
                raise BatchError("这台终端已被停用。")
            mine, given = giving.parcel(self._store, db, us, now, theirs, self._window())
        no = (*mine.no, them.node) if is_guest else mine.no
        often = is_guest or self._out_of_reach(them.node)
        said = hall.pack(msgspec.structs.replace(mine, no=no, often=often), given)
        return self._sealed(now, head, said)

    def _sealed(self, them: Listed, asked: Head, said: bytes) -> bytes:
        """The answer to a letter, for its writer alone."""
        us = self._store.identity()
        answered = Head(asked.kind, us.node, asked.re, to=them.node, epoch=asked.epoch)
        return seal(LETTERS.pack(answered, said, us.keys), them.keys().seal)

    # -- how it is said ------------------------------------------------------------------------------------------

    def _plain(self, asked: Message, body: bytes) -> Answer:
        us, nonce = self._store.identity(), asked.headers.get(wire.NONCE_HEADER.lower(), "")[:64]
        proof = wire.prove_answer(us.keys, nonce, wire.HELLO, 200, body)
        return 200, {wire.PROOF_HEADER: proof, "Content-Type": "application/json"}, body

    def _proved(self, asked: Message, status: int, body: bytes) -> Answer:
        proof = wire.prove_bound_answer(self._store.identity().keys, self._question(asked), status, body)
        return status, {wire.PROOF_HEADER: proof, "Content-Type": wire.OCTETS}, body

    def _refused(self, asked: Message, problem: wire.ProblemAnswer) -> Answer:
        return self._proved(asked, wire.PROBLEMS[problem.code][0], msgspec.json.encode(problem))
