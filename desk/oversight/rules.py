"""The rules of electronic supervision 电子监察: each with its colour, what it looks at and the article behind it."""

from __future__ import annotations

import msgspec


class Rule(msgspec.Struct, frozen=True):
    """One rule. `colour` yellow or red; `basis` the law or the office's own measure."""

    code: str
    name: str
    colour: str
    basis: str


_RULES = (
    Rule("deemed", "到期没有告知，视为受理", "red", "行政许可法§32"),
    Rule("due", "明天到期", "yellow", "电子监察办法"),
    Rule("over", "超过时限", "red", "行政许可法§42"),
    Rule("step", "环节超过时限", "yellow", "服务承诺"),
    Rule("twice", "补正告知不止一次", "yellow", "行政许可法§32(四)"),
    Rule("no_reasons", "不予决定没有写明理由", "red", "行政许可法§38"),
    Rule("suspended", "特别程序时间过长", "yellow", "行政许可法§45"),
    Rule("not_sent", "代办点收件后没有送到", "yellow", "代办服务规范"),
    Rule("not_served", "作出决定后没有送达", "yellow", "行政许可法§44"),
    Rule("poor", "差评没有处理", "red", "好差评制度"),
    Rule("silent", "终端多日没有同步", "yellow", "代办服务规范"),
    Rule("gap", "收件号有缺号", "yellow", "代办服务规范"),
    Rule("hand", "监察员发现", "yellow", "电子监察办法"),
)
RULES = {one.code: one for one in _RULES}
EXPLAIN_DAYS = {"yellow": 5, "red": 2}  # working days within which the office explains
SUSPENDED_MOST, SENT_WITHIN, SERVED_WITHIN, SILENT = 60, 3, 10, 7  # days


def gaps(serials: list[int]) -> list[int]:
    """The serial numbers of a day that are missing below the highest that is known."""
    known = set(serials)
    return [one for one in range(1, max(known, default=0)) if one not in known]
