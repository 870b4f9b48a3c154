"""What is wrong with a body, in words for whoever fills it in, each beside its field.

A register that holds to these rules can be asked for competence on any day: codes and places exist, names are one
body's alone, nobody stands below or comes after itself, and what is closed hands its work to somebody who is open.
"""

from __future__ import annotations

import datetime as dt
import itertools
import unicodedata
from collections.abc import Iterator

from desk.errors import Problem
from desk.law import codes, id_numbers
from desk.law.bodies.body import KIND_NAMES, SUFFIXES, Body, Kind, code_parts, own_code, padded
from desk.law.bodies.register import Register
from desk.law.divisions import Divisions
from desk.words.phones import phone_fault

NAME_MOST = 100  # GB/T 39046-2020 table 16
TEXT_MOST = 200
LEVELS = {"region": "2", "league": "3", "banner": "4", "township": "5", "village": "6"}  # annex A.2
# Kinds whose level is that of the division they serve; others may be of a level above it, as a police station is.
_AS_DIVISION = frozenset({Kind.GOVERNMENT, Kind.CENTRE, Kind.CONVENIENCE, Kind.POINT})
_ONLY = {Kind.CONVENIENCE: ("5", "苏木乡镇、街道"), Kind.POINT: ("6", "嘎查村、社区")}
_BELOW = (Kind.CONVENIENCE, Kind.POINT)  # never the uppermost
_PHONES = (("enquiry_phone", "咨询电话"), ("complaint_phone", "监督投诉电话"))
_TEXTS = (("address", "地址"), ("hours", "办公时间"), ("name_mn", "蒙古文名称"), ("document_word", "机关代字"))


def check(body: Body, others: Register, divisions: Divisions) -> tuple[Problem, ...]:
    """Everything that is wrong with `body` among `others` (its own former self may be one of them)."""
    is_there = others.get(body.code) == body
    around = others if is_there else Register([*(one for one in others if one.code != body.code), body])
    parts = (_code(body), _called(body, around), _place(body, divisions), _above(body, around), _span(body, around))
    return tuple(itertools.chain(*parts, _reached(body)))


def _code(body: Body) -> Iterator[Problem]:
    parts = code_parts(body.code)
    if parts is None:
        found = id_numbers.facts(id_numbers.ORGANISATION, body.code, dt.date.min)
        if isinstance(found, Problem):
            own = own_code(body.division, body.kind)
            yield Problem("code", f"代码不对：{found.text}没有统一社会信用代码的，用区划代码加后缀，如 {own}。")
    elif parts != (padded(body.division), SUFFIXES[body.kind]):
        yield Problem("code", f"代码与服务区划或类别不符，应为 {own_code(body.division, body.kind)}，可再加两位序号。")


def _called(body: Body, around: Register) -> Iterator[Problem]:
    names = (body.name, *body.short_names)
    if not body.name:
        yield Problem("name", "请填写名称。")
    for field, name in (("name", body.name), *(("short_names", one) for one in body.short_names)):
        if len(name) > NAME_MOST:
            yield Problem(field, f"名称最长 {NAME_MOST} 字，现在 {len(name)} 字。")
        if name != name.strip() or not name.isprintable():
            yield Problem(field, f"“{name.strip()}”前后有空格或含有看不见的字符，请删去。")
    if len(set(names)) < len(names):
        yield Problem("short_names", "简称与名称重复，或写了两遍。")
    for name in dict.fromkeys(names):
        for other in around.called(name) if body.until is None else ():
            if other.code != body.code and other.until is None:
                field = "name" if name == body.name else "short_names"
                yield Problem(field, f"“{name}”已经是 {other.name}（{other.code}）的名称，请写全称以示区别。")


def _place(body: Body, divisions: Divisions) -> Iterator[Problem]:
    division = divisions.get(body.division)
    if division is None:
        yield Problem("division", "没有这个区划代码，请从区划表里选。")
        return
    level, wanted = LEVELS[division.level], _ONLY.get(body.kind)
    if wanted and level != wanted[0]:
        yield Problem("division", f"{KIND_NAMES[body.kind]}的服务区划应是{wanted[1]}，{division.name}不是。")
    if body.coordinates and body.position is None:
        yield Problem("coordinates", "坐标写成“东经,北纬”，如 113.6386,43.8548，至少两位小数，要在内蒙古。")
    if body.level not in codes.LEVELS:
        yield Problem("level", "请选择行使层级。")
    elif body.kind in _AS_DIVISION and body.level != level:
        yield Problem("level", f"层级应是{codes.LEVELS[level]}，与服务区划 {division.name} 一致。")
    elif body.level > level and body.level != "7":
        yield Problem("level", f"层级比服务区划 {division.name} 还低，请核对。")


def _above(body: Body, around: Register) -> Iterator[Problem]:
    if not body.above:
        if body.kind in _BELOW:
            yield Problem("above", f"{KIND_NAMES[body.kind]}要有上级机构，请选择。")
        return
    above = around.get(body.above)
    if above is None:
        yield Problem("above", "没有这个上级机构，请从名录里选。")
        return
    if not body.division.startswith(above.division):
        yield Problem("above", f"上级机构 {above.name} 不管这个区划。")
    seen = {body.code}
    while above is not None and above.code not in seen:
        seen.add(above.code)
        above = around.get(above.above)
    if above is not None:
        yield Problem("above", "上级机构绕成了圈：它自己或它的上级归本机构管。")


def _span(body: Body, around: Register) -> Iterator[Problem]:
    if body.since and body.until and body.until < body.since:
        yield Problem("until", "撤销的日期早于成立的日期。")
    last = body.until or dt.date.max
    if any(one.until >= last or (body.since and one.until < body.since) for one in body.former):
        yield Problem("former", "曾用名的日期不在机构存续期内。")
    if len({one.until for one in body.former}) < len(body.former) or any(not one.name.strip() for one in body.former):
        yield Problem("former", "曾用名没有写，或者同一天停用两个名称。")
    if body.successor:
        yield from _successor(body, around)
    elif body.until:
        below = [one for one in around.below(body.code) if one.until is None or one.until > body.until]
        if below:
            names = "、".join(one.name for one in below[:3])
            yield Problem("until", f"还有 {len(below)} 个下级机构（{names}），请先改它们的上级，或者写明由谁接办。")


def _successor(body: Body, around: Register) -> Iterator[Problem]:
    after = around.get(body.successor)
    if body.until is None:
        yield Problem("until", "写了接办的机构，要写从哪一天起。")
    elif after is None or after.code == body.code:
        yield Problem("successor", "接办的机构不在名录里，请重新选择。")
    elif around.standing(body.code, body.until + dt.timedelta(1)) is None:
        yield Problem("successor", f"{after.name} 到那一天没有成立或已经撤销，不能接办。")


def _reached(body: Body) -> Iterator[Problem]:
    for field, name in _PHONES:
        wrong = phone_fault(getattr(body, field))
        if wrong:
            yield Problem(field, f"{name}{wrong}")
    for field, name in _TEXTS:
        words = getattr(body, field)
        if len(words) > TEXT_MOST or any(unicodedata.category(one) == "Cc" for one in words):
            yield Problem(field, f"{name}最长 {TEXT_MOST} 字，写在一行里。")
    for at, post in enumerate(body.posts):
        if not post.post.strip():
            yield Problem(f"posts.{at}", "写了科室、姓名或电话，没有写岗位。")
        wrong = phone_fault(post.phone)
        if wrong:
            yield Problem(f"posts.{at}", f"岗位电话{wrong}")
