"""A body 机构 as data: what it is called, whose people it serves, where it is found, from when and until when.

A body is referred to by its code; a name is shown, never compared. One that is renamed, merged or closed keeps its
past: former names and the last day stand in its own record.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What a body is."""

    GOVERNMENT = "government"  # 人民政府, 街道办事处
    DEPARTMENT = "department"
    CENTRE = "centre"  # 政务服务中心
    CONVENIENCE = "convenience"  # 便民服务中心 of a sumu or town
    POINT = "point"  # 代办点 of a gacha or village
    AUTHORISED = "authorised"  # 法律、法规授权的组织 (行政许可法§23)


KIND_NAMES = {
    Kind.GOVERNMENT: "人民政府",
    Kind.DEPARTMENT: "部门",
    Kind.CENTRE: "政务服务中心",
    Kind.CONVENIENCE: "便民服务中心",
    Kind.POINT: "代办点",
    Kind.AUTHORISED: "法律法规授权的组织",
}
# What follows the division's twelve digits in the code of a body that has no credit code.
SUFFIXES = {
    Kind.GOVERNMENT: "ZF",
    Kind.DEPARTMENT: "BM",
    Kind.CENTRE: "ZW",
    Kind.CONVENIENCE: "BF",
    Kind.POINT: "DB",
    Kind.AUTHORISED: "SQ",
}
_CREDIT = 18  # places of a credit code
_OWN_CODE = re.compile(r"(\d{12})-([A-Z]{2})(\d{2})?", re.ASCII)

_POSITION = re.compile(r"(\d{2,3}\.\d{2,8}),(\d{2}\.\d{2,8})", re.ASCII)


class Post(msgspec.Struct, frozen=True):
    """A post 岗位 in a section 科室; `holder` as far as the office wants it named. `in_charge`: 主管领导."""

    post: str
    section: str = ""
    holder: str = ""
    phone: str = ""
    in_charge: bool = False


class Former(msgspec.Struct, frozen=True):
    """A name that the body had, and the last day of it."""

    name: str
    until: dt.date


class Body(msgspec.Struct, frozen=True):
    """One body. `division` is that whose people it serves (2 to 12 digits), `above` the code of the body above it.
    `since` and `until` are its first and last day, None for none known; `successor` has its work after `until`."""

    code: str  # 统一社会信用代码, or a division's twelve digits with a suffix
    name: str
    kind: Kind
    level: str  # GB/T 39046-2020 annex A.2
    division: str
    short_names: tuple[str, ...] = ()
    above: str = ""
    posts: tuple[Post, ...] = ()
    address: str = ""
    hours: str = ""
    enquiry_phone: str = ""
    complaint_phone: str = ""
    name_mn: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    successor: str = ""
    former: tuple[Former, ...] = ()
    document_word: str = ""  # 机关代字, as 苏左民: begins the numbers of its documents
    coordinates: str = ""  # degrees east and north, as 113.6386,43.8548; "" where nobody measured them

    def name_on(self, day: dt.date) -> str:
        """What it was, or will be, called that day."""
        names = sorted((one.until, one.name) for one in self.former)
        return next((name for until, name in names if day <= until), self.name)

    def is_open(self, day: dt.date) -> bool:
        """Whether it works that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def every_name(self) -> frozenset[str]:
        """All names that it has and ever had."""
        return frozenset((self.name, *self.short_names, *(one.name for one in self.former)))

    @property
    def credit_code(self) -> str:
        """统一社会信用代码; "" where it has none."""
        return "" if code_parts(self.code) else self.code

    @property
    def position(self) -> tuple[float, float] | None:
        """Degrees east and north; None where they are not known, or nowhere in the region or beside it."""
        found = _POSITION.fullmatch(self.coordinates)
        east, north = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
        return (east, north) if 97 <= east <= 127 and 37 <= north <= 54 else None

    @property
    def leader(self) -> str:
        """主管领导 as papers name them: post and, where the office wants it, the holder."""
        found = next((one for one in self.posts if one.in_charge), None)
        return f"{found.post} {found.holder}".strip() if found else ""


def renamed(body: Body, name: str, day: dt.date) -> Body:
    """Another name from `day` on; the one before is kept with its last day."""
    before = Former(body.name, day - dt.timedelta(1))
    return msgspec.structs.replace(body, name=name, former=(*body.former, before))


def ended(body: Body, day: dt.date, successor: str = "") -> Body:
    """Closed from `day` on, or merged into `successor`, which has its work then."""
    return msgspec.structs.replace(body, until=day - dt.timedelta(1), successor=successor)


def padded(division: str) -> str:
    """A division's code as twelve digits."""
    return division.ljust(12, "0")


def bare(code: str) -> str:
    """A division's code without the zeros that pad it: 152523202000 is the sumu 152523202."""
    for length in (2, 4, 6, 9):
        if not code[length:].strip("0"):
            return code[:length]
    return code


def own_code(division: str, kind: Kind, serial: int = 0) -> str:
    """The code of a body that has no credit code; `serial` where a division has several of the kind."""
    return f"{padded(division)}-{SUFFIXES[kind]}" + (f"{serial:02d}" if serial else "")


def code_parts(code: str) -> tuple[str, str] | None:
    """The twelve digits and the suffix of such a code; None for another."""
    found = _OWN_CODE.fullmatch(code)
    return (found[1], found[2]) if found else None


def is_code(text: str) -> bool:
    """Whether `text` is shaped like a body's code, not like a name."""
    return code_parts(text) is not None or (len(text) == _CREDIT and text.isascii() and text.isalnum())


def serves(body: Body, division: str) -> bool:
    """Whether the people of `division` (any padding) are those of the body."""
    return bare(division).startswith(body.division)
