"""A centre into a house and out of it: its folder with all that is in it, whole or not at all, and never in two places
at once, for two centres with one key would be two logs with one name.

On one disk it is a rename. Onto another one it is a copy that is read back and compared; then the former database says
that it was moved, and the former folder gives way under another name: nothing is deleted.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import shutil
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from db.centre import rows
from db.files import digest_of, flush_file, flush_folder, write_whole
from desk import clock
from desk.centre.house.members import CLOSED, FILE, LOCK, OF_HOUSE, folders, held, must_be_free, plain
from desk.centre.node.centre_node import MOVED, Centre
from desk.centre.node.hosts import host_keys, secret_words
from desk.centre.run import settings as configuration
from desk.centre.run.settings import Settings
from desk.errors import RefusedError

_NOT = "没有搬，原来的没有改动。"
_PATIENCE = 30.0  # seconds that the service is given to let a centre go
_RUNS = 2  # minutes since a service of before there was a lock last looked around, within which it runs
_PIECE = 1 << 20


def settle(house: Path, name: str, hosts: Sequence[str], said: Settings, words: Mapping[str, str]) -> None:
    """Let the centre that lies in the house's folder `name` be served under `hosts`, run as `said`, with the secrets in
    `words`. Raises RefusedError where there is none, or its names are another's."""
    folder = house / name
    if not (folder / host_keys.KEYS_FILE).is_file():
        todo = f"先用 desk centre --data {folder} init（或 restore），再 add。"
        raise RefusedError(f"{folder} 里没有中心。", "没有改动。", todo)
    _settled(house, folder, hosts, said, words)


def _settled(house: Path, folder: Path, hosts: Sequence[str], said: Settings, words: Mapping[str, str]) -> None:
    """Write what the house wants to know into `folder`, which may lie elsewhere still."""
    names = tuple(dict.fromkeys(map(plain, hosts)))
    if not all(names):
        raise RefusedError("没有写主机名。", _NOT, "例：--host zuoqi.example.gov.cn")
    for other in folders(house):
        if other != folder:
            must_be_free(names, other.name, map(plain, configuration.read(other / FILE).hosts), _NOT)
    usual = Settings()
    own = {one: getattr(usual, one) for one in OF_HOUSE}
    write_whole(folder / secret_words.FILE, secret_words.written(words))
    write_whole(folder / FILE, configuration.written(msgspec.structs.replace(said, hosts=names, **own)))


def move_in(
    source: Path, house: Path, name: str, hosts: Sequence[str], said: Settings, words: Mapping[str, str],
    tell: clock.Clock = clock.now,
) -> dict[str, int]:  # fmt: skip
    """Move the centre in the folder `source`, run as `said` with the secrets in `words` until now, into the house as
    `name`; how many entries of each log it has. Raises RefusedError, and it is where it was then."""
    if not house.is_dir():
        raise RefusedError(f"没有文件夹 {house}。", _NOT)
    if not name or name.startswith(".") or Path(name).name != name:
        raise RefusedError(f"“{name}”做不了文件夹的名字。", _NOT)
    if (source / secret_words.FILE).is_file():
        words = secret_words.of(source)
    with held(source, alone=True, patience=1.0):
        before = _at_rest(source, said, words, tell)
        former = {one: (source / one).read_bytes() for one in (FILE, secret_words.FILE) if (source / one).is_file()}
        _settled(house, source, hosts, said, words)
        try:
            _moved(source, house / name, before, words, tell)
        except BaseException:
            for one in (FILE, secret_words.FILE):
                (source / one).unlink(missing_ok=True)
            for one, data in former.items():
                write_whole(source / one, data)
            raise
    return before


def move_out(house: Path, name: str, target: Path, tell: clock.Clock = clock.now) -> dict[str, int]:
    """Move the centre `name` of the house to the folder `target`, which a service of its own serves then; the house
    goes on meanwhile. How many entries of each log it has. Raises RefusedError, and it is where it was then."""
    folder = house / name
    if folder not in folders(house):
        known = "、".join(one.name for one in folders(house)) or "一个也没有"
        raise RefusedError(f"这里没有 {name} 这个中心。", _NOT, f"现在有：{known}。")
    (folder / CLOSED).touch()
    try:
        with held(folder, alone=True, patience=_PATIENCE):
            words = secret_words.of(folder)
            before = _at_rest(folder, configuration.read(folder / FILE), words, None)
            _moved(folder, target, before, words, tell)
        (target / CLOSED).unlink(missing_ok=True)
    finally:
        (folder / CLOSED).unlink(missing_ok=True)
    return before


def _at_rest(folder: Path, said: Settings, words: Mapping[str, str], tell: clock.Clock | None) -> dict[str, int]:
    """How many entries each log has, all checked. Raises RefusedError where the centre is not whole, or, with `tell`,
    a service of before there was a lock may run."""
    if not (folder / host_keys.BOX_FILE).is_file():
        todo = f"数据库的密钥要在 {host_keys.BOX_FILE} 里，不能只在环境变量 {host_keys.BOX_SAID} 里。"
        raise RefusedError(f"{folder} 里没有 {host_keys.BOX_FILE}。", _NOT, todo)
    centre = Centre(folder, said.url(words))
    try:
        if tell is not None and not centre.database.is_postgres:
            with centre.database.read() as db:
                last = rows.value(db, "watch.last")
            if (folder / LOCK).stat().st_size == 0 and last >= clock.stamp(tell() - dt.timedelta(minutes=_RUNS))[:16]:
                raise RefusedError("中心的服务好像还在运行。", _NOT, f"请先停下服务，过 {_RUNS + 1} 分钟再搬。")
        return centre.verify()
    finally:
        centre.close()


def _moved(source: Path, target: Path, before: dict[str, int], words: Mapping[str, str], tell: clock.Clock) -> None:
    if target.exists():
        raise RefusedError(f"{target} 已经有了。", _NOT, "请换一个名字。")
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise RefusedError(f"搬不过去（{error.strerror or error}）。", _NOT, "请核对路径和权限。") from error
    else:
        flush_folder(target.parent)
        flush_folder(source.parent)
        return
    aside = target.with_name(f".moving-{target.name}-{uuid.uuid4().hex[:8]}")
    try:
        _copied(source, aside)
        url = configuration.read(aside / FILE).url(words)
        copy = Centre(aside, url)
        try:
            if copy.verify() != before:
                raise RefusedError("搬过去的记录与原来的对不上。", _NOT)
        finally:
            copy.close()
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        raise RefusedError(f"没有搬成（{error.strerror or error}）。", _NOT, "请看磁盘是否满了。") from error
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    if not url:
        centre = Centre(source)
        with contextlib.closing(centre), centre.database.touch() as db:
            rows.set_value(db, MOVED, f"{centre.now()} {target}")
    aside.rename(target)
    flush_folder(target.parent)
    source.rename(source.with_name(f"{source.name}.moved-{tell():%Y%m%d%H%M%S}"))


def _copied(source: Path, target: Path) -> None:
    """Every file, durable, and compared with the former one. Raises OSError."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(LOCK, CLOSED))
    for folder, _, names in os.walk(target):
        for name in names:
            path = Path(folder, name)
            flush_file(path)
            if digest_of(path) != digest_of(source / path.relative_to(target)):
                raise OSError(errno.EIO, "写下的与原来的不同")
        flush_folder(Path(folder))
