"""Whose turn a case is: the posts that it walked, whom it was given to, and who may take which step.

Pure: a case, its item, the posts of its body and the day go in. A body that set no posts is one at which whoever
handles cases takes every step, as it always was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from desk.folds import case as cases
from desk.folds import organ_papers
from desk.folds.case import State
from desk.folds.office.roster.duties import NAMES, Duty, Roster, may_be_one, walk
from desk.folds.refusal import Refusal
from desk.law.catalogue.item import Item
from desk.log import events
from desk.log.duty.duty_events import VERDICTS, Assigned, Opined, PaperOut

_UNREAD = (State.ARRIVED, State.PRE_CHECK)
_UNDER_WAY = (State.ACCEPTED, State.IN_REVIEW, State.EXTENDED)
_GIVEN_OUT = (State.GRANTED, State.REFUSED, State.CERTIFYING, State.RETURNING)
_FRONT = (Duty.WINDOW, Duty.ACCEPT)
_OUT = (Duty.WINDOW, Duty.ACCEPT, Duty.HANDLE)
_ANY = tuple(Duty)
# Who may take a step of the law; what is not here is of whose turn it is.
_MAY: dict[str, tuple[Duty, ...]] = {
    "case.pre_checked": _FRONT,
    "case.arrived": _FRONT,
    "case.accepted": (Duty.ACCEPT,),
    "case.not_accepted": (Duty.ACCEPT,),
    "case.unaccepted": (Duty.ACCEPT,),
    "case.supplement_asked": (Duty.ACCEPT,),
    "case.extended": (Duty.DECIDE,),
    "case.taken_back": (Duty.DECIDE,),
    "case.certifying": (*_OUT, Duty.DECIDE),
    "case.returning": _OUT,
    "case.served": _OUT,
    "case.concluded": _OUT,
    "case.archived": _OUT,
    "case.withdrawn": _OUT,
    "case.corrected": _ANY,
    "case.issued": _ANY,
    "case.sealed": _ANY,
}
# A second supplement is the chief's, and who decides is one.
_SECOND = (Duty.ACCEPT, Duty.DECIDE)
DECISIONS = frozenset({"case.granted", "case.refused"})
_ENDINGS = frozenset({"case.returned", "case.voided"})
_ASSIGNED = "case.assigned"
OF_TURNS = frozenset({"case.opined", _ASSIGNED, "case.issued", "case.sealed"})  # what moves no state


class Passed(msgspec.Struct, frozen=True):
    """A post that is done with the case: who stood there, what was proposed."""

    duty: Duty
    account: str
    name: str
    time: str
    verdict: str = ""
    opinion: str = ""
    band: str = ""
    basis: str = ""


class Turn(msgspec.Struct, frozen=True):
    """Whose turn a case is: the post, and the account that it was given to ("" for whoever stands there); `passed`
    what is behind it, `walked` all posts of its way. No post: it waits for somebody outside, or is at its end."""

    duty: Duty | None
    account: str
    name: str
    passed: tuple[Passed, ...]
    walked: tuple[Duty, ...]

    def of(self, duty: Duty) -> Passed | None:
        """What a post said."""
        return next((one for one in self.passed if one.duty is duty), None)

    @property
    def proposed(self) -> Passed | None:
        """The last opinion on what to decide."""
        return next((one for one in reversed(self.passed) if one.verdict), None)


class By(msgspec.Struct, frozen=True):
    """Who takes a step: the account, the posts of the body that has the case, the day, whether a chief 窗口首席代表,
    whether of the general window 综合窗口 of the whole centre, which takes in and gives out and leaves decisions to the
    body behind it 前台综合受理、后台分类审批."""

    account: str
    roster: Roster
    today: dt.date
    is_chief: bool = False
    is_window: bool = False
    has_back: bool = False  # the body has, or ought to have, people of its own, though it set no posts

    @property
    def duties(self) -> frozenset[Duty]:
        """The posts that they stand at today."""
        found = self.roster.duties(self.account, self.today)
        return found | {Duty.WINDOW} if self.is_window else found


def followed(
    lines: Sequence[cases.HistoryLine], item: Item | None
) -> Iterator[tuple[cases.HistoryLine, Duty | None, State]]:
    """Each of these lines, all of which count, with whose turn the case was after it, and in which state."""
    walked, state = walk(item), State.COLLECTED
    passed: dict[Duty, Passed] = {}
    for line in lines:
        _follow(line, walked, passed, {})
        state = cases.MOVES[line.kind].target if line.kind in cases.MOVES else state
        yield line, _now(state, walked, passed), state


def turn(case: cases.Case, item: Item | None) -> Turn:
    """Whose turn `case` is by its history and the steps of `item`."""
    walked = walk(item)
    passed: dict[Duty, Passed] = {}
    given: dict[Duty, tuple[str, str]] = {}
    for line in case.history:
        if not line.refused:
            _follow(line, walked, passed, given)
    duty = _now(case.state, walked, passed)
    account, name = given.get(duty, ("", "")) if duty else ("", "")
    return Turn(duty, account, name, tuple(passed[one] for one in walked if one in passed), walked)


def _follow(
    line: cases.HistoryLine,
    walked: tuple[Duty, ...],
    passed: dict[Duty, Passed],
    given: dict[Duty, tuple[str, str]],
) -> None:
    match line.kind, line.step:
        case ("case.accepted", _):
            passed[Duty.ACCEPT] = Passed(Duty.ACCEPT, line.account, line.author, line.time)
        case ("case.unaccepted" | "case.arrived", _):
            passed.clear()
        case ("case.granted" | "case.refused", _):
            passed[Duty.DECIDE] = Passed(Duty.DECIDE, line.account, line.author, line.time)
        case ("case.taken_back", _):
            passed.pop(Duty.DECIDE, None)
        case (_, Assigned(duty=duty, account=account, name=name)) if duty in set(Duty):
            given[Duty(duty)] = account, name
        case (_, Opined() as said) if said.duty in set(Duty):
            _opined(line, said, walked, passed, given)


def _opined(
    line: cases.HistoryLine,
    said: Opined,
    walked: tuple[Duty, ...],
    passed: dict[Duty, Passed],
    given: dict[Duty, tuple[str, str]],
) -> None:
    duty = Duty(said.duty)
    if said.verdict == "back":
        to = walked.index(Duty(said.back_to)) if said.back_to in walked else 1
        for one in walked[to:]:
            passed.pop(one, None)
        return
    passed[duty] = Passed(duty, line.account, line.author, line.time, said.verdict, said.opinion, said.band, said.basis)
    after = next((one for one in walked if one not in passed), None)
    if said.to and after is not None:
        given[after] = said.to, said.to_name


def _now(state: State, walked: tuple[Duty, ...], passed: dict[Duty, Passed]) -> Duty | None:
    if state in _UNREAD:
        return Duty.ACCEPT
    if state in _GIVEN_OUT:
        return Duty.WINDOW
    if state in _UNDER_WAY or state is State.SUSPENDED:
        return next((one for one in walked if one is not Duty.ACCEPT and one not in passed), Duty.DECIDE)
    return None


def sendable(now: Turn) -> tuple[Duty, ...]:
    """The posts that whoever's turn it is may send the case back to."""
    if now.duty not in now.walked:
        return ()
    return tuple(one for one in now.walked[: now.walked.index(now.duty)] if one is not Duty.ACCEPT)


# -- who may -----------------------------------------------------------------------------------------------------


def refusal(case: cases.Case, item: Item | None, kind: str, data: msgspec.Struct | None, by: By) -> Refusal | None:
    """Why `by` may not take this step of `case`; None when it is theirs."""
    if isinstance(data, PaperOut) and (found := _not_out(case, kind, data)):
        return found
    if not by.roster.holders:
        return _without_posts(kind, by)
    if away := by.roster.absence(by.account, by.today):
        said = f"您登记了 {away.since} 至 {away.until} 请假，由{away.deputy_name}代理。"
        return Refusal(said, "已经回来的，请先在“分工”页销假。")
    now = turn(case, item)
    match data:
        case Assigned():
            return _not_given(now, item, data, by)
        case Opined():
            return _not_opined(case, now, item, data, by)
    if kind in _ENDINGS:  # before it was accepted of who accepts, then of who decides
        return _not_there(kind, (Duty.DECIDE if case.accepted_at else Duty.ACCEPT,), now, item, by)
    duties = _SECOND if kind == "case.supplement_asked" and case.supplement is not None else _MAY.get(kind)
    if duties is not None:
        return _not_there(kind, duties, now, item, by)
    if kind in DECISIONS and now.duty is not Duty.DECIDE:
        return Refusal(f"还没有到决定的时候：现在是“{_name(now)}”岗办。", _todo(now, by))
    return _not_mine(now, item, by)


def _without_posts(kind: str, by: By) -> Refusal | None:
    if kind in ("case.opined", _ASSIGNED):
        return Refusal("本机关没有设岗位，不用交办、提意见。", "谁经办谁决定；要分岗，请先在“分工”页设岗位。")
    if kind in DECISIONS and by.is_window and by.has_back:
        todo = "请主管部门的经办人或首席代表决定；那里还没有人的，请系统管理员在“人员”页开账号。"
        return Refusal("综合窗口只收件、出件，不作决定。", todo)
    return None


def _name(now: Turn) -> str:
    return NAMES[now.duty] if now.duty else ""


def _not_there(kind: str, duties: tuple[Duty, ...], now: Turn, item: Item | None, by: By) -> Refusal | None:
    """Whether they stand at one of the posts that such a step is of."""
    if not by.duties & set(duties):
        said = f"“{events.name(kind)}”归{'、'.join(NAMES[one] for one in duties)}岗，不归您。"
        if not set(duties) <= set(_OUT):
            return Refusal(said, "请有这个岗位的同事办理。")
        who = "、".join(dict.fromkeys(name for one in duties for name in by.roster.on(one, by.today).values()))
        return Refusal(said, f"请{who or '有岗位的同事'}办理。")
    if now.duty in duties and now.duty is not Duty.WINDOW:
        return _not_given_to(now, by) or _both(now, item, now.duty, by)
    return None


def _not_mine(now: Turn, item: Item | None, by: By) -> Refusal | None:
    if now.duty is None:
        return None
    if now.duty not in by.duties:
        return Refusal(f"现在轮到“{_name(now)}”岗，不归您。", _todo(now, by))
    return _not_given_to(now, by) or _both(now, item, now.duty, by)


def _todo(now: Turn, by: By) -> str:
    if now.duty is None:
        return ""
    there = by.roster.on(now.duty, by.today)
    who = there.get(now.account) or "、".join(there.values())
    return f"请{who}办理。" if who else f"“{_name(now)}”岗现在没有人，请首席代表在“分工”页设人。"


def keeper(now: Turn, roster: Roster, day: dt.date) -> str:
    """The account that has the case on `day`: whom it was given to, or their deputy; "" where it was given to nobody,
    or to somebody who does not stand at that post any more."""
    if now.duty is None or not now.account or now.duty not in roster.held(now.account):
        return ""
    away = roster.absence(now.account, day)
    return away.deputy if away else now.account


def _not_given_to(now: Turn, by: By) -> Refusal | None:
    """It was given to somebody else, who still stands at that post."""
    held = keeper(now, by.roster, by.today)
    if not held or held == by.account:
        return None
    name = by.roster.on(now.duty, by.today).get(held, now.name) if now.duty else now.name
    return Refusal(f"这一件交给了{name}办。", f"请{name}办理；要换人，请{name}或首席代表转办。")


def _both(now: Turn, item: Item | None, duty: Duty, by: By) -> Refusal | None:
    """One person at two posts of a case, where the item does not have one post for both."""
    for one in now.passed:
        if one.account == by.account and one.duty is not duty and not may_be_one(item, one.duty, duty):
            said = f"这一件的“{NAMES[one.duty]}”是您办的，“{NAMES[duty]}”不能再由您办。"
            return Refusal(said, "事项的流程写的是两个岗位，请另一位同事办理，或转办。")
    return None


def _not_given(now: Turn, item: Item | None, data: Assigned, by: By) -> Refusal | None:
    if now.duty is None or now.duty is Duty.WINDOW or data.duty != now.duty:
        return Refusal("这一件现在不用交办。", "请看清最新记录再办。")
    may = by.is_chief or Duty.DECIDE in by.duties
    if not may and (by.account not in by.roster.on(now.duty, by.today) or _not_given_to(now, by)):
        return Refusal(f"转办归“{_name(now)}”岗的经办人、首席代表和决定岗。", _todo(now, by))
    if data.account not in by.roster.on(now.duty, by.today):
        return Refusal(f"{data.name or data.account}今天不在“{_name(now)}”岗。", "请选在岗的同事。")
    if found := _both(now, item, now.duty, msgspec.structs.replace(by, account=data.account)):
        return Refusal(found.happened.replace("您", data.name), "请选另一位同事。")
    return None


def _not_opined(case: cases.Case, now: Turn, item: Item | None, data: Opined, by: By) -> Refusal | None:
    if now.duty is None or data.duty != now.duty or case.state not in _UNDER_WAY:
        return Refusal("现在不是提意见的时候。", "请看清最新记录再办。")
    if found := _not_mine(now, item, by):
        return found
    if data.verdict not in VERDICTS:
        return Refusal("请选意见：同意准予、建议不予，还是退回。")
    if data.verdict == "back":
        if data.back_to not in sendable(now):
            return Refusal("没有可以退回的岗位。")
        return None if data.opinion.strip() else Refusal("请写明退回的原因。")
    if now.duty is Duty.DECIDE:
        return Refusal("决定岗不提意见，直接作出决定。")
    if data.verdict == "refuse" and not data.opinion.strip():
        return Refusal("建议不予的，请写明理由。")
    if data.band and item is not None and data.band not in {f"{one.code} {one.name}" for one in item.bands}:
        return Refusal("这个事项没有这一档裁量标准。")
    return _not_next(now, data, by)


def _not_next(now: Turn, data: Opined, by: By) -> Refusal | None:
    """Whom it is to go to stands at the next post."""
    if not data.to:
        return None
    at = now.walked.index(Duty(data.duty)) + 1
    after = now.walked[at]
    if data.to in by.roster.on(after, by.today):
        return None
    return Refusal(f"{data.to_name or data.to}今天不在“{NAMES[after]}”岗。", "请选在岗的同事，或不指定人。")


# -- papers ------------------------------------------------------------------------------------------------------


def _not_out(case: cases.Case, kind: str, data: PaperOut) -> Refusal | None:
    """A paper is made out once its organ acted, once for each act; a scan is kept of one that was made out."""
    if data.paper not in organ_papers.titles(case) or len(data.files) != 1:
        return Refusal("这份文书现在还不能出。", "请先办理，再出文书。")
    is_out = data.paper in papers_out(case)
    if kind == "case.issued" and is_out:
        return Refusal(f"《{data.title}》已经出具过。", "再打印的，打开已出具的那一份，内容一样。")
    if kind == "case.sealed" and not is_out:
        return Refusal(f"《{data.title}》还没有出具。", "请先出具正本，盖章后再存盖章件。")
    return None


def papers_out(case: cases.Case) -> dict[str, PaperOut]:
    """The papers of the organ that were made out as originals, by key, each the last; those of an act that was taken
    back are none of them."""
    found: dict[str, PaperOut] = {}
    for line in case.history:
        if line.refused:
            continue
        if line.kind == "case.issued" and isinstance(line.step, PaperOut):
            found[line.step.paper] = line.step
        for key, kinds in organ_papers.KINDS.items():
            if line.kind in kinds:
                found.pop(key, None)
    return found


def sealed(case: cases.Case) -> tuple[PaperOut, ...]:
    """The scans of what was sealed, in the order in which they were kept."""
    lines = (one.step for one in case.history if one.kind == "case.sealed" and not one.refused)
    return tuple(one for one in lines if isinstance(one, PaperOut))
