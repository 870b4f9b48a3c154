"""A draft's form as it is posted: read into a `Form`, its buttons for rows carried out, and drawn again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from fastapi import Request
from starlette.datastructures import FormData

from desk.centre.drafting import item_drafts
from desk.centre.drafting.item_drafts import Waiting
from desk.centre.node.centre_node import Centre
from desk.centre.web.public_guides import around
from desk.law import codes, deadline
from desk.law.catalogue import search
from desk.law.catalogue.item import Catalogue, Item
from desk.law.catalogue.known import NONE_WORDS, WITH_BASIS
from desk.law.catalogue.rules import PROXY_NAMES, Fault
from desk.law.item_forms import form, row_acts, rows, side_by_side
from desk.law.item_forms import typed as typed_rows
from desk.law.item_forms.form import Form
from desk.law.item_forms.rows import LISTS, Row
from desk.law.item_forms.typed import LONGEST, Said
from desk.printing.guide import Chosen, guide_pages

_CELL = re.compile(r"(\w{1,40})\.(\d{1,4})\.(\w{1,40})", re.ASCII)
_FOUND = 12  # items that a search for something to copy shows
# The fields of the form in groups; lists stand behind the single fields of theirs.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("基本", ("item_name", "task_code", "item_type", "exercise_level", "org_name", "handling_unit", "regime",
             "audience", "channel", "topic", "leader", "catalog_code", "org_uscc", "org_nature", "exercised_by")),
    ("依据和条件", ("legal_basis", "acceptance_conditions", "holds")),
    ("材料", ("materials", "situations")),
    ("流程和时限", ("statutory_limit", "promised_limit", "ask", "steps", "special_procedures", "before", "elsewhere")),
    ("收费和结果", ("result_name", "delivery", "fees")),
    ("办理", ("place", "hours", "enquiry_phone", "supervision_phone", "proxy_mode", "proxy_note", "visits",
             "visits_note", "rights", "remedy", "faq")),
    ("表单和裁量", ("roll", "fields", "bands", "duties", "liability")),
    ("核定备案", ("approved_by", "filed_no", "filed_on", "effective_from", "effective_to", "sample", "sample_note")),
)  # fmt: skip
_LONG = ("rights", "remedy", "proxy_note", "sample_note")
_DAYS = ("filed_on", "effective_from", "effective_to")
_HINTS = {
    "statutory_limit": f"{deadline.workdays(20)}；法律没有规定的写“无”",
    "promised_limit": f"{deadline.workdays(5)}，或 即办；没有另外承诺的写“无”",
    "place": "不用到场的写“无”",
    "audience": "自然人、企业法人",
    "steps.limit": f"{deadline.workdays(2)}，或 即办",
    "legal_basis.article": "第几条",
    "legal_basis.law": "草原法",
}


class Sheet(msgspec.Struct, frozen=True):
    """A posted form: what was typed; the `mark` of the draft that it showed and what `was` in each field of it; the
    button that was pressed; what somebody looks for, to copy it, and the rows ticked."""

    form: Form
    mark: str = ""
    was: Mapping[str, str] = {}
    pressed: str = ""
    sought: Mapping[str, str] = {}
    picked: frozenset[int] = frozenset()
    ats: Mapping[str, tuple[str, ...]] = {}  # what the rows of each list are numbered by in the form, in their order


async def sheet(request: Request) -> Sheet:
    """A dependency: the form as it was posted; `posted_long` has read it."""
    return _sheet(await request.form())


def _sheet(data: FormData) -> Sheet:
    told = {name: value for name, value in data.multi_items() if isinstance(value, str)}
    lists: dict[str, dict[str, Row]] = {key: {} for key in LISTS}
    for name, text in told.items():  # as they stand in the form, so a row that was moved is where it was moved to
        if (cell := _CELL.fullmatch(name)) and cell[1] in LISTS:
            lists[cell[1]].setdefault(cell[2], {})[cell[3]] = text[: LONGEST + 1]
    words = {key: told.get(key, "")[:LONGEST] for key in (*form.WORDS, *form.OTHERS)}
    none = {key: told.get(f"basis.{key}", "").strip()[:200] for key in form.NONE if told.get(f"none.{key}")}
    was = dict(one.split(":", 1) for one in told.get("was", "").split() if ":" in one)
    sought = {key: text for key in LISTS if (text := told.get(f"find.{key}", "").strip()[:100])}
    picked = frozenset(int(one) for one in data.getlist("pick") if isinstance(one, str) and one.isdecimal())
    made = Form(words, {key: list(one.values()) for key, one in lists.items()}, none)
    ats = {key: tuple(one) for key, one in lists.items()}
    return Sheet(made, told.get("mark", "")[:40], was, told.get("do", "")[:200], sought, picked, ats)


class Copying(msgspec.Struct, frozen=True):
    """What may be copied into a list: items found, or the rows of the one that is open."""

    key: str
    text: str = ""
    items: tuple[tuple[str, str, str], ...] = ()  # code, name, organ and how many rows
    code: str = ""
    name: str = ""
    lines: tuple[str, ...] = ()


def pressed(centre: Centre, told: Sheet) -> tuple[Form, Copying | None]:
    """The form after its button: add:KEY, up:KEY:2, down:KEY:2, remove:KEY:2, find:KEY, open:KEY:CODE or
    take:KEY:CODE."""
    act, _, rest = told.pressed.partition(":")
    key, _, last = rest.partition(":")
    made = told.form
    if key not in LISTS:
        return made, None
    at = int(last) if last.isascii() and last.isdecimal() and len(last) < 5 else -1
    item = _offered(centre).get(last)
    match act:
        case "add":
            return row_acts.added(made, key), None
        case "up" | "down":
            return row_acts.moved(made, key, at, -1 if act == "up" else 1), None
        case "remove":
            return row_acts.removed(made, key, at), None
        case "find":
            return made, Copying(key, told.sought.get(key, ""), _found(centre, key, told.sought.get(key, "")))
        case "open" if item is not None:
            lines = tuple(rows.sentences(item, key).split("\n"))
            return made, Copying(key, told.sought.get(key, ""), (), last, item.item_name, lines)
        case "take" if item is not None:
            return row_acts.copied(made, key, item, told.picked), None
    return made, None


def _offered(centre: Centre) -> dict[str, Item]:
    stands = centre.publications
    return {code: one for code, one in stands.items.items() if code not in stands.withdrawn}


def _found(centre: Centre, key: str, text: str) -> tuple[tuple[str, str, str], ...]:
    """Items that have something in the list `key`, by people's words, pinyin and initials; where nothing is asked, the
    first of all."""
    filled = [one for one in _offered(centre).values() if LISTS[key].of(one)]
    within = Catalogue("", "", centre.today(), (), tuple(filled))
    found = search.Searcher(within, centre.publications.words).search(text)
    return tuple(
        (one.task_code, one.item_name, f"{one.org_name}，{len(LISTS[key].of(one))} 行") for one in found[:_FOUND]
    )


# -- drawn -------------------------------------------------------------------------------------------------------


class Looked(msgspec.Struct, frozen=True):
    """What the checks say of a form: of what could be read, and of what could not."""

    item: Item
    unread: tuple[Said, ...]
    faults: tuple[Fault, ...]
    gaps: tuple[tuple[str, str], ...]
    doubts: tuple[tuple[str, str], ...]

    @property
    def told(self) -> tuple[Said | Fault, ...]:
        """What forbids keeping it or sending it to be judged."""
        return (*self.unread, *self.faults)


def looked_at(centre: Centre, found: Waiting, typed: Form) -> Looked:
    """The form as it would be kept, with everything that is to be said of it."""
    item, unread = form.read(found.draft.item, typed)
    draft = msgspec.structs.replace(found.draft, item=item)
    faults = item_drafts.faults_of(centre, draft, centre.publications.items.get(item.task_code))
    doubts = item_drafts.left(found.draft, item)
    told = tuple((one.target, one.sentence()) for one in doubts)
    rowed = tuple(one._replace(row=_row(typed, one, unread)) for one in faults)
    return Looked(item, tuple(unread), rowed, tuple(item_drafts.lacking(centre, item)), told)


def _row(typed: Form, fault: Fault, unread: Sequence[Said]) -> int:
    """The row of the form that a fault with an entry of a list stands in: empty ones are no entries. -1 where it is no
    row's, or where the list could not be read and is judged as it was."""
    if fault.row < 0 or fault.field not in LISTS or any(one.field == fault.field for one in unread):
        return -1
    told = LISTS[fault.field]
    filled = [at for at, row in enumerate(typed.lists[fault.field]) if not typed_rows.is_empty(told, row)]
    return filled[fault.row] if fault.row < len(filled) else -1


def said(looked: Looked) -> dict[str, list[tuple[str, str]]]:
    """What stands beside each field: how grave it is, and the words; under "" what concerns none of them."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in looked.unread:
        _say(found, one.field, "unread", _where(one) + one.text)
    for fault in looked.faults:
        _say(found, fault.field, "refused", _where(fault) + fault.text)
    for key, words in looked.doubts:
        _say(found, key, "doubt", words)
    for key, name in looked.gaps:
        _say(found, key, "gap", "没有写明" if name == form.name_of(key) else f"{name}没有写明")
    return found


def _say(found: dict[str, list[tuple[str, str]]], key: str, how: str, words: str) -> None:
    found.setdefault(key if key in form.KEYS else "", []).append((how, words))


def _where(one: Said | Fault) -> str:
    return f"第 {one.row + 1} 行，{_cell(one)}" if one.row >= 0 else ""


def _cell(one: Said | Fault) -> str:
    column = next((column.words for column in LISTS[one.field].columns if column.key == one.column), "")
    return f"{column}：" if column else ""


def by_row(looked: Looked) -> dict[str, list[tuple[str, str]]]:
    """What stands at a row of a list, by the list's key, a dash and its number: the cell's name, what is wrong."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in looked.told:
        if one.row >= 0:
            found.setdefault(f"{one.field}-{one.row}", []).append((_cell(one), one.text))
    return found


def bad_cells(looked: Looked) -> set[str]:
    """The cells of which something is wrong, by list, row and column."""
    return {f"{one.field}-{one.row}-{one.column}" for one in looked.told if one.row >= 0}


def facts(centre: Centre, found: Waiting, typed: Form, looked: Looked) -> dict[str, Any]:
    """What the templates of the form name."""
    return {
        "found": found,
        "draft": found.draft,
        "item": looked.item,
        "form": typed,
        "said": said(looked),
        "at_row": by_row(looked),
        "bad": bad_cells(looked),
        "ats": {key: tuple(map(str, range(len(typed.lists[key])))) for key in LISTS},
        "looked": looked,
        "groups": GROUPS,
        "lists": LISTS,
        "names": {key: form.name_of(key) for key in form.KEYS},
        "hints": _HINTS,
        "long": _LONG,
        "days": _DAYS,
        "ticks": form.TICKS,
        "chosen": _chosen(centre),
        "none_words": {key: NONE_WORDS[key] for key in form.NONE},
        "with_basis": WITH_BASIS,
        "bodies": [(one.code, one.name) for one in centre.publications.bodies],
        "empty": {key: row_acts.empty(key) for key in LISTS},
        "named": _named(typed),
        "copying": None,
        "compared": _compared(centre, looked.item),
        "printed": _printed(centre, looked.item),
    }


def _chosen(centre: Centre) -> dict[str, list[tuple[str, str]]]:
    """The fields that are chosen among a few: what is sent, and what is read."""
    words = {
        "item_type": list(codes.ITEM_TYPES.values()),
        "exercise_level": list(codes.LEVELS.values()),
        "proxy_mode": list(PROXY_NAMES.values()),
    }
    return {key: [(one, one) for one in found] for key, found in words.items()} | {
        "regime": [(one.code, one.name) for one in centre.publications.regimes.values()],
        "org_nature": list(codes.ORG_NATURES.items()),
    }


def _named(typed: Form) -> dict[str, list[str]]:
    """What a column may name of the other lists, as they are typed."""

    def names(key: str) -> list[str]:
        return [row["name"] for row in typed.lists[key] if row.get("name", "").strip()]

    return {"materials.situation": names("situations"), "before.field": names("fields"), "holds.of": names("fields")}


def _compared(centre: Centre, item: Item) -> list[side_by_side.Compared]:
    """What differs from the version that stands, word by word."""
    stands = centre.publications.items.get(item.task_code)
    return side_by_side.compared(stands, item) if stands else []


def _printed(centre: Centre, item: Item) -> list[str]:
    """The pages of the draft's guide with its flow chart, as they would be printed."""
    return guide_pages(
        Chosen(item, centre.publications.regime(item)), *around(centre.name, centre.publications.version, item)
    )
