"""One more host of a centre: the secrets go to it in a file, sealed to a one-time code that is told another way.

The code opens the file, and the centre's database lets it be used once, for a day; a file that was kept is good for
nothing then but for whoever has the database and a new code. `carried` certificates are the authority and, unless the
new host makes one of its own by it, the server's.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import os
import socket
from pathlib import Path

import msgspec

from db.centre.box import LENGTH, Box
from db.centre.hosts import host_rows
from db.centre.line.engine import USUAL, Line
from db.files import write_whole
from desk import clock, doors
from desk.centre.node.centre_node import AUTHORITY, Centre
from desk.centre.node.hosts import host_keys
from desk.centre.run import authority, tries
from desk.centre.run.sealed_file import Reader, Writer
from desk.errors import UNREADABLE, RefusedError
from desk.log.keys import NodeKeys

HOURS = 24
_NOT = "没有加这台机器，没有写入任何内容。"


class _Carried(msgspec.Struct, frozen=True):
    """What a new host gets: the centre's name, its keys and box, and PEM files by their names."""

    name: str
    keys: str
    box: str
    files: dict[str, str]
    v: int = 1


def host_name() -> str:
    """What this machine calls itself."""
    return socket.gethostname()[:60]


def add(centre: Centre, target: Path) -> str:
    """Write the secrets to `target`, sealed, and give the code that opens it. Raises RefusedError, and no file is
    there then."""
    if not centre.database.is_postgres:
        todo = "请先用 desk centre move 搬到 PostgreSQL。"
        raise RefusedError("SQLite 数据库只能由一台机器服务。", "没有做文件。", todo)
    if target.exists():
        raise RefusedError(f"{target} 已经有了。", "没有改动。", "请换一个文件名。")
    code = tries.new_pass()
    names = (AUTHORITY, authority.SERVER, authority.ROOT)
    files = {name: (centre.folder / name).read_text("ascii") for name in names if (centre.folder / name).is_file()}
    keys = (centre.folder / host_keys.KEYS_FILE).read_text("utf-8")
    carried = _Carried(centre.name, keys, host_keys.box_text(centre.folder), files)
    sealed = io.BytesIO()
    out = Writer(sealed, tries.bare(code))
    out.write(msgspec.json.encode(carried))
    out.close()
    until = clock.stamp(centre.tell() + dt.timedelta(hours=HOURS))
    with centre.database.touch() as db:
        host_rows.add_pass(db, _digest(code), until)
    write_whole(target, base64.b64encode(sealed.getvalue()))
    return code


def become(
    folder: Path,
    url: str,
    source: Path,
    code: str,
    *,
    own_certificate: bool = False,
    tell: clock.Clock = clock.now,
    line: Line = USUAL,
) -> str:
    """Make this machine a host of the centre whose secrets `source` carries; the centre's name. `own_certificate`: the
    server's certificate does not come along, `certificate` makes one for this host. Raises RefusedError for a wrong or
    spent code, a database that is another's, a folder that is not empty: nothing is written then."""
    if folder.exists() and any(folder.iterdir()):
        raise RefusedError(f"文件夹 {folder} 不是空的。", _NOT, "请换一个空文件夹，或先把原来的移开。")
    if not url:
        raise RefusedError("没有说中心的数据库在哪里。", _NOT, "请把地址放进环境变量 DAIBAN_CENTRE_DB。")
    carried = _opened(source, code)
    keys = msgspec.json.decode(carried.keys, type=NodeKeys)
    database = host_keys.opened(url, keys, Box(bytes.fromhex(carried.box)[:LENGTH]), line)
    try:
        with database.touch() as db:
            if not host_rows.use_pass(db, _digest(code), clock.stamp(tell()), host_name()):
                todo = "请在中心原来的机器上重新运行 desk centre add-host。"
                raise RefusedError("这个码已经用过，或过了一天。", _NOT, todo)
            host_rows.see(db, host_name(), clock.stamp(tell()))
    finally:
        database.close()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in carried.files.items():
        if not (own_certificate and name == authority.SERVER):
            write_whole(folder / name, text.encode("ascii"))
    if not os.environ.get(host_keys.BOX_SAID):
        write_whole(folder / host_keys.BOX_FILE, carried.box.encode("ascii"))
    write_whole(folder / host_keys.KEYS_FILE, carried.keys.encode())  # the last one: it makes a folder a centre
    return carried.name


def _opened(source: Path, code: str) -> _Carried:
    try:
        sealed = base64.b64decode(doors.read_file(source, doors.SETTINGS), validate=True)
        reader = Reader(io.BytesIO(sealed), tries.bare(code))
        found = msgspec.json.decode(reader.read(), type=_Carried)
    except RefusedError as error:
        raise RefusedError(
            "码不对，或这个文件被改动过。", _NOT, "请核对 add-host 给的码，十二个字母和数字。"
        ) from error
    except (OSError, ValueError, *UNREADABLE) as error:
        raise RefusedError(f"读不了 {source}，它不是 add-host 做的文件。", _NOT) from error
    if not set(found.files) <= {AUTHORITY, authority.SERVER, authority.ROOT}:
        raise RefusedError(f"{source} 不是 add-host 做的文件。", _NOT)
    return found


def _digest(code: str) -> str:
    return hashlib.sha256(b"daiban host 1\0" + tries.bare(code).encode("utf-8", "replace")).hexdigest()
