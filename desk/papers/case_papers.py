"""Papers of one case: why it is due on a day 期限计算单, and that its result was handed over 送达回证."""

from __future__ import annotations

from functools import partial

from desk import clock
from desk.folds.amendments import Brought
from desk.folds.case import STATE_NAMES, Case, HistoryLine
from desk.law import id_numbers, numbers
from desk.log.events import Served, TakenMaterial
from desk.papers.paper_list import BROUGHT_TITLE
from desk.printing.document import BLANK, Document, Fields, Heading, Signatures, Table, Text, signed_by
from desk.printing.facts import OfficeFacts
from desk.store.snapshots import DueView


def _number(case: Case) -> str:
    shown = f"收件号 {numbers.grouped(case.intake_no)}"
    return shown + (f"　办件编号 {case.case_no}" if case.case_no else "")


def deadline_sheet(case: Case, due: DueView, office: OfficeFacts, printed: str) -> Document:
    """期限计算单: the steps of the count, so that anyone with a calendar can check it."""
    steps = tuple((str(at), words) for at, words in enumerate(due.lines, 1))
    blocks = (
        Fields(
            (
                (("申请人", case.collected.applicant.name), ("事项", case.collected.item.item_name)),
                (("期限", due.name), ("现在的状态", STATE_NAMES[case.state])),
                (
                    ("收件时间", clock.minute(case.collected_at)),
                    ("到件时间", clock.minute(case.arrived_at) or "—"),
                ),
                (("结论", due.words),),
            )
        ),
        Heading("计算过程"),
        Table((("步骤", 0.8), ("内容", 9.0)), steps, empty="这个期限现在不计算。"),
        Text(
            "当日不计；工作日不含法定节假日（行政许可法第八十二条）；末日为休息日的顺延（民法典第二百零三条）。",
            quiet=True,
        ),
        Text("标“暂定”的日期在来年放假安排公布后重算。", quiet=True),
    )
    return Document("期限计算单", office, blocks, number=_number(case), printed=printed, version=case.version)


def brought(case: Case, came: Brought, office: OfficeFacts, printed: str) -> Document:
    """补正材料收件凭证: what was brought later, counted, and what is still missing; no acceptance (行政许可法§32)."""
    now = {one.code: one for one in case.materials}
    taken = [now.get(one.code, one) for one in came.materials]
    lacking = "、".join(one.name for one in case.materials if one.missing)
    lines = tuple(
        (str(at), one.name, str(one.originals), str(one.copies), str(len(one.files)), _back(one))
        for at, one in enumerate(taken, 1)
    )
    blocks = (
        Fields(
            (
                (("申请人", case.collected.applicant.name), ("事项", case.collected.item.item_name)),
                (
                    ("收到时间", clock.minute(came.time)),
                    ("收件人", f"{came.officer}（代办员）" if came.officer else ""),
                ),
                *(((("说明", came.reasons),),) if came.reasons else ()),
            )
        ),
        Heading("这次收到的材料"),
        Table((("序号", 0.7), ("材料", 5.0), ("原件", 0.9), ("复印件", 1.0), ("图片", 0.9), ("原件退还", 1.4)), lines),
        Text(f"还缺：{lacking}" if lacking else "申请时缺的材料已经交齐。", strong=True),
        Text("本凭证仅证明代办点收到补交的材料，不是受理决定；材料是否齐全，由行政机关收到后决定。"),
        Signatures("交件人签字（指印）：", signed_by("代办员", came.officer)),
    )
    number = f"收件号 {numbers.grouped(case.intake_no)}"
    return Document(BROUGHT_TITLE, office, blocks, paper="A5", number=number, printed=printed)


def _back(one: TakenMaterial) -> str:
    return "—" if not one.originals else "已当场退还" if one.returned else "留存"


def served(case: Case, office: OfficeFacts, printed: str) -> Document:
    """送达回证 (行政许可法§44; fields of domain-facts §1.3). What the log does not hold is a blank to be written in."""
    handed, applicant = case.served, case.collected.applicant
    names, line = (handed.documents if handed else ()), _line(case, "case.served")
    number = next((one.document_no for one in map(partial(_line, case), _DECIDED) if one), "")
    blocks = (
        Fields(
            (
                (("送达机关", case.collected.item.org_name or BLANK),),
                (("受送达人", applicant.name), ("证件号码", id_numbers.masked(applicant.id_number))),
                (("送达文书", "、".join(names) or ("决定书" if case.decided_at else BLANK)),),
                (("文号", number or BLANK), ("件数", str(len(names)) if names else BLANK)),
                (("送达地点", _where(handed, office)), ("送达方式", (handed.how if handed else "") or BLANK)),
                (("送达时间", clock.minute(line.time) if line else BLANK),),
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
        Text("受送达人拒绝签收的，记明下列事由和日期，由见证人签字。", quiet=True),
        Fields(((("拒收事由", BLANK), ("拒收日期", BLANK)),)),
        Signatures("见证人签字：", "见证人单位、电话："),
    )
    return Document(
        "送达回证", office, blocks, paper="A4-large", number=_number(case), printed=printed, version=case.version
    )


_DECIDED = ("case.granted", "case.refused", "case.not_accepted")


def _line(case: Case, kind: str) -> HistoryLine | None:
    return next((one for one in reversed(case.history) if one.kind == kind and not one.refused), None)


def _where(handed: Served | None, office: OfficeFacts) -> str:
    """Where it was handed over: the point for what was fetched there, else to be written in."""
    return office.point_name if handed and handed.how in _AT_THE_POINT and office.point_name else BLANK


_AT_THE_POINT = ("直接送达", "代收")
