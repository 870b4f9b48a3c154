"""What entries about the office's records carry: supervision cards, complaints, files drawn by lot, reports,
information items, disclosure requests, desks to be unlocked. All are written by a centre."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk.log.files import FileRef


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


class Said(msgspec.Struct, frozen=True):
    """Any further step of a record: who, of which department, in words. `verdict` where the step decides something."""

    officer: str
    org: str = ""
    text: str = ""
    verdict: str = ""
    until: dt.date | None = None


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
    """disclosure.asked 依申请公开 (政府信息公开条例2019 §29): who asks, for what, in which form."""

    number: str
    code: str
    name: str
    id_number: str
    phone: str
    text: str
    form: str = ""
    due: dt.date | None = None


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
    "disclosure.assigned": ("转办", Said),
    "disclosure.extended": ("延长答复", Said),
    "disclosure.answered": ("答复", Said),
    "lot.drawn": ("抽取案卷", LotDrawn),
    "lot.scored": ("评分", LotScored),
    "lot.closed": ("评查结束", Said),
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
    "unlock.made": ("申请解锁", UnlockMade),
    "unlock.asked": ("核实并提出", Said),
    "unlock.confirmed": ("确认同意", Said),
    "unlock.refused": ("不同意", Said),
    "unlock.shown": ("取出答复", Said),
    "case.seen": ("查看完整号码", Said),
}
OFFICE_ONLY = frozenset({"card", "complaint", "disclosure", "lot", "report", "info", "unlock", "life", "roster"})
