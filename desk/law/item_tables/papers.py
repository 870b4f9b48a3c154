"""申请材料 in one cell: what each is called and how many are wanted; and written so that they are read again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from desk.law.catalogue.item import Material, Need
from desk.law.item_tables import splitting
from desk.words.amounts import numerals
from desk.words.as_written import Kind, Note

_N = r"(\d{1,2}|[一二两三四五六七八九十]{1,2})"
_BOTH = re.compile(rf"原件(?:和|及|、|与|加)?复印件各?{_N}份", re.ASCII)
_ORIGINALS = re.compile(rf"原件{_N}份|原件\s*x?{_N}", re.ASCII)
_COPIES = re.compile(rf"复印件(?:一式)?{_N}份", re.ASCII)
_SETS = re.compile(rf"(?:一式)?{_N}份", re.ASCII)
_PHOTOS = re.compile(rf"{_N}张", re.ASCII)
_COUNT = re.compile(rf"[，,]?(?:各|一式)?{_N}[份张]$", re.ASCII)
_LAST = re.compile(r"^(.+?)[（(]([^（()）]*)[)）]$")
_BEYOND = re.compile(r"等(?:相关|有关|其他)?(?:证明)?材料$")
_WORDS = {"必要": Need.REQUIRED, "非必要": Need.OPTIONAL, "容缺后补": Need.MAY_FOLLOW, "可容缺": Need.MAY_FOLLOW}
_RETURNED = ("核验后退还", "验后退还", "原件退还")


def read(text: str, before: Sequence[Material] = (), version: int = 1) -> tuple[tuple[Material, ...], tuple[Note, ...]]:
    """The materials that a cell lists, and what is to be said. What `before` says of one of the same name stays."""
    left = list(before)
    fresh = _codes(before, version)
    made, uncounted = [], 0
    for line in splitting.things(text):
        found, is_counted = _one(line)
        known = next((one for one in left if one.name == found.name), None)
        if known is None:
            made.append(msgspec.structs.replace(found, code=next(fresh)))
            uncounted += not is_counted
            continue
        left.remove(known)
        made.append(_renewed(known, found) if is_counted else known)
    notes = [Note(Kind.DOUBT, f"{uncounted} 份材料没有写份数，按原件 1 份取。", "请核对。")] if uncounted else []
    vague = [one.name for one in made if _BEYOND.search(one.name)]
    notes += [Note(Kind.DOUBT, f"“{one}”没有说清要哪些材料。", "请改成具体的材料。") for one in vague]
    return tuple(made), tuple(notes)


def _codes(before: Sequence[Material], version: int) -> Iterator[str]:
    used = {one.code for one in before}
    return (code for at in range(1, 1000) if (code := f"m{version}-{at}") not in used)


def _renewed(known: Material, found: Material) -> Material:
    return msgspec.structs.replace(
        known,
        originals=found.originals,
        copies=found.copies,
        need=found.need,
        returned=found.returned or known.returned,
        usage_note=found.usage_note or known.usage_note,
    )


def _one(line: str) -> tuple[Material, bool]:
    """A material of one line, and whether the line says how many."""
    last = _LAST.match(line)
    name, told = (last[1], re.split(r"[,，;；、]", last[2])) if last else (line, [])
    counts, words = [one for one in told if _counts(one)], [one.strip() for one in told]
    need = next((_WORDS[one] for one in words if one in _WORDS), Need.REQUIRED)
    returned = any(one in _RETURNED for one in words)
    rest = [one for one in words if one not in counts and one not in _WORDS and one not in _RETURNED]
    if len(rest) == len(told):  # the brackets belong to the name
        name, rest = line, []
    found = _counts("，".join(counts)) if counts else _counts(line)
    originals, copies = found or (1, 0)
    name = name if counts else _COUNT.sub("", name) or name
    made = Material("", name.strip(" ，,"), originals, copies, need, returned=returned, usage_note="，".join(rest))
    return made, found is not None


def _counts(text: str) -> tuple[int, int] | None:
    """Originals and copies that a text wants; None where it does not say."""
    if both := _BOTH.search(text):
        return _number(both[1]), _number(both[1])
    originals, copies = _ORIGINALS.search(text), _COPIES.search(text)
    if originals or copies:
        first = _number(next((one for one in originals.groups() if one), "")) if originals else 0
        return first or int("原件" in text and not originals), _number(copies[1]) if copies else int("复印件" in text)
    if photos := _PHOTOS.search(text) if "照片" in text or "相片" in text else None:
        return _number(photos[1]), 0
    if sets := _SETS.search(text):
        return (0, _number(sets[1])) if "复印件" in text and "原件" not in text else (_number(sets[1]), 0)
    if "复印件" in text:
        return int("原件" in text or "及" in text), 1
    return (1, 0) if "原件" in text else None


def _number(text: str) -> int:
    return int(text if text.isascii() and text.isdigit() else numerals.number(text) or 0)


def written(materials: Sequence[Material]) -> str:
    """A line each, as `read` reads them."""
    return "\n".join(f"{at}. {_line(one)}" for at, one in enumerate(materials, 1))


def _line(one: Material) -> str:
    told = [f"原件{one.originals}份", f"复印件{one.copies}份"]
    told += [words for words, need in (("非必要", Need.OPTIONAL), ("容缺后补", Need.MAY_FOLLOW)) if one.need is need]
    told += ["核验后退还"] if one.returned else []
    return f"{one.name}（{'，'.join(told)}）"
