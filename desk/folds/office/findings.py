"""The rules of electronic supervision 电子监察 (S8) as data: what each looks at, its colour and where it comes from.

Finding what a rule says is a query (`db.centre.lists.watch_rows`); here is its name and what its card says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from desk.law import deadline

BY_HAND = "by_hand"
# Working days in which the office explains a card of this colour.
EXPLAIN_DAYS = {"yellow": 3, "red": 2}
SUSPENDED_DAYS = 60  # a special procedure that lasts longer is looked at, whatever day was written
STUCK_DAYS = 3
UNBUNDLED_DAYS = 7  # that papers may lie at the point after their case went by network
SERVE_DAYS = 10  # working days, where the regime has no limit of its own (行政许可法§44, §82)
RATING_DAYS = 5  # working days to answer a poor rating


class Rule(msgspec.Struct, frozen=True):
    """One rule. `told` is what its card says, with the columns of the query's row in braces; in `looks_at` stand a
    centre's settings in braces."""

    code: str
    name: str
    colour: str
    basis: str
    looks_at: str
    told: str


RULES: tuple[Rule, ...] = (
    Rule(
        "deemed",
        "逾期没有受理或告知",
        "red",
        "行政许可法§32(四)",
        "已到中心、还没有受理也没有一次告知补正的办件，过了告知的最后一天",
        "最迟 {occasion} 应受理或一次告知补正，到期没有告知。{silence}",
    ),
    Rule(
        "soon",
        "时限临近",
        "yellow",
        "行政许可法§42，事项承诺时限",
        "没有办完的办件，下一个工作日以前到法定或承诺的时限",
        "{occasion} 到期，现在是“{state_name}”。",
    ),
    Rule(
        "over",
        "超过时限",
        "red",
        "行政许可法§42，事项承诺时限",
        "没有办完的办件，过了法定时限；没有法定时限的，过了承诺时限",
        "最迟 {occasion} 应作出决定，到期没有作出，现在是“{state_name}”。",
    ),
    Rule(
        "promise",
        "超过承诺时限",
        "yellow",
        "事项承诺时限",
        "没有办完的办件，还在法定时限内，但过了承诺时限；等补正和特别程序的日子已扣除",
        "承诺 {occasion} 办结，到期没有作出决定；法定时限是 {last_day}。现在是“{state_name}”。",
    ),
    Rule(
        "road",
        "过了承诺才到中心",
        "yellow",
        "代办服务承诺",
        "承诺日期以前没有到中心的办件；部门自到件之日起算，不另亮牌",
        "代办点 {collected} 收件，承诺 {occasion} 办结，{arrived} 才到中心。",
    ),
    Rule(
        "step",
        "环节超时",
        "yellow",
        "事项办理流程的环节时限",
        "办件没有超期，它所在的环节过了时限",
        "环节“{step}”最迟 {step_due} 应完成；办件时限是 {last_day}。",
    ),
    Rule(
        "supplement",
        "多次要求补正",
        "yellow",
        "行政许可法§32(四)：一次告知需要补正的全部内容",
        "补正告知了两次以上的办件",
        "补正已告知 {occasion} 次。应当一次告知需要补正的全部内容。",
    ),
    Rule(
        "unmended",
        "补正逾期没有交",
        "yellow",
        "行政许可法§32(四)",
        "告知补正时写明的最后一天已过、还在等补正的办件",
        "写明 {occasion} 前补正，到期没有交来；请联系申请人，或依法处理。",
    ),
    Rule(
        "no_reasons",
        "不予而没有说明理由",
        "red",
        "行政许可法§38",
        "不予受理、不予决定的办件，没有写理由",
        "{occasion} 作出“{state_name}”，没有写明理由。",
    ),
    Rule(
        "suspended",
        "暂停过久",
        "yellow",
        "行政许可法§45",
        f"特别程序过了写明的最后一天，或超过 {SUSPENDED_DAYS} 天",
        "{began} 进入特别程序，写明到 {until} 为止，还没有恢复。",
    ),
    Rule(
        "stuck",
        "收件后没有移交",
        "yellow",
        "代办服务承诺",
        f"代办点收件满 {STUCK_DAYS} 天、还没有到中心的办件，而这个终端这几天同步过",
        "代办点 {occasion} 收件，没有组卷移交，也没有到中心；终端最近一次同步是 {heard}。",
    ),
    Rule(
        "unbundled",
        "纸质材料没有组卷",
        "yellow",
        "代办服务承诺",
        f"办件到中心满 {UNBUNDLED_DAYS} 天，有纸质材料而没有组卷移交，这个终端这几天同步过",
        "{occasion} 已到中心，纸质材料还没有组卷移交；终端最近一次同步是 {heard}。",
    ),
    Rule(
        "unserved",
        "结果没有按时送达",
        "yellow",
        "行政许可法§44",
        f"作出决定后过了送达的最后一天（法律没有规定的，{deadline.workdays(SERVE_DAYS)}）还没有送达的办件",
        "{occasion} 作出决定，最迟 {deliver_due} 应送达，还没有送达，现在是“{state_name}”。",
    ),
    Rule(
        "rating",
        "差评没有按时答复",
        "red",
        "国办发〔2019〕51号：差评要回访、整改",
        "过了时限没有答复的差评",
        "差评 {number} 最迟 {occasion} 应答复，到期没有答复。",
    ),
    Rule(
        "complaint",
        "投诉建议没有按时答复",
        "yellow",
        "投诉办理时限",
        "过了时限没有答复的投诉、建议、咨询",
        "{number} 最迟 {occasion} 应答复，到期没有答复。",
    ),
    Rule(
        "disclosure_unregistered",
        "公开申请没有当日登记",
        "yellow",
        "政府信息公开条例§28、§31，申请当日登记",
        "来件当天没有登记的政府信息公开申请；期限仍从收到之日起算",
        "公开申请 {number} 于 {occasion} 提出，当天没有登记。",
    ),
    Rule(
        "disclosure_soon",
        "公开申请答复临近到期",
        "yellow",
        "政府信息公开条例§33",
        "没有送出答复的政府信息公开申请，下一个工作日以前到期；征求意见、等补正的日子不算",
        "公开申请 {number} 最迟 {occasion} 应答复。",
    ),
    Rule(
        "disclosure_over",
        "公开申请逾期没有答复",
        "red",
        "政府信息公开条例§33",
        "过了答复期限、还没有送出答复的政府信息公开申请",
        "公开申请 {number} 最迟 {occasion} 应答复，到期没有答复。",
    ),
    Rule(
        "disclosure_unheard",
        "公开申请的意见、补正到期没有处理",
        "yellow",
        "政府信息公开条例§30、§32、§34",
        "第三方、其他机关提意见的期限或补正期限已过，还没有记录结果",
        "公开申请 {number} 等的期限 {occasion} 已过，请记录结果，依条例继续办理。",
    ),
    Rule(
        "silent",
        "终端久未同步",
        "yellow",
        "代办点运行要求",
        "满 {silent_days} 天没有同步过的终端（已停用的、换了新名的、下级中心的不算）",
        "{point_name}的终端 {about} 自 {occasion} 起没有同步过。",
    ),
    Rule(
        "gaps",
        "收件号有缺号",
        "yellow",
        "收件登记要连号",
        "同一终端同一天的收件号，到最大的一个为止有没有缺的",
        "终端 {about} 在 {occasion} 的收件号缺 {holes}。",
    ),
    Rule(BY_HAND, "监察员亮牌", "yellow", "电子监察管理要求", "监察员在办件上亮的牌", "{facts}"),
)
# Rules whose step is the point's, whatever state the case is in.
OF_POINT = frozenset({"road", "stuck", "unbundled"})
POINTS_OWN = OF_POINT | {"silent", "gaps"}  # and what a point itself is about
POINTS_TURN = "能办的是代办点和送件人。"
_LEFT_ORGAN = frozenset({"returning", "at_point"})


def is_points(rule: str, state: str) -> bool:
    """Whether what the rule found was the point's to do: a card judges the step of who could have acted."""
    return rule in OF_POINT or (rule == "unserved" and state in _LEFT_ORGAN)


def turn(rule: str, seen: Mapping[str, Any]) -> str:
    """Who could have acted, and since when, as a sentence; "" where a card is about no case."""
    if not seen.get("collected_at"):
        return ""
    if is_points(rule, seen["state"]):
        return POINTS_TURN
    if rule == "unmended":
        return "能办的是申请人，由代办点转告。"
    collected, arrived = seen["collected_at"][:10], str(seen["arrived_at"])[:10]
    if arrived <= collected:
        return f"能办的是{seen['org'] or '部门'}。"
    lay = f"{collected} 收件，{arrived} 才到中心，路上的日子不算在内"
    return f"能办的是{seen['org'] or '部门'}，自 {arrived} 到件起（{lay}）。"


DEEMED = "自收到申请材料之日起视为受理：{note}。"
BY_CODE = {one.code: one for one in RULES}


def key(rule: str, about: str, occasion: str) -> str:
    """What makes a card the same card, whoever found it."""
    return f"{rule}|{about}|{occasion}"


def subject(family: str, text: str) -> str:
    """The subject of a record that `text` makes unique."""
    return f"{family}:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def finding_words(rule: Rule, seen: Mapping[str, Any]) -> str:
    """What the card says of what the rule saw."""
    days = {"collected": str(seen.get("collected_at", ""))[:10], "arrived": str(seen.get("arrived_at", ""))[:10]}
    own = str(seen.get("own_words", ""))  # whose step it is, where it is the organ's
    return rule.told.format_map({**seen, **days}) + own + turn(rule.code, seen)
