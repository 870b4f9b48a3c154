"""The secrets of a host: the centre's keys, and the key that seals what lies in the database. They are made once, with
the centre; nothing makes them anew where they are missing, for what was sealed with others nobody could read."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec

from db.centre.box import LENGTH, Box
from db.centre.database import Database
from db.centre.hosts import prints
from db.centre.hosts.ends import Ends, WentBackError
from db.centre.line.address import AddressError
from db.centre.line.engine import USUAL, Line
from db.errors import NewerSchemaError
from db.files import write_whole
from desk.errors import UNREADABLE, DeskError, RefusedError
from desk.log.keys import NodeKeys

KEYS_FILE = "centre.key"
BOX_FILE = "centre.box"  # hex of the key that seals what lies in the database
BOX_SAID = "DAIBAN_CENTRE_SECRET"  # the same, where it is not in a file
DB_FILE = "centre.db"
END_FILE = "centre.end"  # how far this host knows the centre's log
_NOTHING = "没有写入任何内容。"


def fingerprint(keys: NodeKeys) -> str:
    """32 hexadecimal digits by which a centre's keys are known."""
    public = keys.public()
    return hashlib.sha256(b"daiban centre 1\0" + public.sign + public.seal).hexdigest()[:32]


def make(folder: Path) -> None:
    """New secrets in `folder`, the box only where the environment says none. Raises RefusedError where there are any
    already."""
    for name in (KEYS_FILE, BOX_FILE):
        if (folder / name).exists():
            raise RefusedError("这个文件夹里已经有一个中心。", "原有数据没有改动。")
    folder.mkdir(parents=True, exist_ok=True)
    if not os.environ.get(BOX_SAID):
        write_whole(folder / BOX_FILE, secrets.token_hex(LENGTH).encode())
    write_whole(folder / KEYS_FILE, msgspec.json.encode(NodeKeys.make()))


def unmake(folder: Path) -> None:
    """The secrets that were made a moment ago go: their centre was not made."""
    for name in (KEYS_FILE, BOX_FILE):
        (folder / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # something else lies in it
        folder.rmdir()


def keys_of(folder: Path) -> NodeKeys:
    """The centre's keys. Raises RefusedError where there are none, or they cannot be read."""
    path = folder / KEYS_FILE
    if not path.is_file():
        todo = "新建中心用 desk centre init；再加一台机器，在原来那台上用 desk centre add-host。"
        raise RefusedError("这里还没有中心。", "", todo)
    try:
        return msgspec.json.decode(path.read_bytes(), type=NodeKeys)
    except UNREADABLE as error:
        raise RefusedError(f"{path} 不能识读。", _NOTHING, "请从备份恢复，或从另一台机器用 add-host 取来。") from error


def box_text(folder: Path) -> str:
    """Hex of the box's key, from the environment, else from the file beside the centre's keys. Raises RefusedError
    where there is none."""
    text = os.environ.get(BOX_SAID, "")
    path = folder / BOX_FILE
    if not text and not path.is_file():
        todo = f"请从备份或中心的另一台机器取回 {BOX_FILE}（或设 {BOX_SAID}）；不要另做一个，另做的打不开已有的内容。"
        raise RefusedError(f"没有数据库密钥：{path} 不在，环境变量 {BOX_SAID} 也没有设。", _NOTHING, todo)
    return (text or path.read_text("ascii", "replace")).strip()


def box_of(folder: Path) -> Box:
    """What seals and opens the database's values. Raises RefusedError."""
    text = box_text(folder)
    try:
        key = bytes.fromhex(text)
    except ValueError as error:
        raise RefusedError("数据库密钥无法识读。", "没有改动。", f"请核对 {BOX_FILE} 或 {BOX_SAID}。") from error
    if len(key) != LENGTH:
        raise RefusedError("数据库密钥的长度不对。", "没有改动。", f"请核对 {BOX_FILE} 或 {BOX_SAID}。")
    return Box(key)


def opened(url: str, keys: NodeKeys, box: Box, line: Line = USUAL, ends: Ends | None = None) -> Database:
    """The database of the centre that has these secrets. Raises RefusedError where it is another's or nobody's, with
    nothing written; NewerSchemaError, DBAPIError."""
    with in_words():
        return Database(url, box, line, fingerprint(keys), ends)


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """What does not fit, as RefusedError."""
    try:
        yield
    except AddressError as error:
        todo = "应写成 postgresql://用户:密码@主机:端口/库名；几台机器写成 主机1:5432,主机2:5432。"
        raise RefusedError(f"数据库的地址无法识读（{error}）。", _NOTHING, todo) from error
    except prints.NoCentreError as error:
        todo = "请核对数据库的地址（DAIBAN_CENTRE_DB 或 database）；确实要新建中心，用 desk centre init。"
        raise RefusedError("这个数据库里没有中心。", _NOTHING, todo) from error
    except prints.OtherKeyError as error:
        todo = "请核对数据库的地址和 --data；再加一台机器，在原来那台上用 desk centre add-host。"
        raise RefusedError(f"这个数据库是另一个中心的：{KEYS_FILE} 与它不符。", _NOTHING, todo) from error
    except prints.OtherBoxError as error:
        todo = f"请从备份或中心的另一台机器取回原来的 {BOX_FILE}（或 {BOX_SAID}）。"
        raise RefusedError(f"数据库密钥不对：{BOX_FILE} 与这个数据库不符。", _NOTHING, todo) from error


SHUT = (DeskError, WentBackError, NewerSchemaError)  # why a centre does not open, for a person


def why_shut(error: Exception) -> str:
    """One of these in words."""
    if isinstance(error, WentBackError):
        return went_back(error).sentences()
    if isinstance(error, NewerSchemaError):
        return "数据库是更新的程序建的，没有改动。请先升级本机的程序。"
    assert isinstance(error, DeskError)  # noqa: S101 - of `SHUT`
    return error.sentences()


def went_back(error: WentBackError) -> RefusedError:
    """What a database that went back is told as, by number."""
    known, found = error.known, error.found
    lost = f"第 {found.seq + 1} 到 {known.seq} 条不见了" if found.seq < known.seq else f"第 {known.seq} 条与原来的不同"
    todo = (
        "请先看清数据库是不是切到了旧的一台；确实找不回来了，运行 desk centre restored 换新纪元继续，"
        "各终端会把丢失的交还。"
    )
    happened = f"数据库退回过：本机记得本中心的记录到第 {known.seq} 条，数据库里{lost}。"
    return RefusedError(happened, "已经停止写入，没有改动；查看照常。", todo)
