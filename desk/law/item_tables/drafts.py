"""A draft of an item: made of what a row or a guide tells, of what somebody says for the whole table, and of what is
published already."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from desk.law import codes
from desk.law.bodies.register import Register
from desk.law.catalogue import changes, rules
from desk.law.catalogue.item import Exercise, Exerciser, Item, Regime, Unit
from desk.law.catalogue.rules import Fault
from desk.law.item_tables import bases, choices, columns, written
from desk.law.item_tables.written import Told
from desk.words import spellings
from desk.words.as_written import Kind
from desk.words.sheets.findings import Finding
from desk.words.sheets.headings import plain

APPROVAL = ("approved_by", "filed_no", "filed_on", "effective_from")
_REGIMES = {"01": "licence", "05": "benefit"}  # whose clocks the law fixes by the kind of item alone
_WANTED = ("item_name", "task_code", "item_type", "exercise_level", "org_name", "regime")
_GENERAL = ("item_type", "org_name", "exercise_level", "proxy_mode", "regime", "visits", "visits_note", *APPROVAL)


class Draft(msgspec.Struct, frozen=True):
    """An item that is not published. `before`: the version that stands, 0 for a new one; `fields` are the names of what
    differs from it; `hands` the accounts that wrote it."""

    item: Item
    sheet: str = ""
    row: int = 0
    before: int = 0
    fields: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    hands: tuple[str, ...] = ()

    @property
    def is_lost(self) -> bool:
        """Whether it cannot be taken in at all."""
        return any(one.kind is Kind.WRONG for one in self.findings)


class Known(msgspec.Struct, frozen=True):
    """What drafts are made beside: the items that stand, the bodies, the legal clocks, and how new items are coded."""

    items: Mapping[str, Item]
    regimes: Mapping[str, Regime]
    bodies: Register
    today: dt.date
    prefix: str
    coded: Mapping[str, str] = {}  # codes of drafts that wait, by `named`
    used: Collection[str] = ()  # codes that were ever published


class Maker:
    """Makes the drafts of one file; `general` is what somebody says for all of it, by key of `columns`."""

    def __init__(self, known: Known, general: Mapping[str, str]) -> None:
        self._known = known
        self._general = {key: Told(text) for key, text in general.items() if key in _GENERAL and text.strip()}
        self._by_name: dict[str, list[Item]] = {}
        for one in known.items.values():
            self._by_name.setdefault(plain_name(one.item_name), []).append(one)
        self._used = {*known.items, *known.used, *known.coded.values()}
        self._seen: dict[str, Draft] = {}
        self._coded: set[str] = set()

    def draft(self, told: Mapping[str, Told], sheet: str, row: int) -> Draft:
        """The draft of one row or guide."""
        before = self._before(told)
        start = before or written.blank(self._known.today)
        general = {key: one for key, one in self._general.items() if before is None or key in APPROVAL}
        item, said = written.filled(start, {**general, **_named(told)})
        item = self._settled(item, before)
        if before is not None and "org_name" not in told:
            item = msgspec.structs.replace(item, org_name=before.org_name)
        return self._once(
            beside(before, item, self._known.today), sheet, row, before, said, is_coded="task_code" in told
        )

    def _before(self, told: Mapping[str, Told]) -> Item | None:
        """The item that stands already: by its code, else by its name where no other organ's has it too."""
        code = "".join(told["task_code"].text.split()) if "task_code" in told else ""
        if code:
            return self._known.items.get(code)
        name = _name_of(told)
        found = self._by_name.get(plain_name(name), []) if name else []
        org = plain_name(told["org_name"].text) if "org_name" in told else ""
        same = [one for one in found if not org or org in (plain_name(one.org_name), "") or choices.exercised(org)]
        return same[0] if len(same) == 1 else None

    def _settled(self, item: Item, before: Item | None) -> Item:
        """With what follows from the rest: the code of a new item, its level, its clocks, who exercises it."""
        level = item.exercise_level or choices.level_of(item.org_name)
        instant = item.promised_limit is not None and item.promised_limit.unit is Unit.INSTANT
        regime = self._regime(item.regime) or ("on_the_spot" if instant else _REGIMES.get(item.item_type, ""))
        code = item.task_code or (before.task_code if before else self._code(item))
        exercise = before.exercised_by if before and before.org_name == item.org_name else self._exercise(item.org_name)
        return msgspec.structs.replace(
            item,
            exercise_level=level,
            regime=regime if regime in self._known.regimes else item.regime,
            task_code=code,
            exercised_by=exercise,
        )

    def _regime(self, said: str) -> str:
        """A set of legal clocks by its code or its name."""
        return next((one.code for one in self._known.regimes.values() if said in (one.code, one.name)), "")

    def _exercise(self, org: str) -> Exercise | None:
        body = self._known.bodies.named(org) if org else None
        return Exercise(Exerciser.BODY, body.code) if body else choices.exercised(org)

    def _code(self, item: Item) -> str:
        """That of a draft of the same item which waits already, else one that nobody has."""
        if again := self._known.coded.get(named(item)):
            return again
        fresh = (f"{self._known.prefix}-{item.item_type or '00'}-{at:03d}" for at in range(1, 100_000))
        made = next(one for one in fresh if one not in self._used)
        self._used.add(made)
        return made

    def _once(
        self, item: Item, sheet: str, row: int, before: Item | None, said: Sequence[Finding], *, is_coded: bool
    ) -> Draft:
        """The draft; a second one of the same item in this file is lost, for nobody knows which is right. Two of one
        name that the file gives codes of their own are two items, and told."""
        found = list(said)
        if not item.item_name:
            found.append(Finding(row, "", columns.NAME, Kind.WRONG, "没有事项名称。", "请补上名称。"))
        name = named(item)
        if first := self._seen.get(item.task_code):
            found.append(_double(first, sheet, row, Kind.WRONG, "编码相同"))
        elif first := self._seen.get(name):
            kind = Kind.DOUBT if is_coded and first.item.task_code in self._coded else Kind.WRONG
            found.append(_double(first, sheet, row, kind, "名称和实施主体相同"))
        made = made_of(before, item, sheet, row, found)
        self._coded |= {item.task_code} if is_coded else set()
        for key in (item.task_code, name):
            self._seen.setdefault(key, made)
        return made


def _double(first: Draft, sheet: str, row: int, kind: Kind, what: str) -> Finding:
    where = f"“{first.sheet}”第 {first.row} 行" if first.sheet != sheet else f"第 {first.row} 行"
    return Finding(row, "", columns.NAME, kind, f"与{where}{what}。", "请去掉一行或改正。")


def made_of(before: Item | None, item: Item, sheet: str, row: int, found: Iterable[Finding]) -> Draft:
    """The draft of `item`, beside the version that stands."""
    fields = tuple(names_of(before, item)) if before else ()
    return Draft(item, sheet, row, before.version if before else 0, fields, tuple(found))


def names_of(before: Item, item: Item) -> Iterator[str]:
    """The names of the fields in which a draft differs from what stands; its version and its first day aside."""
    for name in before.__struct_fields__:
        if name not in ("version", "effective_from") and getattr(before, name) != getattr(item, name):
            yield changes.FIELD_NAMES.get(name, name)


def beside(before: Item | None, item: Item, today: dt.date) -> Item:
    """As the next version of what stands, from today unless another day is told; nothing new is no new version."""
    if before is None:
        return item
    begins = item.effective_from if item.effective_from != before.effective_from else today
    if not any(names_of(before, item)):
        return before
    return msgspec.structs.replace(item, version=before.version + 1, effective_from=max(begins, before.effective_from))


def lacks(item: Item, regimes: Mapping[str, Regime], known: Collection[str]) -> list[str]:
    """As `faults`, a line each."""
    return [one.text for one in faults(item, regimes, known)]


def faults(item: Item, regimes: Mapping[str, Regime], known: Collection[str]) -> list[Fault]:
    """Why a draft cannot be published: what the catalogue demands, and what no item goes without."""
    found = [
        Fault(field, f"没有写{changes.FIELD_NAMES.get(field, '实施编码')}")
        for field in _WANTED
        if not getattr(item, field) and not (field == "regime" and item.item_type in codes.AGAINST)
    ]
    said = rules.faults_of(item, regimes, {*known, item.task_code})
    return found + [one for one in said if item.regime or one.field != "regime"]


def _named(told: Mapping[str, Told]) -> dict[str, Told]:
    """What was told, with the 子项 as the name where there is one, and the basis of a fee with the fee."""
    made = dict(told)
    part = made.pop(columns.PART, None)
    if part is not None and part.text.strip():
        made[columns.NAME] = part
    basis = made.pop(columns.FEE_BASIS, None)
    fee = made.get("fees")
    if basis is not None and fee is not None and basis.text.strip() and "依据" not in fee.text:
        name = "" if bases.is_free(fee.text) else "收费："
        if basis.text.strip() not in spellings.NOTHING:
            whole = f"{name}{fee.text.strip()}（依据：{basis.text.strip()}）"
            made["fees"] = msgspec.structs.replace(fee, text=whole)
    return made


def _name_of(told: Mapping[str, Told]) -> str:
    part = told.get(columns.PART)
    return (
        part.text if part is not None and part.text.strip() else told[columns.NAME].text if columns.NAME in told else ""
    )


def named(item: Item) -> str:
    """Name and organ, by which two drafts without codes of their own are one item."""
    return f"{plain_name(item.item_name)}|{plain_name(item.org_name)}"


def plain_name(name: str) -> str:
    """A name as two of them are compared: no blanks, brackets alike."""
    return re.sub(r"\s", "", name).replace("(", "（").replace(")", "）") or plain(name)
