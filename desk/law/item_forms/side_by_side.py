"""Two versions of an item held against each other: field by field, and word by word within a field."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

import msgspec

from desk.law import codes
from desk.law.catalogue.item import Item
from desk.law.item_forms import rows
from desk.law.item_tables import nothing, written

SAME, GONE, NEW = "same", "gone", "new"
_WORD = re.compile(r"[A-Za-z0-9.]+|\s+|.", re.DOTALL)
_FLAGS = {"roll": "批量名册", "sample": "示例"}


class Piece(msgspec.Struct, frozen=True):
    """A run of text: `how` is SAME in both, GONE in the later, NEW in it."""

    how: str
    text: str


class Compared(msgspec.Struct, frozen=True):
    """A field that differs: its name, what the earlier and what the later says, run by run."""

    key: str
    name: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def words_of(item: Item) -> dict[str, str]:
    """Every field of an item in words, by its key."""
    told = written.words_of(item) | {key: rows.sentences(item, key) or nothing.written(item, key) for key in rows.LISTS}
    told |= {"sample_note": item.sample_note, "org_nature": codes.ORG_NATURES.get(item.org_nature, item.org_nature)}
    told |= {"ask": item.stated.ask if item.stated else ""}
    return told | {key: "是" if getattr(item, key) else "" for key in _FLAGS}


def compared(before: Item, after: Item) -> list[Compared]:
    """The fields in which two versions differ."""
    old, new = words_of(before), words_of(after)
    differing = [key for key in new if old[key] != new[key]]
    return [Compared(key, _name(key), *pieces(old[key], new[key])) for key in differing]


def _name(key: str) -> str:
    return {"ask": "时限问谁"}.get(key) or rows.name_of(key)


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two texts run by run: Chinese by character, figures and Latin words whole."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    found = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    gone = _runs((SAME if how == "equal" else GONE, "".join(old[a:b])) for how, a, b, _, _ in found)
    fresh = _runs((SAME if how == "equal" else NEW, "".join(new[a:b])) for how, _, _, a, b in found)
    return tuple(gone), tuple(fresh)


def _runs(found: Iterator[tuple[str, str]]) -> Iterator[Piece]:
    return (Piece(how, text) for how, text in found if text)
