"""Requests for disclosure 依申请公开 as everybody makes and follows them: asked, mended, withdrawn, the answer with its
paper and files (政府信息公开条例§29 to §40)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from db.centre import records
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.watch import asking, disclosing
from desk.centre.web import disclosures, following, organ_papers
from desk.centre.web.frame import Typed, centre_of, page
from desk.errors import Problem, RefusedError
from desk.folds.office import disclosure
from desk.folds.office.disclosing import days
from desk.folds.office.disclosing.grounds import PART_GROUNDS
from desk.folds.office.disclosing.request import SENT, Disclosure
from desk.folds.office.disclosing.rules import takes
from desk.law import deadline, id_numbers
from desk.log.office_events import Disclosing, DisclosureAsked

router = APIRouter(include_in_schema=False)
FORMS = ("电子件", "纸质件", "当面查阅")
WAYS = {one: SENT[one] for one in ("online", "post", "email", "collect")}


def asked_for(
    name: Typed = "",
    id_number: Typed = "",
    phone: Typed = "",
    text: Typed = "",
    form: Typed = "",
    way: Typed = "",
    address: Typed = "",
    email: Typed = "",
    once: Typed = "",
) -> dict[str, str]:
    """A dependency: what the form of a request says, here and at the window."""
    who = {"name": name, "id_number": id_number, "phone": phone, "address": address, "email": email}
    return {**who, "text": text, "form": form, "way": way, "once": once}


AskedFor = Annotated[dict[str, str], Depends(asked_for)]


@router.get("/disclosure")
def disclosure_page(request: Request) -> Response:
    """The form of a request for disclosure."""
    return _form(request, {})


def _form(request: Request, typed: dict[str, str], message: str = "", status: int = 200) -> Response:
    typed = {"once": asking.form_mark()} | typed
    facts: dict[str, Any] = {"forms": FORMS, "ways": WAYS, "grounds": disclosure.ANSWERS}
    facts |= {"days": deadline.words(days.LIMIT), "longer": deadline.words(days.LONGER)}
    facts |= {"mend_days": deadline.words(days.MEND)}
    return page(request, "public/disclosure.html", status, typed=typed, message=message, **facts)


@router.post("/disclosure")
def ask(request: Request, typed: AskedFor, website: Typed = "") -> Response:
    """Take a request in (政府信息公开条例§29: name and identity, what is asked for, in which form)."""
    try:
        following.must_wait(request, "sent")
        following.no_trap(website)
        kept = taken_in(centre_of(request), typed)
    except RefusedError as error:
        return _form(request, typed, error.sentences(), 409)
    return page(request, "public/sent.html", number=kept.number, code=kept.code, due=kept.due)


def taken_in(centre: Centre, typed: dict[str, str], *, author: str = "", **more: Any) -> DisclosureAsked:
    """Put a request into the log: as it was kept. `typed` as in `asked_for`; `more` is what staff say of how it came.
    Raises RefusedError."""
    name, phone, text = typed["name"].strip(), typed["phone"].strip(), typed["text"].strip()
    asking.must_tell(name and phone, text, "请填写姓名、联系电话，并写明要公开的信息")
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
    came = more.get("came") or centre.today()
    form, way = typed["form"], typed["way"]
    made = DisclosureAsked(
        number="",
        code=asking.follow_code(),
        name=name[:60],
        id_number=_identity(centre, typed["id_number"]),
        phone=phone[:30],
        text=text,
        form=form if form in FORMS else FORMS[0],
        due=days.due(came, centre.publications.holidays),
        address=typed["address"].strip()[:200],
        email=typed["email"].strip()[:100],
        way=way if way in WAYS else "online",
        **more,
    )
    return asking.keep(centre, "SQ", "disclosure.asked", made, author, once=typed["once"])


def _identity(centre: Centre, typed: str) -> str:
    """A person's identity number, or an organisation's 统一社会信用代码 (GB 32100): both may ask (条例§27)."""
    number = id_numbers.tidy(typed)
    known = (id_numbers.facts(kind, number, centre.today()) for kind in (id_numbers.RESIDENT, id_numbers.ORGANISATION))
    if all(isinstance(one, Problem) for one in known):
        raise RefusedError("身份证号码或统一社会信用代码不对，请核对。", "没有提交。")
    return number


# -- following ---------------------------------------------------------------------------------------------------


def shown(request: Request, found: Disclosure, message: str = "", status: int = 200, typed: str = "") -> Response:
    """How far it is, for whoever has its code; `typed` into it, where that was refused."""
    is_out = found.state == "answered"  # what is not sent out is not told yet
    return page(
        request,
        "public/follow_disclosure.html",
        status,
        one=found,
        code=found.asked.code,
        message=message,
        typed=typed,
        state=disclosure.STATES[found.state],
        way=disclosure.ANSWERS.get(found.verdict, "") if is_out else "",
        answer=found.answer if is_out else "",
        reply=found.reply if is_out else None,
        part_grounds=PART_GROUNDS,
        may_withdraw=takes(found, "disclosure.withdrawn"),
        steps=[
            {"name": one.name, "time": clock.minute(one.time)}
            for one in found.history
            if is_out or one.kind not in ("disclosure.reviewed", "disclosure.replied")
        ],
    )


def _opened(request: Request, number: str, code: str) -> Disclosure:
    """The request whose number and code were sent. Raises RefusedError, for a stranger and for one who tries often."""
    following.must_wait(request, "followed")
    found = following.followed(centre_of(request), number.strip().upper(), code)
    if not isinstance(found, Disclosure):
        raise RefusedError("编号或查询码不对。", "没有改动。")
    return found


@router.post("/follow/mend")
def mend(request: Request, number: Typed = "", code: Typed = "", text: Typed = "") -> Response:
    """The applicant mends what was asked to be mended (§30)."""
    return _say(request, number, code, "disclosure.mended", text)


@router.post("/follow/withdraw")
def withdraw(request: Request, number: Typed = "", code: Typed = "", text: Typed = "") -> Response:
    """The applicant takes the request back."""
    return _say(request, number, code, "disclosure.withdrawn", text or "申请人在网上撤回")


def _say(request: Request, number: str, code: str, kind: str, text: str) -> Response:
    found, centre = _opened(request, number, code), centre_of(request)
    with centre.database.read() as db:
        kept = records.one_record(db, "disclosure", found.id)
    said = Disclosing(found.asked.name, text=text.strip(), day=centre.today() if kind == "disclosure.mended" else None)
    try:
        disclosing.take(centre, "", found, kind, said, int(kept["entries"]) if kept else 0)
    except RefusedError as error:
        return shown(request, found, error.sentences(), 409, text)
    done = following.followed(centre, found.asked.number, found.asked.code)  # not asked for once more
    return shown(request, done if isinstance(done, Disclosure) else found)


@router.post("/follow/file")
def file(request: Request, number: Typed = "", code: Typed = "", sha256: Typed = "") -> Response:
    """A file that went with the answer, or, without one named, the answer as a paper; only once it was sent out."""
    found = _opened(request, number, code)
    if found.state != "answered":
        raise RefusedError("还没有答复。", "")
    if sha256:
        return disclosures.file_of(request, found, sha256)
    return organ_papers.disclosure_answer(request, found)
