"""How facts look: which colour and drawing a state, a warning, a way of proxying has. Words come from the desk."""

from __future__ import annotations

from desk.folds.case import State
from desk.law.catalogue.item import ProxyMode
from desk.law.deadline import Warn
from ui.look.theme import Role

_STATES: dict[Role, tuple[State, ...]] = {
    Role.OK: (State.ACCEPTED, State.IN_REVIEW, State.GRANTED, State.SERVED, State.CONCLUDED, State.ARCHIVED),
    Role.WARN: (State.SUPPLEMENT_ASKED, State.SUSPENDED, State.EXTENDED),
    Role.DANGER: (State.NOT_ACCEPTED, State.REFUSED, State.RETURNED, State.VOID, State.WITHDRAWN),
    Role.WAITING: (State.COLLECTED, State.IN_TRANSIT),
}
_ICONS = {Role.OK: "circle-check", Role.WARN: "alert-triangle", Role.DANGER: "alert-circle", Role.WAITING: "clock"}
WARN_ROLES = {Warn.NONE: Role.TEXT, Warn.YELLOW: Role.WARN, Warn.RED: Role.DANGER}
WARN_WORDS = {Warn.NONE: "", Warn.YELLOW: "临近", Warn.RED: "超期"}
PROXY_ROLES = {ProxyMode.PROXY: Role.OK, ProxyMode.ASSIST: Role.WARN, ProxyMode.PRESENCE: Role.DANGER}


def state_mark(state: str) -> tuple[Role, str]:
    """Colour role and icon of a case's state."""
    for role, states in _STATES.items():
        if state in states:
            return role, _ICONS[role]
    return Role.ACCENT, "building-community"


def mark_icon(role: Role) -> str:
    """The drawing that goes with a role."""
    return _ICONS.get(role, "info-circle")
