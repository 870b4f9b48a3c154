"""A sync: own entries up in batches, then the centre's feed down. What the centre did not acknowledge stays waiting."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from concurrent import futures
from pathlib import Path

import msgspec
from sqlite_utils import Database

from db.desk import entry_rows
from desk.errors import CancelledError, SurroundingsError
from desk.log import chain
from desk.store import siblings as siblings_here
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync import healing, pace, picture_sending, siblings
from desk.sync.feed import apply_feed
from desk.sync.link import KEPT, CentreRefusedError, Link, NotCentreError, OfflineError
from desk.sync.outcome import Cancelled, Outcome, Report, SyncProgress, SyncResult
from desk.sync.own_log import OlderError
from desk.sync.protocol import letters, wire
from desk.sync.protocol.batch import Batch, unpack
from desk.sync.protocol.envelope import BatchError, NewerError
from desk.sync.protocol.seal import SealError, unseal
from desk.sync.relay import relaying
from desk.sync.relay.shelf import Shelf
from desk.sync.steps import due
from desk.sync.steps.ready import MismatchError, Ready, made
from desk.sync.township import fetching
from desk.sync.trust import calling, speaking, witness

_FIRST = pace.FEWEST
_ROUNDS = 10_000
_HEALINGS = 4  # of one sync: a fork and a centre out of a backup may come together
_LATER = frozenset({"busy", "often", "full"})  # problems that pass by themselves

_TROUBLE = (
    OfflineError,
    NotCentreError,
    CentreRefusedError,
    MismatchError,
    CancelledError,
    BatchError,
    SealError,
    chain.BrokenLogError,
)


class _ForkError(Exception):
    """The centre has more of our log than we have."""


Note = Callable[[Database, SyncResult], None]


class _Run:
    """One sync: counts as it goes."""

    def __init__(
        self,
        store: Store,
        identity: Identity,
        link: Link,
        folder: Path,
        report: Report,
        cancelled: Cancelled,
        become: Callable[[Identity], None],
        note: Note = lambda _db, _result: None,
    ) -> None:
        self.store, self.identity, self.link, self.folder = store, identity, link, folder
        self.report, self.cancelled, self._become, self._note = report, cancelled, become, note
        self.sent = self.received = self.skew = self.pictures = self.given_back = 0
        self.notes: list[str] = []
        self.most = pace.LARGEST  # entries that the centre takes at a time
        self.is_noted = False

    def go(self) -> None:
        """Up, down, pictures; on the way mend what an old backup on either side did."""
        calling.agree(self.store, self.identity, self.link)
        before = self._before()
        known: due.Before | None = before
        if before.is_rekeying:
            self._rekey()
            known = None
        for _ in range(_HEALINGS):
            try:
                now = self._exchange(known)
                break
            except _ForkError:
                self._begin_again()
            except CentreRefusedError as error:
                if error.problem.code == "fork":
                    self._begin_again()
                elif error.problem.code == "restored":
                    self._give_back()
                else:
                    raise
            known = None
        else:
            raise MismatchError("与中心反复对不上，已停下。", KEPT, "请与中心联系。")
        if self.is_noted:
            return
        said = "\n".join(self.notes)
        self.notes += [one for one in witness.new_words(before.doubted, now.doubted) if one not in said]
        self._relay()
        if now.pictures:
            sent = picture_sending.send(self.store, self.identity, self.link, self.report, self.cancelled)
            self.pictures = sent.done
            self.notes += [sent.words()] if sent.refused else []

    def _exchange(self, known: due.Before | None) -> due.Due:
        """Up, down, and what is due then, in this order; how things stand at the end. `known`: how they stand now,
        where nothing was asked since."""
        if known is None or known.is_sending:
            self._up()
            known = None
        else:
            self.report(SyncProgress("送出", self.sent, self.sent))
        now = self._down(known)
        return now if self.is_noted else self._villages(self._siblings(self._admit(self._offer_again(now))))

    # -- up ------------------------------------------------------------------------------------------------------

    def _up(self) -> None:
        """Send what the centre lacks, from where it says, until nothing waits. One batch is in flight; the next is
        made ready meanwhile."""
        with self.store.read() as db:
            acked = self.store.acked(db)
        ready = self._made(acked, _FIRST)
        with futures.ThreadPoolExecutor(1, "next-batch") as aside:
            try:
                self._send_all(aside, ready)
            finally:
                if ready.left > _FIRST:
                    aside.submit(self.store.rooms.let_go)

    def _send_all(self, aside: futures.Executor, ready: Ready) -> None:
        size, seconds = _FIRST, 0.0
        for _ in range(_ROUNDS):
            self.report(SyncProgress("送出", self.sent, self.sent + ready.left))
            if ready.last == ready.after:
                return
            self._check()
            size = min(pace.entries(size, seconds), self.most)
            more = ready.left > ready.last - ready.after
            coming = aside.submit(self._made, ready.last, size) if more else None
            begin = time.monotonic()
            try:
                answer = self._send(ready)
            except CentreRefusedError as error:
                count = ready.last - ready.after
                if error.problem.code != "too_large" or count == 1:
                    raise
                self.most = count // 2
                ready = self._made(ready.after, self.most)
                continue
            seconds = time.monotonic() - begin
            with self.store.write() as db:
                self.store.set_acked(db, answer.have)
            self.sent += max(answer.have - ready.after, 0)
            if coming is not None and answer.have == ready.last:
                ready = coming.result()
            else:
                ready = self._made(answer.have, size)

    def _made(self, after: int, size: int) -> Ready:
        return made(self.store, self.identity, self.folder, self.link.peer.epoch, after, size)

    def _send(self, ready: Ready) -> wire.BatchAnswer:
        try:
            answer = letters.read(
                self.link.post(wire.BATCHES, ready.sealed, wire.OCTETS, self.identity.node),
                wire.BatchAnswer,
                "中心的回复",
            )
        except CentreRefusedError as error:
            if error.problem.code != "gap" or not 0 <= error.problem.have < ready.last:
                raise
            return wire.BatchAnswer(self.identity.node, error.problem.have, error.problem.time)
        self._measure(answer.time)
        if answer.node != self.identity.node or answer.have > self._head():
            raise _ForkError
        return answer

    def _head(self) -> int:
        with self.store.read() as db:
            head = entry_rows.head(db, self.identity.node)
        return head[0] if head else 0

    def _measure(self, theirs: str) -> None:
        try:
            self.skew = round((self.store.tell() - dt.datetime.fromisoformat(theirs)).total_seconds())
        except (ValueError, TypeError):
            return

    # -- down ----------------------------------------------------------------------------------------------------

    def _down(self, known: due.Before | None = None) -> due.Due:
        """Take in the feed; how things stand then. `known`: how they stand now, where this is the first that is asked:
        with an answer that has nothing new and leaves nothing to do the sync ends, and is noted with it."""
        before = known or self._before()
        after, seen = before.cursor, before.seen
        for _ in range(_ROUNDS):
            self.report(SyncProgress("接收中心的回复", self.received, 0))
            self._check()
            signed, batch = self._feed(after, seen)
            self._measure(str(batch.header.time))  # no time of a centre of before
            count = len(batch.entries)
            with self.store.write(much=count > _FIRST, again=not count) as db:
                speaking.must_be_for(db, self.identity.centre_keys, batch.header.to or "", (self.identity.node,))
                self.received += apply_feed(self.store, db, self.identity, signed, batch)
                now = due.after(self.store, db, self.identity, batch.header.have)
                is_begun_again = after > 0 and not now.cursor  # this desk was let at its point's past
                is_more = is_begun_again or (batch.header.more and batch.header.last > after)
                if known and not is_more and self._is_all(known, now):
                    self._note(db, self.result())
                    self.is_noted = True
            if not is_more:
                if now.have > now.head:
                    raise _ForkError
                return now
            after, seen = now.cursor, now.seen
        raise BatchError("中心的回复没有尽头。")

    def _before(self) -> due.Before:
        with self.store.read() as db:
            return due.before(self.store, db, self.identity)

    def _is_all(self, before: due.Before, now: due.Due) -> bool:
        """Whether nothing came and nothing is left to do or to say."""
        is_said = self.received or self.notes or Shelf(self.folder).waiting()
        return now.is_nothing_after(before) and not is_said

    def _feed(self, after: int, seen: str) -> tuple[bytes, Batch]:
        keys = self.identity.keys
        signed = unseal(self.link.get(f"{wire.FEED}?after={after}", self.identity.node, keys, seen), keys)
        centre = self.identity.centre_node
        batch = unpack(signed, lambda name: (self.identity.centre_keys.sign,) if name == centre else ())
        if batch.header.kind != "feed":
            raise BatchError("中心的回复不是回传批次。")
        return signed, batch

    def _again(self, now: due.Due) -> due.Due:
        """How things stand after more was taken in."""
        with self.store.read() as db:
            return due.after(self.store, db, self.identity, now.have)

    def _offer_again(self, now: due.Due) -> due.Due:
        """A centre that has less than it acknowledged was restored from a backup: offer what it lost."""
        if now.have >= now.acked:
            return now
        with self.store.write() as db:
            self.store.set_acked(db, now.have)
        self._up()
        return self._down()

    def _admit(self, now: due.Due) -> due.Due:
        """Tell the centre which desks of the point may read its past, as somebody said here."""
        if not now.is_admitting:
            return now
        with self.store.read() as db:
            said = siblings_here.admitted(db)
        for node in said:
            self._ask(self.identity)(letters.ADMIT, msgspec.json.encode(letters.Admit(node)))
            self.notes.append(f"已同意终端 {node} 查看本点以往的记录。")
        return self._down()

    def _siblings(self, now: due.Due) -> due.Due:
        """What the other desks of this point wrote. What the centre lost of them it is given back first, and answers.
        Bad bytes of a sibling's are told, and keep nothing of our own from going."""
        self._check()
        if not now.siblings:
            return now
        ask = self._ask(self.identity)
        if siblings.give_back(self.store, ask):
            now = self._down()
        try:
            self.received += siblings.fetch(self.store, ask)
        except (BatchError, chain.BrokenLogError) as error:
            self.notes.append(f"同点其他终端的记录没有收全：{error.happened}")
        return self._again(now)

    def _villages(self, now: due.Due) -> due.Due:
        """At a township's desk: what its villages wrote. Bad bytes are told, and keep nothing of our own from going."""
        self._check()
        if not now.villages:
            return now
        try:
            self.received += fetching.fetch(self.store, self._ask(self.identity))
        except BatchError as error:
            self.notes.append(f"下属村的办件没有收全：{error.happened}")
        return self._again(now)

    def _relay(self) -> None:
        """At a township's desk: what its villages' sticks brought. What the centre does not take is told, and keeps
        nothing of our own from going."""
        shelf = Shelf(self.folder)
        if not shelf.waiting():
            return
        try:
            sent, back = relaying.carry(self.store, self.identity, self.link, shelf, self.report, self.cancelled)
            self.notes.append(f"村里的U盘：转送 {sent} 份，回信 {back} 份，等着写到盘上。")
        except (BatchError, SurroundingsError) as error:
            self.notes.append(f"村里的U盘没有转送完：{error.happened}")

    # -- mending -------------------------------------------------------------------------------------------------

    def _ask(self, identity: Identity) -> healing.Ask:
        return self.link.asker(identity, lambda: healing.openers(self.store, identity))

    def _begin_again(self) -> None:
        self.report(SyncProgress("与中心核对本机的记录", 0, 0))
        before = self.identity
        self.identity, healed = healing.begin_again(self.store, before, self._ask(before), self._ask)
        self._become(self.identity)  # at once: what is registered from now on is of the new name
        self.notes.append(healed.words())

    def _give_back(self) -> None:
        self.report(SyncProgress("把中心丢失的回复交还给它", 0, 0))
        ask = self._ask(self.identity)
        self.given_back += healing.give_back(
            self.store, lambda data: letters.read(ask(letters.LOST, data), letters.Agreed)
        )
        self.notes.append(f"中心恢复过备份：它丢失的 {self.given_back} 条回复已由本机交还。")

    def _rekey(self) -> None:
        """Keys that were made and not yet in use: tell the centre, then use them."""
        self.identity = healing.rekey(self.store, self.identity, self._ask(self.identity))
        self._become(self.identity)
        self.notes.append("密钥已更换。")

    def result(self) -> SyncResult:
        """How it went, where all of it went well."""
        said = "已与中心核对，没有新的内容。"
        if self.sent or self.received or self.pictures:
            said = f"送出 {self.sent} 条，收到 {self.received} 条。"
            said += f"图片 {self.pictures} 张已到中心。" if self.pictures else ""
        happened = "\n".join((*self.notes, said))
        return SyncResult(Outcome.DONE, self.sent, self.received, happened, skew_seconds=self.skew)

    def _check(self) -> None:
        if self.cancelled():
            raise CancelledError("同步已停下。", KEPT, "需要时再点“立即同步”，从停下的地方接着送。")


def sync(
    store: Store,
    identity: Identity,
    folder: Path,
    report: Report,
    cancelled: Cancelled,
    become: Callable[[Identity], None],
    note: Note = lambda _db, _result: None,
) -> SyncResult:
    """Run one sync. Trouble with the network is an outcome, not an exception.

    `become` hears of another name or keys; `note` how it went, where that is known in the transaction that takes the
    centre's answer in: there was nothing new.
    """
    try:
        link = calling.link_to(store, identity)
    except OfflineError as error:
        return SyncResult(Outcome.OFFLINE, 0, 0, error.happened, error.kept, error.todo)
    run = _Run(store, identity, link, folder, report, cancelled, become, note)
    try:
        run.go()
        return run.result()
    except _TROUBLE as error:
        return SyncResult(
            _outcome(error),
            run.sent,
            run.received,
            "\n".join((*run.notes, error.happened)),
            error.kept or KEPT,
            error.todo,
            repr(error.__cause__ or error),
            run.skew,
        )
    finally:
        link.close()


def _outcome(error: Exception) -> Outcome:
    match error:
        case OfflineError():
            return Outcome.OFFLINE
        case CancelledError():
            return Outcome.CANCELLED
        case CentreRefusedError(problem=problem) | letters.ProblemError(problem=problem):
            return Outcome.BUSY if problem.code in _LATER else Outcome.REFUSED
        case NewerError() | OlderError():
            return Outcome.REFUSED  # it is the centre, and one of the two programs has to be renewed first
        case NotCentreError() | BatchError() | SealError():
            return Outcome.NOT_CENTRE
        case _:
            return Outcome.MISMATCH
