"""转到 2 号窗口: a draft that one window passes to another, which takes it up or sends it back. It goes as an entry,
sealed to its two windows: the centre and whoever carries it see that a draft was passed, and nothing of it."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from db.desk import local_rows, picture_rows, record_rows
from desk import clock
from desk.counter.hall.passing import windows_in
from desk.counter.session import Session, new_id, required
from desk.errors import UNREADABLE, RefusedError
from desk.folds.hall.windows import PassedDraft
from desk.log import history_words
from desk.log.hall import hall_events
from desk.store import lists
from desk.store.entries import Fact
from desk.store.identity import Identity
from desk.store.snapshots import Draft
from desk.sync.kept import notes as named
from desk.sync.protocol import seal
from desk.sync.trust import roster_here

_BACK = "draft-back:"  # of this machine's own: the drafts that came back and lie among its own again
_KEPT = "草稿没有改动。"


class DraftHere(msgspec.Struct, frozen=True):
    """A draft that concerns this window. `came`: it lies here for this window to take up; else it is one of this
    window's own that came back, or still lies at the other one. `title` and `task_code` are the draft's."""

    id: str
    came: bool
    state: str
    other: str
    officer: str
    at: str
    reasons: str
    title: str = ""
    task_code: str = ""


class TakenUp(msgspec.Struct, frozen=True):
    """The draft as it lies among this window's own now, and how many of its pictures are still on their way from the
    other window."""

    draft: Draft
    coming: int = 0


class PassedDrafts:
    """Drafts between this window and the others."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def pass_on(self, draft_id: str, to: str, why: str) -> None:
        """The window of the desk `to` is to go on with a draft of this window; it lies there from now on, and no more
        among this window's own. Raises RefusedError."""
        reasons = required(why, "给那个窗口的话")
        with self._session.store.write() as db:
            us = self._session.store.identity_in(db)
            draft = next((one.draft for one in lists.drafts(db) if one.draft.id == draft_id), None)
            if draft is None:
                raise RefusedError("没有找到这份草稿。", _KEPT, "请刷新后再看。")
            body = msgspec.json.encode(draft)
            theirs = seal.seal(body, _seal_key(db, us, to))
            own = seal.seal(body, us.keys.public().seal)
            told = hall_events.DraftPassed(self._session.account.name, us.node, to, theirs, own, reasons)
            self._session.append(db, Fact("draft.passed", f"draft:{new_id()}", told))
            named.of_draft(db, draft)
            local_rows.drop_draft(db, draft_id)

    def here(self) -> tuple[DraftHere, ...]:
        """Those that came to this window; those of its own that came back, or that nobody took up yet."""
        with self._session.store.read() as db:
            us = self._session.store.identity_in(db)
            names = {us.node, *(one.node for one in us.former)}
            kept = [msgspec.json.decode(one, type=PassedDraft) for one in record_rows.records(db, "draft")]
            found = [_here(us, names, one) for one in kept]
            return tuple(one for one in found if one and not local_rows.local(db, _BACK + one.id))

    def take_up(self, passed_id: str) -> TakenUp:
        """This window goes on with a draft that came: it lies among its own from now on. Raises RefusedError."""
        with self._session.store.write() as db:
            us, passed = self._passed(db, passed_id)
            draft = _opened(us, passed.passed.sealed)
            coming = _ask_pictures(db, draft)
            self._session.append(db, Fact("draft.taken", passed_id, hall_events.DraftTaken(self._session.account.name)))
            self._keep(db, draft)
        return TakenUp(draft, coming)

    def send_back(self, passed_id: str, why: str) -> None:
        """It goes back to the window that it came from. Raises RefusedError."""
        reasons = required(why, "退回的原因")
        with self._session.store.write() as db:
            self._passed(db, passed_id)
            told = hall_events.DraftReturned(self._session.account.name, reasons)
            self._session.append(db, Fact("draft.returned", passed_id, told))

    def take_back(self, passed_id: str) -> Draft:
        """A draft of this window's own, sent back by the other one or not taken up there, lies among its own again.
        Raises RefusedError where the other window took it up."""
        with self._session.store.write() as db:
            us, passed = self._session.store.identity_in(db), _kept(db, passed_id)
            if passed is None or passed.state == "taken":
                raise RefusedError("那个窗口已经接着填了。", _KEPT)
            draft = _opened(us, passed.passed.own)
            if passed.state == "passed":
                told = hall_events.DraftReturned(self._session.account.name, "收回")
                self._session.append(db, Fact("draft.returned", passed_id, told))
            local_rows.set_local(db, _BACK + passed_id, b"1")
            self._keep(db, draft)
        return draft

    def _passed(self, db: Database, passed_id: str) -> tuple[Identity, PassedDraft]:
        us, passed = self._session.store.identity_in(db), _kept(db, passed_id)
        if passed is None or passed.state != "passed":
            raise RefusedError("这份草稿已经有人接手，或已经退回、收回。", _KEPT, "请刷新后再看。")
        return us, passed

    def _keep(self, db: Database, draft: Draft) -> None:
        saved = clock.stamp(self._session.store.tell())
        local_rows.put_draft(db, {"id": draft.id, "saved": saved, "body": msgspec.json.encode(draft)})


def _kept(db: Database, passed_id: str) -> PassedDraft | None:
    kept = record_rows.record(db, passed_id)
    return msgspec.json.decode(kept, type=PassedDraft) if kept else None


def _seal_key(db: Database, us: Identity, to: str) -> bytes:
    known = {one.node for one in windows_in(db, us) if not one.is_own and not one.is_off}
    roster = roster_here.known(db, us)
    listed = roster.find(to) if roster and to in known else None
    if listed is None or listed.revoked:
        title = history_words.window(to)
        raise RefusedError(f"还没有{title}的密钥，不能把草稿封给它。", "草稿还在本窗口。", "请与旗中心同步一次。")
    return listed.keys().seal


def _opened(us: Identity, sealed: bytes) -> Draft:
    try:
        body = seal.unseal_any(sealed, (us.keys, *(one.keys for one in us.former)))
        return msgspec.json.decode(body, type=Draft)
    except (seal.SealError, *UNREADABLE) as error:
        raise RefusedError("这份草稿不是封给本窗口的，打不开。", _KEPT, "请让转来的窗口重新转一次。") from error


def _here(us: Identity, names: set[str], one: PassedDraft) -> DraftHere | None:
    came, ours = one.passed.to in names and one.state == "passed", one.passed.by in names and one.state != "taken"
    if not came and not ours:
        return None
    back = one.state == "returned"
    told = (one.officer, one.ended_at, one.reasons) if back else (one.passed.officer, one.at, one.passed.reasons)
    other = history_words.window(one.passed.by if came else one.passed.to)
    try:
        draft = _opened(us, one.passed.sealed if came else one.passed.own)
    except RefusedError:
        return DraftHere(one.id, came, one.state, other, *told)
    return DraftHere(one.id, came, one.state, other, *told, draft.applicant.name.strip(), draft.task_code)


def _ask_pictures(db: Database, draft: Draft) -> int:
    """Ask for the pictures of a draft that are not here yet, also those that are too large to come unasked; how many.
    It keeps their names: they come whenever the two windows meet."""
    names = [ref.sha256 for one in draft.materials for ref in one.files]
    lacking = {*names} - picture_rows.files_here(db, names)
    named.of_draft(db, draft)  # it may have come while this was not noted yet
    for one in sorted(lacking):
        picture_rows.ask_near(db, one)
    return len(lacking)
