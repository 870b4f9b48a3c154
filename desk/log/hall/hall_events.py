"""What windows of one hall write of one another's work: a case that another window goes on with, a window whose cases
another takes over, a draft that is passed on, and which of two that cannot both be true counts. Desks of one point
write them; what a draft says stands there sealed to its two windows and nobody else."""

from __future__ import annotations

import msgspec


class Passed(msgspec.Struct, frozen=True):
    """case.passed 转给窗口: the case is worked at by the desk `to` from now on, until then by `before`, as its writer
    knew; `reasons` is a line for whoever goes on. `takeover`: the subject of the takeover that it is a part of."""

    officer: str
    before: str
    to: str
    reasons: str = ""
    takeover: str = ""


class Mended(msgspec.Struct, frozen=True):
    """case.mended 两边核对: of two entries that cannot both be true, named by `desk.folds.amendments.key`, `counts`
    does and `instead_of` does not. `revises`: the key of an earlier word about the same two that this takes back."""

    officer: str
    counts: str
    instead_of: str
    reasons: str = ""
    revises: str = ""


class CarrierSaid(msgspec.Struct, frozen=True):
    """bundle.mended 核对移交: of an envelope that two windows handed over, who really has it."""

    officer: str
    carrier: str
    phone: str = ""


class TakenOver(msgspec.Struct, frozen=True):
    """takeover.made 接手窗口: the desk `window` is out of order, `to` goes on with these cases of it, by their intake
    numbers, and why."""

    officer: str
    window: str
    to: str
    cases: tuple[str, ...]
    reasons: str


class GivenBack(msgspec.Struct, frozen=True):
    """takeover.undone 交还窗口: it works again; these of its cases went back to it."""

    officer: str
    cases: tuple[str, ...]
    reasons: str = ""


class DraftPassed(msgspec.Struct, frozen=True):
    """draft.passed 转交草稿: from the desk `by` to the desk `to`, with a line. `sealed`: the draft (JSON) sealed to
    `to`, `own`: to `by`."""

    officer: str
    by: str
    to: str
    sealed: bytes
    own: bytes
    reasons: str = ""


class DraftTaken(msgspec.Struct, frozen=True):
    """draft.taken 接手草稿: the other window goes on with it."""

    officer: str


class DraftReturned(msgspec.Struct, frozen=True):
    """draft.returned 退回草稿: it lies at the window that it came from again; that window may take it back itself."""

    officer: str
    reasons: str = ""


HALL_KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "case.passed": ("转给窗口", Passed),
    "case.mended": ("两边核对", Mended),
    "bundle.mended": ("核对移交", CarrierSaid),
    "takeover.made": ("接手窗口", TakenOver),
    "takeover.undone": ("交还窗口", GivenBack),
    "draft.passed": ("转交草稿", DraftPassed),
    "draft.taken": ("接手草稿", DraftTaken),
    "draft.returned": ("退回草稿", DraftReturned),
}
