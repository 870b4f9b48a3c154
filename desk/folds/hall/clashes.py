"""What two windows wrote of one case without knowing of each other, and which cannot both be true.

The written rule of the fold has decided already; this finds the two, so that people at both windows see them, and what
was said since about which of them counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

from desk.folds import amendments, whose
from desk.folds.case import Case, HistoryLine, is_centre
from desk.log.chain import Entry
from desk.log.events import MaterialsAdded, decode
from desk.log.hall.hall_events import Mended


class Sort(StrEnum):
    """What it is about."""

    SERVED = "served"  # one result handed over at two windows
    CORRECTED = "corrected"  # one value put right twice
    ENDED = "ended"  # ended at one window, handed over at the other
    PAPERS = "papers"  # the same papers counted at two windows
    BUNDLED = "bundled"  # closed in an envelope at both


NAMES = {
    Sort.SERVED: "同一结果交了两次",
    Sort.CORRECTED: "同一处更正了两次",
    Sort.ENDED: "一边了结，一边交件",
    Sort.PAPERS: "同一材料记了两次",
    Sort.BUNDLED: "装进了两个信封",
}


class Written(msgspec.Struct, frozen=True):
    """One of the two: what names it, the desk that wrote it, when by its clock, who, and in words what."""

    key: str
    node: str
    time: str
    officer: str
    name: str
    note: str


class Clash(msgspec.Struct, frozen=True):
    """`stands` is in force, `other` is not; `settled`: what was said of them, "" while nobody has, and the key of
    who said it, which `revises` carries for whoever says otherwise."""

    sort: Sort
    intake_no: str
    stands: Written
    other: Written
    settled: str = ""
    revises: str = ""


_ENDS = frozenset({"case.voided", "case.withdrawn"})
_BROUGHT = frozenset({"case.material_added", "case.supplemented"})
_SORTS = {"case.served": Sort.SERVED, "case.corrected": Sort.CORRECTED, "case.bundled": Sort.BUNDLED}


def between(case: Case, entries: Iterable[Entry]) -> tuple[Clash, ...]:
    """The clashes of `case`, which `entries` tell of, in the order of what does not count."""
    if not case.conflicts:
        return ()
    by_place = {(one.node, one.seq): one for one in entries}
    other_s = whose.of_another(by_place.values())
    here = (line for line in case.history if not is_centre(line.node) and (line.node, line.seq) not in other_s)
    lines = [line for line in here if line.kind in amendments.CHOSEN]
    mends = [line for line in case.history if isinstance(line.of_hall, Mended) and not line.refused]
    return tuple(_found(case, lines, mends, by_place))


def _found(
    case: Case, lines: list[HistoryLine], mends: list[HistoryLine], by_place: dict[tuple[str, int], Entry]
) -> Iterator[Clash]:
    for other in (line for line in lines if line.refused):
        for stands in (line for line in reversed(lines) if not line.refused and line.node != other.node):
            sort = _sort(stands, other, by_place)
            if sort is not None:
                pair = _written(stands, by_place), _written(other, by_place)
                yield Clash(sort, case.intake_no, *pair, *_settled(mends, by_place, {one.key for one in pair}))
                break


def _sort(stands: HistoryLine, other: HistoryLine, by_place: dict[tuple[str, int], Entry]) -> Sort | None:
    kinds = {stands.kind, other.kind}
    if kinds & _ENDS and "case.served" in kinds:
        return Sort.ENDED
    if kinds <= _BROUGHT:
        return Sort.PAPERS if _papers(stands, by_place) & _papers(other, by_place) else None
    if len(kinds) > 1:
        return None
    if stands.corrected and other.corrected:
        same = {one.field for one in stands.corrected.changes} & {one.field for one in other.corrected.changes}
        return Sort.CORRECTED if same else None
    return _SORTS.get(stands.kind)


def _papers(line: HistoryLine, by_place: dict[tuple[str, int], Entry]) -> set[tuple[str, str]]:
    entry = by_place[line.node, line.seq]
    data = decode(entry.kind, entry.data)
    return {(one.code, one.name) for one in data.materials} if isinstance(data, MaterialsAdded) else set()


def _written(line: HistoryLine, by_place: dict[tuple[str, int], Entry]) -> Written:
    key = amendments.key(by_place[line.node, line.seq])
    return Written(key, line.node, line.time, line.author, line.name, line.note)


def _settled(mends: list[HistoryLine], by_place: dict[tuple[str, int], Entry], pair: set[str]) -> tuple[str, str]:
    for line in reversed(mends):
        told = line.of_hall
        if isinstance(told, Mended) and {told.counts, told.instead_of} == pair:
            return told.reasons or "已核对", amendments.key(by_place[line.node, line.seq])
    return "", ""
