"""What a township's desk says to the centre for a village's agent who forgot the password, and what it is told.

The township only passes on: who asks and how that was made sure of. Two people at the centre agree as ever; then the
township may read the answer out, for what it asked itself. Each is an entry of the centre's, with who and when.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import read

_Short = Annotated[str, msgspec.Meta(max_length=60)]


class Ask(msgspec.Struct, frozen=True):
    """`by` is whoever is at the township's desk. With `code` (the digits of a request code): ask for that desk, whose
    agent is `agent`; `reasons` tells how that was made sure of. With `subject`: read out the answer to that request.
    With neither: only list."""

    by: _Short
    code: Annotated[str, msgspec.Meta(max_length=40)] = ""
    agent: _Short = ""
    reasons: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    subject: _Short = ""


class Request(msgspec.Struct, frozen=True):
    """A request of a village's desk. `state_name` in words; `helper` who of a township asked, "" where the centre was
    asked directly; `is_ready` where the answer may be read out here now."""

    subject: str
    point: str
    point_name: str
    agent: str
    state_name: str
    made_at: str
    channel: str
    helper: str = ""
    is_ready: bool = False


class Told(msgspec.Struct, frozen=True):
    """The requests of the villages' desks, latest first; `answer` are the digits to read out, in groups; `refused` why
    what was asked for was not done."""

    requests: tuple[Request, ...]
    answer: str = ""
    refused: str = ""


def read_ask(body: bytes) -> Ask:
    """The question in a letter. Raises BatchError."""
    asked = read(body, Ask)
    if not asked.by.strip():
        raise BatchError("没有写明是谁在问，不予接收。")
    return asked
