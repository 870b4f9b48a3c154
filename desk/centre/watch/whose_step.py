"""Whose step 环节 a card is about: the office, the section, the people, since when, how many days that step has by its
own law and how many it took. An office is judged by its own step, not by what others took before it."""

from __future__ import annotations

import datetime as dt

import msgspec
import sqlalchemy as sa

from db.centre import people
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import GENERAL
from desk.folds import case as cases
from desk.folds import case_clocks
from desk.folds.case import State
from desk.folds.case_clocks import Law
from desk.folds.office.findings import is_points
from desk.folds.office.roster import own_steps, turns
from desk.folds.office.roster.duties import Duty, Roster
from desk.folds.office.roster.own_steps import OwnStep
from desk.law import deadline
from desk.log.office_events import StepJudged

_WHOLE = frozenset({"over", "promise", "by_hand"})  # late as a whole: whose own step was late
_NOW = frozenset({"deemed", "soon", "step", "suspended"})  # of whoever has it
_LAST = frozenset({"no_reasons", "supplement", "unserved"})  # of whoever had it last
RULES = _WHOLE | _NOW | _LAST


class Judged(msgspec.Struct, frozen=True):
    """The office that a card is for, the step, and a sentence that says all of it; each step that was longer than its
    own days is named there."""

    org: str
    own: StepJudged
    words: str


def judged(centre: Centre, db: sa.Connection, rule: str, number: str, state: str, org: str) -> Judged | None:
    """Whose step what `rule` found in the case `number` is; None where no post of the organ had it, or it is the
    point's. `org`: the organ before which the case lies."""
    if rule not in RULES or is_points(rule, state):
        return None
    case = cases.fold(centre.about(db, [number])[number])
    if case is None:
        return None
    law, today = centre.publications.law(case), centre.today()
    steps = case_clocks.own_steps_of(case, law)
    found = _found(rule, steps, today)
    if found is None:
        return None
    judge = centre.judge()
    office = _Office(centre, db, case, law, judge.roster(db, judge.lies(case)))
    own = office.own(found)
    late = [f"“{one.title}”{office.told(one)}" for one in steps if one is not found and one.late(today)]
    words = f"责任环节“{own.step}”{_who(own)}，{office.told(found)}。"
    words += f"前面超过本环节时限的：{'；'.join(late)}。" if late else ""
    return Judged(office.org(found, org), own, words)


def _found(rule: str, steps: tuple[OwnStep, ...], today: dt.date) -> OwnStep | None:
    if rule in _WHOLE:
        return own_steps.answerable(steps, today)
    if rule in _NOW:
        return own_steps.current(steps)
    if rule == "supplement":
        return next((one for one in reversed(steps) if one.duty is Duty.ACCEPT), None)
    return steps[-1] if steps else None


def _who(own: StepJudged) -> str:
    who = " ".join(one for one in (own.section, own.who) if one)
    return f"（{who}）" if who else ""


class _Office:
    """Who the posts of a body are to one case, today."""

    def __init__(self, centre: Centre, db: sa.Connection, case: cases.Case, law: Law, roster: Roster) -> None:
        self._db, self._today, self._case, self._law, self._roster = db, centre.today(), case, law, roster
        self._pauses = case_clocks.pauses(case)

    def own(self, step: OwnStep) -> StepJudged:
        """The step as a card tells it."""
        accounts = self._accounts(step)
        sections = dict.fromkeys(self._roster.section_name(one) for one in accounts)
        allowed, basis, due = self._limit(step)
        spent = own_steps.spent(step, self._today, self._law.table, self._pauses)
        who = "、".join(accounts.values())
        section = "、".join(one for one in sections if one)
        return StepJudged(step.title, step.duty.value, section, who, step.since, allowed, basis, spent, due)

    def told(self, step: OwnStep) -> str:
        """Since when, how many days it has and how many it took."""
        allowed, _, due = self._limit(step)
        spent = own_steps.spent(step, self._today, self._law.table, self._pauses)
        first = f"{step.since} 到手" + (f"，{step.until} 交出" if step.until else "")
        has = f"本环节 {allowed}，最迟 {due}" if due else f"本环节 {allowed}" if allowed else "事项没有写本环节的时限"
        return f"{first}，{has}，用了 {spent}"

    def org(self, step: OwnStep, org: str) -> str:
        """The office: the general window 综合窗口 where its people alone have the step, else the organ."""
        accounts = self._accounts(step)
        if accounts and all(self._is_window(one) for one in accounts):
            return GENERAL
        gives_out = step.duty is Duty.WINDOW and self._case.state is State.CERTIFYING
        return GENERAL if gives_out and self._roster.holders and not accounts else org

    def _is_window(self, account: str) -> bool:
        clerk = people.one_clerk(self._db, account)
        return clerk is not None and str(clerk["org"]).endswith(GENERAL)

    def _accounts(self, step: OwnStep) -> dict[str, str]:
        """Names by account: who went on from there, else whom it was given to, else whoever stands at the post."""
        if step.until is not None:
            return {step.account: step.name} if step.account and step.account in self._named() else {}
        there = self._roster.on(step.duty, self._today)
        held = turns.keeper(turns.turn(self._case, self._law.item), self._roster, self._today)
        return {held: there.get(held, held)} if held else there

    def _named(self) -> set[str]:
        """The accounts that ever moved the case at a centre."""
        return {one.account for one in self._case.history if cases.is_centre(one.node)}

    def _limit(self, step: OwnStep) -> tuple[str, str, dt.date | None]:
        """Its days in words, by what, and the last: the item's process, else what the regime says of this step."""
        if step.limits:
            return step.allowed, "事项办理流程", step.due.on if step.due else None
        regime = self._law.regime
        limit = regime.notice if regime and step.duty is Duty.ACCEPT else None
        limit = case_clocks.delivery_limit(regime) if step.duty is Duty.WINDOW else limit
        if limit is None:
            return "", "", None
        due = own_steps.last_day(step.since, (limit,), self._law.table)
        basis = f"{regime.name}：{regime.basis}" if regime else ""
        return deadline.words(limit), basis, due.on if due else None
