"""A case goes on at another window, and a window that is out of order is stood in for: each a signed entry, so that all
windows see it, by the hall's wire, by the centre or by a stick."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from db.desk import case_rows, record_rows
from desk.counter.session import Session, new_id, required
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.folds import whose
from desk.folds.hall.windows import Takeover
from desk.log import history_words
from desk.log.hall import hall_events
from desk.store import siblings
from desk.store.entries import Fact, fold_case
from desk.store.identity import Identity

_KEPT = "办件没有改动。"
_MOST = 5000  # cases that are taken over at once


class WindowName(msgspec.Struct, frozen=True):
    """A window of this hall: the desk, how it is called, whether it is this one, whether it may still write."""

    node: str
    title: str
    is_own: bool = False
    is_off: bool = False


class NewHere(msgspec.Struct, frozen=True):
    """A case that was passed to this window, where nobody did anything with it yet: from which window, by whom, when
    (ISO 8601), with which line."""

    intake_no: str
    applicant_name: str
    item_name: str
    by: str
    officer: str
    at: str
    reasons: str


class Passing:
    """Who works at what."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def windows(self) -> tuple[WindowName, ...]:
        """This window and the others of the point that the centre told of, by number."""
        with self._session.store.read() as db:
            return windows_in(db, self._session.store.identity_in(db))

    # -- one case -------------------------------------------------------------------------------------------------

    def pass_on(self, intake_no: str, to: str, why: str) -> None:
        """The window of the desk `to` goes on with a case. Raises RefusedError."""
        reasons = required(why, "给那个窗口的话")
        with self._session.store.write() as db:
            case, us = self._open_case(db, intake_no), self._session.store.identity_in(db)
            self._must_work(db, us, to)
            if case.window == to:
                raise RefusedError(f"这件办件已经在{history_words.window(to)}。", _KEPT)
            self._append(db, case, to, reasons)

    def give_back(self, intake_no: str, why: str) -> str:
        """The case goes back to the window that it came from last, which is told; its name. Raises RefusedError."""
        reasons = required(why, "退回的原因")
        with self._session.store.write() as db:
            case = self._open_case(db, intake_no)
            last = whose.last_passed(case.history)
            if last is None:
                raise RefusedError("这件办件不是别的窗口转来的。", _KEPT)
            self._append(db, case, last.before, reasons)
        return history_words.window(last.before)

    def arrived(self) -> tuple[NewHere, ...]:
        """What other windows passed to this one and nobody here did anything with yet, the latest first."""
        with self._session.store.read() as db:
            own = self._session.seen(db).own
            found = [case for row in case_rows.new_at(db, own) if (case := fold_case(db, row["intake_no"]))]
        return tuple(_new(case) for case in found)

    # -- a whole window -------------------------------------------------------------------------------------------

    def take_over(self, window: str, why: str) -> Takeover:
        """Another window is out of order: this one goes on with all its open cases, in one step. Raises
        RefusedError."""
        reasons = required(why, "接手的原因")
        with self._session.store.write() as db:
            us = self._session.store.identity_in(db)
            if window in (us.node, *(one.node for one in us.former)):
                raise RefusedError("这就是本窗口。", "没有接手。")
            held = case_rows.open_at(db, window)[:_MOST]
            if not held:
                title = history_words.window(window)
                raise RefusedError(f"{title}手里没有在办的办件。", "没有接手。")
            subject, officer = f"takeover:{new_id()}", self._session.account.name
            made = hall_events.TakenOver(officer, window, us.node, tuple(held), reasons)
            self._session.append(db, Fact("takeover.made", subject, made))
            for number in held:
                told = hall_events.Passed(officer, window, us.node, reasons, subject)
                self._session.append(db, Fact("case.passed", number, told))
            return _takeover(db, subject)

    def undo(self, takeover_id: str) -> int:
        """That window works again: its cases go back to it, but those that ended or were passed on since; how many.
        Raises RefusedError."""
        with self._session.store.write() as db:
            made = _takeover(db, takeover_id)
            if made.state != "made":
                raise RefusedError("这次接手已经交还过。", _KEPT)
            officer, back = self._session.account.name, list[str]()
            for number in made.made.cases:
                case = fold_case(db, number)
                last = whose.last_passed(case.history) if case else None
                if case and case.state not in cases.ENDED and last and last.takeover == takeover_id:
                    self._append(db, case, made.made.window, "交还")
                    back.append(number)
            told = hall_events.GivenBack(officer, tuple(back))
            self._session.append(db, Fact("takeover.undone", takeover_id, told))
        return len(back)

    def takeovers(self) -> tuple[Takeover, ...]:
        """Those that were not undone, the latest first."""
        with self._session.store.read() as db:
            kept = record_rows.records(db, "takeover", state="made")
        return tuple(msgspec.json.decode(one, type=Takeover) for one in kept)

    # -- beneath --------------------------------------------------------------------------------------------------

    def _open_case(self, db: Database, intake_no: str) -> cases.Case:
        case = fold_case(db, intake_no)
        if case is None:
            raise RefusedError("没有找到这件办件。", _KEPT)
        if case.state in cases.ENDED:
            raise RefusedError(f"这件办件已了结（{cases.STATE_NAMES[case.state]}），不用再转。", _KEPT)
        return case

    def _must_work(self, db: Database, us: Identity, node: str) -> None:
        known = {one.node for one in windows_in(db, us) if not one.is_off}
        if node not in known:
            raise RefusedError("这个窗口不在本点的名单里，或已停用。", _KEPT, "请与旗中心同步一次再选。")

    def _append(self, db: Database, case: cases.Case, to: str, reasons: str) -> None:
        told = hall_events.Passed(self._session.account.name, case.window, to, reasons)
        self._session.append(db, Fact("case.passed", case.intake_no, told))


def windows_in(db: Database, us: Identity) -> tuple[WindowName, ...]:
    """As `Passing.windows`, for one who reads already."""
    own = WindowName(us.node, history_words.window(us.node), is_own=True)
    mine = {us.node, *(one.node for one in us.former)}
    others = (
        WindowName(one.node, history_words.window(one.node), is_off=bool(one.revoked))
        for one in siblings.known(db)
        if one.node not in mine
    )
    return tuple(sorted((own, *others), key=lambda one: one.node))


def _takeover(db: Database, subject: str) -> Takeover:
    kept = record_rows.record(db, subject)
    if kept is None:
        raise RefusedError("没有找到这次接手。", _KEPT)
    return msgspec.json.decode(kept, type=Takeover)


def _new(case: cases.Case) -> NewHere:
    line = whose.lies_new(case.history, case.point)
    told = line.of_hall if line else None
    by = history_words.window(told.before) if isinstance(told, hall_events.Passed) else ""
    reasons = told.reasons if isinstance(told, hall_events.Passed) else ""
    taken = case.collected
    return NewHere(
        case.intake_no,
        taken.applicant.name,
        taken.item.item_name,
        by,
        line.author if line else "",
        line.time if line else "",
        reasons,
    )
