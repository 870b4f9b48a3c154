"""What waits goes to the centre, and its answers come back: over the network, or on a stick. Each try is noted."""

from __future__ import annotations

import contextlib
from pathlib import Path

from sqlite_utils import Database

from db.desk import sync_rows
from desk import clock
from desk.counter.asking import missed
from desk.counter.office import stick_files
from desk.counter.session import Session
from desk.errors import DeskError, RefusedError, SurroundingsError
from desk.log.point_events import DoubtSettled
from desk.store import siblings
from desk.store.entries import Fact
from desk.store.identity import Identity
from desk.sync import client, healing, mail
from desk.sync import courier as stick
from desk.sync import enrol as joining
from desk.sync.outcome import Cancelled, Carried, Outcome, Report, SyncResult
from desk.sync.trust import doubts


def sync(session: Session, folder: Path, report: Report, cancelled: Cancelled) -> SyncResult:
    """One sync over the network. What breaks it is noted among the syncs before it is raised."""
    if session.identity.practice or not session.identity.enrolled:
        return _not_enrolled(session.identity)
    if not session.line.acquire(blocking=False):
        return SyncResult(Outcome.BUSY, 0, 0, "正在同步，请等它做完。", "登记的内容都在本机，没有丢失。")
    try:
        return _sync(session, folder, report, cancelled)
    finally:
        session.line.release()


def _sync(session: Session, folder: Path, report: Report, cancelled: Cancelled) -> SyncResult:
    noted = list[SyncResult]()

    def note(db: Database, result: SyncResult) -> None:
        session.hear(db)
        _note_in(session, db, result.outcome, result.sent, result.received, result.happened)
        noted.append(result)

    try:
        missed.tell(session)
        result = client.sync(session.store, session.identity, folder, report, cancelled, session.adopt, note)
    except Exception as error:
        words = error.happened if isinstance(error, DeskError) else "同步出了意外的问题，没有做完。"
        with contextlib.suppress(SurroundingsError):  # a full disk takes no line of history either
            _note(session, Outcome.MISMATCH, 0, 0, words)
        raise
    if noted:
        return result
    is_quiet = result.outcome is Outcome.DONE and not result.received
    if not is_quiet:
        session.refresh()
    with session.store.write() as db:
        if is_quiet:
            session.hear(db)
        _note_in(session, db, result.outcome, result.sent, result.received, result.happened)
    return result


def courier(session: Session, folder: Path, place: Path, report: Report, cancelled: Cancelled) -> Carried:
    """One exchange with a stick. Raises RefusedError, SurroundingsError, CancelledError."""
    if session.identity.practice:
        raise RefusedError("练习模式不与中心同步。", "练习的内容只在本机。")
    with session.line:
        if session.identity.enrolled:
            missed.tell(session)
        carried = stick.exchange(session.store, session.identity, folder, place, report, cancelled, session.adopt)
    session.refresh()
    with session.store.write() as db:
        stick_files.note(db, clock.stamp(session.store.tell()), carried.batches)
    words = "".join(carried.notes) + f"U盘：收到 {carried.received} 条，写出 {carried.entries} 条，等送到中心。"
    words += f"图片 {carried.pictures} 张在盘上。" if carried.pictures else ""
    _note(session, Outcome.REFUSED if carried.refused else Outcome.DONE, 0, carried.received, words)
    return carried


def enrol(session: Session, address: str, code: str) -> None:
    """Enrol at the centre at `address`, for the first time or again. Raises DeskErrors; nothing changes then."""
    if session.identity.practice:
        raise RefusedError("练习模式不入网。", "没有改动。")
    if not session.line.acquire(blocking=False):
        raise RefusedError("正在同步，现在不能入网。", "没有改动。", "请等同步做完再试。")
    try:
        who = session.store.identity()
        if who.enrolled:
            session.adopt(joining.enrol_again(session.store, who, address, code))
        else:
            session.adopt(joining.enrol_first(session.store, who, address, code))
    finally:
        session.line.release()
    session.refresh()


def enrol_by_stick(session: Session, place: Path, code: str) -> None:
    """Take the centre's keys from a stick; the exchanges that follow enrol. Raises RefusedError."""
    who = session.identity
    if who.practice or who.enrolled:
        raise RefusedError("本机已经入网，或是练习模式。", "没有改动。")
    with session.line:
        session.adopt(mail.begin_enrolment(session.store, who, stick.is_stick(place) / stick.FOLDER, code))


def let_read(session: Session, node: str) -> None:
    """A desk of this point may read its past; the centre hears of it with the next exchange. Raises RefusedError."""
    with session.store.write() as db:
        if node not in siblings.waits(db) or session.store.identity_in(db).node in siblings.waits(db):
            raise RefusedError("这台终端没有在等同意，或本机自己还在等。", "没有改动。")
        siblings.admit(db, node, session.account.account)


def settle_doubt(session: Session, of: str, at: str, why: str) -> None:
    """Somebody looked into what was told otherwise than it stands here: what was found out is an entry, and the doubt
    no longer an open one. Raises RefusedError."""
    if not why.strip():
        raise RefusedError("请写明核对的结果。", "没有改动。")
    with session.store.write() as db:
        found = doubts.settle(db, of, at, clock.stamp(session.store.tell()), why.strip())
        if found is None:
            raise RefusedError("这一处已经核对过了。", "没有改动。")
        told = DoubtSettled(of, at, found.words, why.strip(), session.account.name)
        session.append(db, Fact("doubt.settled", f"doubt:{of}", told))


def change_keys(session: Session) -> None:
    """Make new keys; the centre hears of them with the next sync. Raises RefusedError."""
    if session.identity.practice or not session.identity.enrolled:
        raise RefusedError("本机还没有入网，密钥不必更换。", "没有改动。")
    healing.next_keys(session.store, healing.KEYS)


def _note(session: Session, outcome: Outcome, sent: int, received: int, words: str) -> None:
    with session.store.write() as db:
        _note_in(session, db, outcome, sent, received, words)


def _note_in(session: Session, db: Database, outcome: Outcome, sent: int, received: int, words: str) -> None:
    row = {
        "time": clock.stamp(session.store.tell()),
        "outcome": outcome.value,
        "sent": sent,
        "received": received,
        "text": words,
    }
    sync_rows.add_sync(db, row)


def _not_enrolled(who: Identity) -> SyncResult:
    if who.practice:
        return SyncResult(Outcome.NOT_ENROLLED, 0, 0, "练习模式不与中心同步。", "练习的内容只在本机。")
    return SyncResult(
        Outcome.NOT_ENROLLED,
        0,
        0,
        "本机还没有入网。",
        "登记的内容都在本机，没有丢失。",
        "请向旗中心要入网码，在设置里填写。",
    )
