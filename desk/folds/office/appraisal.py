"""绩效评估 (S8): what an office, a township or an agent is scored by, and how. The formula is data: it is shown beside
the scores in the very words that stand here."""

from __future__ import annotations

import msgspec

FEW = 10  # cases; a score out of fewer is marked as one that says little
_BEST, _WORST = 5, 1  # of a rating (GB/T 39734-2020: five levels)
_CARD = 2  # points that a red card costs
POOR = 2  # the highest rating that is a 差评


class Counts(msgspec.Struct, frozen=True):
    """What was counted: `arrived` and `supplemented` (of these) by the day the papers arrived; all else by the day the
    organ was done. `days` from arrival to end and `score` of the ratings are sums."""

    arrived: int = 0
    supplemented: int = 0
    ended: int = 0
    on_time: int = 0
    late: int = 0
    in_promise: int = 0
    granted: int = 0
    refused: int = 0
    not_accepted: int = 0
    days: int = 0
    rated: int = 0
    score: int = 0
    poor: int = 0
    red: int = 0

    @property
    def on_time_rate(self) -> float | None:
        """0 to 1; None when nothing ended."""
        return _share(self.on_time, self.ended)

    @property
    def promise_rate(self) -> float | None:
        """Of what ended, how much ended by the promised day."""
        return _share(self.in_promise, self.ended)

    @property
    def first_rate(self) -> float | None:
        """Of what arrived, how much was taken without asking for a supplement."""
        return _share(self.arrived - self.supplemented, self.arrived)

    @property
    def supplement_rate(self) -> float | None:
        """Of what arrived, how much was asked to be supplemented."""
        return _share(self.supplemented, self.arrived)

    @property
    def response_rate(self) -> float | None:
        """Of what ended, how much was rated."""
        return _share(self.rated, self.ended)

    @property
    def rating(self) -> float | None:
        """The mean rating, 1 to 5."""
        return _share(self.score, self.rated)

    @property
    def mean_days(self) -> float | None:
        """From arrival to end, in calendar days."""
        return _share(self.days, self.ended)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


class Term(msgspec.Struct, frozen=True):
    """One term of the score: what it is worth at best, and how it is worked out, in words."""

    key: str
    name: str
    weight: int
    words: str


FORMULA: tuple[Term, ...] = (
    Term("on_time", "按时办结率", 40, "期内办结的件中，没有超过法定期限的占几成，乘 40。"),
    Term("first", "一次受理率", 25, "期内到中心的件中，没有要求补正的占几成，乘 25。"),
    Term("rating", "群众评价", 25, "期内办结的件的评价平均分：5 分得满 25，1 分得 0，中间按比例。"),
    Term("cards", "红牌", 10, f"满 10，期内每张红牌扣 {_CARD}，扣完为止；申诉成立撤销的不算。"),
)
RULES: tuple[str, ...] = (
    "承诺内率是期内办结的件中没有超过承诺时限的占几成，等补正和特别程序的日子扣除；只公布，不计分。",
    "没有数据的项目不计（如没有人评价），其余项目按比例折成 100 分。",
    f"办结不足 {FEW} 件的标“件数少”，分数只供参考；评价旁边写明回应率（评价件数 ÷ 办结件数）。",
    "申请人撤回和作废的件不算办结。平均办理天数从中心接收算到办结，按自然日。",
)


class Part(msgspec.Struct, frozen=True):
    """What one term gave: `value` 0 to 1, None where there is nothing to go by."""

    term: Term
    value: float | None

    @property
    def points(self) -> float | None:
        """Of the term's weight."""
        return None if self.value is None else self.value * self.term.weight


class Mark(msgspec.Struct, frozen=True):
    """A score out of 100, one decimal; None when nothing was done. `few`: out of so few cases that it says little."""

    score: float | None
    parts: tuple[Part, ...]
    few: bool


def appraise(counts: Counts) -> Mark:
    """The score of `counts` by the formula."""
    rating = counts.rating
    values = {
        "on_time": counts.on_time_rate,
        "first": counts.first_rate,
        "rating": None if rating is None else (rating - _WORST) / (_BEST - _WORST),
        "cards": max(0.0, 1 - counts.red * _CARD / 10),
    }
    parts = tuple(Part(term, values[term.key]) for term in FORMULA)
    known = [part for part in parts if part.value is not None]
    if len(known) == 1 and not counts.red:  # nothing but "no red card"
        return Mark(None, parts, few=True)
    total, weight = sum(part.points or 0 for part in known), sum(part.term.weight for part in known)
    return Mark(round(100 * total / weight, 1), parts, few=counts.ended < FEW)
