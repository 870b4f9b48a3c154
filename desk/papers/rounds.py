"""Papers that go round: 移交清单 of an envelope, 送件登记 of the drives, 签字册 and 公示 of a roll."""

from __future__ import annotations

import datetime as dt

from desk import clock
from desk.counter.rolls import RollLine
from desk.folds.records import Bundle, Roll, Trip
from desk.law import deadline, id_numbers, numbers
from desk.law.catalogue.item import Item
from desk.log.point_events import StickFile
from desk.papers import roll_columns
from desk.printing.document import BLANK, Block, Code, Document, Fields, Heading, Seal, Signatures, Table, Text, told
from desk.printing.facts import OfficeFacts
from desk.words import hidden_names

_MANIFEST = (
    ("序号", 0.7),
    ("收件号", 3.6),
    ("申请人", 2.0),
    ("事项", 3.4),
    ("原件", 0.8),
    ("复印", 0.8),
    ("页数", 0.8),
    ("差异", 1.6),
)


def manifest(
    bundle: Bundle, office: OfficeFacts, printed: str, code: str, stick: tuple[StickFile, ...] = ()
) -> Document:
    """移交清单: what travels, who carries it, who took it over, what did not agree; what lies on the stick."""
    sealed, held = bundle.sealed, bundle.sealed.cases
    sheets = sum(case.originals + case.copies for case in held)
    lines = tuple(
        (
            str(at),
            numbers.grouped(case.intake_no),
            case.applicant_name,
            case.item_name,
            str(case.originals),
            str(case.copies),
            "",
            "",
        )
        for at, case in enumerate(held, 1)
    )
    blocks: list[Block] = [
        Code(
            code,
            (
                told((("信封号", sealed.number),)),
                told((("封条号", sealed.seal_no),)),
                told((("送往", sealed.destination),)),
                told((("封装", clock.minute(bundle.sealed_at)), ("", sealed.officer))),
                f"办件 {len(held)} 件，材料 {sheets} 份；页数清点后手写",
            ),
        ),
        Table(_MANIFEST, lines),
        *([Fields(tuple((("U盘文件", one.name), ("校验码", one.short)) for one in stick))] if stick else []),
        _carried(bundle),
        Signatures("移交人签字：", "时间："),
        Signatures("带件人签字：", "时间："),
        Signatures("接收人签字：", "时间："),
        Text("一式两份：随信封一份，代办点留存一份。接收时当面清点，不符的写在“差异”栏，双方签字。", quiet=True),
    ]
    return Document("移交清单", office, tuple(blocks), number=sealed.number, printed=printed)


def _carried(bundle: Bundle) -> Fields:
    """Who carries it, who took it over, and what did not agree; blank for what is written by hand."""
    handed, taken = bundle.handed, bundle.taken
    return Fields(
        (
            (("带件人", (handed.carrier if handed else "") or BLANK), ("电话", handed.phone if handed else BLANK)),
            (
                ("移交时间", clock.minute(bundle.handed_at) or BLANK),
                ("接收时间", clock.minute(bundle.taken_at) or BLANK),
            ),
            (("接收人", (taken.receiver if taken else "") or BLANK), ("接收单位", taken.org if taken else BLANK)),
            (("差异", "；".join(taken.differences) or "无" if taken else BLANK),),
        )
    )


def trip_ledger(trips: tuple[Trip, ...], year: int, office: OfficeFacts, printed: str) -> Document:
    """送件登记: drives of the agent, and the drives that herders did not have to make."""
    made = [trip.made for trip in trips]
    lines = tuple(
        (
            trip.day.isoformat(),
            trip.destination,
            str(trip.cases),
            str(trip.kilometres),
            str(trip.saved_trips),
            str(trip.saved_kilometres),
            trip.officer,
        )
        for trip in made
    )
    spared = sum(trip.saved_kilometres for trip in made)
    blocks = (
        Text(
            f"{year} 年送件 {len(made)} 趟，行程 {sum(trip.kilometres for trip in made)} 公里；"
            f"替农牧民少跑 {sum(trip.saved_trips for trip in made)} 趟，少走 {spared} 公里。",
            strong=True,
        ),
        Table(
            (
                ("日期", 1.5),
                ("送往", 3.4),
                ("办件", 0.9),
                ("往返公里", 1.3),
                ("少跑趟数", 1.3),
                ("少走公里", 1.3),
                ("代办员", 1.3),
            ),
            lines,
        ),
        Text("少跑趟数按每位申请人一趟计；少走公里按同一路程往返计。", quiet=True),
    )
    return Document(f"送件登记（{year} 年）", office, blocks, printed=printed)


def _summed(sums: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    return (Fields(tuple((one,) for one in sums)),) if sums else ()


def sign_sheet(
    title: str,
    item_name: str,
    lines: tuple[RollLine, ...],
    intake_nos: tuple[str, ...],
    office: OfficeFacts,
    printed: str,
    item: Item | None = None,
) -> Document:
    """签字册: one line a household, each value under its name and unit, with room for a signature or a finger-print."""
    values = [line.values for line in lines]
    fields = roll_columns.fields_of(item, values)
    marked = [
        (
            str(at + 1),
            line.name,
            id_numbers.masked(id_numbers.tidy(line.id_number)),
            line.address,
            *(line.values.get(one.code, "") for one in fields),
            intake_nos[at][14:] if at < len(intake_nos) else "",
            "\n",
        )
        for at, line in enumerate(lines)
    ]
    if any(totals := roll_columns.totals(fields, values)):
        marked.append(("", "合计", "", "", *totals, "", ""))
    sums = roll_columns.sums(fields, values)
    blocks = (
        Text(told((("事项", item_name), ("共", f"{len(lines)} 户"))), quiet=True),
        Table(
            (
                ("序号", 0.7),
                ("姓名", 2.0),
                ("证件号码", 2.4),
                ("住址", 3.0),
                *((one, 1.6) for one in roll_columns.headings(fields)),
                ("收件号尾", 1.6),
                ("签字（指印）", 2.6),
            ),
            tuple(marked),
        ),
        *_summed(sums),
        Signatures("嘎查负责人签字：", "代办员签字："),
    )
    return Document(f"{title} 签字册", office, blocks, paper="A4-wide", printed=printed)


def public_notice(
    roll: Roll,
    item: Item | None,
    days: int,
    today: dt.date,
    office: OfficeFacts,
    printed: str,
    until: dt.date | None = None,
) -> Document:
    """公示: who is on the roll, without a number or a telephone (社会救助法§45, §11)."""
    until = until or today + dt.timedelta(days)
    taken, values = roll.taken, [row.values for row in roll.taken.rows]
    fields, names = roll_columns.fields_of(item, values), hidden_names.apart([row.name for row in roll.taken.rows])
    lines = [
        (str(at), name, *(row.values.get(one.code, "") for one in fields))
        for at, (name, row) in enumerate(zip(names, taken.rows, strict=True), 1)
    ]
    if any(totals := roll_columns.totals(fields, values)):
        lines.append(("", "合计", *totals))
    sums = roll_columns.sums(fields, values)
    phone = item.supervision_phone if item and item.supervision_phone else office.supervision_phone
    named = f"“{taken.item_name}”" if taken.item_name else ""
    first = today + dt.timedelta(1)
    blocks = (
        Text(f"现将{named}{taken.year} 年名册予以公示，请群众监督。"),
        Fields(
            (
                (("公示期", f"{first} 至 {until}，{days} 天（张贴当日 {today} 不计）"),),
                (("共", f"{len(names)} 户"), ("监督电话", phone)),
                (("代办点电话", office.phone),),
            )
        ),
        Heading("名册"),
        Table((("序号", 0.7), ("户主", 2.4), *((one, 2.0) for one in roll_columns.headings(fields))), tuple(lines)),
        *_summed(sums),
        Text("有异议的，请在公示期内以书面或电话提出。本公示不含证件号码、电话、住址。", quiet=True),
        Seal(f"{office.point_name}（盖章）", deadline.shown(today)),
    )
    return Document(f"{taken.title} 公示", office, blocks, printed=printed, kind="公示")
