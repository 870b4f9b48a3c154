"""What the pages of the office's records share: finding one, who may see it, its history, what is owed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from fastapi import Request

from db.centre import records, rows
from db.centre.lists import record_lists
from db.centre.lists.record_lists import Wanted
from desk import clock
from desk.centre.node.centre_node import Centre, Own
from desk.centre.node.roles import GENERAL, OFFICE, SUPERVISE
from desk.centre.run import guard
from desk.centre.web.family_pages import Found
from desk.centre.web.frame import PAGE, AbsentError, centre_of, day_of, pages
from desk.errors import RefusedError
from desk.folds.office.office_record import Step
from desk.law import deadline, numbers
from desk.law.divisions import load as divisions
from desk.log import chain, events

_Shape = TypeVar("_Shape", bound=msgspec.Struct)
ANSWER = OFFICE | SUPERVISE  # who takes part in a card or a complaint


def record(request: Request, family: str, key: str, shape: type[_Shape]) -> Found[_Shape]:
    """A record by id (without its family) or number; the holidays published by then are at hand. Raises AbsentError."""
    centre = centre_of(request)
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        row = records.one_record(db, family, f"{family}:{key}") or records.one_record(db, family, key)
    if row is None:
        raise AbsentError("没有这一条，请核对编号。")
    found = msgspec.json.decode(row["data"], type=shape)
    return Found(found, int(row["entries"]), row["id"].partition(":")[2])


def must_see(visitor: guard.Visitor, org: str) -> None:
    """Raises AbsentError when records of this department are not the visitor's to see."""
    if not visitor.sees_org(org or GENERAL):
        raise AbsentError("没有这一条，或它不归您的部门，请核对编号。")


def states_of(state: str, is_open: Sequence[str]) -> Sequence[str]:
    """What a list is narrowed to by the `state` that was chosen above it: none for all."""
    return is_open if state == "open" else () if state == "all" else (state,)


def paged(db: sa.Connection, wanted: Wanted, at: int) -> tuple[list[rows.Row], int]:
    """The page `at` of a list, and how many there are in all."""
    return record_lists.listed(db, wanted, (at - 1) * PAGE, PAGE), record_lists.count(db, wanted)


def listing(
    request: Request,
    visitor: guard.Visitor,
    family: str,
    names: Mapping[str, str],
    is_open: Sequence[str],
    state: str,
    at: int,
) -> dict[str, Any]:
    """A page of the records of a family that this visitor sees, for its template. `names`: of the states that may be
    chosen, "open" and "all" among them."""
    centre, state = centre_of(request), state if state in names else "open"
    wanted = Wanted(family, sees=visitor.sees, general=GENERAL, states=states_of(state, is_open))
    with centre.database.read() as db:
        found, count = paged(db, wanted, at)
    lines = [
        {
            **row,
            "key": row["id"].partition(":")[2],
            "state_name": names[row["state"]],
            "late": late(row["due"], centre),
        }
        for row in found
    ]
    return {"rows": lines, "count": count, "states": names, "state": state, "at": at, "pages": pages(count)}


def history(steps: Iterable[Step], verdicts: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """For people, last first."""
    lines = []
    for step in steps:
        officer = "　".join(word for word in (step.org, step.officer) if word) if step.officer else step.account
        text = step.text
        if step.kind in ("complaint.assigned", "disclosure.assigned"):  # here the department is the one that it goes to
            officer, text = step.officer, f"转给{step.org}。{step.text}"
        if step.kind == "complaint.made":  # here it is the one that it is about
            officer = step.officer
        verdict = verdicts.get(step.kind, {}).get(step.verdict, "")
        who = officer or "系统"
        lines.append({"name": step.name, "time": clock.minute(step.time), "who": who, "verdict": verdict, "text": text})
    return lines[::-1]


def owed(centre: Centre, days: int) -> dt.date | None:
    """The day on which so many working days from today end; None for 0."""
    return deadline.working_day_after(centre.today(), days, centre.publications.holidays) if days else None


def day(centre: Centre, text: str, days: int) -> dt.date | None:
    """The day that was typed, not before today; else `days` working days from now. Raises RefusedError."""
    typed = day_of(text)
    if typed is None:
        return owed(centre, days)
    if typed < centre.today():
        raise RefusedError("最后一天不能在今天以前。", "没有改动。")
    return typed


def words(text: str) -> str:
    """What was typed; raises RefusedError for nothing."""
    if not text.strip():
        raise RefusedError("请写明情况。", "没有改动。")
    return text.strip()


def department(org: str) -> str:
    """The department that was typed; raises RefusedError for none."""
    if not org.strip():
        raise RefusedError("请选择承办部门。", "没有改动。")
    return org.strip()[:60]


def late(due: str, centre: Centre) -> bool:
    """Whether `due` (ISO, "" for none) is past."""
    return bool(due) and due < centre.today().isoformat()


def note_look(centre: Centre, visitor: guard.Visitor, subject: str, number: str, why: str, what: str) -> None:
    """A look at full numbers is in our chain, about `subject`, before they are shown (个人信息保护法§51). Raises
    RefusedError without a reason."""
    if not why.strip():
        raise RefusedError("请写明为什么要看完整号码。", "没有显示。")
    told = events.PersonSeen(visitor.name, f"{why.strip()}（{number}）", what)
    with centre.database.write() as db:
        centre.add(db, [Own(visitor.account, "person.seen", subject, told, "")])


def note_papers(centre: Centre, visitor: guard.Visitor, intake_no: str, material: str) -> None:
    """A picture of an identity document shows the full number too: noted before it is shown, once for an account, a
    case, a paper and a day, so that leafing through them does not flood the chain."""
    subject, what = f"seen:{intake_no}", f"图片：{material}"
    with centre.database.read() as db:
        known = [chain.decoded(one) for one in rows.about(db, [subject])[subject]]
    for entry in known:
        data = events.decode(entry.kind, entry.data)
        same = isinstance(data, events.PersonSeen) and data.what == what and entry.author == visitor.account
        if same and entry.node == centre.node and clock.day(entry.time) == centre.today():
            return
    told = events.PersonSeen(visitor.name, f"看材料（{numbers.grouped(intake_no)}）", what)
    with centre.database.write() as db:
        centre.add(db, [Own(visitor.account, "person.seen", subject, told, "")])


def place_name(code: str) -> str:
    """The village of a division code, or its township, with what lies above it."""
    return divisions().full_name(code) or divisions().full_name(code[:9])


def town_name(code: str) -> str:
    """The name of the township that a division code lies in; its digits where it is not known."""
    found = divisions().get(code[:9])
    return found.name if found else code[:9]
