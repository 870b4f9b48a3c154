"""What history says of an entry: who acted, and in one line what matters besides the fact itself."""

from __future__ import annotations

from desk.law import id_numbers
from desk.log.centre_events import Renumbered
from desk.log.duty.duty_events import VERDICTS, Assigned, Opined, PaperOut
from desk.log.events import (
    Accepted,
    Act,
    Arrived,
    Change,
    Collected,
    Corrected,
    Data,
    MaterialsAdded,
    PaperMade,
    PaperPrinted,
    PaperSigned,
    Rated,
    Served,
    SupplementAsked,
)
from desk.log.hall.hall_events import Passed


def actor(data: Data | None) -> str:
    """The name of whoever acted, where the event carries one."""
    return str(getattr(data, "officer", "") or getattr(data, "agent_name", ""))


def note(data: Data | None) -> str:
    """One line for history: what matters besides the fact itself."""
    match data:
        case Collected() | Corrected():
            return _application(data)
        case Arrived():
            return data.note or f"办件编号 {data.case_no}"
        case Accepted():
            return f"{data.org}，文书编号 {data.document_no}" if data.document_no else data.org
        case SupplementAsked():
            return "；".join(data.missing)
        case PaperMade() | PaperPrinted() | PaperSigned():
            return _paper(data)
        case MaterialsAdded():
            return "、".join(one.name for one in data.materials)
        case Served():
            taker = f"{data.recipient}（{data.relation}）" if data.relation else data.recipient
            return "，".join(one for one in (taker and f"{taker}签收", data.how, data.reasons) if one)
        case Rated():
            return "已评价"  # what was said is for the centre, not for whoever reads over a shoulder
        case Act(band=band) if band:
            return "；".join(one for one in (f"裁量档次：{band}", data.reasons) if one)
        case Opined() | Assigned() | PaperOut() | Passed():
            return _given_on(data)
        case Renumbered():
            return _numbered(data)
        case _:
            return str(getattr(data, "reasons", ""))


def _numbered(data: Renumbered) -> str:
    if data.now:
        return f"此前这里写的是收件号改为 {data.now} 的那一件。"
    return f"原收件号 {data.was}，请换发回执。{data.reasons}"


def window(node: str) -> str:
    """How the window of a hall is called that has the desk `node`, or the desk of that number: 2 号窗口."""
    number = node.rpartition("-")[2]
    return f"{int(number)} 号窗口" if number.isascii() and number.isdigit() else node


def _given_on(data: Opined | Assigned | PaperOut | Passed) -> str:
    parts: tuple[str, ...]
    match data:
        case Passed():
            parts = (f"转给 {window(data.to)}", data.reasons)
        case Assigned():
            parts = (f"交给{data.name}", data.reasons)
        case PaperOut():
            parts = (data.title, data.document_no)
        case _:
            band = f"裁量档次：{data.band}" if data.band else ""
            sent = f"交给{data.to_name}" if data.to_name else ""
            parts = (VERDICTS.get(data.verdict, ""), band, data.opinion, sent)
    return "；".join(one for one in parts if one)


def _paper(data: PaperMade | PaperPrinted | PaperSigned) -> str:
    match data:
        case PaperPrinted():
            return f"{data.title}（第 {data.copy_no} 次补打）"
        case PaperSigned():
            return f"{data.title}（{len(data.files)} 张）"
        case _:
            return data.title


def _application(data: Collected | Corrected) -> str:
    """Why it was taken in again, or against a condition; or what was wrong and is right now, and why."""
    if isinstance(data, Collected):
        twice = [f"7 日内同一人再办同一事项：{data.again}"] if data.again else []
        unmet = [f"条件“{one.text}”不符，仍收件：{one.reason}" for one in data.overruled]
        return "；".join((*twice, *unmet))
    told = "；".join(f"{one.name}由“{shown(one, one.before)}”改为“{shown(one, one.after)}”" for one in data.changes)
    return f"{told}。原因：{data.reasons}"


def shown(change: Change, value: str) -> str:
    """A value of a correction as history may show it to whoever reads over a shoulder."""
    return (id_numbers.masked_phone(value) if change.field.endswith(".phone") else value) or "空"
