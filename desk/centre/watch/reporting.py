"""The monthly and quarterly report upward (S15): figures of a span of days by office, and the text made from them.

The text is a draft in the language of official papers that people go over before they send it; every number in it
stands in the figures that go with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import sqlalchemy as sa

from db.centre.lists import report_rows
from db.centre.lists.case_rows import ALL
from db.centre.rows import Row
from desk.centre.watch import figuring
from desk.errors import RefusedError
from desk.folds.office.writings import SORTS

_QUARTERS = "一二三四"


class Office(msgspec.Struct, frozen=True):
    """Counts of one department in a span: cases by the day they arrived, or were ended; records by the day they began.
    `rated` and `poor` (不满意, 非常不满意) are of the cases that were ended."""

    org: str
    arrived: int = 0
    supplemented: int = 0
    ended: int = 0
    on_time: int = 0
    late: int = 0
    rated: int = 0
    poor: int = 0
    yellow: int = 0
    red: int = 0
    complaints: int = 0
    complaints_closed: int = 0


class Figures(msgspec.Struct, frozen=True):
    """Offices by name, what was open at the end, and how much had arrived in the span before."""

    offices: tuple[Office, ...]
    open: int
    arrived_before: int

    @property
    def total(self) -> Office:
        """All offices together."""
        names = [name for name in Office.__struct_fields__ if name != "org"]
        return Office("合计", **{name: sum(getattr(one, name) for one in self.offices) for name in names})


class Span(msgspec.Struct, frozen=True):
    """A month or a quarter: `sort` of SORTS, `period` as written (2026-11, 2026-Q4), first and last day, words."""

    sort: str
    period: str
    first: dt.date
    last: dt.date
    words: str  # 2026年11月
    short: str  # 本月
    before: str  # 上月


def span(sort: str, period: str) -> Span:
    """The span that a period names. Raises RefusedError for none."""
    wrong = RefusedError("报告期不对。", "没有改动。", "月报写成 2026-11，季报写成 2026-Q4。")
    if sort not in SORTS:
        raise RefusedError("请选择月报或季报。", "没有改动。")
    year, mark, part = period.strip().upper().partition("-")
    if not (mark and len(year) == 4 and year.isascii() and year.isdigit() and "2000" <= year <= "2999"):
        raise wrong
    if sort == "monthly":
        if part not in {f"{one:02d}" for one in range(1, 13)}:
            raise wrong
        month, count, words = int(part), 1, f"{year}年{int(part)}月"
    else:
        if part not in {"Q1", "Q2", "Q3", "Q4"}:
            raise wrong
        month, count, words = int(part[1]) * 3 - 2, 3, f"{year}年第{_QUARTERS[int(part[1]) - 1]}季度"
    first = dt.date(int(year), month, 1)
    short, before = ("本月", "上月") if sort == "monthly" else ("本季度", "上季度")
    return Span(sort, f"{year}-{part}", first, _months_on(first, count) - dt.timedelta(1), words, short, before)


def _months_on(first: dt.date, count: int) -> dt.date:
    at = first.year * 12 + first.month - 1 + count
    return dt.date(at // 12, at % 12 + 1, 1)


def periods(today: dt.date) -> list[tuple[str, str, str]]:
    """What may be reported on now: the months and quarters that are over, latest first, and the running ones."""
    month = today.replace(day=1)
    quarter = month.replace(month=(month.month - 1) // 3 * 3 + 1)
    months = [_months_on(month, back) for back in (-1, 0, -2, -3)]
    quarters = [_months_on(quarter, back) for back in (-3, 0)]
    spans = [span("monthly", f"{one:%Y-%m}") for one in months]
    spans += [span("quarterly", f"{one.year}-Q{(one.month + 2) // 3}") for one in quarters]
    return [(one.sort, one.period, one.words + SORTS[one.sort]) for one in spans]


def count(db: sa.Connection, asked: Span, sees: Sequence[str] = (ALL,)) -> Figures:
    """The figures of a span, of the departments in `sees`."""
    since, until = asked.first.isoformat(), asked.last.isoformat()
    by_office: dict[str, dict[str, int]] = {}

    def add(lines: Iterable[Row], names: dict[str, str]) -> None:
        for line in lines:
            office = by_office.setdefault(line["org"], {})
            for ours, theirs in names.items():
                office[ours] = int(line[theirs])

    add(report_rows.arrived_by_office(db, since, until, sees), _same("arrived", "supplemented"))
    ended = report_rows.ended_by_office(db, since, until, sees, figuring.UNCOUNTED)
    add(ended, _same("ended", "on_time", "late", "rated", "poor"))
    cards = report_rows.records_by_office(db, "card", since, until, sees)
    add(({**one, "weak": one["count"] - one["strong"]} for one in cards), {"yellow": "weak", "red": "strong"})
    complaints = report_rows.records_by_office(db, "complaint", since, until, sees)
    add(complaints, {"complaints": "count", "complaints_closed": "closed"})
    first = _months_on(asked.first, -1 if asked.sort == "monthly" else -3)
    last = asked.first - dt.timedelta(1)
    before = report_rows.arrived_by_office(db, first.isoformat(), last.isoformat(), sees)
    offices = tuple(Office(org or "未分部门", **by_office[org]) for org in sorted(by_office))
    still = report_rows.open_after(db, until, sees)
    return Figures(offices, still, sum(int(one["arrived"]) for one in before))


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def share(part: int, whole: int) -> str:
    """A percentage with one decimal; a dash where there is nothing to divide."""
    return f"{part * 100 / whole:.1f}%" if whole else "—"


def figures(counted: Figures) -> dict[str, str]:
    """The totals by the names that people know them by, in the order they are shown."""
    total = counted.total
    return {
        "到件": str(total.arrived),
        "办结": str(total.ended),
        "按期办结": str(total.on_time),
        "超期办结": str(total.late),
        "按期办结率": share(total.on_time, total.on_time + total.late),
        "期末在办": str(counted.open),
        "补正": str(total.supplemented),
        "一次齐全率": share(total.arrived - total.supplemented, total.arrived),
        "黄牌": str(total.yellow),
        "红牌": str(total.red),
        "投诉和建议": str(total.complaints),
        "投诉已办结": str(total.complaints_closed),
        "收到评价": str(total.rated),
        "参评率": share(total.rated, total.ended),
        "差评": str(total.poor),
    }


def ordered(logged: Mapping[str, str]) -> list[tuple[str, str]]:
    """Figures that came out of a log, where names are sorted, in the order that people read them in."""
    names = list(figures(Figures((), 0, 0)))
    return sorted(logged.items(), key=lambda one: names.index(one[0]) if one[0] in names else len(names))


def title(centre: str, asked: Span) -> str:
    """The title of the paper."""
    return f"{centre}关于{asked.words}代办工作情况的报告"


def text(centre: str, above: str, asked: Span, counted: Figures, today: dt.date) -> str:
    """The report as it is made from the figures."""
    parts = [
        f"{above}：",
        f"现将{asked.words}（{_day(asked.first)}至{_day(min(asked.last, today))}）代办工作情况报告如下。",
        "一、总体情况\n" + _whole(asked, counted),
        "二、各部门办理情况\n" + _offices(counted.offices),
        "三、材料补正\n" + _supplements(counted),
        "四、电子监察和投诉处理\n" + _watch(asked, counted),
        "五、群众评价\n" + _ratings(asked, counted),
        f"特此报告。\n\n{centre}\n{today.year}年{today.month}月{today.day}日",
    ]
    return "\n\n".join(parts)


def _day(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"


def _whole(asked: Span, counted: Figures) -> str:
    total = counted.total
    words = f"{asked.short}共接收办件 {total.arrived} 件，{_compared(asked, total.arrived, counted.arrived_before)}；"
    words += f"办结 {total.ended} 件"
    judged = total.on_time + total.late
    if judged:
        words += f"，其中按期办结 {total.on_time} 件，超期办结 {total.late} 件，"
        words += f"按期办结率 {share(total.on_time, judged)}"
    return words + f"。期末在办 {counted.open} 件。"


def _compared(asked: Span, now: int, before: int) -> str:
    if now == before:
        return f"与{asked.before}持平"
    way = "增加" if now > before else "减少"
    ratio = f"，{'增长' if now > before else '下降'} {share(abs(now - before), before)}" if before else ""
    return f"比{asked.before}（{before} 件）{way} {abs(now - before)} 件{ratio}"


def _offices(offices: Sequence[Office]) -> str:
    lines = []
    for office in offices:
        judged = office.on_time + office.late
        words = f"{office.org}：接收 {office.arrived} 件，办结 {office.ended} 件"
        words += f"，按期办结率 {share(office.on_time, judged)}" if judged else ""
        lines.append(words + (f"，超期 {office.late} 件" if office.late else "") + "。")
    return "\n".join(lines) or "没有部门办理办件。"


def _supplements(counted: Figures) -> str:
    total = counted.total
    if not total.arrived:
        return "没有新到的办件。"
    if not total.supplemented:
        return "新到办件材料都一次齐全，没有告知补正。"
    words = f"新到办件中 {total.supplemented} 件告知过补正，"
    words += f"材料一次齐全率 {share(total.arrived - total.supplemented, total.arrived)}。"
    most = max(counted.offices, key=lambda one: one.supplemented)
    return words + f"补正最多的是{most.org}（{most.supplemented} 件）。"


def _watch(asked: Span, counted: Figures) -> str:
    total = counted.total
    if total.yellow or total.red:
        named = "、".join(f"{one.org}（{one.red} 张）" for one in counted.offices if one.red)
        words = f"{asked.short}亮黄牌 {total.yellow} 张、红牌 {total.red} 张。"
        words += f"红牌涉及{named}。" if named else ""
    else:
        words = f"{asked.short}没有亮牌。"
    if total.complaints:
        return words + f"收到投诉和建议 {total.complaints} 件，已办结 {total.complaints_closed} 件。"
    return words + "没有收到投诉和建议。"


def _ratings(asked: Span, counted: Figures) -> str:
    total = counted.total
    if not total.ended:
        return f"{asked.short}没有办结的办件。"
    if not total.rated:
        return f"{asked.short}办结的 {total.ended} 件没有收到评价。"
    words = f"{asked.short}办结的 {total.ended} 件中，收到评价 {total.rated} 件，"
    words += f"参评率 {share(total.rated, total.ended)}；"
    good = total.rated - total.poor
    return words + f"基本满意以上 {good} 件，占 {share(good, total.rated)}，差评 {total.poor} 件。"
