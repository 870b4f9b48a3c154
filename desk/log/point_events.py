"""What entries about the point itself carry: visits booked, envelopes, drives, rolls, and who works here."""

from __future__ import annotations

import datetime as dt

import msgspec


class VisitBooked(msgspec.Struct, frozen=True):
    """visit.booked: an item that needs the person; when and where they will go. `period` 上午 or 下午."""

    name: str
    phone: str
    task_code: str
    item_name: str
    day: dt.date
    period: str
    place: str
    officer: str
    note: str = ""


class VisitEnded(msgspec.Struct, frozen=True):
    """visit.ended: kept, or called off with a reason."""

    officer: str
    kept: bool
    reasons: str = ""


class BundledCase(msgspec.Struct, frozen=True):
    """One case of a bundle, with the sheets that travel."""

    intake_no: str
    applicant_name: str
    item_name: str
    originals: int
    copies: int


class BundleSealed(msgspec.Struct, frozen=True):
    """bundle.sealed 组卷: an envelope closed for `destination`; `number` is printed and in its QR."""

    number: str
    destination: str
    seal_no: str
    cases: tuple[BundledCase, ...]
    officer: str


class StickFile(msgspec.Struct, frozen=True):
    """A batch on a stick: what its file is called, and its SHA-256 in hex."""

    name: str
    sha256: str

    @property
    def short(self) -> str:
        """The first 16 digits of the hash in fours: enough for two people to compare."""
        return " ".join(self.sha256[at : at + 4] for at in range(0, 16, 4)).strip()


class BundleHanded(msgspec.Struct, frozen=True):
    """bundle.handed 移交: the carrier has it (first signature), and what lies on the stick that goes along."""

    carrier: str
    phone: str
    officer: str
    stick: tuple[StickFile, ...] = ()


class BundleTaken(msgspec.Struct, frozen=True):
    """bundle.taken 接收: the other end has it (second signature); what did not agree with the list."""

    receiver: str
    org: str
    differences: tuple[str, ...] = ()
    officer: str = ""


class TripMade(msgspec.Struct, frozen=True):
    """trip.made 送件: a drive that spared the herders theirs. Distances in kilometres, there and back."""

    day: dt.date
    destination: str
    kilometres: int
    cases: int
    saved_trips: int
    saved_kilometres: int
    officer: str
    bundles: tuple[str, ...] = ()
    note: str = ""


class RollRow(msgspec.Struct, frozen=True):
    """One household of a roll."""

    name: str
    id_number: str
    phone: str = ""
    address: str = ""
    values: dict[str, str] = {}
    intake_no: str = ""


class RollTaken(msgspec.Struct, frozen=True):
    """roll.taken 批量收件: one item for many households; every row has its own case."""

    title: str
    year: int
    task_code: str
    item_name: str
    rows: tuple[RollRow, ...]
    officer: str


class FormFilled(msgspec.Struct, frozen=True):
    """form.filled: a paper that is no part of a case, with what was typed on it."""

    form: str
    title: str
    number: str
    typed: dict[str, str]
    officer: str


class AgentLeft(msgspec.Struct, frozen=True):
    """agent.left: an account of this desk was closed."""

    account: str
    name: str
    reasons: str = ""


class AgentAdded(msgspec.Struct, frozen=True):
    """agent.added: an account of this desk."""

    account: str
    name: str


class PasswordSet(msgspec.Struct, frozen=True):
    """agent.password_set: an agent's own password in the place of one that was forgotten or given. `how`: recovered,
    with the centre's help; first, for one that somebody else had chosen."""

    account: str
    name: str
    how: str


class DoubtSettled(msgspec.Struct, frozen=True):
    """doubt.settled: somebody looked into what was told otherwise of the log `of` than it stands here, at the entry
    `at` (`seq.hash`); `words` is how it was told, `reasons` what was found out. Both stay as they are."""

    of: str
    at: str
    words: str
    reasons: str
    officer: str


class LetIn(msgspec.Struct, frozen=True):
    """hall.let_in: a new PC of the point, called `node`, is given the point's records by this desk while the centre is
    away; `code` is what was read off its screen, `machine` what it calls itself. hall.let_out: no more of them."""

    node: str
    code: str
    machine: str
    officer: str


POINT_KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "visit.booked": ("预约到场", VisitBooked),
    "visit.ended": ("预约了结", VisitEnded),
    "bundle.sealed": ("组卷封装", BundleSealed),
    "bundle.handed": ("移交", BundleHanded),
    "bundle.taken": ("接收", BundleTaken),
    "trip.made": ("送件", TripMade),
    "roll.taken": ("批量收件", RollTaken),
    "form.filled": ("填制文书", FormFilled),
    "agent.added": ("增加代办员", AgentAdded),
    "agent.left": ("停用代办员", AgentLeft),
    "agent.password_set": ("换密码", PasswordSet),
    "doubt.settled": ("核对不一致", DoubtSettled),
    "hall.let_in": ("让新电脑取回记录", LetIn),
    "hall.let_out": ("不再让新电脑取回", LetIn),
}
