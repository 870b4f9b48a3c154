"""That an item has none of something, as cells say it: 无, 不收费（依据：…）. A dash or an empty cell says nothing."""

from __future__ import annotations

import msgspec

from desk.law.catalogue import known
from desk.law.catalogue.item import Item, KnownNone
from desk.law.item_tables import bases
from desk.words import tidying
from desk.words.as_written import Kind, Note

_ANY = frozenset({"无", "没有", "不需要", "无需"})
_ALSO = {
    "fees": frozenset({"不收取", "免费", "否", "不收", "零收费", "0元"}),
    "statutory_limit": frozenset({"无时限", "无法定时限", "无期限", "不限"}),
    "materials": frozenset({"无需提交材料", "无需材料", "不用材料"}),
}
_NO_BASIS = Note(Kind.DOUBT, "写了不收费，没有写依据，按没有写明收。", "请写成“不收费（依据：…）”。")


def is_said(key: str, text: str) -> bool:
    """Whether a cell of the field `key` says that there is none."""
    return key in known.NONE_WORDS and _said(key, text) is not None


def settled(item: Item, key: str, text: str) -> tuple[Item, tuple[Note, ...]]:
    """`item` with what `text` says to be none; what was said so before with its basis stays where a cell only repeats
    it, and what needs a basis and has none is told."""
    said, before = _said(key, text), known.none_said(item, key)
    if said is None or (before is not None and not said.basis):
        return item, ()
    if key in known.WITH_BASIS and not said.basis:
        return item, (_NO_BASIS,)
    return msgspec.structs.replace(item, none_of=(*unsaid(item, key).none_of, said)), ()


def unsaid(item: Item, key: str) -> Item:
    """`item` that says nothing of whether there is none."""
    return msgspec.structs.replace(item, none_of=tuple(one for one in item.none_of if one.fact != key))


def written(item: Item, key: str) -> str:
    """As `settled` reads it; "" for what is not known."""
    said = known.none_said(item, key)
    return "" if said is None else known.NONE_WORDS[key] + (f"（依据：{said.basis}）" if said.basis else "")


def _said(key: str, text: str) -> KnownNone | None:
    bare, basis = bases.parted(tidying.visible(text).strip().rstrip("。；;"))
    bare = "".join(bare.split())
    is_none = bare in _ANY or bare in _ALSO.get(key, ()) or bare == known.NONE_WORDS[key]
    return KnownNone(key, basis) if is_none else None
