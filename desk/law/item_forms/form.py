"""The form of an item: what it shows of one, what was typed read back, and two people's typing put together.

A form that comes back says what it showed, field by field as marks, so it is known what its editor touched: only that
is read, and what another touched meanwhile is taken over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from desk.law import codes
from desk.law.catalogue.item import Item, StatedLimits
from desk.law.catalogue.known import NONE_WORDS, WITH_BASIS, none_said
from desk.law.item_forms import rows, typed
from desk.law.item_forms.rows import LISTS, Row
from desk.law.item_forms.typed import Said
from desk.law.item_tables import columns, nothing, written
from desk.law.item_tables.written import Told

# Fields of one line or one text, which `written` reads and writes.
WORDS = (
    "item_name", "task_code", "catalog_code", "item_type", "exercise_level", "org_name", "org_uscc", "handling_unit",
    "leader", "regime", "audience", "channel", "topic", "statutory_limit", "promised_limit", "place", "hours",
    "enquiry_phone", "supervision_phone", "proxy_mode", "proxy_note", "visits", "visits_note", "result_name",
    "delivery", "rights", "remedy", "approved_by", "filed_no", "filed_on", "effective_from", "effective_to",
)  # fmt: skip
OTHERS = {
    "org_nature": "主体性质",
    "ask": "没有时限时问谁",
    "roll": "通常按批量名册办",
    "sample": "含示例内容，未核实",
    "sample_note": "示例说明",
}
TICKS = ("roll", "sample")
NONE = tuple(key for key in LISTS if key in NONE_WORDS)  # lists of which it can be known that there is nothing
_ALWAYS = ("proxy_mode", "visits", "effective_from")  # an emptied one says nothing
# Lists that others name come first.
_ORDER = ("situations", "fields", *(key for key in LISTS if key not in ("situations", "fields")))
_PARTS = ("before", "elsewhere", "ask")  # of what an item states besides its two limits


class Form(msgspec.Struct, frozen=True):
    """What a form holds: the words of its fields, the rows of its lists; which lists are said to be empty because there
    is nothing, each with the basis of that."""

    words: Mapping[str, str]
    lists: Mapping[str, list[Row]]
    none: Mapping[str, str] = {}

    def part(self, key: str) -> str | list[tuple[tuple[str, str], ...]]:
        """What it holds of one field, as two forms are compared."""
        if key not in LISTS:
            return "".join(self.words.get(key, "").split())
        filled = [typed.plain(row) for row in self.lists[key] if not typed.is_empty(LISTS[key], row)]
        return [*filled, (("none", self.none[key]),)] if key in self.none else filled


KEYS = (*WORDS, *OTHERS, *LISTS)


def name_of(key: str) -> str:
    """What a field or list is called."""
    return OTHERS.get(key) or (columns.BY_KEY[key].words if key in WORDS else rows.name_of(key))


def shown(item: Item) -> Form:
    """The form of an item."""
    told = written.words_of(item)
    words = {key: told[key] for key in WORDS}
    words |= {key: "1" if getattr(item, key) else "" for key in TICKS}
    words |= {"org_nature": item.org_nature, "sample_note": item.sample_note}
    words["ask"] = item.stated.ask if item.stated else ""
    none = {key: said.basis for key in NONE if (said := none_said(item, key)) is not None}
    return Form(words, {key: rows.rows_of(item, key) for key in LISTS}, none)


def marks(form: Form) -> dict[str, str]:
    """A mark of each field, to tell later whether it was touched."""
    return {key: hashlib.blake2b(msgspec.json.encode(form.part(key)), digest_size=5).hexdigest() for key in KEYS}


def merged(mine: Form, was: Mapping[str, str], theirs: Form) -> tuple[Form, list[str], list[str]]:
    """What I typed over what another kept meanwhile; `was` are the marks of what both began with. Besides, the fields
    that only the other changed, taken over, and those that both changed, where mine stands."""
    my_marks, their_marks = marks(mine), marks(theirs)
    changed = [key for key in KEYS if their_marks[key] != was.get(key, their_marks[key])]
    taken = [key for key in changed if my_marks[key] == was[key]]
    both = [key for key in changed if key not in taken and my_marks[key] != their_marks[key]]
    words = {key: (theirs if key in taken else mine).words.get(key, "") for key in (*WORDS, *OTHERS)}
    lists = {key: (theirs if key in taken else mine).lists[key] for key in LISTS}
    none = {key: one.none[key] for key in NONE if key in (one := theirs if key in taken else mine).none}
    return Form(words, lists, none), taken, both


def read(item: Item, form: Form) -> tuple[Item, list[Said]]:
    """`item` with what was typed, and what of it could not be read. What differs from what the form shows of `item` is
    read; what was not touched stays to the letter."""
    start, mine = marks(shown(item)), marks(form)
    touched = [key for key in KEYS if start[key] != mine[key]]
    named = _named(item, form)
    said: list[Said] = []
    for key in _ORDER:
        if key in touched:
            item, wrong = _with_list(item, key, form, named)
            said += wrong
    item, wrong = _with_words(item, {key: form.words.get(key, "") for key in touched if key in WORDS})
    said += wrong
    return _with_others(item, {key: form.words.get(key, "").strip() for key in touched if key in OTHERS}), said


def _named(item: Item, form: Form) -> dict[str, str]:
    """The codes of what lists name, by what it was and is called; a row without a code gets one here, so that others
    can name it at once."""
    found = {name: code for code, name in rows.names_in(item).items()}
    for key in ("situations", "fields"):
        fresh = typed.fresh_codes(LISTS[key], item, form.lists[key])
        for row in form.lists[key]:
            if name := row.get("name", "").strip():
                row["code"] = row.get("code") or next(fresh)
                found[name] = row["code"]
    return found


def _with_list(item: Item, key: str, form: Form, named: Mapping[str, str]) -> tuple[Item, list[Said]]:
    found, said = typed.read(key, form.lists[key], item, named)
    if said:
        return item, said
    item = _put(item, key, found)
    if key not in NONE:
        return item, []
    item = nothing.unsaid(item, key)
    if key not in form.none:
        return item, []
    if found:
        return item, [Said(key, f"写了内容，又勾了“{NONE_WORDS[key]}”。")]
    basis = form.none[key].strip()
    words = NONE_WORDS[key] + (f"（依据：{basis}）" if basis else "")
    item, notes = nothing.settled(item, key, words)
    return item, [Said(key, one.text + ("请写依据。" if key in WITH_BASIS else one.todo)) for one in notes]


def _put(item: Item, key: str, found: list[Any]) -> Item:
    if LISTS[key].entry is rows.Sentence:
        return msgspec.structs.replace(item, **{key: tuple(one.text for one in found)})
    if LISTS[key].most > 1:
        return msgspec.structs.replace(item, **{key: tuple(found)})
    one = found[0] if found else None
    return _stating(item, key, one) if key in _PARTS else msgspec.structs.replace(item, **{key: one})


def _stating(item: Item, key: str, value: Any) -> Item:
    stated = msgspec.structs.replace(item.stated or StatedLimits(), **{key: value})
    return msgspec.structs.replace(item, stated=None if stated == StatedLimits() else stated)


def _with_words(item: Item, told: Mapping[str, str]) -> tuple[Item, list[Said]]:
    bare = written.blank(item.effective_from)
    empty = written.words_of(bare)
    shows = written.words_of(item)
    for key, text in told.items():
        if not text.strip() and key not in _ALWAYS and shows[key] != empty[key]:
            item = nothing.unsaid(msgspec.structs.replace(item, **{key: getattr(bare, key)}), key)
    cells = {key: Told(text, heading=columns.BY_KEY[key].words) for key, text in told.items()}
    item, found = written.filled(item, cells)
    return item, [Said(one.target, f"{one.text}{one.todo}") for one in found]


def _with_others(item: Item, told: Mapping[str, str]) -> Item:
    for key, text in told.items():
        if key in TICKS:
            item = msgspec.structs.replace(item, **{key: text == "1"})
        elif key == "ask":
            item = _stating(item, key, text)
        elif key != "org_nature" or text in codes.ORG_NATURES:
            item = msgspec.structs.replace(item, **{key: text})
    return item
