"""A file as it would be taken in, before it is: columns and what they mean, rows, what is wrong with them, what was set
aside, and what only a person can answer. Pure: the same file, choices and day give the same preview.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import msgspec

from desk.counter.importing import cells, layout
from desk.counter.importing.findings import Aside, Finding, Kind, Question
from desk.words import as_written
from desk.words.sheets.grid import Book, Row, Sheet
from desk.words.sheets.headings import Heading, Target, matched, unit_of

_ONCE = frozenset({"number", "head"})  # filled down, an area or a herd would be counted for every row of a merged cell


class Choices(msgspec.Struct, frozen=True):
    """What a person decided: the sheet ("" the likeliest), what columns mean where that was changed, answers."""

    sheet: str = ""
    meanings: dict[int, str] | None = None
    answers: dict[str, bool] = {}


class Line(msgspec.Struct, frozen=True):
    """One row as it would be taken in: its number in the file and its values by target."""

    row: int
    values: dict[str, str]


class Preview(msgspec.Struct, frozen=True):
    """The whole. `sheets` may be chosen; `left_out` are columns that are taken for nothing."""

    file: str
    sheet: str
    sheets: tuple[str, ...]
    heading_row: int
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    asides: tuple[Aside, ...]
    questions: tuple[Question, ...]
    unanswered: tuple[str, ...]
    notes: tuple[str, ...]
    refusal: str = ""  # why nothing of it can be taken; "" when something can

    @property
    def left_out(self) -> tuple[Heading, ...]:
        """Columns with a heading that are taken for nothing."""
        return tuple(one for one in self.headings if one.text and not one.target)

    @property
    def wrong_rows(self) -> frozenset[int]:
        """Rows (as in the file) that cannot be taken as they are."""
        return frozenset(one.row for one in self.findings if one.kind is Kind.WRONG)

    @property
    def ready(self) -> bool:
        """Whether all that must be answered is answered and something is left to take."""
        return not self.refusal and not self.unanswered and bool(self.good)

    @property
    def good(self) -> tuple[Line, ...]:
        """The lines without anything wrong."""
        wrong = self.wrong_rows
        return tuple(one for one in self.lines if one.row not in wrong)

    def flawed(self) -> tuple[Line, ...]:
        """只看有问题的: the lines of which anything is to be said."""
        rows = {one.row for one in self.findings}
        return tuple(one for one in self.lines if one.row in rows)

    def counts(self) -> tuple[str, ...]:
        """The whole in a few words each."""
        doubt = {one.row for one in self.findings if one.kind is Kind.DOUBT} - self.wrong_rows
        parts = [f"共 {len(self.lines)} 行", f"可导入 {len(self.good)} 行"]
        parts += [f"有错 {len(self.wrong_rows)} 行"] if self.wrong_rows else []
        parts += [f"请核对 {len(doubt)} 行"] if doubt else []
        parts += [f"没有取的行 {len(self.asides)} 行"] if self.asides else []
        return tuple(parts)


Check = Callable[[Line], Sequence[Finding]]


def preview(book: Book, wanted: Sequence[Target], choices: Choices, today: dt.date, most: int = 0) -> Preview:
    """The file as it would be taken in, with `wanted` as the things its columns may mean. More than `most` rows are
    refused with their number (0: any number)."""
    named = {sheet.name: sheet for sheet in book.sheets}
    name = choices.sheet if choices.sheet in named else layout.best_sheet(book, wanted)
    parts = layout.apart(named[name], wanted) if name else None
    if parts is None:
        return _nothing(book, name, wanted)
    sheet = named[name]
    headings = _headings(parts.heads, wanted, choices)
    made = _Made(sheet, parts, headings, {one.key: one for one in wanted}, choices.answers, today)
    questions = (*_of_sheets(book, sheet, wanted), *made.questions)
    return Preview(
        book.name,
        name,
        tuple(named),
        parts.heading_row,
        headings,
        made.lines,
        (*made.findings, *_doubles(made.lines, headings, wanted)),
        parts.asides + made.asides,
        questions,
        tuple(one.code for one in questions if one.code not in choices.answers),
        (*book.notes, *_other_sheets(book, sheet, wanted)),
        _refusal(made.lines, headings, wanted, most, choices.answers),
    )


def _nothing(book: Book, name: str, wanted: Sequence[Target]) -> Preview:
    needed = "、".join(one.words for one in wanted if one.required)
    words = f"表里没有找到列名（{needed}）。请在名册上面加一行列名，再导入。"
    aside = tuple(
        Aside(row.number, row.cells[0].text, "没有列名") for sheet in book.sheets[:1] for row in sheet.rows[:3]
    )
    names = tuple(sheet.name for sheet in book.sheets)
    return Preview(book.name, name, names, 0, (), (), (), aside, (), (), book.notes, words)


def _headings(heads: Sequence[str], wanted: Sequence[Target], choices: Choices) -> tuple[Heading, ...]:
    found = matched(heads, wanted) if choices.meanings is None else choices.meanings
    return tuple(Heading(at, " ".join(text.split()), found.get(at, "")) for at, text in enumerate(heads))


def _refusal(
    lines: Sequence[Line], headings: Sequence[Heading], wanted: Sequence[Target], most: int, answers: Mapping[str, bool]
) -> str:
    known = {one.target for one in headings}
    missing = [one.words for one in wanted if one.required and one.key not in known]
    if answers.get("hidden_sheet") is False or answers.get("other_sheets") is False:
        return "没有要取的工作表。请在上面另选一张。"
    if any(not yes and code.startswith(("formulas", "unit.")) for code, yes in answers.items()):
        return "按您的选择，先不导入。"
    if missing:
        return f"没有哪一列是{'、'.join(missing)}。请在“列的含义”里指定。"
    if most and len(lines) > most:
        return f"表里有 {len(lines)} 行，一次最多 {most} 行，没有取。请分成几个文件再导入。"
    return "" if lines else "表里没有人，只有表头。"


class _Made:
    """Rows read cell by cell, with what is to be said of them and to be asked."""

    def __init__(
        self,
        sheet: Sheet,
        parts: layout.Layout,
        headings: Sequence[Heading],
        wanted: Mapping[str, Target],
        answers: Mapping[str, bool],
        today: dt.date,
    ) -> None:
        self.findings: list[Finding] = []
        self._formulas: list[tuple[int, str, str]] = []
        self._today = today
        hidden = [row for row in parts.rows if row.hidden]
        taken = answers.get("hidden_rows", True)
        rows = parts.rows if taken else [row for row in parts.rows if not row.hidden]
        self.asides = () if taken else tuple(Aside(row.number, _first(row), "隐藏的行") for row in hidden)
        columns = [(one, wanted[one.target]) for one in headings if one.target in wanted]
        again = _merged_below(sheet)
        self.lines = tuple(Line(row.number, self._values(row, columns, again)) for row in rows)
        self.questions = (*_of_hidden(sheet, hidden), *self._of_formulas(), *_of_units(columns))

    def _values(
        self, row: Row, columns: Sequence[tuple[Heading, Target]], again: frozenset[tuple[int, int]]
    ) -> dict[str, str]:
        values = {}
        for heading, target in columns:
            cell = row.at(heading.column)
            if cell.formula:
                self._formulas.append((row.number, heading.letter, cell.formula))
            if (row.number, heading.column) in again and target.kind in _ONCE:
                self._say(row.number, heading, target, Kind.DOUBT, f"“{heading.text}”是合并单元格，只记在第一行。")
                continue
            value, said = cells.read(cell, target, self._today)
            for kind, text, todo in said:
                self._say(row.number, heading, target, kind, text, todo)
            if not value and target.required and not any(one[0] is Kind.WRONG for one in said):
                self._say(row.number, heading, target, Kind.WRONG, f"没有{target.words}。", "请补上。")
            if value:
                values[target.key] = value
        return values

    def _say(self, row: int, heading: Heading, target: Target, kind: Kind, text: str, todo: str = "") -> None:
        self.findings.append(Finding(row, heading.letter, target.key, kind, text, todo))

    def _of_formulas(self) -> tuple[Question, ...]:
        if not self._formulas:
            return ()
        row, letter, formula = self._formulas[0]
        text = f"有 {len(self._formulas)} 个格子是公式，文件里没有结果（{letter}{row}：{formula}）。"
        return (Question("formulas", text, "这些格子留空，先取别的", "先不导入，用 WPS 打开保存后再来"),)


def _merged_below(sheet: Sheet) -> frozenset[tuple[int, int]]:
    """(row, column) of the cells that only repeat the top of a merged one."""
    return frozenset(
        (row, left) for first, left, last, right in sheet.merged if left == right for row in range(first + 1, last + 1)
    )


def _first(row: Row) -> str:
    return "　".join(cell.text for cell in row.cells if cell.text)[:60]


def _of_hidden(sheet: Sheet, hidden: Sequence[Row]) -> tuple[Question, ...]:
    if not hidden:
        return ()
    how = "被筛选或隐藏" if sheet.filtered else "被隐藏"
    places = "、".join(str(row.number) for row in hidden[:5]) + ("等" if len(hidden) > 5 else "")
    return (Question("hidden_rows", f"有 {len(hidden)} 行{how}（第 {places} 行）。", "也取进来", "不取"),)


def _of_units(columns: Sequence[tuple[Heading, Target]]) -> tuple[Question, ...]:
    """A heading with another unit than ours: nothing is reckoned over in silence."""
    found = []
    for heading, target in columns:
        unit = unit_of(heading.text)
        if target.unit and unit and not as_written.same_unit(unit, target.unit):
            text = f"“{heading.text}”的单位是{unit}，这里按{target.unit}记。"
            found.append(Question(f"unit.{target.key}", text, "数字不变，照样取", "先不导入，换算后再来"))
    return tuple(found)


def _of_sheets(book: Book, sheet: Sheet, wanted: Sequence[Target]) -> tuple[Question, ...]:
    """Whether it is the right one, where it is hidden or where others have columns of ours too."""
    found = []
    if sheet.hidden:
        text = f"名册在隐藏的工作表“{sheet.name}”里。"
        found.append(Question("hidden_sheet", text, "就取这一张", "不取"))
    others = [one for one in book.sheets if one is not sheet and layout.heading_of(one, wanted)[1]]
    if others:
        names = "、".join(f"{'隐藏的' if one.hidden else ''}“{one.name}”（{len(one.rows)} 行）" for one in others)
        text = f"工作表{names}也有列名，没有取。"
        found.append(Question("other_sheets", text, f"只取“{sheet.name}”", "先不导入，另选工作表"))
    return tuple(found)


def _other_sheets(book: Book, sheet: Sheet, wanted: Sequence[Target]) -> tuple[str, ...]:
    """The sheets that are no roll, named."""
    return tuple(
        f"{'隐藏的' if one.hidden else ''}工作表“{one.name}”不是名册，没有取。"
        for one in book.sheets
        if one is not sheet and one.rows and not layout.heading_of(one, wanted)[1]
    )


def _doubles(lines: Sequence[Line], headings: Sequence[Heading], wanted: Sequence[Target]) -> list[Finding]:
    """Rows with a number that another row before them has; in a ledger one person has many."""
    if not any(one.key == "id_number" and one.required for one in wanted):
        return []
    letter = next((one.letter for one in headings if one.target == "id_number"), "")
    first: dict[str, int] = {}
    found = []
    for line in lines:
        number = line.values.get("id_number", "")
        if number and first.setdefault(number, line.row) != line.row:
            text = f"与第 {first[number]} 行的证件号码相同。"
            found.append(Finding(line.row, letter, "id_number", Kind.WRONG, text, "请去掉一行或改正号码。"))
    return found
