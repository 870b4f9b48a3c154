"""Figures to take along: workbooks, and the month's report on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desk.centre.watch.batch_books import Cell, book
from desk.centre.watch.figuring import BY, MONTHS, SAMPLE, Analysis, Line, Reasons
from desk.centre.watch.periods import Period
from desk.folds.office.appraisal import FEW, FORMULA, RULES, Counts
from desk.folds.office.spans import Missing
from desk.printing.document import Bars, Block, Document, Fields, Heading, Signatures, Table, Text, draw
from desk.printing.facts import OfficeFacts
from desk.words.spreadsheet import Table as Sheet

STEPS_WORDS = (
    f"取期内最近办结的至多 {SAMPLE} 件，按每件的流程记录计算："
    "各环节的平均天数 = 到过这一环节的件停留的天数之和 ÷ 件数。"
    "收件和送达两头用代办点的时间（时钟不准的按中心校正后的收件时间）。"
)
_REASONS = 10  # materials of one item that the report lists
SCORE_COLUMNS = (
    *("得分", "件数少", "到件", "要求补正", "一次受理率", "办结", "按时", "超期", "按时办结率", "承诺内率"),
    *("准予", "不予", "不予受理", "平均办理天数", "评价件数", "回应率", "平均评价", "差评", "红牌"),
)
COUNT_COLUMNS = ("到件", "要求补正", "补正率", "办结", "按时办结率", "平均办理天数")


def percent(share: float | None) -> str:
    """95.0%; a dash for nothing to go by."""
    return "—" if share is None else f"{share * 100:.1f}%"


def decimal(value: float | None) -> str:
    """4.3; a dash for nothing to go by."""
    return "—" if value is None else f"{value:.1f}"


def _rounded(value: float | None, digits: int) -> Cell:
    return "" if value is None else round(value, digits)


def _score_cells(line: Line) -> tuple[Cell, ...]:
    counts, mark = line.counts, line.mark
    return (
        "" if mark.score is None else mark.score,
        "件数少" if mark.few else "",
        counts.arrived,
        counts.supplemented,
        _rounded(counts.first_rate, 4),
        counts.ended,
        counts.on_time,
        counts.late,
        _rounded(counts.on_time_rate, 4),
        _rounded(counts.promise_rate, 4),
        counts.granted,
        counts.refused,
        counts.not_accepted,
        _rounded(counts.mean_days, 1),
        counts.rated,
        _rounded(counts.response_rate, 4),
        _rounded(counts.rating, 2),
        counts.poor,
        counts.red,
    )


def _count_cells(told: Counts) -> tuple[Cell, ...]:
    rates = (_rounded(told.supplement_rate, 4), told.ended, _rounded(told.on_time_rate, 4))
    return (told.arrived, told.supplemented, *rates, _rounded(told.mean_days, 1))


def appraisal_book(lines: Sequence[Line], by: str, period: Period, made: tuple[str, str]) -> bytes:
    """The appraisal as a workbook, the formula on its second sheet; `made` as in `books`."""
    table: Sheet = (f"按{BY[by]}", (BY[by], *SCORE_COLUMNS), ((one.name, *_score_cells(one)) for one in lines))
    formula: list[tuple[Cell, ...]] = [(term.name, term.weight, term.words) for term in FORMULA]
    formula += [("说明", "", words) for words in (f"统计时段：{period.name}", *RULES)]
    return book([table, ("计分办法", ("项目", "满分", "算法"), formula)], made)


def analysis_book(analysis: Analysis, reasons: Reasons | None, period: Period, made: tuple[str, str]) -> bytes:
    """The analysis as a workbook; `made` as in `books`."""

    def counted(name: str, head: str, lines: Iterable[Line]) -> Sheet:
        return name, (head, *COUNT_COLUMNS), ((one.name, *_count_cells(one.counts)) for one in lines)

    months = tuple(f"{at} 月" for at in range(1, 13))
    seasons = ((year, *("" if one is None else one for one in counts)) for year, counts in analysis.seasons)
    steps = [
        (one.name, one.cases, round(one.mean, 2), round(one.longest, 2), one.longest_case) for one in analysis.steps
    ]
    sheets: list[Sheet] = [
        counted(f"近{MONTHS}个月", "月份", analysis.months),
        ("季节", ("年份", *months), seasons),
        counted("事项", f"事项（{period.name}）", analysis.items),
        counted("地区", f"苏木乡镇（{period.name}）", analysis.places),
        (
            "环节",
            ("环节", "件数", "平均天数", "最长天数", "最长的一件"),
            [*steps, ("说明：" + STEPS_WORDS, "", "", "", "")],
        ),
    ]
    if reasons is not None:
        name = reasons.item.item_name if reasons.item else "事项"
        rows = [(one.name, one.cases, _rate(one.cases, reasons.arrived)) for one in reasons.missing]
        sheets.append(("补正原因", (f"材料（{name}）", "件数", "占到件"), rows))
    return book(sheets, made)


def _rate(part: int, whole: int) -> Cell:
    return round(part / whole, 4) if whole else ""


def report(
    centre_name: str,
    period: Period,
    total: Line,
    scores: dict[str, list[Line]],
    analysis: Analysis,
    reasons: Sequence[Reasons],
    printed: str,
) -> bytes:
    """电子监察报告 of a period as a PDF in the house style; `reasons`: of the items most often supplemented."""
    office = OfficeFacts(centre_name, "", "", centre_name, "")
    blocks: list[Block] = [Heading("总体情况"), _summary(total.counts)]
    blocks.append(
        Bars(
            f"近 {MONTHS} 个月到件",
            tuple((one.name, one.counts.arrived, f"{one.counts.arrived} 件") for one in analysis.months),
        )
    )
    for by, lines in scores.items():
        blocks += [Heading(f"绩效评估：按{BY[by]}"), _scores(BY[by], lines)]
    blocks += [
        Text(_formula(), quiet=True),
        Heading("季节（每月到件）"),
        _seasons(analysis),
        Heading("各事项"),
        _counted("事项", analysis.items),
        Heading("各苏木乡镇"),
        _counted("苏木乡镇", analysis.places),
        *_supplements(reasons),
        Heading("各环节用时"),
        _steps(analysis),
    ]
    blocks += [Text(STEPS_WORDS, quiet=True), Signatures("监察员签字：", "负责人签字：")]
    return draw(Document(f"电子监察报告（{period.name}）", office, tuple(blocks), printed=printed))


def _summary(counts: Counts) -> Fields:
    return Fields(
        (
            (("到件", f"{counts.arrived} 件"), ("办结", f"{counts.ended} 件")),
            (("一次受理率", percent(counts.first_rate)), ("按时办结率", percent(counts.on_time_rate))),
            (("要求补正", f"{counts.supplemented} 件"), ("超期", f"{counts.late} 件")),
            (("承诺内率", percent(counts.promise_rate)), ("承诺内办结", f"{counts.in_promise} 件")),
            (
                ("决定", f"准予 {counts.granted}，不予 {counts.refused}，不予受理 {counts.not_accepted}"),
                ("平均办理", f"{decimal(counts.mean_days)} 天"),
            ),
            (
                ("平均评价", f"{decimal(counts.rating)}（{counts.rated} 件评价）"),
                ("评价回应率", percent(counts.response_rate)),
            ),
            (("差评", f"{counts.poor} 件"), ("红牌", f"{counts.red} 张")),
        )
    )


def _scores(head: str, lines: Sequence[Line]) -> Table:
    columns = (
        *((head, 3.2), ("得分", 1.1), ("到件", 0.9), ("一次受理", 1.3), ("办结", 0.9), ("按时", 1.2)),
        *(("评价（回应率）", 2.0), ("红牌", 0.8)),
    )
    rows = tuple(
        (
            line.name,
            decimal(line.mark.score) + ("*" if line.mark.few else ""),
            str(line.counts.arrived),
            percent(line.counts.first_rate),
            str(line.counts.ended),
            percent(line.counts.on_time_rate),
            f"{decimal(line.counts.rating)}（{percent(line.counts.response_rate)}）",
            str(line.counts.red),
        )
        for line in lines
    )
    return Table(columns, rows)


def _formula() -> str:
    terms = "".join(f"{term.name}（{term.weight} 分）：{term.words}" for term in FORMULA)
    return f"计分办法。{terms}{''.join(RULES)}带 * 的办结不足 {FEW} 件。"


def _seasons(analysis: Analysis) -> Table:
    columns = (("年份", 1.0), *((f"{at}月", 0.8) for at in range(1, 13)), ("合计", 1.1))
    rows = tuple(
        (year, *("" if one is None else str(one) for one in counts), str(sum(one or 0 for one in counts)))
        for year, counts in analysis.seasons
    )
    return Table(columns, rows)


def _supplements(reasons: Sequence[Reasons]) -> list[Block]:
    """What was asked for after all: the items most often supplemented, and of each the materials."""
    blocks: list[Block] = [Heading("补正原因")]
    for reason in reasons:
        name = reason.item.item_name if reason.item else "事项"
        blocks.append(Text(f"{name}：到件 {reason.arrived} 件，要求补正 {reason.asked} 件。"))
        rows = tuple(
            (
                each.name,
                str(each.cases),
                percent(each.cases / reason.arrived if reason.arrived else None),
                _known(reason, each),
            )
            for each in reason.missing
            if each.cases
        )
        blocks.append(Table((("材料", 4.0), ("件数", 0.9), ("占到件", 1.1), ("", 1.6)), rows[:_REASONS]))
    return blocks if reasons else [*blocks, Text("没有要求过补正。")]


def _known(one: Reasons, each: Missing) -> str:
    return "" if each.known or one.item is None else "清单上没有"


def _counted(head: str, lines: Sequence[Line]) -> Table:
    columns = ((head, 4.0), ("到件", 0.9), ("补正率", 1.1), ("办结", 0.9), ("按时办结率", 1.4), ("平均天数", 1.2))
    rows = tuple(
        (
            line.name,
            str(line.counts.arrived),
            percent(line.counts.supplement_rate),
            str(line.counts.ended),
            percent(line.counts.on_time_rate),
            decimal(line.counts.mean_days),
        )
        for line in lines
    )
    return Table(columns, rows)


def _steps(analysis: Analysis) -> Table:
    columns = (("环节", 3.0), ("件数", 1.0), ("平均天数", 1.2), ("最长天数", 1.2))
    return Table(
        columns, tuple((one.name, str(one.cases), decimal(one.mean), decimal(one.longest)) for one in analysis.steps)
    )
