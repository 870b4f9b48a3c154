"""Courier: the very same batches as files on a USB stick, for a point without a network.

On the stick: `DAIBAN/UP/<node>-<first>-<last>.DBS` from a desk, sealed to the centre, and
`DAIBAN/DOWN/<node>-<after>-<last>.DBS` from the centre, sealed to that desk; pictures in `PICS`. Names fit FAT32 and
mean nothing: what counts is inside the seal. Anybody may carry a stick, nobody can read it. Each stick holds all that
the centre has not yet acknowledged, so two sticks, a lost one or an old one that comes late lose nothing and double
nothing.
"""

from __future__ import annotations

import functools
import hashlib
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from db.desk import entry_rows, sync_rows
from db.files import UnfitError, flush, flush_folder, read_bounded, take_place
from desk import clock, doors
from desk.errors import CancelledError, DeskError, RefusedError, SurroundingsError
from desk.law.numbers import is_node
from desk.log import chain
from desk.log.point_events import StickFile
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync import carried_pictures, healing, mail
from desk.sync.feed import apply_feed, keep_lost
from desk.sync.heartbeat import heartbeat
from desk.sync.mail import Mail
from desk.sync.outcome import Cancelled, Carried, Report, SyncProgress
from desk.sync.protocol.batch import Batch, Header, fitting, pack, unpack
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import LETTERS
from desk.sync.protocol.seal import SealError, is_for, seal, unseal_any
from desk.sync.trust import doubts, speaking, witness

FOLDER, UP, DOWN, PICS, ENDING = "DAIBAN", "UP", "DOWN", "PICS", ".DBS"
_MOST_FILES = {UP: doors.CARRIED.things, DOWN: doors.CARRIED.things, PICS: 10 * doors.CARRIED.things}
_ENTRIES = 4000  # in one file
_NODE, _WORDS = 15, re.compile(r"(-[0-9A-Z_]{1,40})+", re.ASCII)  # of a file's name
_KEPT = "本机的记录都在，没有丢失；盘上原有的文件也没有动。"


def put(path: Path, data: bytes) -> None:
    """Write a file of the courier: aside, flushed, read back, renamed. SurroundingsError leaves nothing half."""
    aside = path.with_name(f"{uuid.uuid4().hex[:8].upper()}.TMP")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with aside.open("xb") as out:
                out.write(data)
                out.flush()
                flush(out.fileno())
            _same(aside.read_bytes(), data)
            take_place(aside, path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        flush_folder(path.parent)
    except OSError as error:
        raise SurroundingsError(
            f"U盘写不进去（{error.strerror or error}）。",
            _KEPT,
            "盘可能满了、写保护了、坏了或被拔掉了：换一个盘，或腾出地方再做一次。",
        ) from error


def _same(read: bytes, written: bytes) -> None:
    if read != written:
        raise OSError("what was read back differs")


def files(stick: Path, way: str, large: list[Path] | None = None) -> Iterator[tuple[Path, bytes]]:
    """The files that lie in a folder of the stick, no larger than a batch can be, and letters and batches, which are
    held until all are there, no larger together than memory has room for; others are passed over, noted in `large`."""
    folder = stick / FOLDER / way
    try:
        names = sorted(one for one in folder.iterdir() if one.suffix.upper() == ENDING)[: _MOST_FILES[way]]
    except FileNotFoundError:
        return
    except OSError as error:
        raise SurroundingsError("U盘读不出来。", _KEPT, "请重新插好再试。") from error
    left = doors.CARRIED.unpacked
    for path in names:
        try:
            if path.is_symlink():
                continue
            data = read_bounded(path, min(doors.CARRIED.most, left))
        except UnfitError as error:
            if error.size >= 0 and large is not None:
                large.append(path)
        except OSError:
            continue  # one bad place on the stick must not hide the other files
        else:
            left -= 0 if way == PICS else len(data)
            yield path, data


def path_of(stick: Path, way: str, name: str) -> Path:
    """Where the courier's file `name` lies: a node's name, a dash, plain words. What stands in it came from outside, so
    nothing that leads elsewhere is taken for a name: raises BatchError."""
    if not is_node(name[:_NODE]) or not _WORDS.fullmatch(name[_NODE:]):
        raise BatchError("来信的名目不能用作文件名，不予接收。")
    return stick / FOLDER / way / f"{name}{ENDING}"


def called(path: Path) -> str:
    """What a file on the stick is called, for people: whatever bytes its name is made of, it can be shown."""
    return path.name.encode("utf-8", "replace").decode()


def is_stick(place: Path) -> Path:
    """`place`, or the folder above when somebody chose the courier's own. Raises RefusedError when it is not there."""
    if place.name in (UP, DOWN, PICS):
        place = place.parent
    if place.name == FOLDER:
        place = place.parent
    if not place.is_dir():
        raise RefusedError("没有找到这个U盘或文件夹。", _KEPT, "请插好U盘再选一次。")
    return place


def exchange(
    store: Store,
    identity: Identity,
    folder: Path,
    place: Path,
    report: Report,
    cancelled: Cancelled,
    become: Callable[[Identity], None],
) -> Carried:
    """Take in what the centre sent back, then put out all that it has not acknowledged; pictures last.

    `folder` is the desk's own. `become` hears of another name or keys. Raises RefusedError, SurroundingsError,
    CancelledError; what was taken in until then stays.
    """
    stick = is_stick(place)
    if not identity.enrolled and not mail.enrolling(store):
        raise RefusedError("本机还没有入网，封不了给中心的包。", _KEPT, "请先用中心给的入网码入网。")
    post = Mail(store, identity, become)
    with store.read() as db:
        doubted = doubts.all_of(db)
    taken = _take(post, stick, report, cancelled)
    try:
        post.run()
    except DeskError as error:
        taken = msgspec.structs.replace(taken, refused=(*taken.refused, error.happened))
    taken = msgspec.structs.replace(taken, received=taken.received + post.received)
    there, wanted = carried_pictures.heard(store, post.files)
    hashes = carried_pictures.due(store, post.identity.node, wanted)
    if hashes:
        name, sealed = carried_pictures.question(post.identity, hashes)
        post.outbox[name] = sealed
    batches, entries = _give(post, folder, stick, report, cancelled)
    pictures, short = _give_pictures(post, stick, hashes, report, cancelled)
    with store.read() as db:
        said = "\n".join(post.notes)
        post.notes += [one for one in witness.new_words(doubted, doubts.all_of(db)) if one not in said]
    notes = (*post.notes, short) if short else tuple(post.notes)
    return msgspec.structs.replace(
        taken,
        files=len(batches),
        entries=entries,
        notes=notes,
        pictures=pictures,
        pictures_there=there,
        batches=batches,
    )


# -- what came back -------------------------------------------------------------------------------------------------


def _take(post: Mail, stick: Path, report: Report, cancelled: Cancelled) -> Carried:
    waiting: list[tuple[Path, bytes, Batch, bool]] = []
    others, refused = 0, list[str]()
    for number, (path, data) in enumerate(files(stick, DOWN)):
        _check(cancelled)
        report(SyncProgress("读取回信", number, 0))
        own = healing.own_openers(post.store, post.identity)
        try:
            signed = unseal_any(data, healing.openers(post.store, post.identity))
            if signed[:4] == LETTERS.marks:
                post.took(data)
                _clear(path)
                continue
        except SealError:
            others += 1  # sealed to another desk: it travels on
            continue
        except DeskError as error:
            refused.append(f"{called(path)}：{error.happened}")
            continue
        batch = doors.taken(functools.partial(_opened, identity=post.identity), signed, doors.BATCH)
        if isinstance(batch, doors.Refusal):
            refused.append(f"{called(path)}：{batch.words}")
        else:
            waiting.append((path, signed, batch, is_for(data, own)))
    received = 0
    for path, signed, batch, ours in sorted(waiting, key=lambda one: one[2].header.first):
        _check(cancelled)
        try:
            received += _apply(post.store, post.identity, signed, batch, ours=ours)
        except DeskError as error:
            refused.append(f"{called(path)}：{error.happened}")
            continue
        _clear(path)
    return Carried(received=received, others=others, refused=tuple(refused))


def _opened(signed: bytes, identity: Identity) -> Batch:
    centre = identity.centre_node
    batch = unpack(signed, lambda name: (identity.centre_keys.sign,) if name == centre else ())
    if batch.header.kind != "feed":
        raise BatchError("不是中心的回信。")
    return batch


def _apply(store: Store, identity: Identity, signed: bytes, batch: Batch, *, ours: bool) -> int:
    """One answer, in one transaction with the cursor; an old one that comes late changes nothing. What it says of our
    log counts only where it is `ours`, addressed to the name that we have now, and not from before the centre came
    back from a backup; the first one after that may say less than was acknowledged: then it is sent again."""
    have = batch.header.have if ours else 0
    with store.write() as db:
        names = (identity.node, *(one.node for one in identity.former))
        speaking.must_be_for(db, identity.centre_keys, batch.header.to or "", names)
        known = store.epoch(db)
        if batch.header.epoch < known:
            keep_lost(store, db, identity, signed, batch)
            return 0  # what the centre still has of this it says again
        if batch.header.first > store.cursor(db):
            raise RefusedError("前面还缺一份回信，先不收这一份。", _KEPT, "请把前一个U盘也拿来。")
        new = apply_feed(store, db, identity, signed, batch, by_stick=True)
        own, _ = entry_rows.waiting(db, identity.node, 0)
        is_new = ours and known and batch.header.epoch > known
        if (is_new and have < store.acked(db)) or store.acked(db) < have <= own:
            store.set_acked(db, have)
    if have > own:
        healing.next_keys(store, healing.AGAIN)  # the centre has more of us than we have: an old backup came back
    return new


# -- what goes out --------------------------------------------------------------------------------------------------


def _give(
    post: Mail, folder: Path, stick: Path, report: Report, cancelled: Cancelled
) -> tuple[tuple[StickFile, ...], int]:
    """Files, and how many entries, written. Files of ours that the centre has by now are taken away."""
    store, identity = post.store, post.identity
    with store.read() as db:
        acked, cursor, seen, epoch = store.acked(db), store.cursor(db), store.seen(db), store.epoch(db)
        total, oldest = entry_rows.waiting(db, identity.node, acked)
    beat = heartbeat(store, folder, total, oldest)
    stale = _ours(stick, UP, identity.node)
    for name, sealed in post.outbox.items():
        path = path_of(stick, UP, name)
        put(path, sealed)
        stale.discard(path)
    at, made = acked, list[StickFile]()
    while True:
        _check(cancelled)
        report(SyncProgress("写到U盘", at - acked, total))
        with store.read() as db:
            waiting = entry_rows.entries_after(db, identity.node, at, _ENTRIES)
        encoded = fitting(waiting)
        if not encoded and made:
            break
        prev = chain.decoded(encoded[0]).prev if encoded else ""
        last = at + len(encoded)
        header = Header(
            "log", identity.node, at + 1, last, len(encoded), prev, heartbeat=beat, cursor=cursor, seen=seen
        )
        with store.read() as db:
            heads = witness.mine(store, db, identity, last, clock.stamp(store.tell()))
        header = msgspec.structs.replace(header, to=identity.centre_node, epoch=epoch, heads=heads)
        path = path_of(stick, UP, f"{identity.node}-{header.first}-{header.last}")
        sealed = seal(pack(header, encoded, identity.keys), identity.centre_keys.seal)
        put(path, sealed)
        made.append(StickFile(path.name, hashlib.sha256(sealed).hexdigest()))
        stale.discard(path)
        at = header.last
        if len(encoded) == len(waiting) < _ENTRIES:
            break
    if at > acked:
        with store.write() as db:
            sync_rows.mark_ack(db, at, clock.stamp(store.tell()), "stick")
    for path in stale:
        _clear(path)  # what it held is in the new files, or with the centre
    return tuple(made), at - acked


def _give_pictures(
    post: Mail, stick: Path, hashes: Sequence[str], report: Report, cancelled: Cancelled
) -> tuple[int, str]:
    """Pictures written, and why no more. Those that the centre has by now are taken away first, to make room."""
    wanted = {f"{post.identity.node}-{sha256[:16].upper()}" for sha256 in hashes}
    for path in _ours(stick, PICS, post.identity.node):
        if path.stem.rpartition("-")[0] not in wanted:
            _clear(path)
    return carried_pictures.give(
        post.store,
        post.identity,
        hashes,
        lambda name, sealed: put(path_of(stick, PICS, name), sealed),
        report,
        cancelled,
    )


def _ours(stick: Path, way: str, node: str) -> set[Path]:
    return {path for path in (stick / FOLDER / way).glob(f"{node}-*") if path.suffix.upper() == ENDING}


def _clear(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        return  # a stick that cannot be written: an answer taken twice changes nothing


def _check(cancelled: Cancelled) -> None:
    if cancelled():
        raise CancelledError("已停下。", "写好的文件和收到的内容都有效。", "再做一次，从停下的地方接着。")
