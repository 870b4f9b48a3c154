"""Helping a desk whose agent forgot the password: the request is a record of the office, the answer is worked out anew
each time it may be had, and kept nowhere. That somebody has it is an entry before they do."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec

from db.centre import records, rows
from db.files import read_bounded
from desk.centre.node.centre_node import Centre, Own
from desk.errors import UNREADABLE, RefusedError
from desk.folds.office import unlocks
from desk.folds.office.unlocks import Unlock
from desk.law.numbers import is_node
from desk.log.office_events import Said, UnlockMade
from desk.sync.courier import FOLDER, put
from desk.sync.protocol import unlock
from desk.sync.protocol.batch import Heartbeat
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.seal import SealError

FAMILY = "unlock"
_NOT = "没有办。"


class By(msgspec.Struct, frozen=True):
    """Whoever acts: account, name, department."""

    account: str
    name: str
    org: str = ""


def by_code(centre: Centre, typed: str, agent: str) -> UnlockMade:
    """What the desk with this request code asks, by telephone for the agent of that name. Raises RefusedError."""
    code = unlock.read_digits(typed, unlock.CODE, "申请码")
    with centre.database.read() as db:
        nodes = rows.nodes(db)
    found = ((row, sealed) for row in nodes if (sealed := _told(row)) and unlock.code_of(sealed) == code)
    row, sealed = next(found, (None, b""))
    if row is None:
        raise RefusedError(
            "没有终端留下过这个申请码。",
            _NOT,
            "请核对申请码；代办点上次同步以后可能换过，请代办点改用U盘申请。",
        )
    node = _must_be_of(centre, sealed, str(row["name"]))
    return UnlockMade(node, str(row["point_name"]), "", _name(agent), _text(sealed), code, "phone")


def by_file(centre: Centre, data: bytes) -> UnlockMade:
    """What a request file asks. Raises BatchError, SealError, RefusedError."""
    asked = unlock.read_ask(data)
    found = unlock.opened(asked.sealed, centre.keys)
    with centre.database.read() as db:
        row = rows.one_node(db, found.node) if found.node else None
    if row is not None and row["revoked_at"]:
        raise RefusedError("这台终端已经停用。", _NOT)
    point = str(row["point_name"]) if row else ""
    code = unlock.code_of(asked.sealed)
    made = UnlockMade(found.node, point, asked.account, asked.name, _text(asked.sealed), code, "stick")
    return msgspec.structs.replace(made, reply=_text(asked.reply), asked_at=asked.time)


def ask(centre: Centre, by: By, made: UnlockMade, reasons: str) -> str:
    """Write a request down and ask for it in one's own name, with how it was verified; its subject. Raises
    RefusedError."""
    subject = _subject(made)
    own = [Own(by.account, "unlock.made", subject, msgspec.structs.replace(made, officer=by.name), "")]
    own.append(Own(by.account, "unlock.asked", subject, Said(by.name, by.org, reasons), ""))
    with centre.database.write() as db:
        if records.one_record(db, FAMILY, subject):
            raise RefusedError("这个申请已经有了。", "没有改动。", "请在“解锁”里接着办。")
        centre.say_in(db, own)
    return subject


def pass_on(centre: Centre, made: UnlockMade, by: By, reasons: str) -> None:
    """Write down what a township passes on: who of it, and how it made sure; the staff begin from there."""
    passed = msgspec.structs.replace(made, channel="township", officer=f"{by.org} {by.name}".strip())
    own = [Own("", "unlock.made", _subject(passed), msgspec.structs.replace(passed, checked=reasons.strip()), "")]
    with centre.database.write() as db:
        centre.say_in(db, own)


def say(centre: Centre, by: By, kind: str, subject: str, text: str, seen: int | None = None) -> None:
    """A step of a request. Raises RefusedError."""
    centre.say(by.account, kind, subject, Said(by.name, by.org, text), seen)


def answer_code(centre: Centre, by: By, subject: str) -> str:
    """The digits to read out. The entry is written first. Raises RefusedError, SealError."""
    found = _opened(centre, one(centre, subject))
    if found.key:
        raise RefusedError("这台终端的账号文件是旧版本做的，没有能念的答复码。", _NOT, "请把答复写到U盘。")
    say(centre, by, "unlock.shown", subject, "电话答复")
    return unlock.spelt(found.secret)


def answer_file(centre: Centre, by: By, subject: str) -> bytes:
    """The answer that only the asking desk can open. The entry is written first. Raises RefusedError, SealError."""
    record = one(centre, subject)
    if not record.made.reply:
        raise RefusedError("这是电话里的申请，没有申请文件。", _NOT, "请在电话里念答复码。")
    found = _opened(centre, record)
    say(centre, by, "unlock.shown", subject, "U盘答复")
    return unlock.answer(found, base64.b64decode(record.made.reply))


def file_name(made: UnlockMade) -> str:
    """What an answer is called on a stick."""
    return f"{made.code}{unlock.ANSWERED}"


def one(centre: Centre, subject: str) -> Unlock:
    """A request. Raises RefusedError where there is none."""
    with centre.database.read() as db:
        row = records.one_record(db, FAMILY, subject)
    if row is None:
        raise RefusedError("没有这个申请。", _NOT)
    return msgspec.json.decode(row["data"], type=Unlock)


# -- a stick -----------------------------------------------------------------------------------------------------


def carried(centre: Centre, stick: Path) -> Iterator[tuple[str, str, bool]]:
    """Take in the requests that lie on a stick and put the answers that were agreed to on it: node, what came of each
    in words, whether it is well."""
    for path in sorted((stick / FOLDER / unlock.FOLDER).glob(f"*{unlock.ASKED}"))[:200]:
        try:
            made = by_file(centre, read_bounded(path, unlock.MOST))
            yield made.node, _carried(centre, path, made), True
        except OSError:
            yield "", "忘记密码的申请读不出来。", False
        except (BatchError, SealError, RefusedError) as error:
            yield "", f"忘记密码的申请：{error.happened}", False


def _carried(centre: Centre, path: Path, made: UnlockMade) -> str:
    subject, who = _subject(made), f"{made.point_name or made.node} {made.name}忘记密码的申请"
    with centre.database.write() as db:
        row = records.one_record(db, FAMILY, subject)
        if row is None:
            centre.say_in(db, [Own("", "unlock.made", subject, made, "")])
            return f"{who}已收下，请两位同事在网页“解锁”里核实、确认，再插这个盘。"
    record = msgspec.json.decode(row["data"], type=Unlock)
    if not unlocks.is_good(record, centre.today()):
        return f"{who}：{unlocks.STATES[record.state]}。"
    put(path.with_name(file_name(made)), answer_file(centre, By("", "U盘"), subject))
    return f"{who}已答复，写到盘上。"


def _subject(made: UnlockMade) -> str:
    """A file always makes the same record, until the desk writes another; a telephone call each time another."""
    if not made.reply:
        return f"{FAMILY}:{secrets.token_hex(8)}"
    told = f"{made.sealed} {made.reply} {made.asked_at}"
    return f"{FAMILY}:{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def _told(row: rows.Row) -> bytes:
    """What a desk told with its last batch; b"" where it is not ours to open."""
    if row["revoked_at"] or not row["heartbeat"]:
        return b""
    try:
        told = msgspec.json.decode(row["heartbeat"], type=Heartbeat).recovery
        return base64.b64decode(told, validate=True) if isinstance(told, str) else b""
    except (binascii.Error, ValueError, *UNREADABLE):
        return b""


def _must_be_of(centre: Centre, sealed: bytes, node: str) -> str:
    """The name that was sealed: a desk cannot pass off as its own what another desk of another point sealed."""
    try:
        found = unlock.opened(sealed, centre.keys)
    except SealError as error:
        raise RefusedError("这个终端的密钥不是封给本中心的。", _NOT, "请找它入网的中心。") from error
    if not is_node(found.node) or found.node[:12] != node[:12]:
        raise RefusedError("申请码和终端对不上，可能有人冒用。", _NOT, "请当面核实，必要时停用这台终端。")
    return found.node


def _opened(centre: Centre, record: Unlock) -> unlock.Opened:
    return unlock.opened(base64.b64decode(record.made.sealed), centre.keys)


def _name(agent: str) -> str:
    if not agent.strip():
        raise RefusedError("请填写忘记密码的代办员姓名。", _NOT)
    return agent.strip()[:60]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
