"""What a clerk does with a case: each move is a form that carries how much of the case was seen."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Annotated

import msgspec
import sqlalchemy as sa
from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile

from db.centre import rows
from desk import case as cases
from desk import events, log, point_events
from desk.centre import clocks, guard
from desk.centre.roles import CHIEFS, HANDLE
from desk.centre.seat import Own
from desk.centre.web.case import drawn, found_for
from desk.centre.web.frame import Seen, Typed, centre_of, day_of, go, posted
from desk.errors import RefusedError
from desk.files import MOST as FILE_MOST

router = APIRouter(include_in_schema=False)
Handler = Annotated[guard.Visitor, Depends(posted(HANDLE))]
REMEDY = "可自知道决定之日起 60 日内申请行政复议，或 6 个月内提起行政诉讼。"
_KINDS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


class TypedForm(msgspec.Struct, frozen=True):
    """What was typed: reasons or list, document number, day, who approved, band, basis."""

    reasons: str = ""
    document_no: str = ""
    until: dt.date | None = None
    approved: str = ""
    band: str = ""
    basis: str = ""


# act -> kind of the entry; those that take reasons must have them.
ACTS = {
    "pre-check": "case.pre_checked",
    "accept": "case.accepted",
    "not-accept": "case.not_accepted",
    "supplement": "case.supplement_asked",
    "review": "case.reviewed",
    "suspend": "case.suspended",
    "resume": "case.resumed",
    "extend": "case.extended",
    "grant": "case.granted",
    "refuse": "case.refused",
    "certify": "case.certifying",
    "return-result": "case.returning",
    "serve": "case.served",
    "conclude": "case.concluded",
    "archive": "case.archived",
    "withdraw": "case.withdrawn",
    "send-back": "case.returned",
    "void": "case.voided",
}
_WITH_REASONS = frozenset({"not-accept", "supplement", "suspend", "extend", "refuse", "withdraw", "send-back", "void"})


@router.post("/cases/{intake_no}/papers")
def papers(
    request: Request, visitor: Handler, intake_no: str, number: Typed = "", reasons: Typed = "", receiver: Typed = ""
) -> Response:
    """Take over the envelope with the paper originals: its number from the QR, what does not agree with the list."""
    case, _ = found_for(request, visitor, intake_no)
    scanned = number.strip().split(".")  # the code on the envelope, or its number typed
    wanted = case.bundle
    if not wanted:
        raise RefusedError("这件办件的材料还没有组卷，代办点封装后同步才能接收。", "没有改动。")
    if wanted not in scanned:
        raise RefusedError("扫到的封装号与这件办件的不一致。", "没有改动。", f"这件办件的封装号是 {wanted}。")
    centre = centre_of(request)
    differences = tuple(line.strip() for line in reasons.splitlines() if line.strip())
    who = receiver.strip() or visitor.name
    told = point_events.BundleTaken(who, visitor.org or centre.name, differences, visitor.name)
    with centre.database.write() as db:
        subject = _bundle(db, case.point, wanted)
        known = centre.about(db, [subject])[subject]
        if any(one.kind == "bundle.taken" for one in known):
            raise RefusedError("这个封装已经接收过。", "没有改动。")
        own = Own(visitor.account, "bundle.taken", subject, told, case.collected.point_code)
        centre.add(db, [own], {subject: known})
    return go(f"/cases/{intake_no}")


def _bundle(db: sa.Connection, node: str, number: str) -> str:
    """The subject of an envelope of this desk by its number. Raises RefusedError when its list has not come yet."""
    for encoded in rows.own_of_kind(db, node, "bundle.sealed", 1000):
        entry = log.decoded(encoded)
        data = events.decode(entry.kind, entry.data)
        if isinstance(data, point_events.BundleSealed) and data.number == number:
            return entry.subject
    raise RefusedError("中心还没有收到这个封装的清单。", "没有改动。", "请等代办点同步后再接收。")


@router.post("/cases/{intake_no}/{act}")
def act(
    request: Request,
    visitor: Handler,
    intake_no: str,
    act: str,
    seen: Seen,
    document_no: Typed = "",
    reasons: Typed = "",
    until: Typed = "",
    approved: Typed = "",
    band: Typed = "",
    basis: Typed = "",
    missing: Annotated[list[str] | None, Form()] = None,
    result: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """A move. What is refused leaves the case as it is and is told above it."""
    case, _ = found_for(request, visitor, intake_no)
    try:
        words = "\n".join([*(missing or []), reasons.strip()]).strip()
        typed = TypedForm(words, document_no.strip(), day_of(until), approved.strip(), band.strip(), basis.strip())
        _must_be_whole(act, typed)
        data = _data(act, visitor, case, typed)
        papers: tuple[bytes, ...] = ()
        if isinstance(data, events.Decision) and result is not None and result.filename:
            ref, paper = _read(result)
            data, papers = msgspec.structs.replace(data, files=(ref,)), (paper,)
        centre_of(request).act(visitor.account, ACTS[act], intake_no, data, seen, papers)
    except RefusedError as error:
        return drawn(request, visitor, intake_no, error.sentences(), 409)
    return go(f"/cases/{intake_no}")


def _must_be_whole(act: str, typed: TypedForm) -> None:
    if act not in ACTS:
        raise RefusedError("没有这种办理动作。", "没有改动。")
    if act in _WITH_REASONS and not typed.reasons:
        raise RefusedError("请写明理由或要补的材料。", "没有改动。")


def _data(act: str, visitor: guard.Visitor, case: cases.Case, typed: TypedForm) -> events.Data:
    org = case.collected.item.org_name or visitor.org
    match act:
        case "accept":
            return events.Accepted(visitor.name, org, typed.document_no)
        case "not-accept":
            return events.NotAccepted(visitor.name, org, typed.reasons, REMEDY, typed.document_no)
        case "supplement":
            return _supplement(visitor, case, typed, org)
        case "suspend" if typed.until is None:
            raise RefusedError("请填写特别程序到哪一天为止。", "没有改动。")
        case "extend" if not typed.approved:
            raise RefusedError("延期要经本机关负责人批准。", "没有改动。", "请填写批准人。")
        case "extend" if any(line.kind == "case.extended" and not line.refused for line in case.history):
            raise RefusedError("这件办件已经延期过一次，不能再延。", "没有改动。")
        case "serve":
            recipient = typed.reasons or case.collected.applicant.name
            return events.Served(visitor.name, org, recipient=recipient, how="窗口领取")
        case _:
            return events.Decision(
                visitor.name,
                org,
                typed.reasons,
                typed.basis or ("行政许可法§45" if act == "suspend" else "行政许可法§42" if act == "extend" else ""),
                typed.document_no,
                typed.until,
                typed.approved,
                typed.band,
            )


def _supplement(visitor: guard.Visitor, case: cases.Case, typed: TypedForm, org: str) -> events.Data:
    """All that is missing, once (行政许可法§32(四)); a second time only with the chief's name, and it is marked."""
    missing = tuple(dict.fromkeys(line.strip() for line in typed.reasons.splitlines() if line.strip()))
    if clocks.supplements(case):
        if not visitor.may(CHIEFS):
            raise RefusedError("补正已经告知过一次，再次告知要由窗口首席代表办。", "没有改动。")
        return events.SupplementAsked(
            visitor.name, org, missing, typed.until, "再次告知，已记入监察", typed.document_no, visitor.name
        )
    return events.SupplementAsked(visitor.name, org, missing, typed.until, "行政许可法§32(四)", typed.document_no)


def _read(result: UploadFile) -> tuple[events.FileRef, bytes]:
    """The result document; only what it is by its first bytes counts. Raises RefusedError."""
    data = result.file.read(FILE_MOST + 1)
    kind = next((kind for mark, kind in _KINDS.items() if data.startswith(mark)), "")
    if not kind or len(data) > FILE_MOST:
        raise RefusedError(f"结果文书要是 PDF 或图片，不超过 {FILE_MOST >> 20} MB。", "没有改动。")
    name = (result.filename or "结果文书")[-80:]
    return events.FileRef(hashlib.sha256(data).hexdigest(), name, len(data), kind), data
