"""The division that a centre is set up for, by its code."""

from __future__ import annotations

from desk.errors import RefusedError
from desk.law import divisions

_CODE = 6  # digits


def names_of(code: str) -> str:
    """The names of the region, league or banner that has this code of six digits. Raises RefusedError with what may
    have been meant: every desk's and case's number begins with it, for ever."""
    if len(code) != _CODE or not code.isdecimal():
        raise RefusedError("旗县代码应为 6 位数字。", "没有建中心。", "请查民政部门的区划代码。")
    known = divisions.load()
    short = code.removesuffix("00").removesuffix("00")
    found = known.get(short)
    if found is None or found.level not in ("region", "league", "banner"):
        beside = known.below(code[:4]) if known.get(code[:4]) else known.below(code[:2])
        near = "、".join(f"{one.code.ljust(_CODE, '0')} {one.name}" for one in beside) or "内蒙古自治区 150000"
        todo = f"相近的有：{near}。确实是新设的代码，加上 --new-code。"
        raise RefusedError(f"区划表里没有 {code} 这个旗县、盟市或自治区。", "没有建中心。", todo)
    return "".join(one.name for one in known.path(found.code)) or found.name
