"""What items and legal clocks cite: whether it may be cited on the days that they speak of, and whose law has moved."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from desk.law.catalogue.item import Catalogue, Item, LegalBasis, Regime
from desk.law.statutes.citing import Citation, citations
from desk.law.statutes.register import FALSE, Judged, Move, Register, Standing

_QUIET = (Standing.SOUND, Standing.UNREAD, Standing.UNKNOWN)


class Cited(msgspec.Struct, frozen=True):
    """A citation, and the field of the item or of the legal clocks in which it stands."""

    field: str
    law: str
    article: str = ""

    def words(self) -> str:
        """As it is written: 社会救助法§37."""
        return f"{self.law}§{self.article}" if self.article else self.law


class Finding(msgspec.Struct, frozen=True):
    """A citation of an item or of legal clocks that is not sound."""

    name: str
    version: int  # 0 of legal clocks
    cited: Cited
    judged: Judged

    @property
    def is_false(self) -> bool:
        """Whether it must not be published: there is no such article, or the law is not in force."""
        return self.judged.standing in FALSE

    def words(self) -> str:
        """For a person."""
        version = f"第 {self.version} 版" if self.version else ""
        return f"{self.name}{version}：引用{self.cited.words()}，{self.judged.words}"


class Moved(msgspec.Struct, frozen=True):
    """An item or legal clocks whose law moved since they began: what happened, and what is to be read again."""

    name: str
    code: str
    version: int
    since: dt.date | None
    moves: tuple[Move, ...]
    again: tuple[Cited, ...]


@functools.lru_cache(maxsize=8192)
def cited(one: Item | Regime, register: Register) -> tuple[Cited, ...]:
    """Everything that `one` cites, field by field; a law without an article counts where it stands as a basis."""
    plain: Mapping[str, object] = msgspec.to_builtins(one)
    return tuple(
        dict.fromkeys(
            Cited(field, found.law, found.article)
            for field, value in plain.items()
            for found in _found(value, register, "")
        )
    )


def _found(value: object, register: Register, law: str) -> Iterator[Citation]:
    match value:
        case str():
            yield from citations(value, register, law)
        case {"law": str(named), **others}:
            known = register.find(named)
            name = known.name if known else named
            articles = list(_found(others.get("article", ""), register, name))
            yield from articles or [Citation(name)]
            yield from (one for key, text in others.items() if key != "article" for one in _found(text, register, name))
        case dict():
            yield from (one for inner in value.values() for one in _found(inner, register, law))
        case list() | tuple():
            yield from (one for inner in value for one in _found(inner, register, law))


def places(entries: Iterable[object], one: Cited, register: Register) -> list[tuple[int, str]]:
    """Where among the entries of a list a law is cited so: which entry (from 0), and in what of it."""
    return [
        (at, key)
        for at, entry in enumerate(entries)
        for key, found in _by_key(msgspec.to_builtins(entry), register)
        if Cited(one.field, found.law, found.article) == one
    ]


def _by_key(entry: Mapping[str, object], register: Register) -> Iterator[tuple[str, Citation]]:
    law = str(entry.get("law", ""))
    known = register.find(law) if law else None
    name = known.name if known else law
    for key, value in entry.items():
        if key != "law":
            yield from ((key, found) for found in _found(value, register, name))
    if law and not any(_found(entry.get("article", ""), register, name)):
        yield "law", Citation(name)


def unread(item: Item, one: LegalBasis, register: Register) -> str:
    """The mark behind a basis of the sample whose text nobody could read; "" for others. A banner answers for its own
    list."""
    if not item.sample:
        return ""
    found = list(_found(one.article, register, one.law)) or [Citation(one.law)]
    standings = {register.judge(each.law, each.article, item.effective_from).standing for each in found}
    return "（示例：原文没有核对）" if standings & {Standing.UNREAD, Standing.UNKNOWN} else ""


def spoken_of(item: Item, today: dt.date) -> dt.date:
    """The day by which the citations of `item` are judged: today, within the days of this version."""
    day = max(item.effective_from, today)
    return day if item.effective_to is None else min(day, item.effective_to)


def findings(catalogue: Catalogue, register: Register, today: dt.date) -> list[Finding]:
    """Every citation of `catalogue` that is not sound on the day that its version speaks of."""
    made: list[Finding] = []
    for item in catalogue.items:
        made += _unsound(item.item_name, item.version, cited(item, register), register, spoken_of(item, today))
    for regime in catalogue.regimes:
        made += _unsound(regime.name, 0, cited(regime, register), register, today)
    return made


def _unsound(name: str, version: int, found: Iterable[Cited], register: Register, day: dt.date) -> Iterator[Finding]:
    for one in found:
        judged = register.judge(one.law, one.article, day)
        if judged.standing is not Standing.SOUND:
            yield Finding(name, version, one, judged)


def moved(items: Iterable[Item], regimes: Iterable[Regime], register: Register, today: dt.date) -> list[Moved]:
    """The items whose law moved after their version began, until its last day or today; and the legal clocks whose
    law cannot be cited any more."""
    made = [_moved_item(one, register, today) for one in items]
    made += [_moved_regime(one, register, today) for one in regimes]
    return [one for one in made if one.moves or (one.again and not one.version)]


def _moved_item(item: Item, register: Register, today: dt.date) -> Moved:
    found, until = cited(item, register), spoken_of(item, today)
    by_law = {one.law: register.moves(one.law, item.effective_from, until) for one in found}
    again = tuple(one for one in found if by_law[one.law])
    moves = tuple(sorted((move for moves in by_law.values() for move in moves), key=lambda one: one.on))
    return Moved(item.item_name, item.task_code, item.version, item.effective_from, moves, again)


def _moved_regime(regime: Regime, register: Register, today: dt.date) -> Moved:
    found = cited(regime, register)
    gone = [one for one in found if register.judge(one.law, one.article, today).standing not in _QUIET]
    laws = dict.fromkeys(one.law for one in gone)
    moves = tuple(move for law in laws for move in register.moves(law, dt.date.min, today)[-1:])
    return Moved(regime.name, regime.code, 0, None, moves, tuple(gone))
