"""The organ's papers, printed at the point as its copy: made only of what the centre's own entries say.

Acceptance, supplements, refusal, extension, special procedure and decision are acts of the organ (行政许可法§32, §42,
§44, §45); the point hands out copies and never makes one up.
"""

from __future__ import annotations

from desk import clock
from desk.folds.case import Case, HistoryLine
from desk.law import deadline, id_numbers, numbers
from desk.law.catalogue import known
from desk.law.catalogue.item import Item
from desk.papers.receipt_facts import proxy_name
from desk.printing.document import Block, Document, Fields, Heading, Signatures, Table, Text, contacts
from desk.printing.facts import OfficeFacts
from desk.store.snapshots import DueView

_COPY = "副本"
_NOTE = "本件是代办点按中心同步来的记录打印的副本，与中心原件内容一致；以中心加盖印章的原件为准。"


def _line(case: Case, kind: str) -> HistoryLine | None:
    return next((line for line in reversed(case.history) if line.kind == kind and not line.refused), None)


def _number(case: Case, kind: str) -> str:
    line = _line(case, kind)
    return line.document_no if line else ""


def _who(case: Case, *more: tuple[tuple[str, str], ...]) -> Fields:
    person, came = case.collected.applicant, proxy_name(case.collected.proxy)
    return Fields(
        (
            (("申请人", person.name), ("证件号码", id_numbers.masked(person.id_number))),
            *(((("代理人", came),),) if came else ()),
            (("联系电话", id_numbers.masked_phone(person.phone) or "未留"), ("申请日期", case.collected_at[:10])),
            (("申请事项", case.collected.item.item_name),),
            (("收件号", numbers.grouped(case.intake_no)), ("办件编号", case.case_no)),
            *more,
        )
    )


def _closing(office: OfficeFacts) -> tuple[Block, ...]:
    return (
        Text(contacts(office), quiet=True),
        Signatures("申请人签收（指印）：", "日期："),
        Text(_NOTE, quiet=True),
    )


def _made(title: str, case: Case, office: OfficeFacts, printed: str, number: str, *blocks: Block) -> Document:
    shown = f"编号 {number}" if number else f"办件编号 {case.case_no}" if case.case_no else ""
    whole = (*blocks, *_closing(office))
    return Document(
        title, office, whole, paper="A4-large", number=shown, printed=printed, mark=_COPY, version=case.version
    )


def supplement(case: Case, item: Item | None, office: OfficeFacts, printed: str) -> Document:
    """材料补正一次性告知书: once and complete (行政许可法§32(四))."""
    asked, line = case.supplement, _line(case, "case.supplement_asked")
    wanted = asked.missing if asked else ()
    notes = {one.name: one.usage_note or one.source for one in item.materials} if item else {}
    until = f"请于 {asked.until} 前补交" if asked and asked.until else "请尽快补交"
    return _made(
        "材料补正一次性告知书",
        case,
        office,
        printed,
        _number(case, "case.supplement_asked"),
        _who(
            case, (("承办人员", asked.officer if asked else ""), ("告知时间", clock.minute(line.time) if line else ""))
        ),
        Text("您的申请材料不齐全或不符合法定形式，现一次性告知需要补正的全部内容："),
        Table(
            (("序号", 0.7), ("需补正的材料", 4.0), ("标准和说明", 5.0)),
            tuple((str(at), name, notes.get(name, "")) for at, name in enumerate(wanted, 1)),
            empty="",
        ),
        Text("" if wanted else f"需要补正什么，{known.ask(item, office.phone)}。"),
        Text(f"{until}，可交代办点代送。逾期不补正的，中心依法处理。", strong=True),
        Text(f"依据：{(asked.basis if asked else '') or '《中华人民共和国行政许可法》第三十二条第一款第四项'}"),
    )


def accepted(case: Case, clocks: tuple[DueView, ...], office: OfficeFacts, printed: str) -> Document:
    """受理通知书 with the day by which it will be decided (行政许可法§32(五))."""
    acceptance = case.accepted
    legal = next((one for one in clocks if one.on is not None and "决定" in one.name), None)
    held = tuple((one.name, str(one.originals), str(one.copies)) for one in case.materials if not one.missing)
    return _made(
        "受理通知书",
        case,
        office,
        printed,
        _number(case, "case.accepted"),
        _who(
            case,
            (("受理机关", acceptance.org if acceptance else ""), ("受理时间", clock.minute(case.accepted_at))),
            (("作出决定的日期", f"{deadline.shown(legal.on)}前" if legal and legal.on else ""),),
        ),
        Text("您的申请材料齐全、符合法定形式，决定予以受理。", strong=True),
        Heading("已收材料"),
        Table((("材料", 6.0), ("原件", 1.0), ("复印件", 1.2)), held, empty=""),
        Text("依据：《中华人民共和国行政许可法》第三十二条第一款第五项"),
    )


def not_accepted(case: Case, item: Item | None, office: OfficeFacts, printed: str) -> Document:
    """不予受理决定书: reasons and the way to have it reviewed (行政许可法§32(一)(二), §38)."""
    line = _line(case, "case.not_accepted")
    return _made(
        "不予受理决定书",
        case,
        office,
        printed,
        _number(case, "case.not_accepted"),
        _who(case, (("承办人员", line.author if line else ""), ("决定时间", clock.minute(line.time) if line else ""))),
        Text("经审查，您的申请不予受理。", strong=True),
        Fields(((("理由", line.note if line else ""),), (("救济途径", _remedy(item)),))),
    )


def decided(case: Case, item: Item | None, office: OfficeFacts, printed: str) -> Document:
    """决定书（办结通知书）: granted or refused, why, and the remedy (行政许可法§38)."""
    granted = _line(case, "case.granted") is not None
    line = _line(case, "case.granted") or _line(case, "case.refused")
    decision = case.decision
    words = "准予" if granted else "不予"
    return _made(
        "决定书（办结通知书）",
        case,
        office,
        printed,
        _number(case, "case.granted" if granted else "case.refused"),
        _who(case, (("承办人员", line.author if line else ""), ("决定时间", clock.minute(case.decided_at)))),
        Text(f"决定：{words}。", strong=True),
        Fields(
            (
                (("理由", decision.reasons if decision else ""),),
                (("依据", decision.basis if decision else ""),),
                (("办理结果", item.result_name if item else ""), ("领取地点", office.point_name)),
                (("救济途径", _remedy(item)),),
            )
        ),
    )


def extended(case: Case, office: OfficeFacts, printed: str) -> Document:
    """延期告知书 (行政许可法§42: once, ten working days more, approved by the head)."""
    return _pause(
        case, "case.extended", "延期告知书", "经本机关负责人批准，办理期限延长。", "第四十二条", office, printed
    )


def suspended(case: Case, office: OfficeFacts, printed: str) -> Document:
    """特别程序告知书: what is not counted (行政许可法§45)."""
    words = "办理中须进行特别程序，所需时间不计入办理期限。"
    return _pause(case, "case.suspended", "特别程序告知书", words, "第四十五条", office, printed)


def _pause(case: Case, kind: str, title: str, words: str, article: str, office: OfficeFacts, printed: str) -> Document:
    line = _line(case, kind)
    return _made(
        title,
        case,
        office,
        printed,
        _number(case, kind),
        _who(case, (("承办人员", line.author if line else ""), ("告知时间", clock.minute(line.time) if line else ""))),
        Text(words, strong=True),
        Fields(((("事由", line.note if line else ""),), (("依据", f"《中华人民共和国行政许可法》{article}"),))),
    )


def _remedy(item: Item | None) -> str:
    usual = "对本决定不服的，可自收到之日起六十日内申请行政复议，或六个月内提起行政诉讼。"
    return (item.remedy if item else "") or usual
