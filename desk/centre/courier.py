"""The centre's end of the courier: take in what lies on a stick, put the answers on it. The same rules as over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from desk.centre.seat import Centre, RefusedBatchError
from desk.errors import DeskError
from desk.log import BrokenLogError
from desk.sync.batch import Batch, BatchError
from desk.sync.courier import DOWN, ENDING, FOLDER, UP, files, is_stick, put
from desk.sync.seal import SealError


class Line(msgspec.Struct, frozen=True):
    """One file, or one desk: what came of it, for a person. `node` "" when it could not be told."""

    node: str
    words: str
    good: bool


def exchange(centre: Centre, place: Path) -> tuple[Line, ...]:
    """Take in every batch on the stick, whatever their order, and answer each desk that was heard."""
    stick = is_stick(place)
    opened: list[tuple[str, Batch]] = []
    lines: list[Line] = []
    for path, data in files(stick, UP):
        try:
            opened.append((path.name, centre.opened(data)))
        except (SealError, BatchError) as error:
            lines.append(Line("", f"{path.name}：{error.happened}", good=False))
    opened.sort(key=lambda one: (one[1].header.node, one[1].header.first))
    heard: dict[str, int] = {}
    for name, batch in opened:
        lines.append(_taken(centre, name, batch))
        if lines[-1].good and batch.header.cursor >= 0:
            heard[batch.header.node] = max(heard.get(batch.header.node, 0), batch.header.cursor)
    for node, cursor in heard.items():
        lines += _answered(centre, stick, node, cursor)
    return tuple(lines)


def _taken(centre: Centre, name: str, batch: Batch) -> Line:
    header = batch.header
    try:
        if not header.count:
            return Line(header.node, f"{header.node}：没有新记录，只要回信。", good=not centre.is_revoked(header.node))
        answer = centre.take(batch)
    except RefusedBatchError as error:
        return Line(header.node, f"{header.node}（{name}）：{error.problem.text}", good=error.problem.code == "gap")
    except (BatchError, BrokenLogError, DeskError) as error:
        return Line(header.node, f"{header.node}（{name}）：{error.happened}", good=False)
    return Line(header.node, f"{header.node}：记录收到第 {answer.have} 条。", good=True)


def _answered(centre: Centre, stick: Path, node: str, cursor: int) -> Iterator[Line]:
    """The feed for one desk from where it is, in as many files as it takes."""
    count = 0
    while True:
        sealed, header = centre.answer(node, cursor)
        put(stick / FOLDER / DOWN / f"{node}-{cursor}-{header.last}{ENDING}", sealed)
        count += 1
        if not header.more or header.last <= cursor:
            break
        cursor = header.last
    yield Line(node, f"{node}：回信 {count} 份已写到盘上。", good=True)
