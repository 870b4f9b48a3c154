"""One change to many items: what a field of each says and would say, or why it cannot be so.

A telephone is changed as a whole number, a limit as a whole limit, other words wherever they stand; where no old words
are told the field is set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from desk.law.bodies.rules import phone_fault
from desk.law.catalogue.item import Item
from desk.law.item_forms import form
from desk.law.item_tables import columns, limits, written
from desk.law.item_tables.written import Told

PHONES = ("enquiry_phone", "supervision_phone")
_LIMITS = ("promised_limit", "statutory_limit")
# What may be changed for many items at once: its name, and the fields of an item that it stands for.
FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "phones": ("咨询电话和监督电话", PHONES),
    **{
        key: (form.name_of(key), (key,))
        for key in (
            *PHONES, "hours", "place", "handling_unit", "leader", "topic", "promised_limit", "statutory_limit",
            "org_name", "result_name", "delivery", "visits_note", "proxy_note", "rights", "remedy",
        )
    },
    "post": ("各环节的承办岗位", ("steps",)),
}  # fmt: skip


class Wanted(msgspec.Struct, frozen=True):
    """Which items: all `words` in name, organ and code; of one organ, of one kind. What: in the field `field` (of
    `FIELDS`) `old` becomes `new`."""

    field: str
    old: str = ""
    new: str = ""
    words: str = ""
    org: str = ""
    kind: str = ""


class Change(msgspec.Struct, frozen=True):
    """What would become of one item: each field with its words before and after, and why it cannot be kept."""

    item: Item
    after: Item
    fields: tuple[tuple[str, str, str], ...]
    why: str = ""


def changes(items: Iterable[Item], wanted: Wanted) -> list[Change]:
    """The items that would change, by organ and name."""
    found = [made for one in items if _is_meant(one, wanted) and (made := change(one, wanted)) is not None]
    return sorted(found, key=lambda one: (one.item.org_name, one.item.item_name, one.item.task_code))


def _is_meant(item: Item, wanted: Wanted) -> bool:
    search = f"{item.item_name} {item.org_name} {item.task_code}"
    fits = wanted.org in ("", item.org_name) and wanted.kind in ("", item.item_type)
    return fits and all(term in search for term in wanted.words.split())


def change(item: Item, wanted: Wanted) -> Change | None:
    """What would become of one item; None where nothing changes."""
    if wanted.field == "post":
        return _posts(item, wanted)
    keys = FIELDS[wanted.field][1]
    before = {key: written.words_of(item)[key] for key in keys}
    after = {key: _renewed(key, text, wanted) for key, text in before.items()}
    told = {key: text for key, text in after.items() if text != before[key]}
    if not told:
        return None
    made, said = _with(item, told)
    wrong = [one for key in told if key in PHONES and (one := phone_fault(told[key]))]
    return Change(item, made, tuple((key, before[key], text) for key, text in told.items()), "".join((*wrong, *said)))


def _with(item: Item, told: Mapping[str, str]) -> tuple[Item, list[str]]:
    bare = written.blank(item.effective_from)
    for key in (key for key, text in told.items() if not text.strip()):
        item = msgspec.structs.replace(item, **{key: getattr(bare, key)})
    cells = {key: Told(text, heading=columns.BY_KEY[key].words) for key, text in told.items()}
    made, found = written.filled(item, cells)
    return made, [f"{one.text}{one.todo}" for one in found]


def _posts(item: Item, wanted: Wanted) -> Change | None:
    before = [one.post for one in item.steps]
    after = [_renewed("post", one, wanted) for one in before]
    if before == after:
        return None
    steps = tuple(msgspec.structs.replace(one, post=post) for one, post in zip(item.steps, after, strict=True))
    told = (("steps", "；".join(before), "；".join(after)),)
    return Change(item, msgspec.structs.replace(item, steps=steps), told)


def _renewed(key: str, text: str, wanted: Wanted) -> str:
    old, new = wanted.old.strip(), wanted.new.strip()
    if not old:
        return new
    if key in PHONES:
        return _numbers(text, old, new)
    if key in _LIMITS:
        (asked, _), (stands, _) = limits.read(old), limits.read(text)
        same = asked is not None and stands is not None and (asked.count, asked.unit) == (stands.count, stands.unit)
        return new if same else text
    return text.replace(old, new)


def _numbers(text: str, old: str, new: str) -> str:
    """A row of telephones with one of them changed, or gone where `new` is empty."""
    kept = [new if one.strip() == old else one.strip() for one in re.split(r"[、，,；;]", text)]
    return "、".join(one for one in kept if one) if old in text else text
