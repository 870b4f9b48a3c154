"""What entries about the office's records carry: supervision cards, complaints, files drawn by lot, reports,
information items, disclosure requests, desks to be unlocked. All are written by a centre."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk.log.files import FileRef


class StepJudged(msgspec.Struct, frozen=True):
    """Which step 环节 of a case a card is about: its name, its post (`desk.folds.office.roster.duties.Duty`, by value),
    the section 科室 and the people who have it or had it ("" where the body set no posts); since which day, how many
    days it has in words, by what, how many it took, and its last day (None where the item does not say)."""

    step: str
    post: str
    section: str
    who: str
    since: dt.date
    allowed: str = ""
    basis: str = ""
    spent: str = ""
    due: dt.date | None = None


class CardRaised(msgspec.Struct, frozen=True):
    """card.raised 亮牌 (电子监察): a rule found something. `colour` yellow or red; `about` an intake number or node."""

    rule: str
    colour: str
    about: str
    org: str
    place: str
    agent: str
    title: str
    facts: str  # what the rule saw, in words
    due: dt.date  # by when the office explains
    task_code: str = ""
    occasion: str = ""  # with rule and `about` it makes the card unique: the day that passed, how often it happened
    law: str = ""  # what the matter's own regime says; "" where the rule's own basis stands
    quiet: bool = False  # it is acknowledged, not explained
    own: StepJudged | None = None  # the step whose office it is for; None where it is about no case, or the point's


class Said(msgspec.Struct, frozen=True):
    """Any further step of a record: who, of which department, in words. `verdict` where the step decides something."""

    officer: str
    org: str = ""
    text: str = ""
    verdict: str = ""
    until: dt.date | None = None


class RulebookWritten(msgspec.Struct, frozen=True):
    """rulebook.written: codes of the rules of supervision whose cards need no explanation, and of those not used."""

    officer: str
    quiet: tuple[str, ...]
    off: tuple[str, ...] = ()
    text: str = ""


class ComplaintMade(msgspec.Struct, frozen=True):
    """complaint.made 投诉、建议 (S7): from the public page, the telephone or a poor rating. The writer's name and
    telephone are for the office alone. `code` lets the writer follow it."""

    number: str
    code: str
    sort: str  # complaint, suggestion, question, rating
    text: str
    about: str = ""  # intake number, where one was named
    org: str = ""
    place: str = ""
    agent: str = ""
    name: str = ""
    phone: str = ""
    due: dt.date | None = None
    channel: str = "web"  # web, phone, window, letter, rating
    officer: str = ""  # who wrote it down for the one who telephoned, came or wrote


class DisclosureAsked(msgspec.Struct, frozen=True):
    """disclosure.asked 依申请公开 (政府信息公开条例2019 §29): who asks, for what, in which form, how the answer is to
    reach them. `came`: the day it came where that is not the day of the entry; `about` the case of a point that it was
    asked with, `part_of` the number of the request that it was parted from (一事一审)."""

    number: str
    code: str
    name: str
    id_number: str
    phone: str
    text: str
    form: str = ""
    due: dt.date | None = None
    channel: str = "web"  # web, window, mail, letter, fax, desk
    officer: str = ""  # who wrote it down for one who cannot write (§29), or opened the letter
    address: str = ""
    email: str = ""
    way: str = ""  # how the answer goes out: online, post, email, collect, desk
    came: dt.date | None = None
    about: str = ""
    part_of: str = ""


class Withheld(msgspec.Struct, frozen=True):
    """A part that is not disclosed (§37): which, the code of its ground, why."""

    what: str
    ground: str
    reasons: str


class Disclosing(msgspec.Struct, frozen=True):
    """Any step of a request for disclosure. `due`: the last day to answer as it is from this step on; `until` the day
    that somebody else was given; `day` the day that counts of the step itself, where it is not the entry's."""

    officer: str
    org: str = ""
    text: str = ""
    verdict: str = ""
    until: dt.date | None = None
    day: dt.date | None = None
    due: dt.date | None = None
    approved: str = ""  # who of the office for disclosure agreed (§33)
    party: str = ""  # whose opinion is asked (§32, §34)
    ground: str = ""
    where: str = ""  # where and how it is to be had
    public: str = ""  # what the public would lose by its being withheld (§15, §32)
    other: str = ""  # number of another request
    others: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    files: tuple[FileRef, ...] = ()
    way: str = ""
    number: str = ""  # of the document
    sort: str = ""  # of applicant, as the yearly report counts them


class LotDrawn(msgspec.Struct, frozen=True):
    """lot.drawn 案卷评查 (S14): files drawn by lot with a recorded seed, so that anyone can draw them again."""

    title: str
    seed: str
    since: str
    until: str
    org: str
    task_code: str
    pool: int
    cases: tuple[str, ...]
    officer: str
    pool_mark: str = ""  # digest of the pool's numbers: whether a later draw is from the same files


class LotScored(msgspec.Struct, frozen=True):
    """lot.scored: one file of a draw, scored point by point against the checklist."""

    intake_no: str
    points: dict[str, int]
    score: int
    text: str
    officer: str


class FaultFound(msgspec.Struct, frozen=True):
    """fault.found 过错: what a review found in a file, by which rule it is one, how grave; until when the office
    explains it."""

    number: str
    lot: str
    intake_no: str
    org: str
    what: str
    basis: str
    weight: str  # slight, fault, grave
    officer: str
    due: dt.date


class Written(msgspec.Struct, frozen=True):
    """report.written, info.written: a report upward (S15) or an information item (S11) as it stands now. `counted`:
    the departments whose cases are in the figures, "*" for all; `point`: the counter whose desk composed it, with the
    `files` that it attached."""

    title: str
    text: str
    officer: str
    sort: str = ""
    period: str = ""
    org: str = ""
    place: str = ""
    figures: dict[str, str] = {}
    counted: tuple[str, ...] = ()
    point: str = ""
    files: tuple[FileRef, ...] = ()
    urgent: bool = False  # 紧急信息: before all others
    asked_by: str = ""  # the commission 约稿 that it answers


class Commissioned(msgspec.Struct, frozen=True):
    """commission.made 约稿, 报送计划: a department is asked for an item on a matter, until a day."""

    title: str
    text: str
    officer: str
    org: str
    due: dt.date
    sort: str = "ask"  # ask, plan


class UnlockMade(msgspec.Struct, frozen=True):
    """unlock.made 忘记密码: the agent `name` of the desk `node` asks for the way back into their own desk. `sealed` is
    what the desk sealed to us (base64), `reply` what an answer by stick is sealed to; `code` what was read out.
    `helper` is the township's desk that passed it on and may read the answer out."""

    node: str
    point_name: str
    account: str
    name: str
    sealed: str
    code: str
    channel: str  # phone, stick, township
    reply: str = ""
    officer: str = ""
    asked_at: str = ""  # as the desk's clock says
    helper: str = ""
    checked: str = ""  # how the township made sure that it is them


OFFICE_KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "card.raised": ("亮牌", CardRaised),
    "card.explained": ("说明情况", Said),
    "card.acknowledged": ("知悉，按时办理", Said),
    "rulebook.written": ("调整监察规则", RulebookWritten),
    "card.answered": ("监察答复", Said),
    "card.corrected": ("整改", Said),
    "card.closed": ("销牌", Said),
    "card.appealed": ("申诉", Said),
    "card.appeal_decided": ("申诉处理", Said),
    "card.urged": ("上级督办", Said),
    "card.asked": ("上级询问", Said),
    "card.ordered": ("上级责令整改", Said),
    "card.replied": ("回复上级", Said),
    "complaint.made": ("提出", ComplaintMade),
    "complaint.assigned": ("转办", Said),
    "complaint.answered": ("答复", Said),
    "complaint.sent_up": ("报上级", Said),
    "complaint.answered_above": ("上级答复", Said),
    "complaint.called_back": ("回访", Said),
    "complaint.closed": ("办结", Said),
    "complaint.published": ("公开答复", Said),
    "disclosure.asked": ("申请公开", DisclosureAsked),
    "disclosure.registered": ("登记", Disclosing),
    "disclosure.assigned": ("转办", Disclosing),
    "disclosure.mend_asked": ("告知补正", Disclosing),
    "disclosure.mended": ("收到补正", Disclosing),
    "disclosure.given_up": ("逾期不补正，视为放弃", Disclosing),
    "disclosure.consult_asked": ("征求意见", Disclosing),
    "disclosure.consulted": ("意见回复", Disclosing),
    "disclosure.extended": ("延长答复", Disclosing),
    "disclosure.reviewed": ("公开审查", Disclosing),
    "disclosure.replied": ("作出答复", Disclosing),
    "disclosure.sent": ("答复送出", Disclosing),
    "disclosure.split": ("分件办理", Disclosing),
    "disclosure.joined": ("并案办理", Disclosing),
    "disclosure.took_in": ("并入另一件", Disclosing),
    "disclosure.withdrawn": ("申请人撤回", Disclosing),
    "disclosure.contested": ("复议、诉讼", Disclosing),
    "disclosure.answered": ("答复", Disclosing),  # of before there were answers as papers
    "lot.drawn": ("抽取案卷", LotDrawn),
    "lot.scored": ("评分", LotScored),
    "lot.closed": ("评查结束", Said),
    "fault.found": ("发现过错", FaultFound),
    "fault.explained": ("部门说明", Said),
    "fault.judged": ("认定", Said),
    "fault.corrected": ("改正", Said),
    "fault.closed": ("复核了结", Said),
    "report.written": ("撰写", Written),
    "report.sent": ("上报", Said),
    "report.received": ("上级收到", Said),
    "report.adopted": ("上级采用", Said),
    "info.written": ("撰写", Written),
    "info.sent": ("上报", Said),
    "info.edited": ("编辑", Written),
    "info.adopted": ("采用", Said),
    "info.returned": ("退回", Said),
    "info.forwarded": ("报上级", Said),
    "info.received": ("上级收到", Said),
    "info.circulated": ("通报", Said),
    "commission.made": ("约稿", Commissioned),
    "commission.answered": ("交稿", Said),
    "commission.closed": ("约稿了结", Said),
    "unlock.made": ("申请解锁", UnlockMade),
    "unlock.asked": ("核实并提出", Said),
    "unlock.confirmed": ("确认同意", Said),
    "unlock.refused": ("不同意", Said),
    "unlock.shown": ("取出答复", Said),
    "case.seen": ("查看完整号码", Said),
}
OFFICE_ONLY = frozenset(
    {
        "card", "complaint", "disclosure", "lot", "report", "info", "unlock", "life", "roster", "rulebook", "fault",
        "commission",
    }
)  # fmt: skip
