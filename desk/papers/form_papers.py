"""Papers for whoever asks or complains, and what hangs on the board: 依申请公开, 投诉登记单, 办件结果公示."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from desk.folds.office import published
from desk.papers.paper_list import FORMS
from desk.printing.document import BLANK, Block, Document, Fields, Seal, Signatures, Table, Text, told
from desk.printing.facts import OfficeFacts
from desk.store.snapshots import CaseRow

Typed = Mapping[str, str]
_LINE = 30  # characters of a line of a box


def _disclosure(_office: OfficeFacts, _remedy: str) -> tuple[Block, ...]:
    return (
        Text("自收到申请之日起二十个工作日内答复；需延长的，经同意并告知，延长不超过二十个工作日。", strong=True),
        Text("依据：《中华人民共和国政府信息公开条例》第三十三条。", quiet=True),
        Signatures("申请人签字（指印）：", "经办人签字："),
    )


def _answer(_office: OfficeFacts, remedy: str) -> tuple[Block, ...]:
    return (Text(remedy), Seal(), Signatures("送达人签字：", "日期："))


def _later(_office: OfficeFacts, _remedy: str) -> tuple[Block, ...]:
    return (
        Text(
            "依据《中华人民共和国政府信息公开条例》第三十三条，经批准延长答复期限，最长不超过二十个工作日。",
            strong=True,
        ),
        Seal(),
        Signatures("申请人签收（指印）：", "日期："),
    )


def _complaint(office: OfficeFacts, _remedy: str) -> tuple[Block, ...]:
    return (
        Text(f"投诉内容只交监督机构处理，不转被投诉人。{_call(office)}", strong=True),
        Signatures("投诉人签字（可不署名）：", "登记人签字："),
    )


def _call(office: OfficeFacts) -> str:
    return f"也可直接拨打 {office.supervision_phone}。" if office.supervision_phone else ""


_CLOSINGS: dict[str, Callable[[OfficeFacts, str], tuple[Block, ...]]] = {
    "complaint": _complaint,
    "disclosure-receipt": _disclosure,
    "disclosure-answer": _answer,
    "disclosure-later": _later,
}


def filled(key: str, typed: Typed, number: str, office: OfficeFacts, printed: str, remedy: str) -> Document:
    """A form with what was typed; `remedy` is how an answer about disclosure is contested, in words."""
    form = FORMS[key]
    rows = tuple(((one.name, _room(typed.get(one.key, ""), one.lines)),) for one in form.asked)
    blocks = (Fields(rows), *_CLOSINGS[key](office, remedy))
    return Document(form.title, office, blocks, paper="A4-large", number=number, printed=printed)


def _room(words: str, lines: int) -> str:
    """What was typed, or a blank, in a box of so many lines at least."""
    used = sum(max(1, -(-len(one) // _LINE)) for one in words.split("\n"))
    return (words or BLANK) + "\n" * max(0, lines - used)


def results(cases: tuple[CaseRow, ...], month: str, office: OfficeFacts, printed: str) -> Document:
    """办件结果公示 of a month: items, dates and states; nobody's name or number (S12). Of an item with few cases only
    that there were some: everybody in a village knows who it was."""
    counts = Counter(case.item_name for case in cases)
    many = [case for case in cases if counts[case.item_name] >= published.LEAST]
    few = len(cases) - len(many)
    lines = tuple(
        (str(at), case.intake_no[14:23], case.item_name, case.collected_at[:10], case.state_name, case.due_on or "—")
        for at, case in enumerate(many, 1)
    )
    blocks: tuple[Block, ...] = (
        Text(f"{month} 共收办件 {len(cases)} 件，结果公示如下，请群众监督。"),
        *((_listed(lines),) if lines else ()),
        *((Text(f"每个事项{published.FEWER}的共 {few} 件，不逐件列出。"),) if few else ()),
        Text("本公示不含姓名、证件号码、电话。凭收件回执上的收件号可查到自己的办件。", quiet=True),
        Text(told((("监督投诉", office.supervision_phone), ("", office.point_name)))),
    )
    return Document(f"办件结果公示（{month}）", office, blocks, printed=printed, kind="办件结果公示")


def _listed(lines: tuple[tuple[str, ...], ...]) -> Table:
    widths = (("序号", 0.7), ("收件号尾", 1.8), ("事项", 4.6), ("收件日期", 1.6), ("状态", 1.6), ("承诺日期", 1.6))
    return Table(widths, lines)
