"""政务信息: government information that this desk composes, off line too, and what the centre did with it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from db.desk import local_rows, record_rows
from desk import clock, doors
from desk.counter.pictures import Pictures
from desk.counter.session import Session, new_id
from desk.errors import RefusedError
from desk.folds.township import memos
from desk.folds.township.memos import STATES, TOPICS, MemoRecord
from desk.log.files import FileRef
from desk.log.local_events import Memo
from desk.store.entries import Fact

_DRAFT, _MOST = "memo-draft", 500
_KEPT = "没有加入，写的都在。"


class Typed(msgspec.Struct, frozen=True):
    """What is being written."""

    title: str = ""
    sort: str = TOPICS[0]
    text: str = ""
    files: tuple[FileRef, ...] = ()


class MemoLine(msgspec.Struct, frozen=True):
    """One that was handed in: where it is in words, the centre's last word. `waits`: the centre does not have it."""

    id: str
    day: str
    memo: Memo
    state: str
    state_name: str
    waits: bool
    answer: str


class Memos:
    """Those of this counter."""

    def __init__(self, session: Session, pictures: Pictures) -> None:
        self._session, self._pictures = session, pictures

    def attach(self, path: Path, beside: tuple[FileRef, ...] = ()) -> tuple[FileRef, ...]:
        """Keep a file that is to go with what is written, by its hash; all that go then. Raises RefusedError for what
        is no picture, PDF or OFD, is too large, or one too many."""
        if len(beside) >= doors.ATTACHED.things:
            raise RefusedError(f"附件最多 {doors.ATTACHED.things} 个。", _KEPT, "请先去掉一个。")
        try:
            data = doors.read_file(path, doors.ATTACHED, _KEPT)
        except OSError as error:
            raise RefusedError(f"“{doors.called(path)}”读不出来（{error.strerror or error}）。", _KEPT) from error
        made = self._pictures.keep(data, doors.called(path))
        return beside if made.sha256 in {one.sha256 for one in beside} else (*beside, made)

    def all(self) -> tuple[MemoLine, ...]:
        """The newest first."""
        with self._session.store.read() as db:
            kept = record_rows.records(db, "memo", limit=_MOST)
            acked, own = self._session.store.acked(db), self._session.store.identity_in(db).node
        found = (msgspec.json.decode(one, type=MemoRecord) for one in kept)
        return tuple(_line(one, waits=one.node == own and one.seq > acked) for one in found)

    def send(self, typed: Typed) -> None:
        """Hand it in with the next sync; the draft is gone then. Raises RefusedError."""
        title, text = memos.whole(typed.title, typed.text)
        sort = typed.sort if typed.sort in TOPICS else TOPICS[0]
        with self._session.store.write() as db:
            files = memos.fitting(typed.files)
            told = Memo(title, text, sort, self._session.account.name, files)
            self._session.append(db, Fact("memo.sent", f"memo:{new_id()}", told))
            local_rows.drop_local(db, _DRAFT)

    def draft(self) -> Typed:
        """What was begun and not handed in."""
        with self._session.store.read() as db:
            kept = local_rows.local(db, _DRAFT)
        return msgspec.json.decode(kept, type=Typed) if kept else Typed()

    def keep_draft(self, typed: Typed) -> None:
        """Keep it as it stands."""
        with self._session.store.write() as db:
            local_rows.set_local(db, _DRAFT, msgspec.json.encode(typed))


def _line(one: MemoRecord, *, waits: bool) -> MemoLine:
    last = one.answers[-1] if one.answers else None
    said = f"{clock.minute(last.time)} {last.officer}" + (f"：{last.text}" if last.text else "") if last else ""
    name = "等同步送出" if waits else STATES[one.state]
    return MemoLine(one.id, one.day, one.memo, one.state, name, waits, said)
