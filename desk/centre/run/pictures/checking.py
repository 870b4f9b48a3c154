"""Looking through the pictures that rows name: whether each is there, and, read through, whether it is what it is
called."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from db.centre.pictures import picture_rows
from db.centre.pictures.picture_rows import Lying
from db.centre.pictures.places import DATABASE, NAMES, Place, PlaceError, prefixes
from desk.centre.node.centre_node import Centre

_AT_ONCE = 50
_NOWHERE = "-"  # no place is called that: all lie somewhere else


class Seen(msgspec.Struct, frozen=True):
    """What there is by place (how many, their bytes), and what is wrong, by name."""

    places: dict[str, tuple[int, int]]
    bad: tuple[tuple[str, str], ...] = ()


def look(centre: Centre) -> Seen:
    """Whether all is there, by names and sizes alone, place by place."""
    with centre.database.read() as db:
        places = picture_rows.by_place(db)
    bad = list[tuple[str, str]]()
    for kind in sorted(set(places) - {DATABASE}):
        try:
            place = centre.pictures.place(kind)
            for prefix in prefixes(sum(count for count, _ in places.values())):
                there = {one.name: one.size for one in place.listed(prefix)}
                for name, found in lacking(centre, place, prefix, there).items():
                    bad.append((name, f"{NAMES[kind]}里{'没有' if found is None else '的大小不对'}"))
        except PlaceError as error:
            bad.append((NAMES.get(kind, kind), error.words))
    return Seen(places, tuple(bad))


def lacking(centre: Centre, place: Place, prefix: str, there: Mapping[str, int]) -> dict[str, int | None]:
    """The pictures with this prefix that rows name at a place and that do not lie there whole, with the bytes that do.
    `there` was listed before (name -> bytes): what came since is asked for."""
    with centre.database.read() as db:
        named = picture_rows.at_place(db, place.kind, prefix)
    found = {name: there.get(name) or place.size(name) for name in named}
    return {
        name: found[name] for name, size in named.items() if found[name] != size and _lies(centre, name, place.kind)
    }


def _lies(centre: Centre, name: str, kind: str) -> bool:
    """Whether a row still says so: it may have been moved meanwhile."""
    with centre.database.read() as db:
        found = picture_rows.where_is(db, name)
    return found is not None and found.place == kind


def read_through(centre: Centre, tell: Callable[[str], None] = lambda _words: None) -> Seen:
    """Open every picture and look at its hash."""
    with centre.database.read() as db:
        places = picture_rows.by_place(db)
    total, count, after = sum(count for count, _ in places.values()), 0, ""
    bad = list[tuple[str, str]]()
    while True:
        with centre.database.read() as db:
            found = picture_rows.elsewhere(db, _NOWHERE, after, _AT_ONCE)
        if not found:
            return Seen(places, tuple(bad))
        bad += [(one.sha256, why) for one in found if (why := _wrong(centre, one))]
        after, before, count = found[-1].sha256, count, count + len(found)
        if count // 1000 != before // 1000:
            tell(f"看了 {count} / {total} 张，{len(bad)} 张有问题。")


def _wrong(centre: Centre, one: Lying) -> str:
    why = centre.pictures.looked(one).why
    return why if why and _lies(centre, one.sha256, one.place) else ""


def told(seen: Seen) -> str:
    """What was seen, in words."""
    lines = [f"图片：{_shown(seen)}，都在。"]
    if seen.bad:
        lines = [
            f"图片：{_shown(seen)}；{len(seen.bad)} 处有问题：",
            *(f"  {name}：{why}" for name, why in seen.bad[:100]),
        ]
        lines.append("办件和记录没有受影响。请用 desk centre pictures fetch 从图片备份取回。")
    return "\n".join(lines)


def _shown(seen: Seen) -> str:
    found = sorted(seen.places.items())
    return "，".join(f"{NAMES[kind]} {count} 张 {size / (1 << 20):.1f} MB" for kind, (count, size) in found) or "没有"
