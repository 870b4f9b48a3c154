"""What the organ decided, and that it was handed over."""

from __future__ import annotations

from desk import clock
from desk.folds import organs
from desk.folds.organ_papers import SERVED
from desk.law import id_numbers, numbers
from desk.law.catalogue import cited
from desk.law.catalogue.item import Moment
from desk.printing.document import BLANK, Block, Document, Fields, Signatures, Text, signed_by
from desk.printing.organ.matter import Matter, acted, basis, filled, line, mark, paper, who


def decided(matter: Matter) -> Document:
    """决定书（办结通知书）: granted or refused, why, by which articles, and how to contest it. A refusal prints no
    benefit and no place to collect one."""
    case, said = matter.case, matter.case.decision
    told = line(case, "case.granted", "case.refused")
    granted = told is not None and told.kind == "case.granted"
    typed = said.basis if said else ""
    cites = basis(matter, Moment.GRANTED if granted else Moment.REFUSED)
    got = (
        (("办理结果", matter.item.result_name if matter.item else ""), ("领取地点", _collected_at(matter))),
        (("送达方式", matter.item.delivery if matter.item and not matter.is_copy else ""),),
    )
    # A grant is one because the conditions are met (行政许可法§38).
    reasons = (said.reasons if said else "") or ("符合法定条件" if granted else "")
    return paper(
        "决定书（办结通知书）",
        matter,
        told,
        who(matter, acted(told, "决定时间")),
        Text(f"决定：{'准予' if granted else '不予'}。", strong=True),
        filled(
            (
                (("理由", reasons),),
                (("依据", cited.spelt(typed) if _is_given(typed, matter) else cites),),
                *(got if granted else ()),
                (("救济途径", cited.spelt(organs.remedy(matter.organ, matter.law))),),
            )
        ),
    )


def _is_given(typed: str, matter: Matter) -> bool:
    """Whether a clerk gave another basis than that of the item and its regime."""
    usual = {"，".join(f"{one.law}{one.article}" for one in cited.by(moment, matter.item, matter.law.regime))
             for moment in (Moment.GRANTED, Moment.REFUSED)}  # fmt: skip
    return bool(typed) and typed not in usual


def _collected_at(matter: Matter) -> str:
    return matter.office.point_name if matter.is_copy else ""


def served(matter: Matter) -> Document:
    """送达回证 (行政许可法§44; fields of domain-facts §1.3). What the log does not hold is a blank to be written in."""
    case, handed = matter.case, matter.case.served
    names, told = (handed.documents if handed else ()), line(case, "case.served")
    act = line(case, "case.granted", "case.refused", "case.not_accepted")
    applicant = case.collected.applicant
    blocks: tuple[Block, ...] = (
        Fields(
            (
                (("送达机关", matter.organ.name or BLANK),),
                (("受送达人", applicant.name), ("证件号码", id_numbers.masked(applicant.id_number))),
                (("送达文书", "、".join(names) or ("决定书" if case.decided_at else BLANK)),),
                (("文号", (act.document_no if act else "") or BLANK), ("件数", str(len(names)) if names else BLANK)),
                (("送达地点", _where(matter)), ("送达方式", (handed.how if handed else "") or BLANK)),
                (("送达时间", clock.minute(told.time) if told else BLANK),),
                (
                    ("领取人", (handed.recipient if handed else "") or BLANK),
                    ("与受送达人关系", (handed.relation or "本人") if handed and handed.recipient else BLANK),
                ),
                (("代领原因", handed.reasons if handed else BLANK),),
            )
        ),
        Text("收到上列文书，已当面核对。", strong=True),
        Signatures("受送达人（代收人）签字（指印）：", "签收日期："),
        Signatures(signed_by("送达人", handed.officer if handed else ""), "日期："),
        Text("受送达人拒绝签收的，记明下列事由和日期，由见证人签字。"),
        Fields(((("拒收事由", BLANK), ("拒收日期", BLANK)),)),
        Signatures("见证人签字：", "见证人单位、电话："),
        Fields(((("备注", BLANK),),)),
    )
    number = f"收件号 {numbers.grouped(case.intake_no)}" + (f"　办件编号 {case.case_no}" if case.case_no else "")
    return Document(
        SERVED,
        matter.office,
        blocks,
        paper="A4-organ",
        number=number,
        printed=matter.printed,
        mark=mark(matter),
        version=case.version,
        organ=matter.organ.name,
    )


_AT_THE_POINT = ("直接送达", "代收")


def _where(matter: Matter) -> str:
    """Where it was handed over: the point for what was fetched there, else to be written in."""
    handed, point = matter.case.served, matter.office.point_name
    return point if handed and handed.how in _AT_THE_POINT and point else BLANK
