"""The posts 岗位 that a case walks, as the item's steps say, and who holds them at a body.

The steps of an item are free text of the office; what each of them is, its code or its name tells. An item that says
nothing of its steps walks all posts; one that is done on the spot 即办 is accepted and decided in one.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from desk.folds.office.office_record import Asked, Family, Line, Step, steps
from desk.folds.refusal import Refusal
from desk.law.catalogue.item import Item
from desk.log.chain import Entry
from desk.log.duty.duty_events import Away, Back, Holder, RosterSet, Section, SectionsSet

_INSTANT = "1"  # case_type of 即办件, annex A.6


class Duty(StrEnum):
    """A post. WINDOW 综合窗口 takes in and gives out, and decides nothing."""

    WINDOW = "window"
    ACCEPT = "accept"
    HANDLE = "handle"
    REVIEW = "review"
    DECIDE = "decide"


NAMES: dict[Duty, str] = {
    Duty.WINDOW: "综合窗口",
    Duty.ACCEPT: "受理",
    Duty.HANDLE: "承办",
    Duty.REVIEW: "审核",
    Duty.DECIDE: "决定",
}
WALKED = (Duty.ACCEPT, Duty.HANDLE, Duty.REVIEW, Duty.DECIDE)
# What a step is: by its code, else by the first of these words in its name.
_CODES: dict[str, Duty | None] = {
    "collect": None,
    "arrive": None,
    "accept": Duty.ACCEPT,
    "review": Duty.REVIEW,
    "check": Duty.REVIEW,
    "verify": Duty.REVIEW,
    "decide": Duty.DECIDE,
    "deliver": None,
    "serve": None,
    "finish": None,
}
_WORDS: tuple[tuple[str, Duty | None], ...] = (
    ("申请", None),
    ("收件", None),
    ("接收", None),
    ("送达", None),
    ("发证", None),
    ("制证", None),
    ("领取", None),
    ("办结", None),
    ("归档", None),
    ("受理", Duty.ACCEPT),
    ("决定", Duty.DECIDE),
    ("审批", Duty.DECIDE),
    ("批准", Duty.DECIDE),
    ("核准", Duty.DECIDE),
    ("签发", Duty.DECIDE),
    ("审核", Duty.REVIEW),
    ("复核", Duty.REVIEW),
    ("复审", Duty.REVIEW),
)


@functools.lru_cache(4096)  # the steps of some hundred items, asked for with every case
def duty_of(code: str, name: str) -> Duty | None:
    """Whose step that is; None for one of the point or of the window."""
    if code in _CODES:
        return _CODES[code]
    return next((duty for word, duty in _WORDS if word in name), Duty.HANDLE)


def is_instant(item: Item | None) -> bool:
    """Whether it is done on the spot 即办件."""
    return item is not None and item.case_type == _INSTANT


def walk(item: Item | None) -> tuple[Duty, ...]:
    """The posts that a case of `item` walks, in their order."""
    if is_instant(item):
        return (Duty.ACCEPT, Duty.DECIDE)
    named = {duty_of(one.code, one.name) for one in item.steps} if item else set()
    if not named & {Duty.ACCEPT, Duty.DECIDE}:
        return WALKED
    return tuple(one for one in WALKED if one in named or one in (Duty.ACCEPT, Duty.DECIDE))


def may_be_one(item: Item | None, one: Duty, other: Duty) -> bool:
    """Whether one person may take both steps of a case: on the spot, where the item names one post for both, and where
    it says nothing of them, to accept and to handle."""
    if one is other or is_instant(item):
        return True
    listed = item.steps if item else ()
    found = {key: {step.post for step in listed if duty_of(step.code, step.name) is key} for key in (one, other)}
    posts = found[one] & found[other] - {""}
    if posts:
        return True
    return not any(found.values()) and {one, other} == {Duty.ACCEPT, Duty.HANDLE}


class Absence(msgspec.Struct, frozen=True):
    """Somebody is away from `since` to `until` (ISO days), and who stands in."""

    account: str
    name: str
    deputy: str
    deputy_name: str
    since: dt.date
    until: dt.date
    reasons: str = ""


class Roster(msgspec.Struct, frozen=True):
    """Who holds which post of the body `id` (`roster:` and its code, or its name where it has none) as its entries tell
    it. Without holders the body has no posts: whoever handles its cases takes every step."""

    id: str
    org: str = ""
    holders: tuple[Holder, ...] = ()
    absences: tuple[Absence, ...] = ()
    history: tuple[Step, ...] = ()
    listed: tuple[Section, ...] = ()  # as they were set

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections 科室 of the body: those that were set, and what was written by hand before there was a list."""
        known = {one.code for one in self.listed}
        free = dict.fromkeys(one.section for one in self.holders if one.section and one.section not in known)
        return (*self.listed, *(Section(one, one) for one in free))

    @property
    def body(self) -> str:
        """The code of the body, or its name."""
        return self.id.partition(":")[2]

    def absence(self, account: str, day: dt.date) -> Absence | None:
        """That somebody is away on `day`."""
        return next((one for one in self.absences if one.account == account and one.since <= day <= one.until), None)

    def held(self, account: str) -> frozenset[Duty]:
        """What an account holds itself, away or not."""
        return frozenset(Duty(duty) for one in self.holders if one.account == account for duty in one.duties)

    def on(self, duty: Duty, day: dt.date) -> dict[str, str]:
        """Who stands at a post on `day`: names by account; of those who are away their deputies."""
        found: dict[str, str] = {}
        for one in self.holders:
            if duty in one.duties:
                away = self.absence(one.account, day)
                found |= {away.deputy: away.deputy_name} if away else {one.account: one.name}
        return found

    def duties(self, account: str, day: dt.date) -> frozenset[Duty]:
        """The posts that somebody stands at on `day`, own and as a deputy."""
        return frozenset(duty for duty in Duty if account in self.on(duty, day))

    def stood_in(self, account: str, day: dt.date) -> frozenset[str]:
        """The accounts that somebody stands in for on `day`."""
        return frozenset(
            one.account for one in self.absences if one.deputy == account and one.since <= day <= one.until
        )

    def section(self, account: str) -> str:
        """The code of the section 科室 of somebody; "" for none."""
        return next((one.section for one in self.holders if one.account == account), "")

    def section_name(self, account: str) -> str:
        """What the section of somebody is called; "" for none."""
        code = self.section(account)
        return next((one.name for one in self.sections if one.code == code), "")

    def colleagues(self, account: str) -> tuple[str, ...]:
        """Everybody of the same section who holds a post here; all of the body where no section is named."""
        mine = self.section(account)
        return tuple(one.account for one in self.holders if one.section == mine)


def subject(body: str) -> str:
    """What the entries about the posts of a body are about."""
    return f"roster:{body}"


def fold(entries: Iterable[Entry]) -> Roster | None:
    """The posts of a body as `entries` tell them."""
    found: Roster | None = None
    for entry, data, step in steps(entries):
        known = found or Roster(entry.subject)
        match data:
            case RosterSet():
                found = msgspec.structs.replace(known, org=data.org, holders=data.holders)
            case SectionsSet():
                found = msgspec.structs.replace(known, org=data.org, listed=data.sections)
            case Away():
                made = Absence(
                    data.account, data.name, data.deputy, data.deputy_name, data.since, data.until, data.reasons
                )
                found = msgspec.structs.replace(known, absences=(*known.absences, made))
            case Back():
                found = msgspec.structs.replace(known, absences=_ended(known.absences, data, step))
            case _:
                continue
        found = msgspec.structs.replace(found, history=(*found.history, _told(step, data)))
    return found


def _ended(absences: tuple[Absence, ...], data: Back, step: Step) -> tuple[Absence, ...]:
    """Without that absence from the day on which it was ended; one that had not begun yet never was."""
    last = dt.date.fromisoformat(step.time[:10]) - dt.timedelta(1)
    made = (
        msgspec.structs.replace(one, until=min(one.until, last))
        if (one.account, one.since) == (data.account, data.since)
        else one
        for one in absences
    )
    return tuple(one for one in made if one.since <= one.until)


def _told(step: Step, data: msgspec.Struct) -> Step:
    match data:
        case RosterSet(holders=()):
            text = "不再设岗位"
        case RosterSet():
            text = "；".join(f"{duty_words(one)} {one.name}" for one in data.holders)
        case SectionsSet():
            text = "、".join(one.name for one in data.sections) or "不再列科室"
        case Away():
            text = f"{data.name} {data.since} 至 {data.until} 由{data.deputy_name}代理"
            text += f"：{data.reasons}" if data.reasons else ""
        case _:
            text = step.text
    return msgspec.structs.replace(step, text=text)


def duty_words(holder: Holder) -> str:
    """The names of the posts that somebody holds."""
    return "、".join(NAMES[one] for one in Duty if one in holder.duties)


def refusal(record: msgspec.Struct | None, asked: Asked) -> Refusal | None:
    """Why the posts of a body may not be set so, or somebody not be away."""
    known = record if isinstance(record, Roster) else Roster("")
    match asked.data:
        case RosterSet() as told:
            return _not_set(known, told)
        case SectionsSet() as told:
            return _not_listed(known, told)
        case Away() as told:
            return _not_away(known, told, asked.today)
        case Back() as told:
            there = any((one.account, one.since) == (told.account, told.since) for one in known.absences)
            return None if there else Refusal("没有这次请假。")
    return Refusal("这一步没有说清。")


def _not_listed(known: Roster, told: SectionsSet) -> Refusal | None:
    """Each has a code and a name of its own, and none goes in which somebody still is."""
    names = [one.name.strip() for one in told.sections]
    codes = {one.code for one in told.sections}
    if "" in names or "" in codes or len(set(names)) < len(names) or len(codes) < len(names):
        return Refusal("科室没有名称，或有两个同名。", "请一个科室写一行，名称不重复。")
    for one in known.sections:
        people = [held.name for held in known.holders if held.section == one.code]
        if one.code not in codes and people:
            return Refusal(f"“{one.name}”还有{'、'.join(people)}。", "请先在分工里给他们换科室，再去掉这个科室。")
    return None


def _not_set(known: Roster, told: RosterSet) -> Refusal | None:
    if not told.holders:
        return None
    codes = {"", *(one.code for one in known.sections)}
    if strange := [one.section for one in told.holders if one.section not in codes]:
        return Refusal(f"这个机关没有“{strange[0]}”这个科室。", "请先在“科室”里增加，再选。")
    listed = [one.account for one in told.holders]
    if len(set(listed)) != len(listed) or any(not set(one.duties) <= set(Duty) for one in told.holders):
        return Refusal("岗位没有说清。", "请重新打开这一页再设。")
    empty = [NAMES[duty] for duty in WALKED if not any(duty in one.duties for one in told.holders)]
    if empty:
        return Refusal(f"“{'”“'.join(empty)}”还没有人。", "四个岗位都要有人，一人可占几个；不设岗位就把勾全去掉。")
    deciding = (Duty.HANDLE, Duty.REVIEW, Duty.DECIDE)
    both = [one.name for one in told.holders if Duty.WINDOW in one.duties and set(one.duties) & set(deciding)]
    if both:
        todo = "综合窗口只收件、出件，可以受本机关委托受理，不承办、审核、决定。"
        return Refusal(f"{'、'.join(both)}在综合窗口，不能再占承办、审核、决定岗。", todo)
    return None


def _not_away(known: Roster, told: Away, today: dt.date) -> Refusal | None:
    if told.until < told.since or told.until < today:
        return Refusal("请假的日子不对。", "最后一天不能早于第一天，也不能早于今天。")
    mine = known.held(told.account)
    if not mine:
        return Refusal(f"{told.name}在这个机关没有岗位，不用找人代理。")
    if told.deputy == told.account:
        return Refusal("自己不能代理自己。", "请选另一位同事。")
    if known.absence(told.deputy, told.since) or known.absence(told.deputy, told.until):
        return Refusal(f"{told.deputy_name}那几天自己也请假。", "请选在岗的同事。")
    clash = [one for one in known.absences if one.account == told.account and one.since <= told.until]
    if any(told.since <= one.until for one in clash):
        return Refusal(f"{told.name}这几天已经登记过请假。", "要改代理人，请先销假再登记。")
    window = Duty.WINDOW in mine and known.held(told.deputy) & {Duty.HANDLE, Duty.REVIEW, Duty.DECIDE}
    back = Duty.WINDOW in known.held(told.deputy) and mine & {Duty.HANDLE, Duty.REVIEW, Duty.DECIDE}
    if window or back:
        return Refusal("综合窗口的人不能代理承办、审核、决定岗，反过来也不能。", "请选另一位同事。")
    return None


def line(record: msgspec.Struct) -> Line:
    """For lists."""
    assert isinstance(record, Roster)  # noqa: S101 - the family's own fold made it
    last = record.history[-1].time[:10] if record.history else ""
    return Line("set" if record.holders else "none", last, record.org, org=record.body)


STATES: Mapping[str, str] = {"set": "已设岗位", "none": "没有设岗位"}
FAMILY = Family(fold, line, Roster, STATES, refusal, refusal)
