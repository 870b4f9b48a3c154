"""Lists of items: power lists and proxy lists, a row an item. Titles, repeated headings, rows that only name what
follows, sums and notes under the table are put aside, and told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from desk.law import codes
from desk.law.item_tables import columns
from desk.law.item_tables.written import Told
from desk.words.sheets.findings import Aside
from desk.words.sheets.grid import Row, Sheet
from desk.words.sheets.heading_rows import filled, heads, is_heading, last_of_heading, words
from desk.words.sheets.headings import Heading, letters, plain

_SEARCHED = 40  # rows in which a heading is looked for
_NOTES = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|制表|填表|填报|审核|联系人|联系电话|单位负责人|附件)\d{0,2}[:：]"
)
_SUMS = re.compile(r"(?:本页)?(?:合计|小计|总计|共计)")
_GROUP = re.compile(r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?)?(.{2,24}?)(?:[（(]?共?\d+[项条个][)）]?)?$")
_ORGANS = re.compile(r".{2,}(?:局|委员会|办公室|政府|中心|联合会|办事处)$")


class Found(msgspec.Struct, frozen=True):
    """What a sheet holds: where its heading is, what its columns are taken for, one `Told` by key for each item, and
    what was put aside."""

    heading_row: int
    headings: tuple[Heading, ...]
    rows: tuple[tuple[int, Mapping[str, Told]], ...]
    asides: tuple[Aside, ...]


def heading_of(sheet: Sheet, taught: Mapping[str, str]) -> tuple[int, int]:
    """The place (within the rows) of the heading, and how many of its columns are known; (-1, 0) for none."""
    best, at_best = 0, -1
    for at, row in enumerate(sheet.rows[:_SEARCHED]):
        known = set(columns.known_as([cell.text for cell in row.cells], taught).values())
        named = columns.NAME in known or columns.PART in known
        if named and len(known) > max(best, 1):
            best, at_best = len(known), at
    return at_best, best


def found(sheet: Sheet, taught: Mapping[str, str]) -> Found | None:
    """The sheet taken apart; None where no row of it is a heading."""
    at, _ = heading_of(sheet, taught)
    if at < 0:
        return None
    heading = sheet.rows[at]
    last = last_of_heading(sheet, heading.number)
    names = heads(heading, [row for row in sheet.rows if heading.number < row.number <= last], sheet)
    known = columns.known_as(names, taught)
    titles = [Aside(row.number, words(row), "表头上面的标题") for row in sheet.rows[:at]]
    rows, rest = list[tuple[int, dict[str, Told]]](), list[Aside]()
    group: dict[str, str] = {}
    for run in _runs(sheet, last, known):
        why = _why_aside(run[0], names, known)
        if why and (named := _group(run[0])):
            group, why = {**group, **named}, "分类行，下面各行照它"
        if why:
            rest.append(Aside(run[0].number, words(run[0]), why))
            continue
        told = _told(run, names, known)
        rows.append((run[0].number, {key: Told(text) for key, text in group.items()} | told))
    made = tuple(Heading(column, name, known.get(column, "")) for column, name in enumerate(names))
    return Found(heading.number, made, tuple(rows), (*titles, *rest))


def _runs(sheet: Sheet, last: int, known: Mapping[int, str]) -> Iterator[list[Row]]:
    """Rows of one item: several where the cell of its name is merged down and no 子项 parts them."""
    name = next((column for column, key in known.items() if key == columns.NAME), -1)
    parts = columns.PART in known.values()
    until = {top: bottom for top, left, bottom, right in sheet.merged if left <= name <= right and bottom > top}
    run: list[Row] = []
    end = 0
    for row in filled(sheet, last):
        if run and (row.number > end or parts):
            yield run
            run = []
        end = max(end, until.get(row.number, row.number))
        run.append(row)
    if run:
        yield run


def _told(run: Sequence[Row], names: Sequence[str], known: Mapping[int, str]) -> dict[str, Told]:
    """What the cells of an item say, by key; cells of several rows one below the other, each once."""
    made = {}
    for column, key in known.items():
        texts = dict.fromkeys(row.at(column).text for row in run if row.at(column).text)
        if texts and key != columns.IGNORED:
            made[key] = Told("\n".join(texts), run[0].number, letters(column), names[column])
    return made


def _why_aside(row: Row, names: Sequence[str], known: Mapping[int, str]) -> str:
    """Why a row is no item; "" for one that is."""
    texts = [cell.text for cell in row.cells if cell.text]
    said = {key: row.at(column).text for column, key in known.items() if row.at(column).text}
    name = said.get(columns.PART) or said.get(columns.NAME, "")
    if is_heading(row, names):
        return "重复的表头"
    if _SUMS.match(plain(texts[0])) or _SUMS.match(plain(name)):
        return "合计行"
    if _NOTES.match("".join(texts[0].split())) or (name and _NOTES.match("".join(name.split()))):
        return "表下面的说明"
    numbers = [column for column, key in known.items() if key == columns.IGNORED and plain(names[column]) == "序号"]
    if len(texts) == 1 and len(known) > 1 and not (name and numbers == []):
        return "只有一格有字"
    if len(set(texts)) == 1 and len(texts) > 1:
        return "只有一格有字"
    return "" if name else "没有事项名称"


def _group(row: Row) -> dict[str, str]:
    """What a row that names the rows below it says: a kind of item, or an organ."""
    texts = {cell.text for cell in row.cells if cell.text}
    match = _GROUP.match("".join(next(iter(texts)).split())) if len(texts) == 1 else None
    if not match:
        return {}
    if match[1] in codes.ITEM_TYPES.values() or match[1].removesuffix("类") in codes.ITEM_TYPES.values():
        return {"item_type": match[1].removesuffix("类")}
    return {"org_name": match[1]} if _ORGANS.match(match[1]) else {}
