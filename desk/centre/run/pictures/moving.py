"""Moving pictures from place to place while the centre serves. Each goes in two steps: its bytes are laid at the new
place, then its row says so; what is left at the old one goes with a sweep. Cut off anywhere, it is simply begun again:
what was moved is moved. Readers go by the row, and look again where it was moved under them."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

from db.centre.pictures import picture_rows
from db.centre.pictures.picture_rows import Lying
from db.centre.pictures.places import DATABASE, NAMES, Laid, PlaceError
from desk.centre.node.centre_node import Centre
from desk.errors import RefusedError

_AT_ONCE = 32  # pictures whose rows are written together
_BYTES = 16 << 20  # of them, at most
_EVERY = 2.0  # seconds between two lines of progress


class Done(msgspec.Struct, frozen=True):
    """What was moved: how many and their bytes; what stayed where it was, by name, with why."""

    count: int = 0
    bytes: int = 0
    stayed: tuple[tuple[str, str], ...] = ()


def move(centre: Centre, to: str, tell: Callable[[str], None] = lambda _words: None) -> Done:
    """Move every whole picture to a place (of `places`). Raises RefusedError where the new place cannot be used; what
    was moved by then stays moved."""
    try:
        if to != DATABASE:
            centre.pictures.place(to)
        with centre.database.read() as db:
            total, size = picture_rows.left(db, to)
        tell(f"要搬 {total} 张，{size / (1 << 20):.1f} MB。")
        return _all(centre, to, total, tell)
    except PlaceError as error:
        todo = "请核对配置和存放处，再运行一次，会接着搬。"
        raise RefusedError(f"没有搬完：{error.words}。", "已搬的在新的地方，没搬的在原处，都能看。", todo) from error


def _all(centre: Centre, to: str, total: int, tell: Callable[[str], None]) -> Done:
    done, after, told = Done(), "", time.monotonic()
    while True:
        with centre.database.read() as db:
            found = picture_rows.elsewhere(db, to, after, _AT_ONCE)
        if not found:
            return done
        some, size = list[Lying](), 0
        for one in found:
            if some and size + one.size > _BYTES:
                break
            some.append(one)
            size += one.size
        done = _some(centre, to, some, done)
        after = some[-1].sha256
        if time.monotonic() - told >= _EVERY:
            told = time.monotonic()
            tell(f"已搬 {done.count} / {total} 张，{done.bytes / (1 << 20):.1f} MB。")


def _some(centre: Centre, to: str, some: list[Lying], done: Done) -> Done:
    laid, stayed = list[Laid](), list(done.stayed)
    for one in some:
        found = centre.pictures.looked(one)
        if found.sealed is None or found.data is None:
            stayed.append((one.sha256, found.why))
            continue
        now = time.monotonic()
        if to != DATABASE:
            centre.pictures.place(to).put(one.sha256, found.sealed)
        laid.append(Laid(to, one.sha256, one.size, found.sealed, now))
    with centre.database.write() as db:
        count = picture_rows.moved(db, laid, {one.sha256: one.place for one in some})
    return Done(done.count + count, done.bytes + sum(one.size for one in laid), tuple(stayed))


def told(done: Done, to: str, centre: Centre) -> str:
    """What was moved, in words, and what is where now."""
    with centre.database.read() as db:
        now = picture_rows.by_place(db)
    lines = [f"已搬到{NAMES[to]} {done.count} 张，{done.bytes / (1 << 20):.1f} MB，逐张核对过。"]
    lines += [f"没有搬 {name}：{why}。" for name, why in done.stayed]
    lines += [f"{NAMES[kind]}：{count} 张，{size / (1 << 20):.1f} MB" for kind, (count, size) in sorted(now.items())]
    if centre.pictures.where.to != to:
        lines.append(
            f"配置的 pictures 还不是“{to or 'database'}”：新来的图片仍放原处。请改配置，重新启动服务，再搬一次。"
        )
    lines.append("原处的内容过一段时间（picture_sweep_hours）由清理任务清掉；数据库里的已经清掉。")
    return "\n".join(lines)
