"""政务信息 that a desk composes: what it handed in, and what the centre did with it. The centre goes on with a record
of its own (`desk.folds.office.writings`); what becomes of it is answered to the desk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from desk import doors
from desk.errors import RefusedError
from desk.folds.case import in_order, is_centre
from desk.log import events, local_events
from desk.log.chain import Entry
from desk.log.files import FileRef
from desk.log.office_events import Said

TOPICS = ("工作动态", "经验做法", "问题建议", "社情民意", "紧急信息")
STATES = {
    "sent": "等中心处理",
    "adopted": "已采用",
    "circulated": "已通报",
    "forwarded": "已报上级",
    "returned": "已退回",
}
MOST_TEXT, MOST_TITLE = 20_000, 120
_HASH, _LONGEST = re.compile(r"[0-9a-f]{64}"), 100  # characters of a file's name
# The states in which an answer counts.
_AFTER = {
    "adopted": ("sent",),
    "returned": ("sent",),
    "circulated": ("adopted", "forwarded"),
    "forwarded": ("adopted", "circulated"),
}


class Answer(msgspec.Struct, frozen=True):
    """One word of the centre: which of STATES, when, by whom, in words."""

    state: str
    time: str
    officer: str
    text: str


class MemoRecord(msgspec.Struct, frozen=True):
    """An information item as handed in by the entry `seq` of `node`, and how the centre answered."""

    id: str
    state: str
    day: str
    memo: local_events.Memo
    node: str
    seq: int
    answers: tuple[Answer, ...] = ()


def memo(entries: Iterable[Entry]) -> MemoRecord | None:
    """The item that `entries` tell of; only the centre answers, and what was sent back stays so."""
    made: MemoRecord | None = None
    for entry in in_order(entries)[0]:
        data = events.decode(entry.kind, entry.data)
        if made is None:
            if isinstance(data, local_events.Memo):
                made = MemoRecord(entry.subject, "sent", entry.time[:10], data, entry.node, entry.seq)
        elif isinstance(data, Said) and is_centre(entry.node) and made.state in _AFTER.get(data.verdict, ()):
            answer = Answer(data.verdict, entry.time, data.officer, data.text)
            made = msgspec.structs.replace(made, state=data.verdict, answers=(*made.answers, answer))
    return made


def fitting(files: Sequence[FileRef]) -> tuple[FileRef, ...]:
    """What counts of the files that an item names: as many as it may have, of a size that is let in, under names that
    can be shown."""
    fit = [one for one in files if 0 < one.size <= doors.ATTACHED.most and _HASH.fullmatch(one.sha256)]
    plain = (msgspec.structs.replace(one, name=_plain(one.name), kind=one.kind[:_LONGEST]) for one in fit)
    return tuple(plain)[: doors.ATTACHED.things]


def _plain(name: str) -> str:
    return "".join(char for char in name if char.isprintable() and char not in "/\\")[:_LONGEST] or "附件"


def whole(title: str, text: str) -> tuple[str, str]:
    """Title and text as they are kept. Raises RefusedError for one that is missing or too long."""
    title, text = title.strip(), text.replace("\r\n", "\n").strip()
    if not title or not text:
        raise RefusedError("请填写标题和正文。", "没有保存。")
    if len(title) > MOST_TITLE or len(text) > MOST_TEXT:
        raise RefusedError(f"标题最多 {MOST_TITLE} 字，正文最多 {MOST_TEXT} 字。", "没有保存。", "请删减后再存。")
    return title, text
