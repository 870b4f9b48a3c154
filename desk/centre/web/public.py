"""Pages for everybody: the first page, where a case stands, whether a receipt is genuine."""

from __future__ import annotations

import hmac
from collections import Counter
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Form, Query, Request, Response

from db.centre import rows
from db.centre.lists import case_rows
from desk import clock
from desk.centre.exchange import enrolment
from desk.centre.node.centre_node import Centre
from desk.centre.web import public_points
from desk.centre.web.frame import asker, centre_of, page
from desk.centre.web.public_guides import fresh, notices, on_shelf, sample_words
from desk.folds import case as cases
from desk.folds import case_clocks, rating
from desk.folds.case import Case, State
from desk.folds.office import disclosure
from desk.law import deadline, id_numbers, numbers
from desk.law.catalogue.item import Item
from desk.log import receipt_code
from desk.log.events import Person
from desk.log.receipt_code import Verdict
from desk.publication.listing import topic_of

router = APIRouter(include_in_schema=False)
WRONG = "没有查到。请核对号码；二维码要扫全，或号码与证件号码（电话）后四位对得上才显示。"
TOO_OFTEN = "查得太快了，请过一会儿再查。"
VOIDED = "已作废"  # what a receipt is worth whose case was voided
_LAST = 4  # digits that prove a number one's own
_POINT = 12  # digits of a point in an intake number
_SHOWN = 5  # notices on the first page


@router.get("/")
def home(request: Request) -> Response:
    """What one can do here."""
    centre = centre_of(request)
    items = on_shelf(centre)
    topics = sorted(Counter(topic_of(one) for one in items).items())
    told = notices(centre)[:_SHOWN]
    facts: dict[str, Any] = {
        "topics": topics,
        "count": len(items),
        "notices": told,
        "sample_words": sample_words(items),
        "disclosed_in": deadline.words(disclosure.LIMIT),
    }
    return fresh(page(request, "public/home.html", **facts))


def _judged(centre: Centre, code: str) -> Verdict:
    return receipt_code.judge(code, lambda node: enrolment.point_keys(centre, node))


def _proves(centre: Centre, code: str) -> Verdict:
    """As `_judged`, where a code stands for who holds it: one of a key that is revoked could be anybody's."""
    verdict = _judged(centre, code)
    stopped = verdict.genuine and enrolment.stopped_since(centre, code)
    return msgspec.structs.replace(verdict, genuine=False) if stopped else verdict


def _told_of_stopped(centre: Centre, code: str, verdict: Verdict) -> Verdict:
    """The verdict, with a word on a key that was revoked: who stole it makes codes as good as those of before."""
    since = enrolment.stopped_since(centre, code) if verdict.genuine else ""
    if not since:
        return verdict
    if centre.case(verdict.intake_no) is None:
        words = f"不能当真：开出这张回执的终端已于 {since[:10]} 停用，中心没有收到过这件办件。请与代办点或中心核对。"
        return msgspec.structs.replace(verdict, genuine=False, words=words)
    words = f"{verdict.words}开出它的终端已于 {since[:10]} 停用：停用以后出示的，请与代办点或中心核对是不是当时开的。"
    return msgspec.structs.replace(verdict, words=words)


def wait(request: Request, number: str = "") -> int:
    """Seconds until this address may look again, or guess at this number; 0 for now. Who holds a receipt's code guesses
    at nothing; a stranger's guesses do not use up anybody else's, until many strangers guess at one number."""
    limits = request.app.state.asks
    who = asker(request)
    bare = "" if not number or _proves(centre_of(request), number).genuine else number.replace(" ", "")
    seconds = limits["looks"].wait(who)
    if bare and not seconds:
        seconds = limits["guesses"].wait(f"{bare} {who}") or limits["all_guesses"].wait(bare)
    return int(seconds) + 1 if seconds else 0


def later(request: Request, name: str, seconds: int, **facts: Any) -> Response:
    """The page `name` saying that this was asked too often, and when it may be asked again."""
    answer = page(request, name, 429, **{**facts, "message": TOO_OFTEN})
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _state(case: Case) -> str:
    return VOIDED if case.state is State.VOID else cases.STATE_NAMES[case.state]


@router.get("/check")
def check_page(request: Request, code: Annotated[str, Query(max_length=300)] = "") -> Response:
    """Anyone may hold a receipt under our lamp: genuine or not, and how far its case is; no name, no number."""
    verdict, state, may_rate = None, "", False
    if code.strip():
        if seconds := wait(request):
            return later(request, "public/check.html", seconds, code="", verdict=None, state="")
        centre = centre_of(request)
        verdict = _told_of_stopped(centre, code, _judged(centre, code))
        found = centre.case(verdict.intake_no) if verdict.intake_no and verdict.genuine else None
        state = _state(found[0]) if found else ""
        may_rate = found is not None and rating.refusal(found[0]) is None and _proves(centre, code).genuine
    return page(
        request, "public/check.html", code=code.strip(), verdict=verdict, state=state, may_rate=may_rate, message=""
    )


@router.get("/query")
def query_page(
    request: Request, number: Annotated[str, Query(max_length=300)] = "", last: Annotated[str, Query(max_length=8)] = ""
) -> Response:
    """Where a case stands. What a receipt's code is scanned into; people's own digits go by the form below."""
    return _queried(request, number.strip(), last.strip())


@router.post("/query")
def query(
    request: Request, number: Annotated[str, Form(max_length=300)] = "", last: Annotated[str, Form(max_length=8)] = ""
) -> Response:
    """The same from the form, so that the digits stand in no address and no proxy's log."""
    return _queried(request, number.strip(), last.strip())


def _queried(request: Request, number: str, last: str) -> Response:
    """By the code of its receipt, or by its number and four last digits. State and days only; every wrong question has
    the same answer."""
    facts: dict[str, Any] = {"number": number, "found": None, "message": ""}
    if not number:
        return page(request, "public/query.html", **facts)
    centre = centre_of(request)
    if seconds := wait(request, number):
        return later(request, "public/query.html", seconds, number="", found=None)
    case = case_of(centre, number, last)
    if case is None:
        return page(request, "public/query.html", 404, **{**facts, "message": WRONG})
    may_rate = rating.refusal(case) is None
    return page(
        request, "public/query.html", **{**facts, "found": _standing(centre, case), "last": last, "may_rate": may_rate}
    )


def case_of(centre: Centre, number: str, last: str) -> Case | None:
    """The case of a receipt's code, or of a number and four last digits that are its people's own; None for every
    other question."""
    verdict = _proves(centre, number)
    return _by_code(centre, verdict) if verdict.genuine else _by_digits(centre, number.replace(" ", ""), last)


def _by_code(centre: Centre, verdict: Verdict) -> Case | None:
    found = centre.case(verdict.intake_no)
    return found[0] if found else None


def _by_digits(centre: Centre, number: str, last: str) -> Case | None:
    with centre.database.read() as db:
        row = case_rows.one_case(db, number) if number.isascii() and number.isalnum() else None
    case = centre.case(row["intake_no"]) if row else None
    taken = case[0].collected if case else None
    people = [taken.applicant, *([taken.proxy.person] if taken.proxy else [])] if taken else [Person("")]
    digits = id_numbers.tidy(last).encode()
    endings = [one[-_LAST:].upper() for person in people for one in (person.id_number, person.phone)]
    right = [hmac.compare_digest(one.encode(), digits) and len(one) == _LAST for one in endings]
    return case[0] if case and any(right) else None


def _standing(centre: Centre, case: Case) -> dict[str, Any]:
    """What is told: state and days, names of moves, materials by the catalogue's own names. Nothing that was typed."""
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
    law = centre.publications.law(case)
    known = case_clocks.of(case, law)
    moves = [line for line in case.history if line.kind in cases.MOVES or line.kind == "case.collected"]
    return {
        "number": numbers.grouped(case.intake_no),
        "case_no": case.case_no,
        "item": case.collected.item.item_name,
        "state": _state(case),
        "waits": case.state is State.SUPPLEMENT_ASKED,
        "missing": _missing(case, law.item),
        "promised": "" if case.state is State.VOID else known.promised,
        "beside": "" if case.state is State.VOID else case_clocks.beside(case, law),
        "point": _point_of(centre, case),
        "due": "" if case.state is State.VOID else known.due,
        "steps": [{"name": line.name, "time": clock.minute(line.time)} for line in moves if not line.refused],
    }


def _point_of(centre: Centre, case: Case) -> dict[str, str]:
    """The point that took it in: name, and where and by what telephone it is found, as far as that is known; where it
    has no telephone, the one that is asked instead."""
    code, day = case.intake_no[:_POINT], centre.today()
    body = public_points.at(centre.publications.bodies, code, day)
    if body is None:
        with centre.database.read() as db:
            names = [one["point_name"] for one in rows.nodes_of(db, code)]
        return {"name": names[0] if names else "", "address": "", "hours": "", "phone": ""}
    return {"name": body.name, "address": body.address, "hours": body.hours, "phone": body.enquiry_phone}


def _missing(case: Case, item: Item | None) -> list[str]:
    """Of what it is asked to bring, what the catalogue has a name for: a clerk's own words may name somebody."""
    if case.supplement is None or case.state is not State.SUPPLEMENT_ASKED or item is None:
        return []
    asked = "\n".join(case.supplement.missing)
    return [one.name for one in item.materials if one.name in asked]
