"""A decision before it is made: what is decided, by whom, on what law, with which band; the second step makes it."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from desk.centre.node import acting
from desk.centre.node.centre_node import must_still_be
from desk.centre.run import guard
from desk.centre.web import coming_back, confirming, keeping
from desk.centre.web.acts import ACTS, Handler, Told
from desk.centre.web.case import drawn, found_for
from desk.centre.web.case_posts import by_of
from desk.centre.web.confirming import WORDS
from desk.centre.web.frame import AbsentError, Seen, centre_of, page
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.folds import case_clocks, organs
from desk.folds.office.roster import turns
from desk.folds.office.roster.duties import NAMES, Duty
from desk.law import numbers
from desk.log import events
from desk.log.duty.duty_events import VERDICTS

router = APIRouter(include_in_schema=False)


@router.post("/cases/{intake_no}/decision/{verdict}")
def decision(request: Request, visitor: Handler, intake_no: str, verdict: str, seen: Seen, told: Told) -> Response:
    """The decision as it would be made; nothing is made yet. What would be refused is told at once."""
    centre, (case, there) = centre_of(request), found_for(request, visitor, intake_no)
    if verdict not in WORDS:
        raise AbsentError("没有这种决定，请从办件页上办理。")
    data = acting.made(centre, ACTS[verdict], case, told, visitor.name, visitor.org)
    try:
        must_still_be(there, seen)
        with centre.database.read() as db:
            centre.judge().must_allow_move(db, visitor.account, case, ACTS[verdict], data)
    except RefusedError as error:
        return drawn(request, visitor, intake_no, error.sentences(), 409)
    facts = _facts(request, visitor, case, data)
    sent = {name: words for name, words in msgspec.structs.asdict(told).items() if words}
    shared: dict[str, Any] = {"case": case, "seen": seen, "sent": sent, "verdict": verdict, "word": WORDS[verdict]}
    shared["shown"] = confirming.mark(centre, visitor, case.intake_no, ACTS[verdict], seen, told)
    kept = coming_back.carried(request)
    keeping.only_shown(request)
    return page(request, "decision.html", visitor=visitor, kept=kept, **shared, **facts)


def _facts(request: Request, visitor: guard.Visitor, case: cases.Case, data: events.Data) -> dict[str, Any]:
    centre = centre_of(request)
    law, by = centre.publications.law(case), by_of(centre, visitor, case)
    organ = organs.of_case(case, str(getattr(data, "org", "")), centre.publications.bodies, centre.today())
    code = str(getattr(data, "band", "")).partition(" ")[0]
    band = next((one for one in law.item.bands if one.code == code), None) if law.item and code else None
    now = turns.turn(case, law.item)
    due = case_clocks.of(case, law).due
    return {
        "number": numbers.grouped(case.intake_no),
        "organ": organ.name,
        "item": law.item,
        "post": NAMES[Duty.DECIDE] if by.roster.holders else "",
        "said": data,
        "band": band,
        "due": due,
        "late": bool(due) and due < centre.today().isoformat(),
        "remedy": organs.remedy(organ, law),
        "opinions": [
            {**msgspec.structs.asdict(one), "post": NAMES[one.duty], "words": VERDICTS.get(one.verdict, "")}
            for one in now.passed
            if one.verdict
        ],
    }
