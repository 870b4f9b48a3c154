"""预约到场: an item that needs the person is said so first, and the visit is booked before anyone drives."""

from __future__ import annotations

import datetime as dt

import msgspec

from db.desk import record_rows
from desk.counter.session import Session, new_id, required
from desk.errors import RefusedError
from desk.folds.records import Visit
from desk.log.point_events import VisitBooked, VisitEnded
from desk.store.entries import Fact

PERIODS = ("上午", "下午")


class Visits:
    """The book of visits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def book(self, name: str, phone: str, task_code: str, day: dt.date, period: str, note: str = "") -> Visit:
        """Book a visit. Raises RefusedError for a day that is past or free, or when the name is missing."""
        from desk.counter import checks  # a start reads visits and books none

        session = self._session
        item = session.item(task_code)
        if day < session.day():
            raise RefusedError("预约的日子已经过了。", "没有预约。", "请选今天以后的工作日。")
        if not session.holidays.assumed_workday(day):
            raise RefusedError(f"{day} 是休息日，窗口不办公。", "没有预约。", "请改选工作日。")
        if period not in PERIODS:
            raise RefusedError("请选上午或下午。", "没有预约。")
        booked = VisitBooked(
            name=checks.tidy_name(required(name, "姓名")),
            phone=checks.tidy_phone(phone),
            task_code=task_code,
            item_name=item.item_name,
            day=day,
            period=period,
            place=session.on_paper(item).place,
            officer=session.account.name,
            note=note.strip(),
        )
        subject = new_id()
        with session.store.write() as db:
            session.append(db, Fact("visit.booked", subject, booked))
        return Visit(subject, "booked", day.isoformat(), booked)

    def end(self, visit_id: str, *, kept: bool, reasons: str = "") -> None:
        """They went, or it was called off."""
        if not kept:
            required(reasons, "取消的原因")
        with self._session.store.write() as db:
            ended = VisitEnded(self._session.account.name, kept, reasons.strip())
            self._session.append(db, Fact("visit.ended", visit_id, ended))

    def booked(self) -> tuple[Visit, ...]:
        """Visits to come, the next first."""
        with self._session.store.read() as db:
            found = [msgspec.json.decode(one, type=Visit) for one in record_rows.records(db, "visit", state="booked")]
        return tuple(sorted(found, key=lambda one: (one.day, one.booked.period != PERIODS[0])))
