"""What the organ tells between application and decision: to be mended, accepted, not accepted, longer, apart."""

from __future__ import annotations

import datetime as dt

from desk import clock
from desk.folds import case_clocks, organs
from desk.law import deadline, redress
from desk.law.catalogue import cited, known
from desk.law.catalogue.item import Moment
from desk.printing.document import Document, Heading, Table, Text
from desk.printing.organ.matter import Matter, acted, basis, filled, line, paper, then, who


def supplement(matter: Matter) -> Document:
    """材料补正一次性告知书: once and complete; whatever the law of the item's own kind says of it is cited."""
    asked, told = matter.case.supplement, line(matter.case, "case.supplement_asked")
    wanted = asked.missing if asked else ()
    notes = {one.name: one.usage_note or one.source for one in matter.item.materials} if matter.item else {}
    until = f"请于 {asked.until.isoformat()} 前补交" if asked and asked.until else "请尽快补交"
    late = (
        cited.spelt(matter.law.regime.silence_note)
        if matter.law.regime and matter.law.regime.silence == "abandoned"
        else ""
    )
    cites = basis(matter, Moment.SUPPLEMENT)
    return paper(
        "材料补正一次性告知书",
        matter,
        told,
        who(matter, acted(told, "告知时间")),
        Text("您的申请材料不齐全或不符合法定形式，现一次性告知需要补正的全部内容："),
        Table(
            (("序号", 0.7), ("需补正的材料", 4.0), ("标准和说明", 5.0)),
            tuple((str(at), name, notes.get(name) or "—") for at, name in enumerate(wanted, 1)),
            empty="",
        ),
        Text("" if wanted else f"需要补正什么，{known.ask(matter.item, matter.office.phone)}。"),
        Text(f"{until}，可交代办点代送。{f'{late}。' if late else ''}", strong=True),
        *((Text(f"依据：{cites}"),) if cites else ()),
    )


def accepted(matter: Matter) -> Document:
    """受理通知书 with the day by which it will be decided."""
    case, told = matter.case, line(matter.case, "case.accepted")
    held = tuple((one.name, str(one.originals), str(one.copies)) for one in case.materials if not one.missing)
    listed = (Heading("已收材料"), Table((("材料", 6.0), ("原件", 1.0), ("复印件", 1.2)), held)) if held else ()
    cites = basis(matter, Moment.ACCEPTED)
    return paper(
        "受理通知书",
        matter,
        told,
        who(
            matter,
            (("受理机关", matter.organ.name), ("受理时间", clock.minute(case.accepted_at))),
            (("作出决定的日期", _decision_day(matter)),),
        ),
        Text("您的申请材料齐全、符合法定形式，决定予以受理。", strong=True),
        *listed,
        *((Text(f"依据：{cites}"),) if cites else ()),
    )


def _decision_day(matter: Matter) -> str:
    due = case_clocks.clocks(then(matter.case, "case.accepted"), matter.law).decision
    limit = case_clocks.decision_limit(matter.law)
    return _before(due) or (f"自收到材料之日起 {deadline.words(limit)}" if limit else "")


def _before(due: deadline.Due | None) -> str:
    """By when, and whether that may still move."""
    return f"{deadline.shown(due.on)}前{'（暂定）' if due.provisional else ''}" if due else ""


def not_accepted(matter: Matter) -> Document:
    """不予受理决定书: reasons, basis, whose matter it is where another organ's, and how to contest it."""
    told, said = line(matter.case, "case.not_accepted"), matter.case.turned_away
    elsewhere = said.competent if said else ""
    kept = said.remedy if said and redress.says_something(said.remedy) else ""
    remedy = kept or organs.remedy(matter.organ, matter.law, accepted=False)
    words = f"经审查，您的申请不予受理。{f'请向{elsewhere}申请。' if elsewhere else ''}"
    return paper(
        "不予受理决定书",
        matter,
        told,
        who(matter, acted(told, "决定时间")),
        Text(words, strong=True),
        filled(
            (
                (("理由", told.note if told else ""),),
                (("依据", basis(matter, Moment.ELSEWHERE if elsewhere else Moment.NOT_ACCEPTED)),),
                (("有权办理的机关", elsewhere),),
                (("救济途径", cited.spelt(remedy)),),
            )
        ),
    )


def extended(matter: Matter) -> Document:
    """延期告知书: by how much, to which day, why, who approved (行政许可法§42, where it is a licence)."""
    case, told, said = matter.case, line(matter.case, "case.extended"), matter.case.extension
    stood, regime = then(case, "case.extended"), matter.law.regime
    now = case_clocks.clocks(stood, matter.law).decision
    before = case_clocks.clocks(stood, case_clocks.without_extension(matter.law)).decision
    longer = deadline.words(regime.extension) if regime and regime.extension else ""
    until = f"，到 {now.on.isoformat()} 为止" if now else ""
    return paper(
        "延期告知书",
        matter,
        told,
        who(matter, acted(told, "告知时间")),
        Text(f"经本机关负责人批准，办理期限延长{f' {longer}' if longer else ''}{until}。", strong=True),
        filled(
            (
                (("原来的期限", _before(before)), ("延长", longer)),
                (("延长后的期限", _before(now)),),
                (("批准人", said.approved_by if said else ""),),
                (("理由", said.reasons if said else ""),),
                (("依据", basis(matter, Moment.EXTENDED)),),
            )
        ),
    )


def suspended(matter: Matter) -> Document:
    """特别程序告知书: what is not counted, how long it takes, until when (行政许可法§45, where it is a licence)."""
    told, said = line(matter.case, "case.suspended"), matter.case.suspended
    special = matter.item.special_procedures if matter.item else ()
    which = (said.procedure or (said.basis if said.basis in special else "")) if said else ""
    takes = ""
    if told and said and said.until:
        start = clock.day(told.time)
        first = (start + dt.timedelta(1)).isoformat()
        takes = f"{(said.until - start).days} 天：自 {first} 起，到 {said.until.isoformat()} 止"
    return paper(
        "特别程序告知书",
        matter,
        told,
        who(matter, acted(told, "告知时间")),
        Text("办理中须进行特别程序，所需时间不计入办理期限。", strong=True),
        filled(
            (
                (("特别程序", which),),
                (("需要的时间", takes),),
                (("事由", said.reasons if said else ""),),
                (("依据", basis(matter, Moment.SUSPENDED)),),
            )
        ),
    )
