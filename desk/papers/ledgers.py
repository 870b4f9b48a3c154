"""Papers that list: 代办登记台账, 统计, what is held about a person, 交接清单."""

from __future__ import annotations

from desk import clock
from desk.counter.figures import Count, FiguresView, ratings_note
from desk.counter.office.handover import Kit
from desk.folds.case import Case
from desk.folds.records import BUNDLE_STATES
from desk.law import id_numbers, numbers
from desk.printing.document import Bars, Block, Document, Fields, Heading, Signatures, Table, Text
from desk.printing.facts import OfficeFacts
from desk.store.snapshots import CaseRow, PersonView


def ledger(cases: tuple[tuple[CaseRow, Case], ...], about: str, office: OfficeFacts, printed: str) -> Document:
    """代办登记台账: one line a case, across; numbers masked, a fee that was passed on is written in by hand, and of a
    rating only that there is one: what it says is not the agent's to see."""
    columns: tuple[tuple[str, float], ...] = (
        ("序号", 0.5), ("收件号", 2.2), ("申请人", 1.4), ("证件号码、电话", 3.2), ("事项", 2.0), ("份数", 0.6),
        ("代收费用", 0.9), ("收件日期", 1.6), ("承诺日期", 1.6), ("移交", 1.6), ("办件编号", 2.1), ("状态", 1.0),
        ("办结", 1.6), ("送达、签收人", 1.75), ("评价", 0.8), ("代办员", 0.95),
    )  # fmt: skip
    several = len({row.window for row, _ in cases}) > 1
    columns += (("窗口", 0.6),) if several else ()
    lines = tuple((str(at), *_ledger_line(*one), *_windows(one[0], several)) for at, one in enumerate(cases, 1))
    blocks = (Text(f"{about}　共 {len(cases)} 件", quiet=True), Table(columns, lines))
    return Document("代办登记台账", office, blocks, paper="A4-wide", printed=printed)


def _ledger_line(row: CaseRow, case: Case) -> tuple[str, ...]:
    person, here, served = case.collected.applicant, [one for one in case.materials if not one.missing], case.served
    days = {line.kind: line.time[:10] for line in case.history if not line.refused}
    return (
        row.intake_no,
        row.applicant_name,
        "\n".join((id_numbers.masked(person.id_number), id_numbers.masked_phone(person.phone))).strip(),
        row.item_name,
        str(sum(one.originals + one.copies for one in here)),
        "",
        row.collected_at[:10],
        row.due_on + ("（暂定）" if row.due_provisional else ""),
        days.get("case.bundled", ""),
        row.case_no,
        row.state_name,
        case.ended_at[:10],
        "\n".join((days.get("case.served", ""), served.recipient if served else "")).strip(),
        "已评" if case.rated else "",
        row.agent,
    )


def _windows(row: CaseRow, several: bool) -> tuple[str, ...]:  # noqa: FBT001 - whether there is such a column
    """The number of the window that has the case; a column only where there are several."""
    return (str(int(row.window)) if row.window else "",) if several else ()


def figures(view: FiguresView, office: OfficeFacts, printed: str) -> Document:
    """统计: a chart, and under it the numbers it was drawn from."""
    share = f"{view.rated * 100 / view.ended:.0f}%" if view.ended else "—"
    blocks: list[Block] = [
        Fields(
            (
                (("期间", f"{view.since} 至 {view.until}"), ("收件", f"{view.total} 件")),
                (("已了结", f"{view.ended} 件"), ("评价", f"{view.rated} 件，评价率 {share}")),
            )
        ),
        _bars("按月", view.months),
        _bars("按事项", view.items[:20]),
        _bars("按状态", view.states),
        *([_bars("按窗口", view.windows)] if view.windows else []),
        _bars("群众评价", view.ratings),
        Text(ratings_note(view), quiet=True),
        Heading("用时"),
        Table(
            (("事项", 4.4), ("了结件数", 1.2), ("平均（天）", 1.3), ("最长（天）", 1.3), ("按期", 1.2)),
            tuple(
                (
                    line.item_name,
                    str(line.ended),
                    f"{line.mean_days:.1f}",
                    str(line.longest_days),
                    f"{line.on_time}/{line.ended}",
                )
                for line in view.times
            ),
        ),
        Text("按收件日统计；用时为收件到了结的日历天数；不含姓名等个人信息。", quiet=True),
    ]
    return Document("代办统计", office, tuple(blocks), printed=printed)


def _bars(title: str, counts: tuple[Count, ...]) -> Bars:
    return Bars(title, tuple((one.name, one.number, f"{one.number} 件") for one in counts))


def held_about(
    person: PersonView, number: str, phone: str, cases: tuple[CaseRow, ...], office: OfficeFacts, printed: str
) -> Document:
    """What this desk holds about a person, for that person (个人信息保护法§45)."""
    row = person.row
    blocks = (
        Fields(
            (
                (("姓名", row.name), ("证件号码", number or "—")),
                (("出生日期", row.birth or "—"), ("性别", row.sex or "—")),
                (("电话", phone or "—"), ("住址", row.address or "—")),
                (("其他写法", "、".join(person.aliases) or "—"),),
                (("合并的记录", "、".join(one.name for one in person.merged) or "—"),),
                (("组", person.group or "—"), ("与户主关系", person.relation or "—")),
                (("同户的人", "、".join(one.name for one in person.household if one.id != row.id) or "—"),),
            )
        ),
        Heading("办过的事"),
        Table(
            (("收件号", 3.4), ("事项", 4.0), ("收件时间", 2.0), ("状态", 1.8)),
            tuple(
                (numbers.grouped(one.intake_no), one.item_name, one.collected_at[:10], one.state_name) for one in cases
            ),
        ),
        *_former(person),
        Heading("谁看过完整号码"),
        Table(
            (("时间", 2.4), ("谁", 1.6), ("为什么", 6.0)),
            tuple((clock.minute(one.time), one.officer, one.why) for one in person.seen),
        ),
        Text("以上为本代办点保存的全部个人信息。有错请当面提出更正（个人信息保护法第四十五条、第四十六条）。"),
        Signatures("本人签收：", "代办员签字："),
    )
    return Document("个人信息告知单", office, blocks, printed=printed)


def _former(person: PersonView) -> tuple[Block, ...]:
    """补录: what ledgers of former years say, where they say anything."""
    if not person.past:
        return ()
    lines = tuple((one.day, one.item, one.result, one.number, one.note) for one in person.past)
    columns = (("日期", 2.0), ("事项", 4.0), ("结果", 2.0), ("原编号", 2.0), ("备注", 2.0))
    return (Heading("旧台账（补录）"), Table(columns, lines))


def _counted(kit: Kit) -> Fields:
    return Fields(
        (
            (("在办件", f"{len(kit.open)} 件"), ("存放的材料", f"{len(kit.held)} 件")),
            (("要打的电话", f"{len(kit.calls)} 个"), ("预约", f"{len(kit.visits)} 个")),
            (("草稿", f"{kit.drafts} 份"), ("待送中心", f"{kit.waiting_sync} 条")),
        )
    )


def handover(kit: Kit, office: OfficeFacts, printed: str) -> Document:
    """交接清单: signed by who leaves and who comes."""
    blocks = (
        _counted(kit),
        Heading("在办件"),
        Table(
            (("收件号", 3.4), ("申请人", 2.0), ("事项", 3.6), ("状态", 1.8), ("承诺日期", 1.6)),
            tuple(
                (numbers.grouped(one.intake_no), one.applicant_name, one.item_name, one.state_name, one.due_on or "—")
                for one in kit.open
            ),
        ),
        Heading("存放在代办点的材料"),
        Table(
            (("收件号", 3.4), ("申请人", 2.0), ("材料", 6.4)),
            tuple((numbers.grouped(one.intake_no), one.applicant_name, one.words) for one in kit.held),
        ),
        Heading("要打的电话"),
        Table(
            (("姓名", 2.4), ("电话", 2.4), ("为什么", 4.0)),
            tuple((one.name, one.phone or "未留", one.why) for one in kit.calls),
        ),
        Heading("预约到场"),
        Table(
            (("日期", 2.0), ("姓名", 2.0), ("事项", 4.0)),
            tuple(
                (f"{one.booked.day} {one.booked.period}", one.booked.name, one.booked.item_name) for one in kit.visits
            ),
        ),
        Heading("没有交接完的信封"),
        Table(
            (("信封号", 3.4), ("送往", 4.0), ("状态", 1.6)),
            tuple((one.sealed.number, one.sealed.destination, BUNDLE_STATES[one.state]) for one in kit.bundles),
        ),
        Signatures("移交人签字：", "接任人签字："),
        Signatures("监交人签字：", "日期："),
    )
    return Document("代办员交接清单", office, blocks, printed=printed)
