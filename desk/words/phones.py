"""Telephones of offices as they are written: what is wrong with one, in words."""

from __future__ import annotations

import re

_PHONE = re.compile(r"(0\d{2,3}[- ]?)?\d{7,8}(-\d{1,5})?|1[3-9]\d{9}|400-?\d{3}-?\d{4}|1\d{2,4}", re.ASCII)


def phone_fault(text: str) -> str:
    """What is wrong with telephones that are written with 、 between them; "" for nothing."""
    odd = next((one for one in re.split(r"[、，,；;]", text) if text.strip() and not _PHONE.fullmatch(one.strip())), "")
    if odd or (text.strip() and text.strip()[-1] in "、，,；;"):
        return f"“{odd or text}”不像电话号码，应如 0479-2512345、13900000000 或 12345，几个号码用顿号隔开。"
    return ""
