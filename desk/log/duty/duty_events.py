"""What entries about posts 岗位 carry: who holds which at a body, who stands in for whom, and of a case who was given
it, what was proposed, which paper of the organ went out. All are written by a centre; the opinions of an office and
who holds the file stay there: no point is told of them."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk.log.files import FileRef


class Holder(msgspec.Struct, frozen=True):
    """An account that holds posts of a body (`desk.folds.office.roster.duties.Duty`, by value) in a section 科室: by
    its code in the body's list, "" for none. In entries of before there were lists its name stands there."""

    account: str
    name: str
    duties: tuple[str, ...]
    section: str = ""


class RosterSet(msgspec.Struct, frozen=True):
    """roster.set: who holds which post of a body from now on, all of them; nobody: the body has no posts any more, and
    whoever handles its cases takes every step."""

    officer: str
    org: str
    holders: tuple[Holder, ...] = ()


class Section(msgspec.Struct, frozen=True):
    """A section 科室 of a body: a code that stays, and the name that it goes by."""

    code: str
    name: str


class SectionsSet(msgspec.Struct, frozen=True):
    """roster.sections: the sections 科室 of a body from now on, all of them, in their order."""

    officer: str
    org: str
    sections: tuple[Section, ...] = ()


class Away(msgspec.Struct, frozen=True):
    """roster.away: from the day `since` to the day `until` `deputy` holds what `account` holds 请假代理."""

    officer: str
    account: str
    name: str
    deputy: str
    deputy_name: str
    since: dt.date
    until: dt.date
    reasons: str = ""


class Back(msgspec.Struct, frozen=True):
    """roster.back 销假: the absence of `account` that began on `since` ends with the day before this."""

    officer: str
    account: str
    since: dt.date
    reasons: str = ""


VERDICTS = {"grant": "同意准予", "refuse": "建议不予", "back": "退回"}  # of an opinion


class Opined(msgspec.Struct, frozen=True):
    """case.opined 承办、审核意见: what a post proposes. `verdict`: grant, refuse, or back to the post `back_to`; `to`
    the account that is to go on with it, "" for whoever holds the next post."""

    officer: str
    org: str
    duty: str
    verdict: str
    opinion: str = ""
    band: str = ""
    basis: str = ""
    to: str = ""
    to_name: str = ""
    back_to: str = ""


class Assigned(msgspec.Struct, frozen=True):
    """case.assigned 分办、转办: the post `duty` of this case is `account`'s."""

    officer: str
    org: str
    duty: str
    account: str
    name: str
    reasons: str = ""


class PaperOut(msgspec.Struct, frozen=True):
    """case.issued 出具文书, case.sealed 存盖章件: the paper with this key (`desk.folds.organ_papers`) was made out as
    an original, whose bytes are the file; or a scan of it with its seal is kept."""

    officer: str
    org: str
    paper: str
    title: str
    document_no: str = ""
    files: tuple[FileRef, ...] = ()


DUTY_KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "roster.set": ("设定岗位", RosterSet),
    "roster.sections": ("设定科室", SectionsSet),
    "roster.away": ("请假代理", Away),
    "roster.back": ("销假", Back),
    "case.opined": ("提出意见", Opined),
    "case.assigned": ("交办", Assigned),
    "case.issued": ("出具文书", PaperOut),
    "case.sealed": ("存盖章件", PaperOut),
}
# About a case, and of the office alone: they are told to no point.
INTERNAL = frozenset(one for one in DUTY_KINDS if one.startswith("case."))
