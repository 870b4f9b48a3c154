"""The bodies that any banner has, made out of the table of divisions: its government and service centre, for each sumu
and town the government and the convenience centre, for each gacha and village the point. Names follow the rule of
names; addresses, hours and telephones are the office's to fill in.
"""

from __future__ import annotations

from collections.abc import Iterator

from desk.errors import RefusedError
from desk.law.bodies.body import Body, Kind, own_code
from desk.law.divisions import Division, Divisions

_TOWNSHIPS = ("苏木", "乡", "镇")
_STREET = "街道"
_POINT = "便民代办点"
_BANNERS = ("旗", "县", "市", "区")
_NO_BANNER = ("开发区", "园区", "管理区")  # run by a committee, not by a people's government
_ENDS = (
    ("嘎查村民委员会", "嘎查"),
    ("嘎查委员会", "嘎查"),
    ("嘎查委会", "嘎查"),
    ("村民委员会", "村"),
    ("村委会", "村"),
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("居民委员会", "社区"),
    ("居委会", "社区"),
)


def seed(banner: str, divisions: Divisions) -> tuple[Body, ...]:
    """The bodies of the banner with this code (6 digits), from above downward. Raises RefusedError for another code."""
    found = divisions.get(banner)
    if found is None or found.level != "banner":
        raise RefusedError("没有这个旗县区。", "没有改动。", "请从名单里选旗县区。")
    return tuple(_banner(found, divisions))


def _banner(banner: Division, divisions: Divisions) -> Iterator[Body]:
    own, centre = own_code(banner.code, Kind.GOVERNMENT), own_code(banner.code, Kind.CENTRE)
    governed = banner.name.endswith(_BANNERS) and not banner.name.endswith(_NO_BANNER)
    if governed:
        yield Body(own, f"{banner.name}人民政府", Kind.GOVERNMENT, "4", banner.code)
    above = own if governed else ""
    yield Body(centre, f"{banner.name}政务服务中心", Kind.CENTRE, "4", banner.code, above=above)
    for township in divisions.below(banner.code):
        yield from _township(township, centre, above, divisions)


def _township(township: Division, centre: str, banner: str, divisions: Divisions) -> Iterator[Body]:
    above, own = centre, own_code(township.code, Kind.CONVENIENCE)
    if name := _government(township.name):
        above = own_code(township.code, Kind.GOVERNMENT)
        yield Body(above, name, Kind.GOVERNMENT, "5", township.code, above=banner)
    yield Body(own, f"{township.name}便民服务中心", Kind.CONVENIENCE, "5", township.code, above=above)
    villages = divisions.below(township.code)
    short = [_village(one.name) for one in villages]
    for village, name in zip(villages, short, strict=True):
        called = name if short.count(name) == 1 else village.name  # two that differ in their endings alone
        code, title = own_code(village.code, Kind.POINT), f"{called}{_POINT}"
        yield Body(code, f"{township.name}{title}", Kind.POINT, "6", village.code, above=own)


def counter(place: Division) -> tuple[str, str]:
    """The twelve digits and the name of a counter at `place`: the point of a gacha or village, the convenience centre
    of a township, the windows of a banner's service centre. A paper names the banner before it."""
    code = place.code.ljust(12, "0")
    if place.level == "village":
        return code, f"{place.name}{_POINT}"
    return code, f"{place.name}便民服务中心" if place.level == "township" else "政务服务中心综合窗口"


def place_of(counter_name: str) -> str:
    """乌日尼勒图嘎查 for 乌日尼勒图嘎查便民代办点: how a list names a point."""
    return counter_name.removesuffix(_POINT) or counter_name


def _government(name: str) -> str:
    """What the government of a township is called; "" where it has none, as parks and farms."""
    if name.endswith(_TOWNSHIPS):
        return f"{name}人民政府"
    if name.endswith(_STREET):
        return f"{name}办事处"
    return name if name.endswith("街道办事处") else ""


def _village(name: str) -> str:
    """乌日尼勒图嘎查 for 乌日尼勒图嘎查村民委员会."""
    return next((name.removesuffix(end) + kind for end, kind in _ENDS if name.endswith(end)), name)
