"""What the organ decided, and that it was handed over."""

from __future__ import annotations

from desk.folds import organs
from desk.folds.organ_papers import SERVED
from desk.law import id_numbers, numbers
from desk.law.catalogue import cited
from desk.law.catalogue.item import Moment
from desk.printing.document import Block, Document, Fields, Signatures, Text
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
    """送达回证 (行政许可法§44; fields of domain-facts §1.3)."""
    case, handed = matter.case, matter.case.served
    documents = "、".join(handed.documents) if handed and handed.documents else "决定书（办理结果）"
    applicant = case.collected.applicant
    blocks: tuple[Block, ...] = (
        Fields(
            (
                (("送达机关", matter.organ.name),),
                (("受送达人", applicant.name), ("证件号码", id_numbers.masked(applicant.id_number))),
                (("送达文书", documents), ("件数", str(len(handed.documents) if handed and handed.documents else 1))),
                (("送达地点", matter.office.point_name), ("送达方式", handed.how if handed else "")),
                (
                    ("领取人", handed.recipient if handed else ""),
                    ("与受送达人关系", (handed.relation if handed else "") or "本人"),
                ),
                (("代领原因", (handed.reasons if handed else "") or "—"),),
            )
        ),
        Text("收到上列文书，已当面核对。", strong=True),
        Signatures("受送达人（代收人）签字（指印）：", f"送达人（{handed.officer if handed else ''}）签字："),
        Signatures("日期：　　　年　　月　　日", "见证人（留置送达时）签字："),
        Text("拒绝签收的，由送达人注明事由和日期，见证人签字。"),
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
