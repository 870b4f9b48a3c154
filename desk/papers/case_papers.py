"""Papers of one case: why it is due on a day 期限计算单, and what was brought later 补正材料收件凭证."""

from __future__ import annotations

from desk import clock
from desk.folds.amendments import Brought
from desk.folds.case import STATE_NAMES, Case
from desk.law import numbers
from desk.log.events import TakenMaterial
from desk.papers.paper_list import BROUGHT_TITLE
from desk.printing.document import Document, Fields, Heading, Signatures, Table, Text, signed_by
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
                *(((("说明", due.note),),) if due.note else ()),
            )
        ),
        Heading("计算过程"),
        Table((("步骤", 0.8), ("内容", 9.0)), steps, empty="这个期限现在不计算。"),
        Text(
            "当日不计；工作日不含法定节假日（行政许可法第八十二条）；末日为休息日的顺延（民法典第二百零三条），倒数的期限则提前。",
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
