"""How a decision is contested 救济途径: with whose names the words of an item or its regime are told.

Who is not told the right, the organ that reviews and the time may ask for review for up to a year (行政复议法§20), so
all three are named. The banner's government reviews its departments, its townships and the bodies that it runs; the
level above reviews the banner's own government (§24). The court is that of the organ's place (行政诉讼法§14, §18), of
the league where a banner's government itself is sued (§15). An office whose cases another court hears writes its name
into the item's own words.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from desk.law.bodies.body import Body, Kind, bare
from desk.law.bodies.register import Register
from desk.law.catalogue.item import Item, Regime
from desk.law.catalogue.load import with_law
from desk.law.divisions import Division, Divisions

# Where neither item nor regime says anything: what holds for any administrative act (行政复议法§20, 行政诉讼法§44).
USUAL = (
    "不服本决定的，可以自知道本决定之日起 60 日内向{复议机关}申请行政复议（行政复议法§20），"
    "也可以自知道之日起 6 个月内向{法院}提起行政诉讼（行政诉讼法§46）；法律另有规定的，依照其规定。"
)
# What every item of the first samples and every entry of before carried, whatever it was: it says nothing of the item.
_OF_EVERYTHING = "可自知道决定之日起 60 日内申请行政复议，或 6 个月内提起行政诉讼。"
_BANNER, _LEAGUE, _REGION = 6, 4, 2  # digits of their codes
_TOWNSHIPS = ("苏木人民政府", "镇人民政府", "乡人民政府", "街道办事处")
_ANY_REVIEWER, _ANY_COURT = "有管辖权的行政复议机关", "有管辖权的人民法院"
_NOT_GOVERNED = ("开发区", "园区", "管理区")  # run by a committee, not by a people's government


class Whom(msgspec.Struct, frozen=True):
    """Who reviews what an organ decides, the court that hears a suit against it, the justice bureau of the place."""

    reviewer: str = _ANY_REVIEWER
    court: str = _ANY_COURT
    justice: str = "设立该机构的司法行政部门"


def whom(organ: Body | None, name: str, place: str, register: Register, divisions: Divisions, day: dt.date) -> Whom:
    """Who they are for the organ called `name` (`organ` as the register has it, None where it is not in it), which
    works at the division `place` (any padding)."""
    division = organ.division if organ else bare(place)[:_BANNER]
    if len(division) < _BANNER:
        return Whom(_government(register, divisions, division, day) or _ANY_REVIEWER)
    banner, league = divisions.get(division[:_BANNER]), divisions.get(division[:_LEAGUE])
    if banner is None or league is None or _is_none(banner):
        return Whom()
    own = _government(register, divisions, banner.code, day)
    justice = f"{banner.name}司法局"
    if name == own:
        above = _government(register, divisions, league.code, day)
        return Whom(above, f"{league.name}中级人民法院", justice)
    return Whom(own, f"{banner.name}人民法院", justice)


def full_name(name: str, place: str, divisions: Divisions) -> str:
    """What stands over an organ's papers: a township's government with its banner before it."""
    banner = divisions.get(bare(place)[:_BANNER])
    is_short = banner is not None and name.endswith(_TOWNSHIPS) and not name.startswith(banner.name)
    return f"{banner.name}{name}" if banner and is_short else name


def _is_none(banner: Division) -> bool:
    return banner.name.endswith(_NOT_GOVERNED)


def _government(register: Register, divisions: Divisions, code: str, day: dt.date) -> str:
    """The government of a banner, a league (行政公署) or the region; "" where the division is not known."""
    known = next((one for one in register.serving(Kind.GOVERNMENT, code) if one.is_open(day)), None)
    division = divisions.get(code)
    if known is not None:
        return known.name_on(day)
    if division is None:
        return ""
    return f"{division.name}行政公署" if division.name.endswith("盟") else f"{division.name}人民政府"


def remedy(item: Item | None, regime: Regime | None, names: Whom, *, accepted: bool = True) -> str:
    """The words for a decision on `item`, the item's own before its regime's; `accepted` False where the application
    itself was turned away."""
    regime = with_law(regime)
    own = item.remedy if item and says_something(item.remedy) else ""
    said = own or (regime.remedy if regime else "") or USUAL
    if not accepted and regime is not None and regime.remedy_unaccepted:
        said = regime.remedy_unaccepted
    for mark, name in (("{复议机关}", names.reviewer), ("{法院}", names.court), ("{司法局}", names.justice)):
        said = said.replace(mark, name)
    return said


def says_something(words: str) -> bool:
    """Whether words about a remedy were written for this item."""
    return bool(words) and not words.endswith(_OF_EVERYTHING)


def told(item: Item, regime: Regime | None, place: str, register: Register, divisions: Divisions, day: dt.date) -> Item:
    """`item` as guides and pages of `place` have it (`competence.on_paper`), its remedy in words with names."""
    organ = register.named(item.org_name)
    names = whom(organ, item.org_name, place, register, divisions, day)
    return msgspec.structs.replace(item, remedy=remedy(item, regime, names))
