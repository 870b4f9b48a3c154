"""What a sumu or town says otherwise of an item that was devolved to it: its own implementation 实施清单, never the
base item. Its promise is never longer; what it says is marked on paper and page.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from desk.errors import Problem
from desk.law.catalogue.item import Exerciser, Item, Limit, ProxyMode

TEXT_MOST = 200
# What may be said otherwise, and what people call it.
WORDS = {
    "place": "办理地点",
    "hours": "办理时间",
    "enquiry_phone": "咨询电话",
    "supervision_phone": "监督电话",
    "handling_unit": "承办科室",
    "leader": "岗位",
}
PROMISE, POINTS = "promised_limit", "proxy_points"
NAMES = {PROMISE: "承诺时限", **WORDS, POINTS: "可以收件的代办点"}
_PHONES = ("enquiry_phone", "supervision_phone")
_KINDS = ("苏木", "镇", "乡", "街道")


class Adjustment(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is another here than in the base item and the register of bodies; what is empty is as there. `proxy_points`:
    the codes of the counters that may take it in, none for all."""

    promised_limit: Limit | None = None
    place: str = ""
    hours: str = ""
    enquiry_phone: str = ""
    supervision_phone: str = ""
    handling_unit: str = ""
    leader: str = ""
    proxy_points: tuple[str, ...] = ()

    def said(self) -> tuple[str, ...]:
        """The fields that it says something of."""
        return tuple(name for name in NAMES if getattr(self, name))


def is_devolved(item: Item) -> bool:
    """Whether every sumu and town exercises `item`, each for its own people."""
    return item.exercised_by is not None and item.exercised_by.who is Exerciser.TOWNSHIPS


def faults(item: Item, said: Adjustment, points: Collection[str]) -> tuple[Problem, ...]:
    """What is wrong with an adjustment of `item` by a township whose counters are `points`, beside its field."""
    from desk.words.phones import phone_fault

    found: list[Problem] = []
    if not is_devolved(item):
        found.append(Problem("", "这个事项没有下放给苏木乡镇，不能调整。"))
    if said.promised_limit is not None and not _is_kept(item, said.promised_limit):
        found.append(Problem(PROMISE, "承诺时限不能比旗里公布的长，也不能改变是不是即办。"))
    phones = ((name, phone_fault(getattr(said, name))) for name in _PHONES)
    found += [Problem(name, f"{NAMES[name]}{wrong}") for name, wrong in phones if wrong]
    for name, words in WORDS.items():
        text = getattr(said, name)
        if len(text) > TEXT_MOST or not text.isprintable():
            found.append(Problem(name, f"{words}最长 {TEXT_MOST} 字，写在一行里。"))
    if not set(said.proxy_points) <= set(points):
        found.append(Problem(POINTS, "只能选本苏木乡镇的代办点。"))
    return tuple(found)


def _is_kept(item: Item, limit: Limit) -> bool:
    from desk.law.catalogue import rules  # what an entry holds is read without it

    base = item.promised_limit or item.statutory_limit
    return base is not None and rules.is_within(limit, base)


def mark(township: str) -> str:
    """本苏木调整, 本镇调整: by what the place `township` is."""
    kind = next((one for one in _KINDS if township.endswith(one)), "地")
    return f"本{kind}调整"


def applied(item: Item, said: Adjustment, township: str, point: str = "") -> Item:
    """`item` as the people of `township` have it, each thing that is said otherwise marked; at the counter `point` it
    is not taken in where others do. A promise that has become longer than the base item's does not count."""
    marked = mark(township)
    changed: dict[str, object] = {name: f"{text}（{marked}）" for name in WORDS if (text := str(getattr(said, name)))}
    if said.promised_limit is not None and _is_kept(item, said.promised_limit):
        changed[PROMISE] = msgspec.structs.replace(said.promised_limit, note=marked)
    if said.proxy_points and len(point.rstrip("0")) > _TOWNSHIP and point not in said.proxy_points:
        changed |= {"proxy_mode": ProxyMode.PRESENCE, "proxy_note": f"{elsewhere(township)}。"}
    return msgspec.structs.replace(item, **changed)


def elsewhere(township: str) -> str:
    """Why a counter does not take it in."""
    return f"{mark(township)}：这一项不在本代办点收件，请到便民服务中心或指定的代办点办"


_TOWNSHIP = 9  # digits of its code
