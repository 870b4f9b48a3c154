"""Files by lot 案卷评查 (S14): n closed cases drawn with a recorded seed, scored against a checklist, told to the
office. Whoever has the seed and the same pool draws the same files."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Iterator

import msgspec

from desk.folds.office.office_record import Asked, Family, Line, Step, steps
from desk.folds.refusal import Refusal
from desk.log.chain import Entry
from desk.log.office_events import LotDrawn, LotScored, Said

STATES = {"drawn": "评查中", "closed": "已反馈"}


class Point(msgspec.Struct, frozen=True):
    """One line of the checklist: what is looked at, its basis, and how many points it has."""

    code: str
    words: str
    basis: str
    most: int


CHECKLIST: tuple[Point, ...] = (
    Point("subject", "办理机关有权办理，事项经核定备案", "行政许可法§22", 10),
    Point("materials", "材料齐全，与事项清单一致，没有多要", "行政许可法§31、§72", 15),
    Point("notice", "收件、受理或补正按期书面告知，补正一次告知完", "行政许可法§32", 15),
    Point("review", "审查有记录，该听取意见的听取了意见", "行政许可法§34、§36", 15),
    Point("limit", "在法定和承诺时限内办结；暂停、延期有依据并告知", "行政许可法§42、§45", 15),
    Point("decision", "决定书要素齐全；不予的写明理由和救济途径", "行政许可法§38", 15),
    Point("delivery", "送达有回证，签收人和日期清楚", "行政许可法§44", 10),
    Point("file", "案卷完整，图片清楚，记录前后一致", "案卷评查办法", 5),
)


class Lot(msgspec.Struct, frozen=True):
    """A draw as its entries tell it; `scores` by intake number, the last one counts; `times`: how often each was
    scored."""

    id: str
    state: str
    drawn: LotDrawn
    drawn_at: str
    scores: dict[str, LotScored]
    result: str = ""
    closed_at: str = ""
    history: tuple[Step, ...] = ()
    times: dict[str, int] = {}


def draw(pool: Iterable[str], count: int, seed: str) -> tuple[str, ...]:
    """`count` of `pool`, by the order of SHA-256("daiban lot 1" || 0 || seed || 0 || number): anyone finds the same. No
    more than these are held in memory."""

    def mark(number: str) -> bytes:
        return hashlib.sha256(f"daiban lot 1\0{seed}\0{number}".encode()).digest()

    return tuple(heapq.nsmallest(count, pool, key=mark))


class Pool:
    """Numbers that are drawn from, each once and in the order of their characters, counted on their way past: how many
    they were, and a digest of them, 16 hex digits."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._numbers, self._digest, self.count = numbers, hashlib.sha256(), 0

    def __iter__(self) -> Iterator[str]:
        for number in self._numbers:
            self._digest.update(f"\n{number}".encode() if self.count else number.encode())
            self.count += 1
            yield number

    @property
    def mark(self) -> str:
        """The digest, once they all came."""
        return self._digest.hexdigest()[:16]


def score(points: dict[str, int]) -> int:
    """The sum, each point held between 0 and its most. KeyError for a point that is missing."""
    return sum(max(0, min(one.most, points[one.code])) for one in CHECKLIST)


def grade(number: int) -> str:
    """The word for a score of 100."""
    return "优秀" if number >= 90 else "合格" if number >= 60 else "不合格"


def fold(entries: Iterable[Entry]) -> Lot | None:
    """The draw that `entries` tell of."""
    lot: Lot | None = None
    for entry, data, step in steps(entries):
        if lot is None:
            if isinstance(data, LotDrawn):
                lot = Lot(entry.subject, "drawn", data, entry.time, {}, history=(step,))
            continue
        lot = msgspec.structs.replace(lot, history=(*lot.history, step))
        if lot.state == "closed":
            continue
        if isinstance(data, LotScored) and data.intake_no in lot.drawn.cases:
            times = {**lot.times, data.intake_no: lot.times.get(data.intake_no, 0) + 1}
            lot = msgspec.structs.replace(lot, scores={**lot.scores, data.intake_no: data}, times=times)
        elif isinstance(data, Said) and entry.kind == "lot.closed":
            lot = msgspec.structs.replace(lot, state="closed", result=data.text, closed_at=entry.time)
    return lot


def refusal(lot: msgspec.Struct, asked: Asked) -> Refusal | None:
    """Why a draw may not take a step: it is over, or is closed before every file was scored and without a word."""
    assert isinstance(lot, Lot)  # noqa: S101 - the family's own fold made it
    if lot.state != "drawn":
        return Refusal("这次评查已经结束。")
    left = len(lot.drawn.cases) - len(lot.scores)
    if asked.kind == "lot.closed" and left:
        return Refusal(f"还有 {left} 件没有评分。")
    if asked.kind == "lot.closed" and not asked.said.text.strip():
        return Refusal("请写评查意见，部门要看到。")
    return None


def line(lot: msgspec.Struct) -> Line:
    """For lists; `score` is the mean."""
    assert isinstance(lot, Lot)  # noqa: S101 - the family's own fold made it
    scored = [one.score for one in lot.scores.values()]
    mean = round(sum(scored) / len(scored)) if scored else 0
    return Line(
        lot.state,
        lot.drawn_at[:10],
        lot.drawn.title,
        "",
        lot.drawn.org,
        task_code=lot.drawn.task_code,
        closed_day=lot.closed_at[:10],
        score=mean,
    )


FAMILY = Family(fold, line, Lot, STATES, refusal)
