"""The centre's end of the courier: take in what lies on a stick, put the answers on it. The same rules as over HTTP."""

from __future__ import annotations

import contextlib
import functools
import itertools
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import sqlalchemy as sa

from db.files import read_bounded
from desk import doors
from desk.centre.exchange import enrolment, letter_answers, picture_intake, taking, telling, unlocking
from desk.centre.exchange.trust import addressing, codes
from desk.centre.node.centre_node import Centre, RefusedBatchError
from desk.errors import DeskError, SurroundingsError
from desk.log.chain import BrokenLogError
from desk.sync.courier import DOWN, FOLDER, PICS, UP, called, files, is_stick, path_of, put
from desk.sync.mail import CARD
from desk.sync.protocol import code_proof, letters, parts, wire
from desk.sync.protocol.batch import BATCHES, Batch, unpack
from desk.sync.protocol.envelope import BatchError, StrangerError
from desk.sync.protocol.letters import LETTERS
from desk.sync.protocol.seal import SealError, unseal

_log = logging.getLogger("desk.centre")
_TRIES = 60  # at codes on one stick
_TOLD = frozenset({"fork", "gap", "restored", "revoked"})  # what the desk has to hear of


class Line(msgspec.Struct, frozen=True):
    """One file, or one desk: what came of it, for a person. `node` "" when it could not be told."""

    node: str
    words: str
    good: bool


def card(centre: Centre, place: Path, address: str = "") -> None:
    """Put our public keys on a stick, so that a point without a network can enrol: it compares them with its code."""
    public = centre.keys.public()
    hello = wire.HelloAnswer(
        centre.node,
        centre.name,
        wire.to_text(public.sign),
        wire.to_text(public.seal),
        centre.now(),
        centre.authority(),
        address,
        code_cost=code_proof.COST,
    )
    with centre.database.read() as db:
        hello = msgspec.structs.replace(hello, old_codes=codes.has_old(db, centre.now()))
    put(is_stick(place) / FOLDER / CARD, msgspec.json.encode(hello))


def exchange(centre: Centre, place: Path, knock: letter_answers.Knock | None = None) -> tuple[Line, ...]:
    """Take in every letter and batch on the stick, whatever their order, and answer each desk that was heard. `knock`
    counts tries at codes; those on a stick that somebody brought in person are counted here."""
    stick = is_stick(place)
    lines: list[Line] = []
    knock = knock or _counted()
    questions: list[tuple[str, bytes]] = []
    batches: list[tuple[str, bytes, Batch]] = []
    for name, signed in _opened(centre, stick, lines):
        if letter_answers.is_late(signed):
            questions.append((name, signed))
        elif letter_answers.is_letter(signed):
            lines.append(_safely(name, functools.partial(_letter, centre, stick, name, signed, knock)))
        else:
            batches += _read(centre, stick, name, signed, lines)
    batches.sort(key=lambda one: (one[2].header.node, one[2].header.first))
    heard: dict[str, int] = {}
    for name, signed, batch in batches:
        lines.append(_safely(name, functools.partial(_taken, centre, stick, name, signed, batch)))
        if lines[-1].good and batch.header.cursor >= 0:
            heard[batch.header.node] = max(heard.get(batch.header.node, 0), batch.header.cursor)
    lines += _pictures(centre, stick)
    for name, signed in questions:  # after the pictures and the batches that they ask about
        lines.append(_safely(name, functools.partial(_letter, centre, stick, name, signed, knock)))
    lines += [Line(node, words, good) for node, words, good in unlocking.carried(centre, stick)]
    for node, cursor in heard.items():
        lines.append(_safely(node, functools.partial(_answered, centre, stick, node, cursor)))
    return tuple(lines)


def _counted() -> letter_answers.Knock:
    tries = itertools.count()
    return lambda: int(next(tries) >= _TRIES)


def _safely(name: str, work: Callable[[], Line]) -> Line:
    """What comes of one file or one desk. A fault of ours with it is logged, and keeps nobody from the others; a stick
    that cannot be written, or a database that is away, does."""
    try:
        return work()
    except (SurroundingsError, sa.exc.DBAPIError):
        raise
    except Exception:  # noqa: BLE001 - the last door, as of the API
        _log.exception("fault with one file of a stick")
        return Line("", f"{name}：处理时程序出错，这一份没有收，其余照常。请把日志交给系统管理员。", good=False)


def _opened(centre: Centre, stick: Path, lines: list[Line]) -> list[tuple[str, bytes]]:
    """Names and unsealed bytes of what lies in UP, letters first: a desk may enrol and send its log on one stick."""
    opened: list[tuple[str, bytes]] = []
    large: list[Path] = []
    for path, data in files(stick, UP, large):
        signed = doors.taken(lambda sealed: unseal(sealed, centre.keys), data, doors.CARRIED)
        if isinstance(signed, doors.Refusal):
            lines.append(Line("", f"{called(path)}：{signed.words}", good=False))
        else:
            opened.append((called(path), signed))
    lines += [
        Line("", f"{called(path)}：文件太大，没有读；请代办点升级代办台后重新写盘。", good=False) for path in large
    ]
    return sorted(opened, key=lambda one: not letter_answers.is_letter(one[1]))


def _read(centre: Centre, stick: Path, name: str, signed: bytes, lines: list[Line]) -> list[tuple[str, bytes, Batch]]:
    try:
        known = functools.partial(enrolment.sign_keys, centre)
        found = doors.taken(lambda data: unpack(data, known), signed, doors.BATCH, told=(StrangerError,))
        if not isinstance(found, doors.Refusal):
            return [(name, signed, found)]
        lines.append(Line("", f"{name}：{found.words}", good=False))
    except StrangerError as error:
        node = BATCHES.peek(signed)[0].node
        if enrolment.sign_keys(
            centre, node
        ):  # with keys of before or after the ones that we know: whoever has those reads it
            _tell(centre, stick, node, wire.problem("unknown_node", time=centre.now()))
        lines.append(Line("", f"{name}：{error.happened}这个终端要重新入网。", good=False))
    return []


def _tell(centre: Centre, stick: Path, node: str, problem: wire.ProblemAnswer) -> None:
    """Put a letter on the stick that says why nothing was taken; none for a node whose key nothing can be sealed to."""
    with contextlib.suppress(SealError):
        put(path_of(stick, DOWN, f"{node}-{problem.code.upper()}"), letter_answers.problem(centre, node, problem))


def _pictures(centre: Centre, stick: Path) -> Iterator[Line]:
    """Take in the parts of pictures, each picture's in order; a line for each desk."""
    named: list[tuple[str, str, int, Path]] = []
    for path, data in files(stick, PICS):
        found = doors.taken(lambda sealed: parts.PARTS.peek(unseal(sealed, centre.keys))[0], data, doors.CARRIED)
        if isinstance(found, doors.Refusal):
            yield Line("", f"{called(path)}：{found.words}", good=False)
        else:
            named.append((found.node, found.sha256, found.at, path))
    whole: dict[str, set[str]] = {}
    for node, sha256, _, path in sorted(named):
        try:
            answer = picture_intake.take(centre, read_bounded(path, doors.CARRIED.most))
        except RefusedBatchError as error:
            yield Line(node, f"{node}（{called(path)}）：{error.problem.text}", good=False)
        except (OSError, DeskError) as error:
            words = error.happened if isinstance(error, DeskError) else "读不出来。"
            yield Line(node, f"{node}（{called(path)}）：{words}", good=False)
        else:
            whole.setdefault(node, set()).update([sha256] if answer.have == -1 else [])
    for node, there in whole.items():
        yield Line(node, f"{node}：图片 {len(there)} 张完整收到。", good=True)


def _letter(centre: Centre, stick: Path, name: str, signed: bytes, knock: letter_answers.Knock) -> Line:
    try:
        head, _ = LETTERS.peek(signed)
        where = path_of(stick, DOWN, f"{head.node}-{head.kind.upper()}-{head.re[:8].upper()}")
        head, sealed = letter_answers.reply(centre, signed, knock)
    except RefusedBatchError as error:
        return Line("", f"{name}：{error.problem.text}", good=False)
    except DeskError as error:
        return Line("", f"{name}：{error.happened}", good=False)
    put(where, sealed)
    what = {
        letters.ENROL: "入网申请",
        letters.AGAIN: "换终端编号",
        letters.KEYS: "更换密钥",
        letters.FILES: "图片查询",
        letters.SIBLINGS: "同点终端的记录",
    }.get(head.kind, "来信")
    return Line(head.node, f"{head.node}：{what}已回复。", good=True)


def _taken(centre: Centre, stick: Path, name: str, signed: bytes, batch: Batch) -> Line:
    header = batch.header
    try:
        addressing.must_be_for_us(centre, header.node, header.to or "", late=True)
        answer = taking.take(centre, signed, batch, "courier")
    except RefusedBatchError as error:
        if error.problem.code in _TOLD:
            _tell(centre, stick, header.node, error.problem)
        return Line(header.node, f"{header.node}（{name}）：{error.problem.text}", good=error.problem.code == "gap")
    except (BatchError, BrokenLogError, DeskError) as error:
        return Line(header.node, f"{header.node}（{name}）：{error.happened}", good=False)
    words = f"记录收到第 {answer.have} 条。" if header.count else "没有新记录，只要回信。"
    return Line(header.node, f"{header.node}：{words}", good=True)


def _answered(centre: Centre, stick: Path, node: str, cursor: int) -> Line:
    """The feed for one desk from where it is, in as many files as it takes."""
    count = 0
    while True:
        try:
            sealed, header = telling.answer(centre, node, cursor)
        except SealError as error:  # it was let in with a key that is none
            return Line(node, f"{node}：{error.happened}", good=False)
        put(path_of(stick, DOWN, f"{node}-{cursor}-{header.last}"), sealed)
        count += 1
        if not header.more or header.last <= cursor:
            return Line(node, f"{node}：回信 {count} 份已写到盘上。", good=True)
        cursor = header.last
