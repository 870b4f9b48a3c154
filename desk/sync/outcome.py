"""How a sync went: its progress, its outcome, and what it did in numbers and sentences."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import msgspec

from desk.log.point_events import StickFile
from desk.store.snapshots import RefusedMove

PAST_WAITS = (
    "本点以往的记录有群众的证件号码和电话，要等本点另一台终端在“同步”页点“同意”，或旗中心两人同意，才会自己过来；"
    "新收的件现在就能办。"
)


class Outcome(StrEnum):
    """How a sync ended; the worst of its steps."""

    DONE = "done"
    OFFLINE = "offline"  # no network, wrong address, centre down
    NOT_CENTRE = "not_centre"  # something answered that is not our centre: captive portal, wrong key
    MISMATCH = "mismatch"  # our own records, or they and the centre's, do not fit together
    REFUSED = "refused"  # the centre refused: revoked, fork ...
    BUSY = "busy"  # 429, 5xx
    CANCELLED = "cancelled"
    NOT_ENROLLED = "not_enrolled"


class SyncProgress(msgspec.Struct, frozen=True):
    """How far a sync is; `total` 0 means not known."""

    step: str  # Chinese
    done: int
    total: int


Report = Callable[[SyncProgress], None]
Cancelled = Callable[[], bool]


class SyncResult(msgspec.Struct, frozen=True):
    """What a sync did, in numbers and sentences."""

    outcome: Outcome
    sent: int
    received: int
    happened: str
    kept: str = ""
    todo: str = ""
    detail: str = ""
    skew_seconds: int = 0


class Carried(msgspec.Struct, frozen=True):
    """What a stick brought and took: entries received, batches and entries written; answers for other desks on it."""

    received: int = 0
    files: int = 0
    entries: int = 0
    others: int = 0
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what changed with this desk itself: another name, other keys
    pictures: int = 0  # written
    pictures_there: int = 0  # at the centre by now, as it says
    batches: tuple[StickFile, ...] = ()  # those written


class WaitingDesk(msgspec.Struct, frozen=True):
    """A desk of this point that may not read its past yet: its name, since when, its machine; `is_said` where somebody
    here said yes and the centre has still to hear it."""

    node: str
    since: str
    machine: str
    is_said: bool = False


class DoubtLine(msgspec.Struct, frozen=True):
    """What was told otherwise than it stands here: of whose log, at which entry, since when, in words; `settled`: when
    somebody looked into it and why it is none any more, "" where nobody did."""

    of: str
    at: str
    time: str
    words: str
    settled: str = ""


class SyncStatus(msgspec.Struct, frozen=True):
    """What the header and the sync page show."""

    enrolled: bool
    centre_name: str
    address: str
    waiting: int
    waiting_since: str  # ISO 8601 of the oldest entry that waits, or ""
    last_ok: str  # ISO 8601, or ""
    history: tuple[SyncLine, ...] = ()
    waiting_bytes: int = 0
    pictures: int = 0  # not yet at the centre
    pictures_bytes: int = 0
    refused: tuple[RefusedMove, ...] = ()
    waits: tuple[WaitingDesk, ...] = ()  # other desks of the point that wait for its past
    waits_since: str = ""  # since when this desk itself does; "" where it may read it
    doubts: tuple[DoubtLine, ...] = ()  # what the centre told against what is held here, for a person
    unchecked: int = 0  # signed heads that wait for the key of whoever signed them


class WaitingLine(msgspec.Struct, frozen=True):
    """One thing that was written here and waits to be sent; of a case its number, applicant and item, else ""."""

    time: str
    words: str  # what history calls it
    intake_no: str = ""
    title: str = ""


class SyncLine(msgspec.Struct, frozen=True):
    """One sync in the history; `times` of them that failed alike, from `since` to `time`."""

    time: str
    outcome: Outcome
    sent: int
    received: int
    text: str
    times: int = 1
    since: str = ""
