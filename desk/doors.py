"""Every door by which bytes of others come in, and how much of them at most: the one table of it, and how it is kept.

A door that is opened anywhere has its line here, and a test walks each with too much: it is refused in words, before
the bytes fill the memory. What is merely ours (the database, our own settings) is no door.
"""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from db import vault
from db.files import UnfitError, read_bounded
from desk.errors import DeskError, RefusedError

_log = logging.getLogger("desk.doors")
_T = TypeVar("_T")
_DIRECTORY_ENTRY = b"PK\1\2"  # begins what a zip says of each of its parts


class Door(msgspec.Struct, frozen=True):
    """`what` people call it. Of it at most: `most` bytes as they come, `unpacked` bytes that they become, `things`
    (rows, entries, files, pages, parts ... as `of` says), `seconds` until it is whole. 0: does not apply."""

    what: str
    most: int
    unpacked: int = 0
    things: int = 0
    of: str = ""
    seconds: float = 0.0


_KB, _MB = 1 << 10, 1 << 20

# -- what somebody brings to a desk -------------------------------------------------------------------------------
SHEET: Final = Door("表格", 64 * _MB, unpacked=128 * _MB, things=2_000_000, of="格")
OLD_SHEET: Final = Door("旧版表格", 32 * _MB, things=2_000_000, of="格")
WEB_SHEET: Final = Door("网页表格", 32 * _MB, things=2_000_000, of="格")
ZIP: Final = Door("压缩的文件", 64 * _MB, things=10_000, of="个部分")
DOCUMENT: Final = Door("文字文档", 64 * _MB, unpacked=64 * _MB, things=8_000_000, of="处标记")
SCAN: Final = Door("图片", 64 * _MB, things=60, of="页")
SCAN_PART: Final = Door("OFD 的一个部分", 48 * _MB, unpacked=160 * _MB, things=500_000, of="处标记")
RECEIPT_PICTURE: Final = Door("回执照片", 32 * _MB, things=60_000_000, of="像素")
PASTED: Final = Door("粘贴的文字", 1 * _MB)
ATTACHED: Final = Door("政务信息的附件", 8 * _MB, things=5, of="个附件")
NAME: Final = Door("姓名", 4 * _KB, things=100, of="个音节")
SITE: Final = Door("发布的文件", 64 * _MB, things=20_000, of="个文件")

# -- sticks ------------------------------------------------------------------------------------------------------
CARRIED: Final = Door("盘上的数据包", 8 * _MB + 4096, unpacked=512 * _MB, things=2_000, of="个文件")
CARD: Final = Door("中心的名片", 64 * _KB)
UPDATE: Final = Door("更新文件的清单", 8 * _MB, unpacked=1024 * _MB, things=60_000, of="个文件")
UPDATE_FILES: Final = 20  # that are looked at on a stick
UNLOCK: Final = Door("忘记密码的申请", 16 * _KB, things=200, of="份")
VAULT: Final = Door("账号文件", vault.MOST, things=vault.MOST_SLOTS, of="个账号")
BACKUP_NOTE: Final = Door("备份的说明", 64 * _KB)

# -- the wire ----------------------------------------------------------------------------------------------------
ENVELOPE: Final = Door("信封的头", 16 * _KB)
BATCH: Final = Door("批次", 8 * _MB, unpacked=32 * _MB, things=10_000, of="条")
PART: Final = Door("图片数据包", 1 * _MB + 16 * _KB)
ENTRY: Final = Door("记录", 1 * _MB)
MISSED: Final = Door("没有找到的说法", 4 * _KB, things=20, of="个说法")
RELAYED: Final = Door("转送的包", CARRIED.most + 64 * _KB, things=200, of="个文件", seconds=1800.0)
ROSTER: Final = Door("终端名单", 64 * _KB, things=100, of="台终端")
GUEST: Final = Door("新电脑的申请", 4 * _KB, things=8, of="台电脑")
HALL: Final = Door("邻窗的来信", RELAYED.most + 4 * _KB, things=8, of="个连接", seconds=30.0)
ANSWER: Final = Door("中心的回应", 8 * _MB, seconds=900.0)  # all of it at 9 kB/s

# -- the centre --------------------------------------------------------------------------------------------------
ASKED: Final = Door("终端的请求", 8 * _MB, seconds=1800.0)
ENROL: Final = Door("入网申请", 16 * _KB)
FORM: Final = Door("网页表单", 1 * _MB, seconds=120.0)  # of anybody
STAFF_FORM: Final = Door("工作人员提交的内容", 33 * _MB, seconds=1800.0)
UPLOAD: Final = Door("上传的文件", 32 * _MB)
PUBLISHED: Final = Door("目录或节假日文件", 32 * _MB)
SETTINGS: Final = Door("配置文件", 1 * _MB)
CENTRE_BACKUP: Final = Door("中心的备份说明", 1 * _MB)

_AGAIN = "请换一个文件，或让对方分成几份再发。"


def read_file(path: Path, door: Door, kept: str = "") -> bytes:
    """A file that somebody brought. Raises RefusedError in words for what is no file, and for one that is too large;
    OSError where it cannot be read."""
    try:
        return read_bounded(path, door.most)
    except UnfitError as error:
        name = called(path)
        if error.size < 0:
            raise RefusedError(f"“{name}”不是文件，没有读。", kept, "请选一个文件。") from error
        raise too_much(name, door, kept) from error


def too_much(name: str, door: Door, kept: str = "") -> RefusedError:
    """What is said of something that is larger than its door lets in."""
    return RefusedError(f"“{name}”太大：{door.what}最多 {sized(door.most)}，没有读。", kept, _AGAIN)


def too_many(name: str, door: Door, kept: str = "") -> RefusedError:
    """What is said of something that has more in it than its door lets in."""
    return RefusedError(f"“{name}”里的内容太多：{door.what}最多 {door.things} {door.of}，没有读。", kept, _AGAIN)


def called(path: Path) -> str:
    """A file's name for people: whatever bytes it is made of, it can be shown."""
    return path.name.encode("utf-8", "replace").decode()


def sized(count: int) -> str:
    """Bytes in words."""
    return f"{count // _MB} MB" if count >= _MB else f"{count // _KB} KB"


def open_zip(data: bytes, name: str, kept: str = "") -> zipfile.ZipFile:
    """A zip of not too many parts; nothing is unpacked. Raises RefusedError, zipfile.BadZipFile."""
    if data.count(_DIRECTORY_ENTRY) > ZIP.things:
        raise too_many(name, ZIP, kept)
    return zipfile.ZipFile(io.BytesIO(data))


def must_unpack(packed: zipfile.ZipFile, name: str, door: Door, kept: str = "", only: str = "") -> None:
    """Raises RefusedError where the parts of a zip, or its part `only`, unpack to more than the door lets in. A part
    gives no more bytes than the zip says of it, so what it says is enough to look at."""
    parts = [packed.getinfo(only)] if only else packed.infolist()
    if sum(one.file_size for one in parts) > door.unpacked:
        raise RefusedError(f"“{name}”解开后太大：{door.what}最多 {sized(door.unpacked)}，没有读。", kept, _AGAIN)


class Refusal(msgspec.Struct, frozen=True):
    """Why nothing came of some bytes, in words."""

    words: str


def taken(read: Callable[[bytes], _T], data: bytes, door: Door, told: tuple[type[DeskError], ...] = ()) -> _T | Refusal:
    """What `read` makes of bytes of others, or why nothing came of them. Raises nothing but what the caller tells apart
    (`told`): what is a fault of ours with one of many keeps nobody from the others, and is logged."""
    if len(data) > door.most:
        return Refusal(f"{door.what}超过 {sized(door.most)}，没有读。")
    try:
        return read(data)
    except told:
        raise
    except DeskError as error:
        return Refusal(error.happened)
    except Exception:  # noqa: BLE001 - the one reader that lets nothing through
        _log.exception("a reader failed", extra={"door": door.what})
        return Refusal(f"{door.what}读不出来，没有接收。")
