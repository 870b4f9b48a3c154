"""What people of a centre may do: roles, and whose cases they see."""

from __future__ import annotations

from enum import StrEnum

from desk.folds.office.disclosing.request import MAY
from desk.law.bodies.body import Body
from desk.log.life_events import LIFE_KINDS


class Role(StrEnum):
    """A role; one person may have several."""

    CLERK = "clerk"
    CHIEF = "chief"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    ADMIN = "admin"


NAMES = {
    Role.CLERK: "经办人",
    Role.CHIEF: "窗口首席代表",
    Role.SUPERVISOR: "监察员",
    Role.EDITOR: "目录编辑",
    Role.REVIEWER: "案卷评查员",
    Role.ADMIN: "系统管理员",
}
HANDLE = frozenset({Role.CLERK, Role.CHIEF})  # who moves cases
READ = HANDLE | {Role.SUPERVISOR, Role.REVIEWER}  # who sees cases
SUPERVISE = frozenset({Role.SUPERVISOR})
REVIEW = frozenset({Role.REVIEWER})
EDIT = frozenset({Role.EDITOR})
ADMINISTER = frozenset({Role.ADMIN})
CHIEFS = frozenset({Role.CHIEF})
OFFICE = frozenset({Role.CHIEF, Role.CLERK})  # who answers for a department
WRITE = frozenset({Role.CHIEF, Role.SUPERVISOR, Role.EDITOR})  # reports and information
UNLOCK = HANDLE | ADMINISTER  # who may ask for a desk to be unlocked
CONFIRM = CHIEFS | ADMINISTER  # who may confirm that
STAFF = frozenset(Role)
# Steps that the log itself takes of these roles alone, whoever calls.
STEPS = {"unlock.asked": UNLOCK, "unlock.confirmed": CONFIRM, "unlock.refused": UNLOCK}
STEPS |= dict.fromkeys(LIFE_KINDS, EDIT)
STEPS["rulebook.written"] = SUPERVISE
STEPS |= dict.fromkeys(("commission.made", "commission.closed"), SUPERVISE | EDIT)
STEPS["commission.answered"] = WRITE
STEPS |= dict.fromkeys(("fault.found", "fault.judged", "fault.closed"), REVIEW)
STEPS |= dict.fromkeys(("fault.explained", "fault.corrected"), OFFICE)
STEPS["card.acknowledged"] = OFFICE
DISCLOSE = CHIEFS | SUPERVISE  # who answers requests for disclosure
# What the applicant says too, by the page, is nobody's step alone.
STEPS |= dict.fromkeys(MAY.keys() - {"disclosure.mended", "disclosure.withdrawn"}, DISCLOSE)
STEPS |= {"roster.set": CHIEFS | ADMINISTER, "roster.sections": CHIEFS | ADMINISTER}

_TOWNSHIP = 9  # digits of its code
ALL = "*"
GENERAL = "综合窗口"  # takes in for every department


def parse(text: str) -> frozenset[Role]:
    """Roles out of their names with blanks between; ValueError for one that there is not."""
    return frozenset(Role(one) for one in text.split())


def held(roles: frozenset[Role], body: Body | None) -> frozenset[Role]:
    """The roles that somebody of `body` really has: the list of items is the banner's, so nobody of a sumu, town or
    gacha edits it, whatever was ticked; what was devolved they adjust (`desk.law.catalogue.adjusting`)."""
    is_local = body is not None and len(body.division) >= _TOWNSHIP
    return roles - EDIT if is_local else roles


def sees(roles: frozenset[Role], org: str, listed: str) -> tuple[str, ...]:
    """The departments whose cases are seen: those listed, else all for the general window and for whoever watches all,
    else the own one."""
    if listed:
        return tuple(listed.splitlines())
    return (ALL,) if org.endswith(GENERAL) or roles & (SUPERVISE | REVIEW) else (org,)
