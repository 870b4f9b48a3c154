"""New PCs that ask this window for the point's records, and those that a person here let in.

A guest is given what a window of the point is given, and nothing of it is taken: what it writes comes by the centre,
once that knows it. It is one until the centre's roster names it, or until somebody here ends it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

import msgspec
from sqlite_utils import Database

from db.desk import local_rows
from desk import clock
from desk.errors import RefusedError
from desk.law.numbers import is_node
from desk.log.keys import PublicKeys
from desk.store import siblings
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync.hall import neighbours
from desk.sync.protocol import wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.near import guest
from desk.sync.protocol.near.roster import Listed
from desk.sync.trust import roster_notes as rosters

_KEY = "hall:guests"
_MOST = 8  # of either kind
_TRIES = 5  # wrong codes, after which it has to ask again


class Guest(msgspec.Struct, frozen=True):
    """Who was let in: keys (base64), the machine's name, when (ISO 8601), by whom."""

    sign_key: str
    seal_key: str
    machine: str
    since: str
    by: str


class Asking(msgspec.Struct):
    """A machine that asks: its keys, its name, from which address, how many wrong codes were typed."""

    node: str
    keys: PublicKeys
    machine: str
    host: str
    wrong: int = 0


def kept(db: Database) -> dict[str, Guest]:
    """Those that were let in, by name."""
    found = local_rows.local(db, _KEY)
    return msgspec.json.decode(found, type=dict[str, Guest]) if found else {}


def _keep(db: Database, now: dict[str, Guest]) -> None:
    local_rows.set_local(db, _KEY, msgspec.json.encode(now))


def find(db: Database, us: Identity, node: str) -> Listed | None:
    """A guest by name, as a desk of the roster is told of; None once the roster itself names it."""
    one = kept(db).get(node)
    if one is None or neighbours.find(db, us, node) is not None or node == us.node:
        return None
    return Listed(node, (one.sign_key,), one.seal_key)


class Guests:
    """The door of one window for new PCs. Who asks is known while the program runs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._asking: OrderedDict[tuple[str, bytes], Asking] = OrderedDict()

    def answer(self, body: bytes, host: str) -> bytes:
        """The body of the answer to who asks. Raises BatchError, SealError."""
        asked, keys = guest.read_ask(body)
        with self._store.read() as db:
            us = self._store.identity_in(db)
            found, one = neighbours.find(db, us, asked.node), kept(db).get(asked.node)
            roster = rosters.signed(db)
        if not is_node(asked.node) or asked.node[:12] != us.point_code:
            raise BatchError("这台新电脑选的不是本代办点，没有理会。")
        if found is not None or asked.node == us.node:
            return guest.pack(_told(us, guest.TAKEN))
        if one is not None and (one.sign_key, one.seal_key) == (asked.keys.sign_key, asked.keys.seal_key):
            return guest.pack(_told(us, guest.YES), roster)
        self._note(Asking(asked.node, keys, asked.keys.machine[:60], host))
        return guest.pack(_told(us, guest.WAITS))

    def _note(self, one: Asking) -> None:
        with self._lock:
            at = one.node, one.keys.sign
            known = self._asking.pop(at, one)
            known.host = one.host
            self._asking[at] = known
            while len(self._asking) > _MOST:
                self._asking.popitem(last=False)

    def asking(self) -> tuple[Asking, ...]:
        """Who asks, the latest first."""
        with self._lock:
            return tuple(msgspec.structs.replace(one) for one in reversed(self._asking.values()))

    def let_in(self, db: Database, typed: str, by: str) -> Asking:
        """Whoever has the code that a person read off its screen is given the point's records from now on. Raises
        RefusedError."""
        us = self._store.identity_in(db)
        if not us.enrolled or us.node in siblings.waits(db):
            raise RefusedError("本机自己还没有入网，或还在等同意，不能让别的电脑取回记录。", "没有改动。")
        with self._lock:
            found = next((one for one in self._asking.values() if guest.is_code(one.keys, typed)), None)
            if found is None:
                self._wrong()
                raise RefusedError(
                    "没有哪台新电脑的核对码是这个。", "没有给出任何记录。", "请照新电脑屏幕上的核对码再输一次。"
                )
            self._asking.pop((found.node, found.keys.sign))
        sign, seal = wire.to_text(found.keys.sign), wire.to_text(found.keys.seal)
        told = Guest(sign, seal, found.machine, clock.stamp(self._store.tell()), by)
        _keep(db, dict([*kept(db).items(), (found.node, told)][-_MOST:]))
        return found

    def _wrong(self) -> None:
        """Codes are not guessed here: after some wrong ones all who ask have to ask again."""
        for at, one in list(self._asking.items()):
            one.wrong += 1
            if one.wrong >= _TRIES:
                del self._asking[at]


def end(db: Database, node: str) -> None:
    """It is given nothing more."""
    _keep(db, {name: one for name, one in kept(db).items() if name != node})


def _told(us: Identity, state: str) -> guest.Told:
    mine = us.keys.public()
    told = guest.Told(us.node, wire.to_text(mine.sign), wire.to_text(mine.seal), state)
    if state != guest.YES:
        return told
    return msgspec.structs.replace(
        told,
        point_name=us.point_name,
        centre_node=us.centre_node,
        centre_name=us.centre_name,
        centre_sign=wire.to_text(us.centre_keys.sign),
        centre_seal=wire.to_text(us.centre_keys.seal),
        address=us.address,
        ca=us.ca,
    )
