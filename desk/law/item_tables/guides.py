"""Service guides: a sheet or a document an item, the names of fields at the left of what they say, or before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from desk.law.item_tables import columns
from desk.law.item_tables.written import Told
from desk.words.sheets.grid import Row, Sheet
from desk.words.sheets.headings import letters, plain

_NUMBER = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．\s]|[（(]?\d{1,2}[)）]?[、.．\s])\s*")
_TITLE = re.compile(
    r"(?:的)?(?:服务指南|办事指南|办理指南|办事须知|办理程序|办理流程|申请程序|的程序|指南)(?:（公示版）)?$"
)
_LONGEST = 40  # characters of a title
_FEW = 3  # fields that make a guide
_MATERIAL_COLUMNS = {  # of a table of materials within a guide
    "name": "材料名称 申请材料 名称",
    "originals": "原件 原件份数",
    "copies": "复印件 复印件份数",
    "sets": "份数 材料份数 纸质材料份数",
    "form": "材料形式 材料类型 形式",
    "need": "材料必要性 必要性 是否必要",
    "note": "备注 说明 要求 材料要求",
}
_TABLE = {name: key for key, names in _MATERIAL_COLUMNS.items() for name in names.split()}


class Guide(msgspec.Struct, frozen=True):
    """One guide: where it begins, what its fields say by key, and the names of fields that nobody knows."""

    row: int
    told: Mapping[str, Told]
    unknown: tuple[str, ...] = ()


def at_left(sheet: Sheet, taught: Mapping[str, str]) -> list[Guide]:
    """The guides of a sheet with names of fields at the left; empty where it is none."""
    rows = _rows(sheet)
    begins = [at for at, row in enumerate(rows) if _pairs(row, taught).get(columns.NAME)]
    starts = begins[1:] if len(begins) > 1 else []
    ends = [*starts, len(rows)]
    made = [_guide(rows[a:b], taught) for a, b in zip([0, *starts], ends, strict=True)]
    few = 2 if is_whole(rows, taught) else _FEW
    return [one for one in made if len(one.told) >= few]


def is_whole(rows: Sequence[Row], taught: Mapping[str, str]) -> bool:
    """Whether every row has the name of a field at its left: then a sheet is a guide, however short."""
    return all(_pairs(row, taught) for row in rows if len([cell for cell in row.cells if cell.text]) > 1)


def _rows(sheet: Sheet) -> list[Row]:
    """Rows with a name at the left standing in each row that its merged cell covers."""
    down = {(top, left): bottom for top, left, bottom, _ in sheet.merged if bottom > top}
    kept: dict[int, tuple[int, str]] = {}
    made = []
    for row in sheet.rows:
        cells = list(row.cells)
        for column, cell in enumerate(cells[:1]):
            if (row.number, column) in down and cell.text:
                kept[column] = (down[row.number, column], cell.text)
        until, text = kept.get(0, (0, ""))
        if cells and row.number <= until and not cells[0].text:
            cells[0] = msgspec.structs.replace(cells[0], text=text)
        made.append(msgspec.structs.replace(row, cells=tuple(cells)))
    return made


def _is_name(text: str, taught: Mapping[str, str]) -> bool:
    """Whether a cell further right is the name of another field: only the very words are, for values come close."""
    key = columns.at_left(text, taught)
    return bool(key) and (plain(text) in columns.BY_KEY[key].exact or plain(text) in taught)


def _pairs(row: Row, taught: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    """By key of each known name in a row: the column behind it, and all that stands there up to the next name."""
    cells = [(column, cell.text) for column, cell in enumerate(row.cells) if cell.text]
    if not cells or not columns.at_left(_bare(cells[0][1]), taught):
        return {}
    names = [at for at, (_, text) in enumerate(cells) if not at or (at > 1 and _is_name(_bare(text), taught))]
    made: dict[str, tuple[int, str]] = {}
    for at, end in zip(names, [*names[1:], len(cells)], strict=True):
        behind = cells[at + 1 : end]
        if behind:
            key = columns.at_left(_bare(cells[at][1]), taught)
            made.setdefault(key, (behind[0][0], "\n".join(text for _, text in behind)))
    return made


def _guide(rows: Sequence[Row], taught: Mapping[str, str]) -> Guide:
    told: dict[str, Told] = {}
    unknown: list[str] = []
    lists: dict[str, list[Row]] = {}
    for row in rows:
        pairs = _pairs(row, taught)
        if not pairs and len({cell.text for cell in row.cells if cell.text}) > 1 and row.cells[0].text:
            unknown.append(row.cells[0].text)
        for key, (column, text) in pairs.items():
            lists.setdefault(key, []).append(row)
            before = told.get(key)
            if before is None:
                told[key] = Told(text, row.number, letters(column), row.cells[0].text)
            elif len(pairs) == 1:
                told[key] = msgspec.structs.replace(before, text=f"{before.text}\n{text}")
    if (found := _table(lists.get("materials", []))) and "materials" in told:
        told["materials"] = msgspec.structs.replace(told["materials"], text=found)
    _name(told, rows)
    _about(told)
    told.pop(columns.IGNORED, None)
    return Guide(rows[0].number if rows else 0, told, tuple(dict.fromkeys(unknown)))


def _about(told: dict[str, Told]) -> None:
    """临时救助办理程序 is the guide of 临时救助."""
    if columns.NAME in told:
        name = told[columns.NAME]
        told[columns.NAME] = msgspec.structs.replace(name, text=_TITLE.sub("", name.text.strip()) or name.text)


def _name(told: dict[str, Told], rows: Sequence[Row]) -> None:
    """The name out of the title above, where no field gives it."""
    if columns.NAME in told or not rows:
        return
    texts = {cell.text for cell in rows[0].cells if cell.text}
    if len(texts) == 1 and (name := title(texts.pop())):
        told[columns.NAME] = Told(name, rows[0].number, "A", "")


def title(text: str) -> str:
    """What a title is about: 残疾人证办理指南 is about 残疾人证."""
    plain_text = "".join(text.split()).strip("《》“”")
    return _TITLE.sub("", re.sub(r"^.{0,20}关于(?:开具|办理)?", "", plain_text)) or plain_text


def _table(rows: Sequence[Row]) -> str:
    """A table of materials beside its name at the left, as lines; "" where the rows are no table."""
    if len(rows) < 2:
        return ""
    heads = {column: _TABLE.get(plain(cell.text), "") for column, cell in enumerate(rows[0].cells) if column}
    if "name" not in heads.values():
        return ""
    lines = []
    for row in rows[1:]:
        said = {
            key: row.at(column).text.strip() for column, key in heads.items() if key and row.at(column).text.strip()
        }
        if said.get("name"):
            lines.append("".join(said["name"].split()) + _counted(said))
    return "\n".join(f"{at}. {one}" for at, one in enumerate(lines, 1))


def _counted(said: Mapping[str, str]) -> str:
    """How many, whether needed and what for, as a line of materials says it."""
    told = [
        f"{words}{said[key].removesuffix('份')}份"
        for key, words in (("originals", "原件"), ("copies", "复印件"))
        if said.get(key, "").removesuffix("份").isdigit()
    ]
    if not told and (sets := said.get("sets", "").removesuffix("份")).isdigit():
        told = [f"{'复印件' if '复印' in said.get('form', '') else '原件'}{sets}份"]
    told += [said["need"]] if said.get("need") in ("非必要", "容缺后补") else []
    told += ["，".join(said["note"].split())] if told and said.get("note") else []
    return f"（{'，'.join(told)}）" if told else ""


def in_text(sheet: Sheet, taught: Mapping[str, str]) -> list[Guide]:
    """The guides of a text: `一、申请材料` or `申请材料：……`, and what follows it up to the next field. A title, or a
    name once there is one, begins another guide."""
    made, field = list[_Text](), ""
    for row in sheet.rows:
        text = row.at(0).text
        key, words = _field(text, taught)
        is_title = not key and _TITLE.search("".join(text.split())) is not None and len(text) <= _LONGEST
        if not made or is_title or (key == columns.NAME and made[-1].is_named):
            made.append(_Text(row.number, title(text) if is_title or (not key and len(text) <= _LONGEST) else ""))
            field = ""
        if key:
            field = key
            made[-1].add(key, words, row.number)
        elif field:
            made[-1].add(field, text, row.number)
    return [Guide(one.row, told) for one in made if len(told := one.told()) >= _FEW]


class _Text:
    """One guide of a text while it is read."""

    def __init__(self, row: int, about: str) -> None:
        self.row, self.is_named = row, False
        self._said: dict[str, list[str]] = {}
        self._rows: dict[str, int] = {}
        self._about = about

    def add(self, key: str, words: str, row: int) -> None:
        """A line of a field, or the words behind its name."""
        self.is_named = self.is_named or key == columns.NAME
        self._rows.setdefault(key, row)
        self._said.setdefault(key, []).append(words)

    def told(self) -> dict[str, Told]:
        """What its fields say; the title gives the name where no field does."""
        texts = {key: "\n".join(lines).strip() for key, lines in self._said.items() if key != columns.IGNORED}
        made = {key: Told(text, self._rows[key], "A") for key, text in texts.items() if text}
        if self._about and columns.NAME not in made:
            made[columns.NAME] = Told(self._about, self.row, "A")
        _about(made)
        return made


def _field(text: str, taught: Mapping[str, str]) -> tuple[str, str]:
    """The key of the field that a line begins, and what it says already; "" for none."""
    bare = _bare(text)
    head, colon, words = bare.partition("：") if "：" in bare else bare.partition(":")
    key = columns.at_left(head, taught)
    return (key, words.strip()) if key and (colon or _is_name(bare, taught)) else ("", "")


def _bare(text: str) -> str:
    return _NUMBER.sub("", text)


def unknown_of(guides: Sequence[Guide]) -> Iterator[str]:
    """The names of fields that nobody knows, each once."""
    yield from dict.fromkeys(name for one in guides for name in one.unknown)
