"""A sync: own entries up in batches, then the centre's feed down. What the centre did not acknowledge stays waiting."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import msgspec

from db import rows
from desk import __version__, clock, log
from desk.errors import CancelledError
from desk.store import Identity, Store
from desk.sync import pictures, wire
from desk.sync.batch import Batch, BatchError, Heartbeat, pack_log, unpack
from desk.sync.feed import foreign
from desk.sync.link import CentreRefusedError, Link, NotCentreError, OfflineError
from desk.sync.seal import SealError, seal, unseal
from desk.views import Cancelled, Outcome, Report, SyncProgress, SyncResult

_FIRST = 50  # entries in the first batch; grows while the link carries it
_MOST = 4000
_ROUNDS = 10_000
_KEPT = "未送出的内容都在本机，没有丢失。"


_entry = msgspec.json.Decoder(log.Entry)


class _Run:
    """One sync: counts as it goes."""

    def __init__(self, store: Store, identity: Identity, link: Link, folder: Path) -> None:
        self.store, self.identity, self.link, self.folder = store, identity, link, folder
        self.sent = self.received = self.skew = self.pictures = 0

    def up(self, report: Report, cancelled: Cancelled) -> None:
        """Send what the centre lacks, from where it says, until nothing waits."""
        node, size = self.identity.node, _FIRST
        for _ in range(_ROUNDS):
            with self.store.read() as db:
                acked = self.store.acked(db)
                left, oldest = rows.waiting(db, node, acked)
                encoded = rows.entries_after(db, node, acked, size)
            report(SyncProgress("送出", self.sent, self.sent + left))
            if not encoded:
                return
            _check(cancelled)
            answer = self._send(encoded, acked, left, oldest)
            moved = answer.have - acked
            with self.store.write() as db:
                self.store.set_acked(db, answer.have)
            self.sent += max(moved, 0)
            size = min(size * 2, _MOST)

    def _send(self, encoded: list[bytes], acked: int, left: int, oldest: str) -> wire.BatchAnswer:
        kept = [log.Kept(_entry.decode(one), one, b"") for one in encoded]
        batch = pack_log(kept, self.identity.keys, self._heartbeat(left, oldest))
        sealed = seal(batch, self.identity.centre_keys.seal)
        try:
            answer = msgspec.json.decode(self.link.post(wire.BATCHES, sealed, wire.OCTETS), type=wire.BatchAnswer)
        except CentreRefusedError as error:
            if error.problem.code != "gap" or not 0 <= error.problem.have < acked + len(encoded):
                raise
            return wire.BatchAnswer(self.identity.node, error.problem.have, error.problem.time)
        self._measure(answer.time)
        if answer.node != self.identity.node or answer.have > kept[-1].entry.seq:
            raise CentreRefusedError(wire.problem("fork", answer.have))
        return answer

    def _heartbeat(self, left: int, oldest: str) -> Heartbeat:
        free = shutil.disk_usage(self.folder).free // (1 << 20)
        return Heartbeat(left, oldest, free, __version__, clock.stamp(self.store.tell()))

    def _measure(self, theirs: str) -> None:
        try:
            self.skew = round((self.store.tell() - dt.datetime.fromisoformat(theirs)).total_seconds())
        except (ValueError, TypeError):
            self.skew = 0

    def down(self, report: Report, cancelled: Cancelled) -> int:
        """Take in the feed; how far the centre has our own log."""
        for _ in range(_ROUNDS):
            with self.store.read() as db:
                after = self.store.cursor(db)
            report(SyncProgress("接收中心的回复", self.received, 0))
            _check(cancelled)
            batch = self._feed(after)
            kept = [foreign(one, self.identity.centre_node) for one in batch.entries]
            with self.store.write() as db:
                self.received += self.store.receive(db, kept)
                self.store.set_cursor(db, max(after, batch.header.last))
            if not batch.header.more or batch.header.last <= after:
                return batch.header.have
        raise BatchError("中心的回复没有尽头。")

    def _feed(self, after: int) -> Batch:
        keys = self.identity.keys
        answer = self.link.get(f"{wire.FEED}?after={after}", self.identity.node, keys)
        centre = self.identity.centre_node
        batch = unpack(unseal(answer, keys), lambda name: self.identity.centre_keys.sign if name == centre else None)
        if batch.header.kind != "feed":
            raise BatchError("中心的回复不是回传批次。")
        return batch


def _check(cancelled: Cancelled) -> None:
    if cancelled():
        raise CancelledError("同步已停下。", _KEPT, "需要时再点“立即同步”，从停下的地方接着送。")


def sync(store: Store, identity: Identity, folder: Path, report: Report, cancelled: Cancelled) -> SyncResult:
    """Run one sync. Trouble with the network is an outcome, not an exception."""
    run = None
    try:
        link = Link(identity.address, identity.centre_keys.sign)
    except OfflineError as error:
        return SyncResult(Outcome.OFFLINE, 0, 0, error.happened, error.kept, error.todo)
    try:
        run = _Run(store, identity, link, folder)
        run.up(report, cancelled)
        have = run.down(report, cancelled)
        _offer_again(store, run, have, report, cancelled)
        run.pictures = pictures.send(store, identity, link, report, cancelled)
        return SyncResult(Outcome.DONE, run.sent, run.received, _done(run), skew_seconds=run.skew)
    except (
        OfflineError,
        NotCentreError,
        CentreRefusedError,
        CancelledError,
        BatchError,
        SealError,
        log.BrokenLogError,
    ) as error:
        sent, received, skew = (run.sent, run.received, run.skew) if run else (0, 0, 0)
        outcome = _outcome(error)
        return SyncResult(
            outcome,
            sent,
            received,
            error.happened,
            error.kept or _KEPT,
            error.todo,
            repr(error.__cause__ or error),
            skew,
        )
    finally:
        link.close()


def _offer_again(store: Store, run: _Run, have: int, report: Report, cancelled: Cancelled) -> None:
    """A centre that has less than it acknowledged was restored from a backup: offer what it lost."""
    with store.read() as db:
        acked = store.acked(db)
    if have < acked:
        with store.write() as db:
            store.set_acked(db, have)
        run.up(report, cancelled)


def _done(run: _Run) -> str:
    pictures_sent = f"图片 {run.pictures} 张已到中心。" if run.pictures else ""
    if not run.sent and not run.received and not run.pictures:
        return "已与中心核对，没有新的内容。"
    return f"送出 {run.sent} 条，收到 {run.received} 条。{pictures_sent}"


def _outcome(error: Exception) -> Outcome:
    match error:
        case OfflineError():
            return Outcome.OFFLINE
        case CancelledError():
            return Outcome.CANCELLED
        case CentreRefusedError(problem=problem):
            return Outcome.BUSY if problem.code == "busy" else Outcome.REFUSED
        case _:
            return Outcome.NOT_CENTRE
