"""The sticks of villages, brought by their township over its network: the same exchange as with the stick itself, in a
folder that lasts as long as the answer.

A desk of a township brings what its own villages wrote, by the register of bodies today; each file is judged by who
wrote it, inside its seal, and one that is refused stops no other.
"""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Iterator
from pathlib import Path

from db.centre import rows
from desk import doors
from desk.centre.exchange import courier, enrolment, unlocking
from desk.centre.exchange.letter_answers import Knock
from desk.centre.exchange.trust import addressing
from desk.centre.node.centre_node import Centre, RefusedBatchError
from desk.folds.case import is_centre
from desk.law.bodies import villages
from desk.sync.courier import FOLDER, put
from desk.sync.protocol import relayed, wire
from desk.sync.protocol.batch import BATCHES
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import LETTERS
from desk.sync.protocol.parts import PARTS
from desk.sync.protocol.relayed import DOWN, PICS, RELAYED, UNLOCK, Ask, File, Line, Told
from desk.sync.protocol.seal import seal, unseal

_SIGNED = {one.marks: one for one in (BATCHES, LETTERS, PARTS)}


def answer(centre: Centre, sealed: bytes, knock: Knock) -> bytes:
    """What goes back onto the sticks, sealed to the township's desk; `knock` counts tries at codes.

    Raises SealError, BatchError, RefusedBatchError where nothing was taken.
    """
    head, body = RELAYED.unpack(unseal(sealed, centre.keys), lambda name: enrolment.sign_keys(centre, name))
    if enrolment.is_revoked(centre, head.node):
        raise RefusedBatchError(wire.problem("revoked", time=centre.now()))
    addressing.must_be_for_us(centre, head.node, head.to or "")
    with centre.database.read() as db:
        asker = rows.one_node(db, head.node)
    if asker is None or asker["via"] or not villages.is_township(str(asker["point_code"])):
        raise BatchError("只有苏木乡镇的终端可以转送下属村的U盘。")
    asked, files = relayed.unpack(body, Ask)
    told, back = _exchanged(centre, str(asker["point_code"]), asked, files, knock)
    return seal(
        RELAYED.pack(relayed.Head(centre.node, head.node), relayed.pack(told, back), centre.keys),
        bytes(asker["seal_key"]),
    )


def _exchanged(centre: Centre, township: str, asked: Ask, files: list[bytes], knock: Knock) -> tuple[Told, list[bytes]]:
    with tempfile.TemporaryDirectory(prefix="daiban-relay-") as made:
        stick, lines = Path(made), list[Line]()
        for file, data in zip(asked.files, files, strict=True):
            if refused := _refusal(centre, township, file, data):
                lines.append(Line(file.node, f"{file.name}：{refused}", good=False))
            else:
                put(stick / FOLDER / file.way / file.name, data)
        lines += [Line(one.node, one.words, one.good) for one in courier.exchange(centre, stick, knock)]
        back, more = _fitting(stick, frozenset(asked.have))
        told = Told(tuple(lines), tuple(file for file, _ in back), more)
        return told, [path.read_bytes() for _, path in back]


def _refusal(centre: Centre, township: str, file: File, data: bytes) -> str:
    """Why this township may not bring this file; "" where it may."""
    node = doors.taken(functools.partial(_writer, centre, file.way), data, doors.CARRIED)
    if isinstance(node, doors.Refusal):
        return node.words
    return "" if _is_below(centre, township, node) else "不是本苏木乡镇下属村的文件，没有收。"


def _writer(centre: Centre, way: str, data: bytes) -> str:
    """The node that wrote a file, as it says inside its seal. Raises DeskErrors."""
    if way == UNLOCK:
        return unlocking.by_file(centre, data).node
    signed = unseal(data, centre.keys)
    kind = _SIGNED.get(signed[:4])
    if kind is None or (kind is PARTS) != (way == PICS):
        raise BatchError("不是该放在这里的文件，没有收。")
    return kind.peek(signed)[0].node


def _is_below(centre: Centre, township: str, node: str) -> bool:
    """Whether a desk, also one that only asks to be enrolled, is of a village of the township today."""
    if not node or is_centre(node):
        return False
    with centre.database.read() as db:
        known = rows.one_node(db, node)
        centre.publications.refresh(centre.node, db)
    point = str(known["point_code"]) if known else node[:12]
    via = bool(known and known["via"])
    return not via and point in villages.below(centre.publications.bodies, township, (point,), centre.today())


def _fitting(stick: Path, have: frozenset[str]) -> tuple[list[tuple[File, Path]], bool]:
    """The answers on the stick that are not there yet, as many as one answer holds, and whether there are more."""
    found, room = list[tuple[File, Path]](), relayed.BACK
    for file, path in _answers(stick):
        if file.name in have:
            continue
        room -= file.size
        if (room < 0 and found) or len(found) == relayed.MOST:
            return found, True
        found.append((file, path))
    return found, False


def _answers(stick: Path) -> Iterator[tuple[File, Path]]:
    for way, pattern in ((UNLOCK, "*.DBA"), (DOWN, "*.DBS")):
        for path in sorted((stick / FOLDER / way).glob(pattern)):
            yield File(way, path.name, path.stat().st_size), path
