"""Requests for disclosure 依申请公开 on the office's side (S10): registered, mended, asked about, reviewed, answered in
one of the law's ways, sent out."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile

from db.centre import rows
from db.centre.lists import record_lists
from desk import clock
from desk.centre.node.roles import DISCLOSE, SUPERVISE
from desk.centre.run import guard
from desk.centre.watch import disclosing
from desk.centre.web import confirming, keeping, paper_files, record_pages
from desk.centre.web.family_pages import FamilyPages, Found, View
from desk.centre.web.frame import (
    AbsentError,
    Asked,
    ForbiddenError,
    PageNumber,
    Seen,
    Typed,
    attached,
    centre_of,
    day_of,
    page,
    posted,
    signed_in,
)
from desk.counter.pictures import MOST as FILE_MOST
from desk.errors import RefusedError
from desk.folds.office import disclosure
from desk.folds.office.disclosing import days, yearly
from desk.folds.office.disclosing.grounds import GROUNDS, PART_GROUNDS, REVIEWED, WAYS
from desk.folds.office.disclosing.request import (
    CHANNELS,
    CONTESTED,
    OPINIONS,
    PARTIES,
    RESULTS,
    SENT,
    Disclosure,
)
from desk.folds.office.disclosing.rules import takes
from desk.law import deadline, id_numbers, numbers
from desk.log.files import FileRef
from desk.log.office_events import Disclosing, Withheld
from desk.printing.organ import disclosed

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(DISCLOSE))]
Poster = Annotated[guard.Visitor, Depends(posted(DISCLOSE))]
_STATES = {"open": "未答复", **disclosure.STATES, "all": "全部"}
AskedView = View[Found[Disclosure]]
PARTS = 4  # rows of the form for what is withheld
_FILES = 8
_KINDS = {**paper_files.DOCUMENTS, b"PK\x03\x04": "application/zip"}
# The address of a step -> its kind and who takes it.
STEPS: dict[str, tuple[str, frozenset[Any]]] = {
    "register": ("disclosure.registered", DISCLOSE),
    "assign": ("disclosure.assigned", SUPERVISE),
    "ask-mend": ("disclosure.mend_asked", DISCLOSE),
    "mended": ("disclosure.mended", DISCLOSE),
    "give-up": ("disclosure.given_up", DISCLOSE),
    "consult": ("disclosure.consult_asked", DISCLOSE),
    "opinion": ("disclosure.consulted", DISCLOSE),
    "extend": ("disclosure.extended", DISCLOSE),
    "review": ("disclosure.reviewed", DISCLOSE),
    "answer": ("disclosure.replied", DISCLOSE),
    "send": ("disclosure.sent", DISCLOSE),
    "split": ("disclosure.split", DISCLOSE),
    "join": ("disclosure.joined", DISCLOSE),
    "withdraw": ("disclosure.withdrawn", DISCLOSE),
    "contest": ("disclosure.contested", DISCLOSE),
}


@router.get("/disclosures")
def disclosure_list(request: Request, visitor: Reader, state: Asked = "", at: PageNumber = 1) -> Response:
    """The list, those that wait for an answer first."""
    facts = record_pages.listing(request, visitor, "disclosure", _STATES, disclosure.OPEN, state, at)
    for row in facts["rows"]:
        row["way"] = disclosure.ANSWERS.get(row["kind"], "")
    return page(request, "disclosures.html", visitor=visitor, year=centre_of(request).today().year, **facts)


# -- one of them -------------------------------------------------------------------------------------------------


def record_for(request: Request, visitor: guard.Visitor, key: str) -> Found[Disclosure]:
    """As complaints: until it is handed on it is for those who see everything, then for that department's chief."""
    found = record_pages.record(request, "disclosure", key, Disclosure)
    record_pages.must_see(visitor, found.one.org)
    return found


def _shown(view: AskedView) -> dict[str, Any]:
    one, is_full, table = view.found.one, bool(view.typed.get("full")), view.centre.publications.holidays
    with view.centre.database.read() as db:
        orgs = record_lists.departments(db)
    person, today = one.asked, view.centre.today()
    return {
        "one": one,
        "is_full": is_full,
        "id_number": person.id_number if is_full else id_numbers.masked(person.id_number),
        "phone": person.phone if is_full else id_numbers.masked_phone(person.phone),
        "state_name": disclosure.STATES[one.state],
        "late": record_pages.late(one.due, view.centre),
        "asked_at": clock.minute(one.asked_at),
        "channel": CHANNELS.get(person.channel, person.channel),
        "sent_by": SENT,
        "ways": WAYS,
        "way": disclosure.ANSWERS.get(one.verdict, ""),
        "grounds": GROUNDS,
        "part_grounds": PART_GROUNDS,
        "parts": range(PARTS),
        "reviews": {code: disclosure.ANSWERS[code] for code in REVIEWED},
        "parties": PARTIES,
        "opinions": OPINIONS,
        "contests": CONTESTED,
        "results": RESULTS,
        "sorts": yearly.SORTS,
        "sort": one.sort or yearly.sort_of(person.id_number),
        "longer": deadline.words(disclosure.LONGER),
        "opinion_days": deadline.words(days.OPINION),
        "mend_by": days.mend_by(one, table),
        "received": days.received(one) or today,
        "is_confirmed": days.received(one) is None,
        "today": today.isoformat(),
        "papers": disclosed.titles(one),
        "may": {name for name, (kind, roles) in STEPS.items() if view.visitor.may(roles) and takes(one, kind)},
        "typed": view.typed,
        "case": numbers.grouped(person.about) if person.about else "",
        "orgs": orgs,
        "history": record_pages.history(one.history, _VERDICTS),
    }


_VERDICTS = {
    "disclosure.answered": disclosure.ANSWERS,
    "disclosure.replied": disclosure.ANSWERS,
    "disclosure.reviewed": disclosure.ANSWERS,
    "disclosure.consulted": OPINIONS,
    "disclosure.contested": RESULTS,
}


PAGES = FamilyPages("/disclosures", "disclosure_request.html", record_for, _shown)


@router.get("/disclosures/{key}")
def disclosure_page(request: Request, visitor: Reader, key: str) -> Response:
    """One request."""
    return PAGES.drawn(request, visitor, key)


@router.get("/disclosures/{key}/files/{sha256}")
def answer_file(request: Request, visitor: Reader, key: str, sha256: str) -> Response:
    """A file that goes with the answer, to be kept."""
    return file_of(request, record_for(request, visitor, key).one, sha256)


def file_of(request: Request, one: Disclosure, sha256: str) -> Response:
    """A file of this answer. Raises AbsentError."""
    named = next((ref for ref in (one.reply.files if one.reply else ()) if ref.sha256 == sha256), None)
    with centre_of(request).database.read() as db:
        kept = rows.one_file(db, sha256) if named else None
    if named is None or kept is None or not kept["done_at"]:
        raise AbsentError("没有这个文件。")
    return attached(bytes(kept["bytes"]), named.name, "application/octet-stream")


@router.post("/disclosures/{key}/look")
def look(request: Request, visitor: Poster, key: str, reasons: Typed = "") -> Response:
    """The applicant's full numbers, to verify who asks (政府信息公开条例§29) and to send the answer."""
    found, what = record_for(request, visitor, key).one, "证件号码和电话"
    record_pages.note_look(centre_of(request), visitor, f"seen:{found.id}", found.asked.number, reasons, what)
    return PAGES.drawn(request, visitor, key, "已留痕：查看完整证件号码和电话。", typed={"full": "yes"})


Many = Annotated[list[str] | None, Form()]


def step_words(
    step: str = "answer",
    text: Typed = "",
    verdict: Typed = "",
    org: Typed = "",
    day: Typed = "",
    until: Typed = "",
    approved: Typed = "",
    party: Typed = "",
    ground: Typed = "",
    where: Typed = "",
    public: Typed = "",
    other: Typed = "",
    way: Typed = "",
    sort: Typed = "",
    what: Many = None,
    why_not: Many = None,
    reasons: Many = None,
) -> dict[str, str]:
    """A dependency: what the form of a step says, each row of what is withheld under names with its place."""
    typed = {"step": step, "text": text, "verdict": verdict, "org": org, "day": day, "until": until, "way": way}
    typed |= {"approved": approved, "party": party, "ground": ground, "where": where, "public": public, "other": other}
    typed |= {"sort": sort}
    for name, values in (("what", what), ("why_not", why_not), ("reasons", reasons)):
        typed |= {f"{name}{at}": one for at, one in enumerate((values or [])[:PARTS])}
    return typed


StepWords = Annotated[dict[str, str], Depends(step_words)]


@router.post("/disclosures/{key}/{step}")
def take_step(
    request: Request,
    visitor: Poster,
    key: str,
    step: str,
    typed: StepWords,
    seen: Seen = 0,
    shown: Typed = "",
    file: Annotated[list[UploadFile] | None, File()] = None,
) -> Response:
    """Any step; an answer, as its page showed it. What is refused leaves the request as it is; what was typed stays."""

    def act(view: AskedView) -> None:
        if step not in STEPS:
            raise RefusedError("没有这种办理动作。", "没有改动。")
        kind, roles = STEPS[step]
        if not visitor.may(roles):
            raise ForbiddenError
        said = said_of(view, step)
        if step == "answer":
            _must_be_shown(view, seen, said, shown)
            keeping.ends(request, f"/disclosures/{key}/reply")
        refs, papers = _read(file or [])
        said = msgspec.structs.replace(said, files=refs if step == "answer" else ())
        disclosing.take(view.centre, visitor.account, view.found.one, kind, said, seen, papers if said.files else ())

    away = step == "assign" and not visitor.sees_org(typed["org"].strip())
    return PAGES.took(request, visitor, key, act, typed, "/disclosures" if away else "")


def _must_be_shown(view: AskedView, seen: int, said: Disclosing, given: str) -> None:
    """Raises RefusedError for an answer that no page showed so to this visitor; what could not be answered so at all
    is told first."""
    found = view.found.one
    if given == confirming.mark(view.centre, view.visitor, found.id, "disclosure.replied", seen, said):
        return
    disclosing.must_allow_reply(view.centre, view.visitor.account, found, said, seen)
    todo = "请在申请页上填好答复，看清确认页上的各项，再按“确认答复”。"
    raise RefusedError("答复要先在确认页上看清再作出。", "没有答复。", todo)


def said_of(view: AskedView, step: str) -> Disclosing:
    """What a step says out of what was typed."""
    one, word, centre = view.found.one, view.word, view.centre
    table, day, until = centre.publications.holidays, day_of(word("day")), day_of(word("until"))
    said = Disclosing(view.visitor.name, view.visitor.org, word("text"), word("verdict"), until, day)
    match step:
        case "assign":
            return msgspec.structs.replace(said, org=word("org")[:60])
        case "register":
            return msgspec.structs.replace(said, sort=word("sort") or yearly.sort_of(one.asked.id_number))
        case "mended":
            return msgspec.structs.replace(said, day=day or centre.today())
        case "consult":
            day = day or centre.today()
            return msgspec.structs.replace(said, party=word("party"), day=day, until=days.opinion_by(day, table))
        case "opinion":
            return msgspec.structs.replace(said, party=word("party"), day=day or centre.today())
        case "extend":
            last = days.later(one, centre.today(), table)
            return msgspec.structs.replace(said, approved=word("approved"), until=until or last)
        case "answer":
            return _answer(view, said)
        case "send":
            return msgspec.structs.replace(said, way=word("way"), day=day or centre.today())
        case "split":
            return msgspec.structs.replace(said, others=_lines(word("text")), text="")
        case "join":
            return msgspec.structs.replace(said, other=word("other").upper())
        case "contest":
            return msgspec.structs.replace(said, ground=word("ground"))
        case _:
            return said


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in text.splitlines() if one.strip()))


def _answer(view: AskedView, said: Disclosing) -> Disclosing:
    word = view.word
    rows_of = [(word(f"what{at}"), word(f"why_not{at}"), word(f"reasons{at}")) for at in range(PARTS)]
    withheld = tuple(Withheld(*one) for one in rows_of if one[0] or one[2]) if said.verdict == "part" else ()
    return msgspec.structs.replace(
        said,
        ground=word("ground") if said.verdict == "no" else "",
        where=word("where"),
        public=word("public"),
        other=word("other").upper(),
        withheld=withheld,
    )


def _read(sent: list[UploadFile]) -> tuple[tuple[FileRef, ...], tuple[bytes, ...]]:
    """The files that go with an answer, by what they are by their first bytes. Raises RefusedError."""
    named = [one for one in sent if one.filename]
    if len(named) > _FILES:
        raise RefusedError(f"一次最多附 {_FILES} 个文件。", "没有改动。")
    found: dict[str, tuple[FileRef, bytes]] = {}
    for one in named:
        wrong = f"附件要是 PDF、图片、Office 文件或压缩包，不超过 {FILE_MOST >> 20} MB：{one.filename}"
        ref, data = paper_files.received(one, _KINDS, "附件", wrong)
        found[ref.sha256] = ref, data
    return tuple(ref for ref, _ in found.values()), tuple(data for _, data in found.values())
