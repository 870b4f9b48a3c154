"""The posts on the page of a case: which it walked, whose turn it is, what this visitor may do, whom it may go to."""

from __future__ import annotations

from typing import Any

from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.run import guard
from desk.centre.web import case_steps
from desk.counter.pictures import MOST as FILE_MOST
from desk.folds import case as cases
from desk.folds import case_clocks
from desk.folds.office.roster import turns
from desk.folds.office.roster.duties import NAMES, Duty, Roster, may_be_one
from desk.folds.office.roster.turns import By, Turn
from desk.law.catalogue.item import Item
from desk.log.duty.duty_events import VERDICTS, Assigned, Opined


def by_of(centre: Centre, visitor: guard.Visitor, case: cases.Case) -> By:
    """Who the visitor is before this case."""
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        return centre.judge().by(db, visitor.account, case)


def facts(centre: Centre, visitor: guard.Visitor, case: cases.Case, *, may_handle: bool) -> dict[str, Any]:
    """What the page of a case needs; `may_handle`: whether the visitor moves cases of this centre at all."""
    by, law = by_of(centre, visitor, case), centre.publications.law(case)
    item = law.item
    allowed = cases.allowed(case.state, cases.Side.CENTRE) if may_handle else ()
    may = {kind for kind in allowed if turns.refusal(case, item, kind, None, by) is None}
    now, out = turns.turn(case, item), turns.papers_out(case)
    is_cut = may_handle and bool(by.roster.holders)
    shows = may_handle and turns.refusal(case, item, "case.corrected", None, by) is None
    return {
        "may": may,
        "steps": case_steps.shown(case, law, by.roster, by.today),
        "may_handle": may_handle,
        "may_correct": shows,
        "may_issue": may_handle and turns.refusal(case, item, "case.issued", None, by) is None,
        "is_chief": by.is_chief or Duty.DECIDE in by.duties,
        "asked_before": case_clocks.supplements(case),
        "walk": _walk(now, by, case) if by.roster.holders else [],
        "turn_words": _words(now, by) if by.roster.holders else "",
        "opining": _opining(case, now, item, by) if is_cut else None,
        "assigning": _assigning(case, now, item, by) if is_cut else None,
        "out": out,
        "most_mb": FILE_MOST >> 20,
        "scans": [{"title": one.title, "number": one.document_no, "ref": one.files[0]} for one in turns.sealed(case)],
    }


def _walk(now: Turn, by: By, case: cases.Case) -> list[dict[str, str]]:
    """The posts of its way, each with what was said there."""
    made = []
    for duty in now.walked:
        passed = now.of(duty)
        kind = "done" if passed else "now" if duty is now.duty else "to-come"
        holders = "、".join(by.roster.on(duty, by.today).values()) or "没有人"
        if passed:
            parts = (passed.name, clock.minute(passed.time), VERDICTS.get(passed.verdict, ""), passed.opinion)
            told = "　".join(one for one in parts if one)
        else:
            told = (now.name if duty is now.duty and turns.keeper(now, by.roster, by.today) else "") or holders
        made.append({"name": NAMES[duty], "kind": kind, "told": told})
    if case.state in cases.ENDED or now.duty is Duty.WINDOW:
        made.append({"name": "统一出件", "kind": "now" if now.duty is Duty.WINDOW else "done", "told": ""})
    return made


def _words(now: Turn, by: By) -> str:
    """Whose turn it is, for people."""
    if now.duty is None:
        return ""
    held = turns.keeper(now, by.roster, by.today)
    if held == by.account or (not held and now.duty in by.duties):
        return f"轮到您：{NAMES[now.duty]}"
    who = by.roster.on(now.duty, by.today)
    if now.duty is Duty.WINDOW and not who:
        return "轮到“综合窗口”：统一出件"  # the general window of the centre
    return f"轮到“{NAMES[now.duty]}”：{who.get(held) or '、'.join(who.values()) or '没有人在岗'}"


def _opining(case: cases.Case, now: Turn, item: Item | None, by: By) -> dict[str, Any] | None:
    """The form of an opinion; None where it is not theirs to say one. Who decides may only send it back."""
    if now.duty is None or now.duty not in now.walked:
        return None
    to = turns.sendable(now)
    sample = Opined(by.account, "", now.duty, "grant")
    if now.duty is Duty.DECIDE:
        sample = Opined(by.account, "", now.duty, "back", "-", back_to=to[-1] if to else "")
    if turns.refusal(case, item, "case.opined", sample, by) is not None:
        return None
    at = now.walked.index(now.duty) + 1
    after = now.walked[at] if at < len(now.walked) else None
    return {
        "duty": now.duty.value,
        "name": NAMES[now.duty],
        "verdicts": {} if now.duty is Duty.DECIDE else {key: VERDICTS[key] for key in ("grant", "refuse")},
        "back": {one.value: NAMES[one] for one in to},
        "next": NAMES[after] if after else "",
        "people": _people(now, item, after, by.roster, by) if after else {},
        "proposed": now.proposed,
    }


def _people(now: Turn, item: Item | None, duty: Duty, roster: Roster, by: By) -> dict[str, str]:
    """Who stands at a post today and may take this case there."""
    busy = [one for one in now.passed if not may_be_one(item, one.duty, duty)]
    taken = {one.account for one in busy}
    if now.duty and now.duty is not duty and not may_be_one(item, now.duty, duty):
        taken.add(by.account)
    return {account: name for account, name in roster.on(duty, by.today).items() if account not in taken}


def _assigning(case: cases.Case, now: Turn, item: Item | None, by: By) -> dict[str, Any] | None:
    """The form that gives the case to somebody at this post; None where it is not theirs to give."""
    if now.duty is None or now.duty is Duty.WINDOW:
        return None
    held = turns.keeper(now, by.roster, by.today)
    people = {one: name for one, name in _people(now, item, now.duty, by.roster, by).items() if one != held}
    who = next(iter(people), "")
    asked = Assigned(by.account, "", now.duty, who, people.get(who, ""))
    if not who or turns.refusal(case, item, "case.assigned", asked, by) is not None:
        return None
    mine = not held and by.account in people
    return {"duty": now.duty.value, "name": NAMES[now.duty], "people": people, "mine": mine, "held": bool(held)}
