"""Which article a paper of the organ cites: that of the item's own regime and kind, never one law for all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from desk.law.catalogue.item import Cited, Item, Moment, Regime
from desk.law.catalogue.load import with_law

LICENCE = "01"  # 行政许可, GB/T 39046-2020 annex A.1
# What the law on licences says of every one (行政许可法§32), whatever limits a law of its own sets; §38 is of its
# refusal and of its grant.
_LICENCES = {
    Moment.ACCEPTED: "§32(五)",
    Moment.SUPPLEMENT: "§32(四)",
    Moment.NOT_ACCEPTED: "§32",
    Moment.ELSEWHERE: "§32(二)",
    Moment.EXTENDED: "§42",
    Moment.SUSPENDED: "§45",
    Moment.GRANTED: "§38",
    Moment.REFUSED: "§38",
}
# Of these the item's own 设定依据 speaks too; of a notice in between only a law on proceedings does.
_ITEMS_OWN = (Moment.ACCEPTED, Moment.NOT_ACCEPTED, Moment.ELSEWHERE, Moment.GRANTED, Moment.REFUSED)
Facts = TypeVar("Facts", bound=msgspec.Struct)
_DIGITS = "零一二三四五六七八九"
_ARTICLE, _NUMBERED = re.compile(r"§(\d{1,4})"), re.compile(r"([（(])([一二三四五六七八九十]{1,3})[）)]")


def by(moment: Moment, item: Item | None, regime: Regime | None) -> tuple[Cited, ...]:
    """What a paper of this moment cites, most telling first; empty where no law speaks of it."""
    regime = with_law(regime)
    said = tuple(one for one in regime.cites if one.on is moment) if regime else ()
    if not said and moment is Moment.ELSEWHERE:
        said = tuple(one for one in regime.cites if one.on is Moment.NOT_ACCEPTED) if regime else ()
    if not said and item is not None and item.item_type == LICENCE:
        said = (Cited(moment, "行政许可法", _LICENCES[moment]),)
    own = tuple(Cited(moment, one.law, one.article) for one in item.legal_basis) if item else ()
    if moment in (Moment.GRANTED, Moment.REFUSED):
        return tuple(dict.fromkeys((*_decisive(own, moment, regime), *said)))
    return said or (own if moment in _ITEMS_OWN else ())


def _decisive(own: tuple[Cited, ...], moment: Moment, regime: Regime | None) -> Iterator[Cited]:
    """Of an item's 设定依据 what decides it: an article by which notices in between are made out does not."""
    between: set[tuple[str, str]] = set()
    for one in regime.cites if regime else ():
        if one.on is not moment:
            between |= {(one.law, number) for number in _ARTICLE.findall(one.article)}
    for one in own:
        numbers = {(one.law, number) for number in _ARTICLE.findall(one.article)}
        if not numbers or not numbers <= between:
            yield one


def written(cites: Iterable[Cited]) -> str:
    """As an official paper writes it: 《行政许可法》第三十二条第四项; "" for nothing."""
    laws: dict[str, list[str]] = {}
    for one in cites:
        laws.setdefault(one.law, []).append(one.article)
    return "，".join(in_full(law, "、".join(dict.fromkeys(filter(None, articles)))) for law, articles in laws.items())


def in_full(law: str, article: str) -> str:
    """《草原法》第十三条—第十五条 for 草原法 §13—§15; a rule that bears a number and no title stays as it is."""
    named = law if law.endswith(("号", "）")) or law.startswith("《") else f"《{law}》"
    return named + spelt(_NUMBERED.sub(lambda found: f"第{found[2]}项", article))


def spelt(words: str) -> str:
    """`words` with 第二十条 for §20."""
    return _ARTICLE.sub(lambda found: f"第{numeral(int(found[1]))}条", words)


def on_paper(facts: Facts) -> Facts:
    """An item or a regime with each article of its words as a paper writes it."""
    return msgspec.convert(_spelt_within(msgspec.to_builtins(facts)), type(facts))


def _spelt_within(part: object) -> object:
    match part:
        case str():
            return spelt(part) if "§" in part else part
        case dict():
            return {name: _spelt_within(one) for name, one in part.items()}
        case list() | tuple():
            return [_spelt_within(one) for one in part]
    return part


def numeral(number: int) -> str:
    """137 as 一百三十七, the way articles are numbered; 0 to 9999."""
    words, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + name
        zero = not digit
    return words.removeprefix("一") if 10 <= number < 20 else words or "零"
