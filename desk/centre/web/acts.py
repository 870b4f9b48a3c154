"""What a clerk does with a case: each move is a form that carries how much of the case was seen."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile

from desk.centre.node.centre_node import Centre, Own
from desk.centre.run import guard
from desk.centre.run.roles import CHIEFS, HANDLE
from desk.centre.web.case import bundle_of, drawn, found_for
from desk.centre.web.frame import Seen, Typed, centre_of, day_of, go, posted
from desk.counter.pictures import MOST as FILE_MOST
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.folds import case_clocks
from desk.law.catalogue.item import Item
from desk.log import events, point_events

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
    "supplemented": "case.arrived",
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
_WITH_REASONS = frozenset(
    {"not-accept", "supplement", "supplemented", "suspend", "extend", "refuse", "withdraw", "send-back", "void"}
)


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
        subject = bundle_of(db, case.point, wanted)
        if not subject:
            raise RefusedError("中心还没有收到这个封装的清单。", "没有改动。", "请等代办点同步后再接收。")
        known = centre.about(db, [subject])[subject]
        if any(one.kind == "bundle.taken" for one in known):
            raise RefusedError("这个封装已经接收过。", "没有改动。")
        own = Own(visitor.account, "bundle.taken", subject, told, case.collected.point_code)
        centre.add(db, [own], {subject: known})
    return go(f"/cases/{intake_no}")


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
        data = _data(centre_of(request), act, visitor, case, typed)
        papers: tuple[bytes, ...] = ()
        if isinstance(data, events.Act) and result is not None and result.filename:
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


def _data(centre: Centre, act: str, visitor: guard.Visitor, case: cases.Case, typed: TypedForm) -> events.Data:
    org = case.collected.item.org_name or visitor.org
    item = centre.publications.item(case.collected.item.task_code, case.collected.item.version)
    if act in ("grant", "refuse"):
        typed = msgspec.structs.replace(typed, band=_band(item, typed.band))
    elif act == "extend":
        _may_extend(centre, visitor, case, typed)
    match act:
        case "supplemented":
            return _brought(centre, case, typed)
        case "accept":
            return events.Accepted(visitor.name, org, typed.document_no)
        case "not-accept":
            return events.NotAccepted(visitor.name, org, typed.reasons, REMEDY, typed.document_no)
        case "suspend" if typed.until is None:
            raise RefusedError("请填写特别程序到哪一天为止。", "没有改动。")
        case "suspend" | "supplement" if typed.until is not None and typed.until < centre.today():
            raise RefusedError("最后一天不能在今天以前。", "没有改动。")
        case "supplement":
            return _supplement(visitor, case, typed, org)
        case "serve":
            recipient = typed.reasons or case.collected.applicant.name
            return events.Served(visitor.name, org, recipient=recipient, how="窗口领取")
        case _:
            return events.Act(
                visitor.name,
                org,
                typed.reasons,
                typed.basis or ("行政许可法§45" if act == "suspend" else "行政许可法§42" if act == "extend" else ""),
                typed.document_no,
                typed.until,
                typed.approved,
                typed.band,
            )


def _may_extend(centre: Centre, visitor: guard.Visitor, case: cases.Case, typed: TypedForm) -> None:
    """Once, before the day is over, with the head's approval, where the law knows it (行政许可法§42). Raises
    RefusedError."""
    law = centre.publications.law(case)
    due = case_clocks.of(case, law).due
    if not visitor.may(CHIEFS):
        raise RefusedError("延期要由窗口首席代表办。", "没有改动。")
    if not typed.approved:
        raise RefusedError("延期要经本机关负责人批准。", "没有改动。", "请填写批准人。")
    if any(line.kind == "case.extended" and not line.refused for line in case.history):
        raise RefusedError("这件办件已经延期过一次，不能再延。", "没有改动。")
    if law.regime is None:
        raise RefusedError("这个事项的时限规则还没有发布，能不能延期不知道。", "没有改动。", "请目录编辑发布时限规则。")
    if law.regime.extension is None:
        raise RefusedError("这个事项所用的时限规则没有规定延期。", "没有改动。")
    if due and due < centre.today().isoformat():
        raise RefusedError(f"法定时限 {due} 已经过了，不能再延期。", "没有改动。", "请尽快作出决定。")


def _band(item: Item | None, typed: str) -> str:
    """The band of discretion as it is kept: code and name. Raises RefusedError for none where the item has some, and
    for one that it has not (S4)."""
    known = {one.code: f"{one.code} {one.name}" for one in item.bands} if item else {}
    if typed and typed not in known:
        raise RefusedError("这个事项没有这一档裁量标准。", "没有改动。")
    if known and not typed:
        raise RefusedError("请选裁量档次。", "没有改动。")
    return known.get(typed, "")


def _brought(centre: Centre, case: cases.Case, typed: TypedForm) -> events.Data:
    """What was asked for came to the centre's own window: the law's clock begins now, as if a desk had sent it."""
    if case.state is not cases.State.SUPPLEMENT_ASKED:
        raise RefusedError("这件办件没有在等补正。", "没有改动。")
    brought = "、".join(dict.fromkeys(line.strip() for line in typed.reasons.splitlines() if line.strip()))
    return events.Arrived(case.case_no, centre.name, "window", note=f"补正材料交到中心窗口：{brought}")


def _supplement(visitor: guard.Visitor, case: cases.Case, typed: TypedForm, org: str) -> events.Data:
    """All that is missing, once (行政许可法§32(四)); a second time only with the chief's name, and it is marked."""
    missing = tuple(dict.fromkeys(line.strip() for line in typed.reasons.splitlines() if line.strip()))
    if case_clocks.supplements(case):
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
