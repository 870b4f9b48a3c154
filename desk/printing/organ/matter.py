"""What every paper of the organ has: the organ over the title, its number, at the end its name, the day, a place for
the seal (行政许可法§32, GB/T 9704-2012); and on the village's copy that it is one."""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from desk import clock
from desk.folds.case import MOVES, Case
from desk.folds.case_clocks import Law
from desk.folds.history import HistoryLine
from desk.folds.organs import Organ
from desk.law import id_numbers, numbers
from desk.law.catalogue import cited
from desk.law.catalogue.item import Item, Moment
from desk.printing.document import Block, Closed, Copied, Document, Fields, Signatures, Text, told
from desk.printing.facts import OfficeFacts

COPY = "副本"
Rows = tuple[tuple[tuple[str, str], ...], ...]


class Matter(msgspec.Struct, frozen=True):
    """A case, the law that it was taken in under, whose act the paper tells of, who prints it; `is_copy` at a point."""

    case: Case
    law: Law
    organ: Organ
    office: OfficeFacts
    printed: str
    is_copy: bool = False

    @property
    def item(self) -> Item | None:
        """The version of the item that the case was taken in under."""
        return self.law.item


def line(case: Case, *kinds: str) -> HistoryLine | None:
    """The last entry of these kinds that is in force."""
    return next((one for one in reversed(case.history) if one.kind in kinds and not one.refused), None)


def then(case: Case, kind: str) -> Case:
    """The case as it stood when the last act of this kind was done: a day told that day is told the same ever after."""
    told = line(case, kind)
    if told is None:
        return case
    history = case.history[: case.history.index(told) + 1]
    return msgspec.structs.replace(case, state=MOVES[kind].target, history=history, decided_at="", ended_at="")


def who(matter: Matter, *more: tuple[tuple[str, str], ...]) -> Fields:
    """Whose matter it is; rows that tell nothing are left out."""
    case = matter.case
    person, came = case.collected.applicant, case.collected.proxy
    relation = f"（{came.relation}）" if came and came.relation else ""
    rows: Rows = (
        (
            ("申请人", told((("", person.name), ("", person.name_mn)))),
            ("证件号码", id_numbers.masked(person.id_number)),
        ),
        (("代理人", f"{came.person.name}{relation}" if came else ""),),
        (("联系电话", id_numbers.masked_phone(person.phone)), ("申请日期", case.collected_at[:10])),
        (("申请事项", case.collected.item.item_name),),
        (("收件号", numbers.grouped(case.intake_no)), ("办件编号", case.case_no)),
        *more,
    )
    return filled(rows)


def filled(rows: Rows) -> Fields:
    """The rows of which something is known."""
    kept = (tuple(pair for pair in row if pair[1].strip()) for row in rows)
    return Fields(tuple(row for row in kept if row))


def acted(told: HistoryLine | None, when: str) -> tuple[tuple[str, str], ...]:
    """Who acted and when; `when` names the time."""
    return (("承办人员", told.author), (when, clock.minute(told.time))) if told else ()


def basis(matter: Matter, *moments: Moment) -> str:
    """The articles for a paper of the first of these moments of which a law of the item speaks; "" for none."""
    found = (cited.written(cited.by(one, matter.item, matter.law.regime)) for one in moments)
    return next((words for words in found if words), "")


def paper(title: str, matter: Matter, told: HistoryLine | None, *blocks: Block) -> Document:
    """A paper of the organ about the act that `told` tells of."""
    case, number = matter.case, told.document_no if told else ""
    day, seal = dated(clock.day(told.time)) if told else "", "" if matter.is_copy else "（印章）"
    end: tuple[Block, ...] = (
        *_attached(matter, told),
        *_reached(matter),
        Closed(matter.organ.name, day, seal),
        Signatures("申请人签收（指印）：", "日期："),
        *copied(told.copied_to if told else ""),
        *((Text(_note(matter), strong=True),) if matter.is_copy else ()),
    )
    return Document(
        title,
        matter.office,
        (*blocks, *end),
        paper="A4-organ",
        number=number or (f"办件编号 {case.case_no}" if case.case_no else ""),
        printed=matter.printed,
        mark=mark(matter),
        version=case.version,
        organ=matter.organ.name,
        copy=COPY if matter.is_copy else "",
    )


def copied(names: str) -> tuple[Block, ...]:
    """抄送 between two rules, closed by a full stop (GB/T 9704-2012, 7.4.2); nothing where nobody was named."""
    return (Copied(f"抄送：{names}。"),) if names else ()


_TITLED = re.compile(r"[\u3400-\u9fff]{2}")


def _attached(matter: Matter, told: HistoryLine | None) -> tuple[Text, ...]:
    """附件说明 (GB/T 9704-2012, 7.3.4) of the documents that went with the act; a file that bears no title is none."""
    found = matter.case.decision if told and told.kind in ("case.granted", "case.refused") else None
    names = [one.name.rpartition(".")[0] or one.name for one in found.files] if found else []
    titled = [one for one in names if _TITLED.search(one)]
    if len(titled) < 2:
        return tuple(Text(f"附件：{one}") for one in titled)
    return tuple(Text(f"{'　　　' if at > 1 else '附件：'}{at}. {one}") for at, one in enumerate(titled, 1))


def mark(matter: Matter) -> str:
    """演示 and 练习 stand on the organ's papers too, and 示例 while its item is not confirmed."""
    if matter.office.practice or matter.office.demonstration:
        return ""  # the office's own mark
    return COPY if matter.is_copy else "示例" if matter.case.collected.sample else ""


def dated(day: dt.date) -> str:
    """A day as papers of an organ end with it."""
    return f"{day.year}年{day.month}月{day.day}日"


def _note(matter: Matter) -> str:
    return (
        f"本件是{matter.office.point_name}按中心同步来的记录打印的副本，没有加盖印章；"
        f"以{matter.organ.name}加盖印章的原件为准。"
    )


def _reached(matter: Matter) -> tuple[Text, ...]:
    body, item = matter.organ.body, matter.item
    enquiry = (body.enquiry_phone if body else "") or (item.enquiry_phone if item else "") or matter.office.phone
    complaint = (body.complaint_phone if body else "") or (item.supervision_phone if item else "")
    parts = (
        ("地址", body.address if body else ""),
        ("咨询", enquiry),
        ("监督投诉", complaint or matter.office.supervision_phone),
    )
    said = "　".join(f"{what} {words}" for what, words in parts if words)
    return (Text(said),) if said else ()
