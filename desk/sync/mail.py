"""Letters by stick: what was asked waits in the outbox until an answer lies on a stick that comes back.

The same errands as over the network (`healing`, enrolment), run again at each exchange: each goes as far as the
answers that came let it.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path

import msgspec

from db.desk import local_rows, sync_rows
from db.files import read_bounded
from desk import doors
from desk.errors import RefusedError
from desk.log import chain
from desk.log.keys import PublicKeys
from desk.store import siblings as siblings_here
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync import enrol, healing, siblings
from desk.sync.protocol import letters, wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import ProblemError
from desk.sync.protocol.seal import is_for
from desk.sync.township import fetching
from desk.sync.trust import roster_here, speaking

CARD = "CENTRE.DBK"
_MAIL = "mail:"
_RESTORED = "centre-restored"
_ENROLLING = "enrolling"
_BESIDE = frozenset(
    {letters.SIBLINGS, letters.RETURNED, letters.VILLAGES, letters.ADMIT, letters.ROSTER}
)  # whose answers nothing waits for
_KEPT = "本机的记录都在，没有丢失。"


class _Begun(msgspec.Struct, frozen=True):
    """An enrolment by stick under way: the code, and the card of the centre that is asked."""

    code: str
    card: wire.HelloAnswer


class WaitingError(Exception):
    """The answer has not come yet."""


class Mail:
    """One exchange: answers that came, letters to send."""

    def __init__(self, store: Store, identity: Identity, become: Callable[[Identity], None]) -> None:
        self.store, self.identity, self._become = store, identity, become
        self.outbox: dict[str, bytes] = {}
        self.notes: list[str] = []
        self.files: list[wire.FileStateAnswer] = []  # what the centre says of our pictures
        self.received = 0  # entries of siblings and villages
        self._kin: list[bytes] = []  # what it says of siblings
        self._below: list[bytes] = []  # and of villages

    # -- what came -----------------------------------------------------------------------------------------------

    def took(self, sealed: bytes) -> None:
        """A letter that lay on the stick. What the centre refused of a name that this desk had before is nothing to
        the one that it has now. Raises SealError, BatchError."""
        identity = self.identity
        own, every = healing.own_openers(self.store, identity), healing.openers(self.store, identity)
        try:
            head, body = letters.answered(sealed, every, identity.centre_node, identity.centre_keys)
            self._must_be_ours(sealed, head.to or "")
        except ProblemError as error:
            self._must_be_ours(sealed, error.to)
            if error.kind not in _BESIDE and (error.kind != letters.TOLD or is_for(sealed, own)):
                self._said_no(error.problem)
            return
        if head.kind == letters.FILES:
            self.files.append(letters.read(body, wire.FileStateAnswer))
            return
        if head.kind == letters.ROSTER:
            roster_here.take(self.store, body)
            return
        if head.kind in _BESIDE:
            self._kin += [body] if head.kind == letters.SIBLINGS else []
            self._below += [body] if head.kind == letters.VILLAGES else []
            return
        with self.store.write() as db:
            local_rows.set_local(db, _MAIL + head.re, body)

    def _must_be_ours(self, sealed: bytes, to: str) -> None:
        """Raise BatchError for a letter to somebody else. What is sealed to keys that we shall have is to the name that
        comes with them, which this desk knows only once it is there."""
        identity = self.identity
        is_coming = to[:12] == identity.node[:12] and is_for(sealed, healing.coming(self.store))
        names = (identity.node, *(one.node for one in identity.former), *((to,) if is_coming else ()))
        with self.store.write() as db:
            speaking.must_be_for(db, identity.centre_keys, to, names)

    def _sealed(self, identity: Identity, kind: str, body: bytes) -> tuple[str, bytes]:
        with self.store.read() as db:
            epoch = self.store.epoch(db)
        return letters.sealed(
            kind, identity.node, body, identity.keys, identity.centre_keys, identity.centre_node, epoch
        )

    def _said_no(self, problem: wire.ProblemAnswer) -> None:
        match problem.code:
            case "fork":
                healing.next_keys(self.store, healing.AGAIN)
            case "again":
                healing.give_up(self.store)
                self.notes.append(problem.text)
            case "gap":
                with self.store.write() as db:
                    if 0 <= problem.have < self.store.acked(db):
                        self.store.set_acked(db, problem.have)  # it lost what it had acknowledged
            case "restored":
                with self.store.write() as db:
                    local_rows.set_local(db, _RESTORED, b"1")
            case _:
                self.notes.append(problem.text)

    # -- errands -------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Go on with every errand as far as the answers let it. Raises BatchError."""
        for errand in (self._enrol, self._rekey, self._again, self._give_back):
            try:
                errand()
            except WaitingError:
                continue
        self._siblings()
        self._villages()

    def _villages(self) -> None:
        """At a township's desk: as `_siblings`, of its villages."""
        for body in self._below:
            try:
                self.received += fetching.take(self.store, body).new
            except BatchError as error:
                self.notes.append(f"下属村的办件没有收全：{error.happened}")
        if asked := fetching.question(self.store):
            self._post(letters.VILLAGES, asked)

    def _siblings(self) -> None:
        """What came of the other desks of this point is taken in; then they are asked about again, for the answer to
        the same words is another one tomorrow."""
        for body in self._kin:
            try:
                self.received += siblings.take(self.store, body).new
            except (BatchError, chain.BrokenLogError) as error:
                self.notes.append(f"同点其他终端的记录没有收全：{error.happened}")
        with self.store.read() as db:
            said = siblings_here.admitted(db)
            is_wanted = roster_here.is_wanted(db, self.identity)
        if is_wanted:
            self._post(letters.ROSTER, b"{}")
        for node in said:
            self._post(letters.ADMIT, msgspec.json.encode(letters.Admit(node)))
        siblings.give_back(self.store, self._post)
        if asked := siblings.question(self.store):
            self._post(letters.SIBLINGS, asked)

    def _post(self, kind: str, body: bytes) -> None:
        """Put a letter into the outbox, whose answer is looked at when it comes."""
        re, sealed = self._sealed(self.identity, kind, body)
        self.outbox[_called(self.identity, kind, re)] = sealed

    def _ask(self, identity: Identity) -> healing.Ask:
        def ask(kind: str, body: bytes) -> bytes:
            re, sealed = self._sealed(identity, kind, body)
            with self.store.read() as db:
                answer = local_rows.local(db, _MAIL + re)
            if answer is None:
                self.outbox[_called(identity, kind, re)] = sealed
                raise WaitingError
            return answer

        return ask

    def _enrol(self) -> None:
        with self.store.read() as db:
            kept = local_rows.local(db, _ENROLLING)
        if kept is None:
            return
        who = self.identity
        public = who.keys.public()
        request = self._request(kept, public)
        answer = letters.read(self._ask(who)(letters.ENROL, msgspec.json.encode(request)), wire.EnrolAnswer)
        joined = msgspec.structs.replace(who, point_name=answer.point_name, ca=answer.ca, enrolled=True)
        self._done(joined, "中心已同意入网。", _ENROLLING)

    def _request(self, kept: bytes, public: PublicKeys) -> wire.EnrolRequest:
        """What is asked of the centre whose card was read; `kept` is a bare code where a program of before began."""
        who, names = self.identity, (wire.to_text(public.sign), wire.to_text(public.seal))
        if not kept.startswith(b"{"):
            return wire.EnrolRequest(kept.decode(), *names, platform.node(), who.node)
        begun = letters.read(kept, _Begun)
        request = wire.EnrolRequest("", *names, platform.node(), who.node)
        return enrol.with_code(request, begun.code, begun.card, who.centre_keys)

    def _again(self) -> None:
        if healing.waits(self.store, healing.AGAIN) and not healing.waits(self.store, healing.KEYS):
            after, healed = healing.begin_again(self.store, self.identity, self._ask(self.identity), self._ask)
            self._done(after, healed.words())

    def _rekey(self) -> None:
        if healing.waits(self.store, healing.KEYS):
            self._done(healing.rekey(self.store, self.identity, self._ask(self.identity)), "密钥已更换。")

    def _give_back(self) -> None:
        with self.store.read() as db:
            if local_rows.local(db, _RESTORED) is None:
                return
            kept = [data for _, data in sync_rows.feeds_kept(db)]
        ask = self._ask(self.identity)
        waiting = 0
        for data in kept:
            try:
                ask(letters.LOST, data)
            except WaitingError:
                waiting += 1
        if waiting:
            raise WaitingError
        count = healing.give_back(self.store, lambda data: letters.read(ask(letters.LOST, data), letters.Agreed))
        self._done(self.identity, f"中心恢复过备份：它丢失的 {count} 条回复已由本机交还。", _RESTORED)

    def _done(self, identity: Identity, words: str, flag: str = "") -> None:
        with self.store.write() as db:
            self.identity = self.store.merge_identity_in(db, self.identity, identity)
            local_rows.drop_locals(db, _MAIL)
            if flag:
                local_rows.drop_local(db, flag)
        self._become(self.identity)
        self.notes.append(words)


def _called(identity: Identity, kind: str, re: str) -> str:
    return f"{identity.node}-{kind.upper()}-{re[:8].upper()}"


def enrolling(store: Store) -> bool:
    """Whether an enrolment by stick is under way."""
    with store.read() as db:
        return local_rows.local(db, _ENROLLING) is not None


def begin_enrolment(store: Store, identity: Identity, folder: Path, code: str) -> Identity:
    """Take the centre's public keys from a stick, once they agree with the code that was given on paper.

    Raises RefusedError; nothing changed then.
    """
    once, fingerprint = enrol.split_code(code)
    path = folder / CARD
    try:
        card = letters.read(read_bounded(path, doors.CARD.most), wire.HelloAnswer)
        keys = PublicKeys(wire.from_text(card.sign_key), wire.from_text(card.seal_key))
    except (OSError, ValueError, BatchError) as error:
        raise RefusedError("盘上没有中心的名片，或名片坏了。", _KEPT, "请用中心给的那个U盘。") from error
    if not keys.fingerprint().startswith(fingerprint):
        raise RefusedError("盘上的名片不是发入网码的那个中心的。", _KEPT, "请核对入网码，或向中心重新要。")
    enrol.check_versions(card)
    after = msgspec.structs.replace(
        identity,
        centre_node=card.centre_node,
        centre_name=card.centre_name,
        centre_keys=keys,
        address=card.address,
    )
    with store.write() as db:
        local_rows.set_local(db, _ENROLLING, msgspec.json.encode(_Begun(once, card)))
        return store.merge_identity_in(db, identity, after)
