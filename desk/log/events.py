"""What the entries about people and cases carry: one frozen struct a kind.

Names are GB/T 39046-2020's where it has one (tables 5 to 8). Unknown kinds and unknown fields are kept as bytes in the
log and passed on; here they decode to nothing, so that an older desk goes on working beside a newer one.
"""

from __future__ import annotations

import datetime as dt
import functools

import msgspec

from db import first_decode
from desk.errors import UNREADABLE
from desk.log.centre_events import (
    NODE_KINDS,
    PUBLISHED_KINDS,
    AccountChanged,
    EntryRefused,
    Renumbered,
    ResultsShown,
)
from desk.log.duty.duty_events import DUTY_KINDS, PaperOut
from desk.log.files import FileRef
from desk.log.hall.hall_events import HALL_KINDS
from desk.log.import_events import IMPORT_KINDS
from desk.log.life_events import LIFE_KINDS
from desk.log.local_events import LOCAL_KINDS, Memo
from desk.log.office_events import OFFICE_KINDS, OFFICE_ONLY, Disclosing
from desk.log.overruled import Overruled
from desk.log.point_events import POINT_KINDS
from desk.log.post_events import POST_KINDS
from desk.words.guide_texts import GuideTexts


class Person(msgspec.Struct, frozen=True):
    """办事人. `id_number` is stored plain (upper case, no spaces); `id_type` is a GA/T 2000.156 code. `household` is
    the subject of the head of the household 户主, own or another's; "" where that is not known."""

    name: str
    id_type: str = "111"
    id_number: str = ""
    phone: str = ""
    address: str = ""
    name_mn: str = ""
    aliases: tuple[str, ...] = ()
    division: str = ""
    household: str = ""
    relation: str = ""  # to the head 与户主关系
    group: str = ""  # 组
    representative: str = ""  # 法定代表人 of an organisation


class PersonRecorded(msgspec.Struct, frozen=True):
    """person.recorded: what is known of a person from now on; `source` is the import that said so."""

    person: Person
    source: str = ""


class TakenMaterial(msgspec.Struct, frozen=True):
    """One material as it was handed over: how many, or why not."""

    code: str
    name: str
    originals: int = 0
    copies: int = 0
    returned: bool = False
    missing: str = ""  # why it is not here; empty when it is
    until: dt.date | None = None  # a material that may follow: by when
    files: tuple[FileRef, ...] = ()


class ItemRef(msgspec.Struct, frozen=True):
    """Which version of which item a case was taken under; `body` is the code of who is competent, "" not known."""

    task_code: str
    item_name: str
    version: int
    catalogue: str
    org_name: str = ""
    regime: str = ""
    body: str = ""


class Proxy(msgspec.Struct, frozen=True):
    """代理人 (GB/T 39046-2020 table 5): who came, what they are to the applicant, their own subject ("": not known)."""

    person: Person
    relation: str = ""
    person_id: str = ""


class Collected(msgspec.Struct, frozen=True):
    """case.collected 代办点收件: the whole application as it stood. `decode` turns round one with a `principal`."""

    item: ItemRef
    applicant_id: str  # subject of the person's entries
    applicant: Person
    materials: tuple[TakenMaterial, ...]
    agent_name: str
    point_code: str
    principal: Person | None = None  # of entries that called who came `applicant`: for whom; never written any more
    situation: str = ""
    fields: dict[str, str] = {}
    note: str = ""
    promised: dt.date | None = None
    promised_provisional: bool = False
    holidays: str = ""  # version of the holiday table that `promised` was worked out with
    sample: bool = False
    practice: bool = False
    roll: str = ""  # id of the roll 批量名册 it was taken with
    proxy: Proxy | None = None  # who came for the applicant
    again: str = ""  # why the same person and item were taken in again within a week
    overruled: tuple[Overruled, ...] = ()  # conditions that were not met
    hand_over: dt.date | None = None  # when the point means to take the papers to the centre


class Change(msgspec.Struct, frozen=True):
    """One value of a case that was wrong. `field` is the draft's name for it (applicant.phone, fields.area,
    materials.m1.copies, item), `name` what people call it."""

    field: str
    name: str
    before: str
    after: str


class Corrected(msgspec.Struct, frozen=True):
    """case.corrected 更正: what was written down wrong, what is right, and why; nothing is taken away. With another
    item, `instead` is the application as it should have been."""

    officer: str
    reasons: str
    changes: tuple[Change, ...]
    instead: Collected | None = None


class Arrived(msgspec.Struct, frozen=True):
    """case.arrived: the organ has the papers; legal day 0. `case_no` is 办件编号, given once."""

    case_no: str
    org: str
    medium: str = "network"  # or courier; window: a supplement that was brought to the centre itself
    # Where the desk's clock was wrong: when it really was, the seconds it was ahead, the promise anew. Both are kept.
    collected_at: str = ""
    skew: int = 0
    promised: dt.date | None = None
    note: str = ""  # what was brought to the window
    version: int = 0  # of the item, where the wrong clock chose another


class Accepted(msgspec.Struct, frozen=True):
    """case.accepted 受理 (GB/T 39046-2020 table 6)."""

    officer: str
    org: str
    document_no: str = ""
    copied_to: str = ""  # to whom the paper of it is copied 抄送


class NotAccepted(msgspec.Struct, frozen=True):
    """case.not_accepted 不予受理: with reasons, basis, remedy; `competent`: another organ whose matter it is."""

    officer: str
    org: str
    reasons: str
    remedy: str = ""
    document_no: str = ""
    basis: str = ""
    competent: str = ""
    copied_to: str = ""  # to whom the paper of it is copied 抄送


class SupplementAsked(msgspec.Struct, frozen=True):
    """case.supplement_asked 一次性告知: all that is missing, once (行政许可法§32(四))."""

    officer: str
    org: str
    missing: tuple[str, ...]
    until: dt.date | None = None
    basis: str = ""
    document_no: str = ""
    approved_by: str = ""  # of a second one: the chief who let it be asked
    copied_to: str = ""  # to whom the paper of it is copied 抄送


class Act(msgspec.Struct, frozen=True):
    """Any other act of the centre or of the point: who, and in words what or why."""

    officer: str = ""
    org: str = ""
    reasons: str = ""
    basis: str = ""
    document_no: str = ""
    # Of the centre's acts: last day of a special procedure, who approved it (行政许可法§42), its band, result.
    until: dt.date | None = None
    approved_by: str = ""
    band: str = ""
    files: tuple[FileRef, ...] = ()
    procedure: str = ""  # which special procedure 特别程序
    copied_to: str = ""  # to whom the paper of it is copied 抄送


class PersonMerged(msgspec.Struct, frozen=True):
    """person.merged: the subject is the same person as `into`; both records stay, one is shown."""

    into: str
    officer: str
    reasons: str = ""


class PersonUnmerged(msgspec.Struct, frozen=True):
    """person.unmerged: they were two after all."""

    officer: str
    reasons: str = ""


class PersonSeen(msgspec.Struct, frozen=True):
    """person.seen: someone looked at a full number, and why (个人信息保护法§51, §54)."""

    officer: str
    reasons: str
    what: str = "证件号码"


class MaterialsAdded(msgspec.Struct, frozen=True):
    """case.supplemented, case.material_added: what was brought after the papers had been taken in."""

    officer: str
    materials: tuple[TakenMaterial, ...]
    reasons: str = ""


class Served(msgspec.Struct, frozen=True):
    """case.served 送达 (行政许可法§44): who took the result, how, and the mark they made."""

    officer: str = ""
    org: str = ""
    reasons: str = ""
    recipient: str = ""
    relation: str = ""  # "" the applicant; else who took it for them
    how: str = ""
    documents: tuple[str, ...] = ()
    signature: FileRef | None = None


class Rated(msgspec.Struct, frozen=True):
    """case.rated 好差评 (GB/T 39734-2020: one case, one rating). `score` 5 非常满意 ... 1 非常不满意."""

    score: int
    channel: str  # how it was asked: screen, paper; web: later, by the receipt's code
    reasons: str = ""  # the herder's own words
    private: bool = True  # whether the agent looked away


class PaperPrinted(msgspec.Struct, frozen=True):
    """paper.printed: a kept document was printed again, marked as copy number `copy_no`."""

    title: str
    sha256: str
    copy_no: int
    officer: str = ""


class PaperSigned(msgspec.Struct, frozen=True):
    """paper.signed: the scan of a document as it was signed by hand, kept beside the printed bytes."""

    title: str
    sha256: str  # of the document that was printed
    files: tuple[FileRef, ...]
    officer: str = ""


class PaperMade(msgspec.Struct, frozen=True):
    """paper.made: a document was made; its bytes are kept under `sha256`."""

    paper: str
    title: str
    sha256: str
    officer: str = ""


Data = msgspec.Struct  # what `KINDS` names for a kind

KINDS: dict[str, tuple[str, type[Data]]] = {
    "person.recorded": ("登记办事人", PersonRecorded),
    "person.merged": ("合并办事人", PersonMerged),
    "person.unmerged": ("撤销合并", PersonUnmerged),
    "person.seen": ("查看完整号码", PersonSeen),
    "case.collected": ("代办点收件", Collected),
    "case.bundled": ("组卷移交", Act),
    "case.arrived": ("中心接收", Arrived),
    "case.pre_checked": ("预审", Act),
    "case.supplement_asked": ("一次性告知补正", SupplementAsked),
    "case.accepted": ("受理", Accepted),
    "case.not_accepted": ("不予受理", NotAccepted),
    "case.reviewed": ("进入审查", Act),
    "case.suspended": ("进入特别程序", Act),
    "case.resumed": ("特别程序结束", Act),
    "case.extended": ("延期", Act),
    "case.granted": ("准予决定", Act),
    "case.refused": ("不予决定", Act),
    "case.taken_back": ("收回决定", Act),
    "case.unaccepted": ("撤销受理", Act),
    "case.certifying": ("制证", Act),
    "case.returning": ("结果回传", Act),
    "case.at_point": ("到达代办点", Act),
    "case.supplemented": ("补正材料已交", MaterialsAdded),
    "case.material_added": ("补交材料", MaterialsAdded),
    "case.corrected": ("更正", Corrected),
    "case.rated": ("群众评价", Rated),
    "case.served": ("送达", Served),
    "case.concluded": ("办结", Act),
    "case.archived": ("归档", Act),
    "case.withdrawn": ("申请人撤回", Act),
    "case.returned": ("退件", Act),
    "case.voided": ("作废", Act),
    "case.renumbered": ("改收件号", Renumbered),
    "paper.made": ("制作文书", PaperMade),
    "paper.printed": ("补打文书", PaperPrinted),
    "paper.signed": ("存签字件", PaperSigned),
    **NODE_KINDS,
    "entry.refused": ("中心未采纳", EntryRefused),
    "texts.written": ("蒙古文稿", GuideTexts),
    "account.changed": ("变更账号", AccountChanged),
    "results.shown": ("结果公示", ResultsShown),
    **POST_KINDS,
    **DUTY_KINDS,
    **PUBLISHED_KINDS,
    **POINT_KINDS,
    **IMPORT_KINDS,
    **LOCAL_KINDS,
    **HALL_KINDS,
    **(OFFICE_KINDS | LIFE_KINDS),
}

REMEMBERED = 512  # entries whose words are at hand
# What only a centre may write.
_ALONE = {"node", "head", "entry", "account", "results"}
CENTRE_ONLY = OFFICE_ONLY | {one.partition(".")[0] for one in PUBLISHED_KINDS} | _ALONE


def name(kind: str) -> str:
    """What history calls `kind`; the kind itself when this program does not know it yet."""
    return KINDS[kind][0] if kind in KINDS else f"其他记录（{kind}）"


def files(data: Data | None) -> tuple[FileRef, ...]:
    """The pictures and scans that an entry names."""
    match data:
        case Collected() | MaterialsAdded():
            return tuple(ref for one in data.materials for ref in one.files)
        case Served():
            return (data.signature,) if data.signature else ()
        case PaperSigned() | Act() | Memo() | PaperOut() | Disclosing():
            return data.files
        case _:
            return ()


def decode(kind: str, data: msgspec.Raw) -> Data | None:
    """The struct that `data` (JSON) holds, or None when the kind is newer than this program or does not fit."""
    return _decoded(kind, bytes(data)) if kind in KINDS else None


@functools.cache
def _decoder(kind: str) -> msgspec.json.Decoder[Data]:
    return first_decode.decoder(KINDS[kind][1])


@functools.lru_cache(maxsize=REMEMBERED)  # taking in and folding ask for the same few again and again
def _decoded(kind: str, data: bytes) -> Data | None:
    try:
        return _turned(_decoder(kind).decode(data))
    except UNREADABLE:
        return None


def _turned(data: Data) -> Data:
    """Who came and for whom, the right way round: entries of before called who came the applicant."""
    if not isinstance(data, Collected) or data.principal is None:
        return data
    came = Proxy(data.applicant, person_id=data.applicant_id)
    return msgspec.structs.replace(data, applicant=data.principal, applicant_id="", principal=None, proxy=came)
