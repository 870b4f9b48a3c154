"""One line of a case's history, as people read it."""

from __future__ import annotations

import msgspec

from desk.log import events, history_words
from desk.log.chain import Entry
from desk.log.duty.duty_events import Assigned, Opined, PaperOut
from desk.log.hall.hall_events import Mended, Passed

OfPosts = Opined | Assigned | PaperOut  # steps of the office that move no state


class HistoryLine(msgspec.Struct, frozen=True):
    """One line of a case's history: who did what, when by the writer's clock, and where.

    `refused` is empty, or the reason in Chinese why the event did not move the case (kept and shown all the same).
    """

    kind: str
    name: str
    time: str
    author: str
    node: str
    note: str = ""
    refused: str = ""
    document_no: str = ""  # of the organ's document
    account: str = ""  # that acted
    corrected: events.Corrected | None = None  # what a correction put right, and why
    step: OfPosts | None = None  # what was proposed, given to whom, or which paper went out
    copied_to: str = ""  # to whom the organ's document is copied
    seq: int = 0  # of the entry in the log of `node`
    of_hall: Passed | Mended | None = None  # which window goes on, or which of two counts


def line_of(entry: Entry, data: events.Data | None, refused: str) -> HistoryLine:
    """The line of `entry`, which holds `data`."""
    return HistoryLine(
        entry.kind,
        events.name(entry.kind),
        entry.time,
        history_words.actor(data) or entry.author,
        entry.node,
        history_words.note(data),
        refused,
        str(getattr(data, "document_no", "")),
        entry.author,
        data if isinstance(data, events.Corrected) else None,
        data if isinstance(data, OfPosts) else None,
        str(getattr(data, "copied_to", "")),
        entry.seq,
        data if isinstance(data, Passed | Mended) else None,
    )
