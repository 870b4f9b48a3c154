"""What may be shown to everybody (S12): results without personal data, and of each what was taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

# Never asked of the database for a list of results, so never in one.
NEVER = ("住址", "申请表的内容", "材料", "备注")
# Runs of digits that are an identity, telephone or account number; letters of an identity number's end.
_IDENTITY = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15,19})(?![0-9Xx])")
_NUMBERS = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15,19}|1[3-9][0-9]{9}|0[0-9]{2,3}[- ]?[0-9]{7,8})(?![0-9])")
LEAST = 5  # cases of an item in a township; fewer of them point at somebody whom neighbours know
_MONTH = len("2026-11")
FEWER = f"不足 {LEAST} 件"
_HIDDEN = "〔号码已隐去〕"
# What a case's row tells of people, and what that is called when it is taken out.
_PERSONAL = (
    ("id_index", "证件号码"),
    ("phone_index", "电话"),
    ("agent", "代办员姓名"),
    ("holder", "经办人账号"),
    ("point", "所在嘎查村"),
)


# Words in the name of an item whose results would tell what neighbours need not know: health, a lawyer, a death.
_QUIET = ("法律援助", "残疾", "死亡", "遗属", "丧葬", "殡葬", "抚恤", "精神", "艾滋", "戒毒", "矫正", "流产", "收养")


def is_quiet(item_name: str) -> bool:
    """Whether results of an item so called are listed only once an office says so."""
    return any(word in item_name for word in _QUIET)


class Result(msgspec.Struct, frozen=True):
    """One published result. Names of fields as GB/T 39046-2020 has them (tables 4, 5 and 8) where it has one;
    `cd_batch` as each row has that goes from one platform to another."""

    case_no: str
    task_code: str
    item_name: str
    applicant_name: str
    org_name: str
    result: str
    finished_on: str
    cd_batch: str


def passed(
    row: Mapping[str, Any], result: str, batch: str, *, refused: bool = False, alike: int = LEAST
) -> tuple[Result, tuple[str, ...]]:
    """What of a case's row may be shown, and the names of what was taken out of it. `alike`: how many cases of the item
    the township has in this list, the row among them; where they are few nothing that leads there is shown, and a
    result that was `refused` never bears a name."""
    name, few = str(row["applicant_name"]).strip(), alike < LEAST
    taken = [words for key, words in _PERSONAL if row.get(key)]
    if len(name) > 1:
        taken.insert(0, "名字" if few or refused else "名字（留姓）")
    if few:
        taken.append(f"编号、部门和日子（同苏木乡镇{FEWER}）")
    item, org = str(row["item_name"]), str(row["org"])
    texts = tuple(_without(name, one) for one in (item, org))
    if texts != (item, org):
        taken.append("文字里的姓名和号码")
    case_no, task, day = str(row["case_no"]), str(row["task_code"]), str(row["ended_day"])
    shown = "" if few or refused else surname(name)
    if few:
        return Result("", task, texts[0], shown, "", result, day[:_MONTH], batch), tuple(taken)
    return Result(case_no, task, texts[0], shown, texts[1], result, day, batch), tuple(taken)


def counted(taken: Iterable[tuple[str, ...]]) -> list[tuple[str, int]]:
    """How often each thing was taken out, the most often first."""
    return Counter(one for each in taken for one in each).most_common()


def _without(name: str, text: str) -> str:
    return masked(text.replace(name, surname(name)) if len(name) > 1 else text)


def surname(name: str) -> str:
    """阿××: the first character, and how many follow is not told."""
    return f"{name[0]}××" if name else ""


def personal(text: str) -> list[str]:
    """The personal numbers that stand in `text`."""
    return _NUMBERS.findall(re.sub(r"[\s-]", "", text)) + _NUMBERS.findall(text)


def masked(text: str) -> str:
    """`text` with such numbers taken out."""
    return _NUMBERS.sub(_HIDDEN, text)


def without_identity(text: str) -> str:
    """`text` with identity and account numbers taken out; a telephone to call stays."""
    return _IDENTITY.sub(_HIDDEN, text)
