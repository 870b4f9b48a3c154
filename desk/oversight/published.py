"""What may be shown to everybody (S12): results without personal data, and a list of what was taken out."""

from __future__ import annotations

import re

import msgspec

REMOVED = ("姓名只留姓", "证件号码", "电话", "住址", "银行账号", "申请内容和备注")
# Runs of digits that are an identity, telephone or account number; letters of an identity number's end.
_NUMBERS = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15,19}|1[3-9][0-9]{9}|0[0-9]{2,3}[- ]?[0-9]{7,8})(?![0-9])")


class Result(msgspec.Struct, frozen=True):
    """One published result. Names of fields as GB/T 39046-2020 has them where it has one."""

    project_no: str
    task_name: str
    applicant: str
    dept_name: str
    result: str
    result_date: str
    cd_batch: str


def surname(name: str) -> str:
    """阿××: the first character, and how many follow is not told."""
    return f"{name[0]}××" if name else ""


def personal(text: str) -> list[str]:
    """The personal numbers that stand in `text`."""
    return _NUMBERS.findall(re.sub(r"[\s-]", "", text)) + _NUMBERS.findall(text)


def masked(text: str) -> str:
    """`text` with such numbers taken out."""
    return _NUMBERS.sub("〔号码已隐去〕", text)
