"""What screens and papers read: frozen snapshots, ready to show. No screen works out a rule or a mask of its own."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from desk.folds.case import Case
from desk.folds.hall.clashes import Clash
from desk.folds.next_act import NextAct
from desk.folds.records import Notice, Visit
from desk.law.catalogue.item import Item
from desk.law.deadline import Warn
from desk.log import events
from desk.log.files import FileRef


class DraftMaterial(msgspec.Struct, frozen=True):
    """What the agent ticked for one material of the item."""

    code: str
    here: bool = False
    originals: int = 0
    copies: int = 0
    missing: str = ""  # why it is not here
    files: tuple[FileRef, ...] = ()
    given_back: bool = False  # the original was looked at and handed back at once
    until: str = ""  # the day on which what is not here is to follow, as it was typed; "" for none said


class Draft(msgspec.Struct, frozen=True):
    """The register page as it stands, kept at every pause. `id` is made by the page (uuid4 hex).

    `applicant_id` is empty for a person who is not in the book yet. `answers` say, by the key of what was asked
    (`desk.counter.asking.book`), whether the book of people follows; `again` why the same is taken in again.
    """

    id: str
    applicant: events.Person = events.Person("")
    applicant_id: str = ""
    principal: events.Person | None = None  # of drafts that called who came `applicant`: for whom (`turned`)
    task_code: str = ""
    situation: str = ""
    fields: dict[str, str] = {}
    materials: tuple[DraftMaterial, ...] = ()
    note: str = ""
    proxy: events.Proxy | None = None  # who came for the applicant
    answers: dict[str, str] = {}
    again: str = ""


def turned(draft: Draft) -> Draft:
    """Who came and for whom, the right way round: drafts of before called who came the applicant."""
    if draft.principal is None:
        return draft
    came = events.Proxy(draft.applicant, person_id=draft.applicant_id)
    return msgspec.structs.replace(draft, applicant=draft.principal, applicant_id="", principal=None, proxy=came)


class DraftRow(msgspec.Struct, frozen=True):
    """A draft in the list of drafts; `saved` is ISO 8601."""

    draft: Draft
    saved: str
    title: str


class PersonRow(msgspec.Struct, frozen=True):
    """A person in a list: numbers are masked."""

    id: str
    name: str
    id_masked: str
    phone_masked: str
    address: str
    birth: str  # 1956-03-02, or ""
    sex: str  # 男, 女, or ""
    cases: int
    alike: bool = False  # found because the name sounds nearly like what was asked


class SeenLine(msgspec.Struct, frozen=True):
    """Someone looked at a full number: when, who, why, which; `why` is the whole of it in words."""

    time: str
    officer: str
    reasons: str
    what: str = "证件号码"

    @property
    def why(self) -> str:
        """The telephone of somebody with an open case needs no reason; what was looked at is told where it is not the
        identity number."""
        reasons = self.reasons or "有在办件，联系办事人"
        return reasons if self.what == "证件号码" else f"{self.what}：{reasons}"


class PastLine(msgspec.Struct, frozen=True):
    """补录: a line of a ledger of former years; `day` as far as the ledger knows it."""

    name: str
    item: str
    day: str
    result: str
    number: str
    note: str
    id_masked: str
    person_id: str = ""  # of the book, where the number is known there


class PersonView(msgspec.Struct, frozen=True):
    """One person as the page shows them; `doubles` may be the same person."""

    row: PersonRow
    aliases: tuple[str, ...]
    merged: tuple[PersonRow, ...]
    doubles: tuple[PersonRow, ...]
    seen: tuple[SeenLine, ...]
    household: tuple[PersonRow, ...] = ()  # everybody in it, this person too
    relation: str = ""
    group: str = ""
    past: tuple[PastLine, ...] = ()
    name_mn: str = ""


class DueView(msgspec.Struct, frozen=True):
    """A date that a clock runs to. `on` None: the clock does not run (yet); `words` says why."""

    name: str  # 服务承诺, 法定（受理） ...
    on: dt.date | None
    words: str  # 2026-12-03（还剩 7 个工作日）
    warning: Warn = Warn.NONE
    provisional: bool = False
    lines: tuple[str, ...] = ()  # how it was worked out
    note: str = ""  # what is said beside it: what changed it, what it rests on


MANY = 10_000  # of more cases than so many a list says that they are more, not how many


class CaseQuery(msgspec.Struct, frozen=True):
    """What the case list asks for. `text` is searched in every key; `sort` is a column of CaseRow. `whose`: "" this
    point's, "window" those that this machine's window has, "mine" those that whoever asks took in, the name of another
    desk of the point for those of its window; at a township's desk also "villages", "all" or a village's code."""

    text: str = ""
    states: tuple[str, ...] = ()
    task_code: str = ""
    person_id: str = ""
    since: str = ""  # collected on or after, ISO date
    until: str = ""
    agent: str = ""
    warning: str = ""  # yellow, red, any
    sort: str = "collected_at"
    descending: bool = True
    whose: str = ""

    @property
    def window(self) -> str:
        """The desk whose window's cases are asked for; "" where `whose` names none."""
        return self.whose if "-" in self.whose else ""


class CaseRow(msgspec.Struct, frozen=True):
    """A case in a list. `at_centre` is True only when the centre said that it has it."""

    intake_no: str
    case_no: str
    state: str
    state_name: str
    applicant_name: str
    item_name: str
    collected_at: str
    due_on: str  # ISO date or ""
    due_provisional: bool
    warning: Warn
    at_centre: bool
    agent: str = ""
    rated: bool = False
    desk: str = ""  # the number of the desk of this point that took it in; "" for this one
    village: str = ""  # the village whose it is, which this township only looks at; "" for one of this point
    window: str = ""  # the number of the desk of this point whose window has it now, this one too; "" for a village's
    elsewhere: bool = False  # that is another window than this one


class PaperView(msgspec.Struct, frozen=True):
    """A document of a case that was made and kept."""

    sha256: str
    paper: str
    title: str
    made_at: str
    signed: tuple[FileRef, ...] = ()  # scans of it as it was signed


class Place(StrEnum):
    """Where something that this desk wrote is."""

    HERE = "here"
    ON_THE_WAY = "on_the_way"
    AT_CENTRE = "at_centre"


class CaseView(msgspec.Struct, frozen=True):
    """All that the case page shows."""

    case: Case
    row: CaseRow
    id_masked: str
    phone_masked: str
    clocks: tuple[DueView, ...]
    papers: tuple[PaperView, ...]
    may: tuple[str, ...]  # kinds of event that the desk may append now
    place: Place = Place.HERE  # of the last thing that this desk wrote of it
    place_since: str = ""
    next: NextAct = NextAct.SYNC  # what its page offers first
    # Of the pictures that this desk sends, by hash: since when the centre has them, "" while they wait.
    pictures: dict[str, str] = {}
    item: Item | None = None  # the version under which it was taken in
    desks: dict[str, str] = {}  # by name of another desk in its history, that desk's number
    apart: tuple[Clash, ...] = ()  # what two windows wrote of it and cannot both be true, settled or not
    may_pass: bool = False  # this point has another window that could go on with it
    may_give_back: bool = False  # it came from another window to this one


class PaperOut(msgspec.Struct, frozen=True):
    """A document ready to preview, print or save: the same bytes for all three."""

    title: str
    filename: str  # holds no personal data
    pdf: bytes
    sha256: str
    missing: tuple[str, ...] = ()  # characters that no font here can draw
    of: str = ""  # the kept paper that this is a marked copy 补打 of, by its hash


class Registered(msgspec.Struct, frozen=True):
    """A case that is durably on disk."""

    intake_no: str
    title: str


class Office(msgspec.Struct, frozen=True):
    """Who and where this desk is."""

    point_code: str
    point_name: str
    township: str
    banner: str
    centre_name: str
    phone: str
    node: str
    supervision_phone: str = "12345"
    demonstration: bool = False
    practice: bool = False
    enrolled: bool = True


class TodayView(msgspec.Struct, frozen=True):
    """What needs the agent now."""

    collected_today: int
    waiting_sync: int
    waiting_since: str
    drafts: int
    yellow: int
    red: int
    supplements: int
    to_hand_over: int
    needs: tuple[Need, ...]
    visits: tuple[Visit, ...]
    latest_drafts: tuple[DraftRow, ...]
    recent: tuple[CaseRow, ...]
    notices: tuple[Notice, ...] = ()


class Need(msgspec.Struct, frozen=True):
    """One thing to do now: `why` is before, passed, apart, supplement, result, follow, corrected, red or yellow;
    `words` say it."""

    why: str
    words: str
    case: CaseRow


class ItemRow(msgspec.Struct, frozen=True):
    """An item in a list; `refusal` says why it takes no case today, "" when it does."""

    item: Item
    refusal: str


class RefusedMove(msgspec.Struct, frozen=True):
    """Something that was written down about a case but could not take effect, and why."""

    intake_no: str
    applicant_name: str
    words: str
    reason: str
