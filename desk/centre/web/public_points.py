"""The nearest point 代办点: where one is, who is there, by what telephone, at what hours; a list and a map drawn from
the register of bodies. Without script, and without asking a telephone where it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from db.centre import rows
from desk.centre.node.centre_node import Centre
from desk.centre.web import open_data, point_map
from desk.centre.web.frame import Asked, centre_of, page
from desk.centre.web.public_guides import fresh
from desk.law.bodies.body import Body, Kind, bare
from desk.law.bodies.register import Register
from desk.law.divisions import Division
from desk.law.divisions import load as divisions
from desk.words import search_keys

router = APIRouter(include_in_schema=False)
_TOWNSHIP = 9  # digits of a township's code
SERVES = (Kind.POINT, Kind.CONVENIENCE, Kind.CENTRE)  # where one is served
_NEAR = 5  # others that are named beside the one that was asked for


class Point(msgspec.Struct, frozen=True):
    """A place where one is served. `agents`: whom the office names at a point, with post and telephone; `division`
    without the zeros that pad it; `position` degrees east and north, None where nobody measured it; `far` kilometres
    from what was asked for."""

    code: str
    name: str
    kind: str
    division: str
    place: str
    address: str = ""
    hours: str = ""
    phone: str = ""
    agents: tuple[str, ...] = ()
    position: tuple[float, float] | None = None
    far: float | None = None


def every(centre: Centre) -> list[Point]:
    """Every place that serves today, by division: as the register of bodies has it, and the desks' own points that it
    has not got yet."""
    with centre.database.published() as db:
        centre.publications.refresh(centre.node, db)
        nodes = [one for one in rows.nodes(db) if not one["revoked_at"] and not one["via"]]
    register, day = centre.publications.bodies, centre.today()
    found = [_point(one) for one in register if one.kind in SERVES and one.is_open(day)]
    known = {one.division for one in found}
    for node in nodes:
        division = bare(node["point_code"])
        if division not in known:
            known.add(division)
            found.append(Point(node["point_code"], node["point_name"], "", division, _place(division)))
    return sorted(found, key=lambda one: (one.division, one.code))


def _point(body: Body) -> Point:
    named = (one for one in body.posts if one.holder and body.kind is Kind.POINT)
    agents = tuple(f"{one.post} {one.holder} {one.phone}".strip() for one in named)
    where = _place(body.division)
    told = (body.address, body.hours, body.enquiry_phone, agents, body.position)
    return Point(body.code, body.name, body.kind.value, body.division, where, *told)


def _place(division: str) -> str:
    """Its township and village, as people say where they live."""
    return " ".join(one.name for one in divisions().path(division) if len(one.code) >= _TOWNSHIP)


def at(register: Register, point: str, day: dt.date) -> Body | None:
    """The body that serves at the point with this code that day, for a paper or page that names it."""
    serving = (one for kind in SERVES for one in register.serving(kind, point) if one.is_open(day))
    return next(serving, None)


def places(centre: Centre) -> list[Division]:
    """Every township and village of the centre's division, by code."""
    known = divisions()
    towns = known.below(bare(centre.code)[:6])
    return [one for town in towns for one in (town, *known.below(town.code))]


def near(centre: Centre, points: list[Point], text: str) -> list[Point]:
    """The points for whoever lives in a place called `text`: its own, then those of its township, then others by how
    far they are where that is known. The points whose names hold `text` come first of all. [] for a place that is not
    known."""
    asked = search_keys.fold(text)
    where = [one for one in places(centre) if _called(one.name, asked)]
    named = [one for one in points if _called(one.name, asked)]
    codes = {one.code for one in where} | {one.division for one in named}
    if not codes:
        return []
    middle = next((one.position for one in points if one.division in codes and one.position), None)
    if middle is None:  # the township's own place is better than none
        towns = {code[:_TOWNSHIP] for code in codes}
        middle = next((one.position for one in points if one.division[:_TOWNSHIP] in towns and one.position), None)
    measured = [_far(one, middle) for one in points]
    return [one for one in sorted(measured, key=lambda one: _rank(one, codes)) if _rank(one, codes)[0] < 3][:50]


def _far(one: Point, middle: tuple[float, float] | None) -> Point:
    if middle is None or one.position is None:
        return one
    return msgspec.structs.replace(one, far=point_map.apart(one.position, middle))


def _rank(one: Point, codes: set[str]) -> tuple[int, float, str]:
    far = one.far if one.far is not None else 9_999.0
    if one.division in codes:
        return 0, far, one.division
    if any(one.division[:_TOWNSHIP] == code[:_TOWNSHIP] for code in codes):
        return 1, far, one.division
    if one.far is not None or len(one.division) < _TOWNSHIP:
        return 2, far, one.division
    return 3, far, one.division


def _called(name: str, asked: str) -> bool:
    """Whether a place is called so, in characters or by its first letters."""
    if asked in search_keys.fold(name):
        return True
    return asked.isascii() and len(asked) > 1 and any(one.startswith(asked) for one in search_keys.initials(name))


@router.get("/points")
def shown(request: Request, text: Asked = "", town: Asked = "") -> Response:
    """The list and the map; with `text` those near a place, with `town` those of a township."""
    centre = centre_of(request)
    points, text = every(centre), text.strip()
    found = near(centre, points, text) if text else points
    if town:
        found = [one for one in found if one.division.startswith(town)]
    chosen = {one.code for one in found[:1]} if text else set()
    dots = [
        point_map.Dot(_short(one), f"p-{one.code}", *one.position, one.code in chosen, one.kind != Kind.POINT)
        for one in found
        if one.position
    ]
    known = divisions()
    facts: dict[str, Any] = {
        "points": found,
        "text": text,
        "town": town,
        "towns": [(one.code, one.name) for one in known.below(bare(centre.code)[:6])],
        "places": [one.name for one in places(centre)],
        "total": len(points),
        "map": point_map.drawn(dots),
        "measured": len(dots),
        "near": _NEAR,
    }
    return fresh(page(request, "public/points.html", **facts))


def _short(one: Point) -> str:
    """What stands beside a dot: the village, for a point."""
    return one.place.split(" ")[-1] if one.kind in ("", Kind.POINT) and one.place else one.name


_COLUMNS = ("code", "name", "division", "place", "address", "hours", "phone", "agents", "east", "north")


def _lines(points: Iterable[Point]) -> list[list[object]]:
    return [
        [
            *(one.code, one.name, one.division, one.place, one.address, one.hours, one.phone, "、".join(one.agents)),
            *(one.position or (None, None)),
        ]
        for one in points
    ]


@router.get("/open/points.csv")
def points_csv(request: Request) -> Response:
    """The list for spreadsheets."""
    data = open_data.as_csv(_COLUMNS, _lines(every(centre_of(request))))
    return open_data.answered(request, data, "text/csv; charset=utf-8")


@router.get("/open/points.json")
def points_json(request: Request) -> Response:
    """The list for machines."""
    lines = [dict(zip(_COLUMNS, line, strict=True)) for line in _lines(every(centre_of(request)))]
    return open_data.answered(request, msgspec.json.encode({"points": lines}), "application/json")
