"""What an editor typed about a body, read into one: lists by line, posts by row, days, a code where none was typed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

import msgspec
from fastapi import Depends, Form

from desk.centre.web.frame import Typed, day_of
from desk.errors import RefusedError
from desk.law.bodies.body import Body, Kind, Post, bare, is_code, own_code
from desk.law.bodies.register import Register

_POSTS = 60
_SERIALS = 100
_FIRST, _LAST = dt.date(1949, 10, 1), dt.date(2099, 12, 31)
_KEPT = "没有保存。"
Many = Annotated[list[str], Form(max_length=_POSTS)]


class Sheet(msgspec.Struct, frozen=True):
    """A body as it was typed, and the mark of what the form showed."""

    body: Body
    mark: str


def _posts(
    section: Many = [],  # noqa: B006 - FastAPI copies it
    post: Many = [],  # noqa: B006
    holder: Many = [],  # noqa: B006
    post_phone: Many = [],  # noqa: B006
    in_charge: Many = [],  # noqa: B006
) -> tuple[Post, ...]:
    """The rows of the table of posts in which something stands."""
    if not len(section) == len(post) == len(holder) == len(post_phone):
        raise RefusedError("岗位表不完整。", _KEPT, "请刷新后再填。")
    rows = zip(section, post, holder, post_phone, strict=True)
    made = [
        Post(what.strip(), where.strip(), who.strip(), phone.strip(), str(at) in in_charge)
        for at, (where, what, who, phone) in enumerate(rows)
    ]
    return tuple(one for one in made if one.post or one.section or one.holder or one.phone)


def sheet(
    posts: Annotated[tuple[Post, ...], Depends(_posts)],
    code: Typed = "",
    name: Typed = "",
    short_names: Typed = "",
    kind: Typed = "",
    level: Typed = "",
    division: Typed = "",
    above: Typed = "",
    address: Typed = "",
    hours: Typed = "",
    enquiry_phone: Typed = "",
    complaint_phone: Typed = "",
    name_mn: Typed = "",
    since: Typed = "",
    document_word: Typed = "",
    coordinates: Typed = "",
    mark: Typed = "",
) -> Sheet:
    """A dependency: the form of a body. Raises RefusedError for a kind or a day that there is not."""
    if kind not in list(Kind):
        raise RefusedError("请选择机构类别。", _KEPT)
    made = Body(
        code.strip().upper(),
        name.strip(),
        Kind(kind),
        level.strip(),
        bare(division.strip()),
        tuple(one.strip() for one in re.split(r"[、\n]", short_names) if one.strip()),
        above.strip(),
        posts,
        address.strip(),
        hours.strip(),
        enquiry_phone.strip(),
        complaint_phone.strip(),
        name_mn.strip(),
        day_of(since, _KEPT),
        document_word=document_word.strip(),
        coordinates=re.sub(r"\s*[,，、\s]\s*", ",", coordinates.strip()),
    )
    return Sheet(made, mark)


def coded(body: Body, register: Register) -> Body:
    """`body`, with a code of its own where none was typed. Raises RefusedError for no code, or another body's."""
    if not body.code:
        serials = (own_code(body.division, body.kind, serial) for serial in range(_SERIALS))
        body = msgspec.structs.replace(body, code=next((one for one in serials if register.get(one) is None), ""))
        if not is_code(body.code):
            raise RefusedError("编不出代码。", _KEPT, "请先核对服务区划代码。")
    if not is_code(body.code):
        raise RefusedError(f"“{body.code}”不是机构代码。", _KEPT, "请填统一社会信用代码，没有的空着由系统编。")
    if (other := register.get(body.code)) is not None:
        raise RefusedError(f"代码 {body.code} 已经是 {other.name} 的。", _KEPT, "请核对代码，或者空着由系统编。")
    return body


def onto(known: Body, typed: Body, *kept: str) -> Body:
    """`known` with what the form shows; its code, what is changed by a step with a day, and the fields `kept` stay."""
    fields = ("code", "until", "successor", "former", *kept)
    return msgspec.structs.replace(typed, **{name: getattr(known, name) for name in fields})


def from_day(text: str, today: dt.date) -> dt.date:
    """The day from which a step holds: today where none was typed."""
    day = day_of(text, "没有改动。") or today
    if not _FIRST <= day <= _LAST:
        raise RefusedError("日期太早或太晚。", "没有改动。", "请核对年份。")
    return day
