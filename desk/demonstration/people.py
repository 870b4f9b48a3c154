"""The people of the demonstration: made up, with right check digits, so that the real checks run."""

from __future__ import annotations

from typing import NamedTuple

from desk.app.demo import PEOPLE
from desk.log.events import Person

_GACHA, _NEXT = "乌日尼勒图嘎查", "巴彦洪格尔嘎查"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_GROUPS = "一二三四"


class _Line(NamedTuple):
    """`order` is odd for a man; `group` counts from 1, 0 is the gacha next to it; `phone` are the last four digits, ""
    for none."""

    name: str
    birth: str
    order: int
    group: int
    phone: str


_LINES = (
    _Line("敖特根巴雅尔", "19390412", 11, 1, "0011"),
    _Line("苏布道", "19410803", 12, 1, ""),
    _Line("其木格", "19430215", 24, 2, "0013"),
    _Line("道尔吉", "19450921", 15, 3, "0014"),
    _Line("达古拉", "19490706", 16, 4, ""),
    _Line("吉日嘎拉", "19521130", 17, 2, "0016"),
    _Line("敖登", "19540318", 18, 1, "0017"),
    _Line("王秀英", "19570509", 28, 4, "0018"),
    _Line("哈斯巴根", "19660514", 19, 3, "0019"),
    _Line("巴雅尔图", "19600622", 21, 2, "0020"),
    _Line("布仁巴雅尔", "19610117", 23, 1, "0021"),
    _Line("斯琴高娃", "19630928", 22, 3, "0022"),
    _Line("白音孟和", "19640205", 25, 4, "0023"),
    _Line("宝音德力格尔", "19651219", 27, 2, "0024"),
    _Line("额尔敦其其格", "19660911", 26, 1, "0025"),
    _Line("阿木古楞", "19660730", 29, 3, "0026"),
    _Line("巴图孟克", "19680425", 31, 1, "0027"),
    _Line("李建国", "19690812", 33, 4, "0028"),
    _Line("孟根花", "19700603", 32, 2, "0029"),
    _Line("高娃", "19720119", 34, 3, "0030"),
    _Line("青格勒", "19731027", 35, 1, "0031"),
    _Line("乌云毕力格", "19740514", 37, 2, "0032"),
    _Line("赛罕", "19750908", 39, 3, "0033"),
    _Line("张玉梅", "19760221", 36, 4, "0034"),
    _Line("图门乌力吉", "19770716", 41, 1, "0035"),
    _Line("特木尔", "19781203", 43, 2, "0036"),
    _Line("朝鲁门", "19790330", 45, 3, "0037"),
    _Line("恩和", "19800811", 47, 4, "0038"),
    _Line("乌兰托娅", "19811024", 38, 1, "0039"),
    _Line("新吉乐", "19820506", 42, 2, "0040"),
    _Line("格日勒图", "19830219", 49, 3, "0041"),
    _Line("萨如拉", "19841122", 44, 4, "0042"),
    _Line("娜仁花", "19850613", 46, 1, "0043"),
    _Line("刘海龙", "19860928", 51, 4, "0044"),
    _Line("牧仁", "19870407", 53, 2, "0045"),
    _Line("乌日娜", "19890116", 48, 3, "0046"),
    _Line("萨仁图雅", "19900829", 52, 1, "0047"),
    _Line("通拉嘎", "19911005", 54, 2, "0048"),
    _Line("呼格吉勒图", "19920712", 55, 3, "0049"),
    _Line("陶格斯", "19940323", 56, 4, "0050"),
    _Line("阿云嘎", "19950918", 57, 1, "0051"),
    _Line("希吉日", "19960602", 59, 2, "0052"),
    _Line("苏日娜", "19981114", 58, 3, "0053"),
    _Line("巴特尔", "19720608", 61, 0, "0061"),
    _Line("阿拉腾宝力格", "19840302", 63, 0, "0062"),
    _Line("其其格", "19670817", 62, 0, "0063"),
    _Line("孟和", "19791125", 65, 0, "0064"),
    _Line("索伦高娃", "19880514", 64, 0, "0065"),
    _Line("图雅", "19930129", 66, 0, "0066"),
)


def _number(line: _Line) -> str:
    """GB 11643: county, birth, order, and the check digit of ISO 7064 MOD 11-2."""
    digits = f"152523{line.birth}{line.order:03d}"
    return digits + _CHECKS[sum(int(one) * weight for one, weight in zip(digits, _WEIGHTS, strict=True)) % 11]


def _person(line: _Line) -> Person:
    group = f"{_GROUPS[line.group - 1]}组" if line.group else ""
    phone = f"1390000{line.phone}" if line.phone else ""
    return Person(line.name, "111", _number(line), phone, f"{_GACHA if group else _NEXT}{group}", group=group)


BY_NAME = {one.name: one for one in (*PEOPLE, *map(_person, _LINES))}
