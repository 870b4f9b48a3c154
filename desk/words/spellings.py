"""How people write telephones, numbers and days, and that there is nothing: patterns and words, none of them shown."""

from __future__ import annotations

import re

NOTHING = frozenset({"无", "没有", "/", "\\", "-", "--", "—", "——", "0", "暂无", "无电话", "#N/A"})
PHONES = re.compile(r"[/、,，;；|\n]|\s{1,}|或")
PHONE_MARKS = re.compile(r"[/、,，;；|\n]|或")
EXTENSION = re.compile(r"\s*(?:转|轉|分机|ext\.?)[:：]?\s*(?=\d)", re.IGNORECASE)
DAY = re.compile(r"(\d{4})(?:[年.\-/](?:(\d{1,2})(?:[月.\-/](?:(\d{1,2})[日号]?)?)?)?)?", re.ASCII)
DIGITS_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})?", re.ASCII)
DAY_OF_YEAR = re.compile(r"(\d{1,2}) *[月.\-/] *(\d{1,2}) *[日号]?", re.ASCII)
SPELLED_DAY = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
BETWEEN = re.compile(r" *([年月.\-/]) *")
BLANKS = re.compile(r"^(\d{4}) (\d{1,2}) (\d{1,2})$", re.ASCII)
DASHES = str.maketrans("—–‐‑－−", "------")
DOTS = str.maketrans("。·、", "...")
NUMBER = re.compile(r"(-?[\d,]*\.?\d+)(\D*)")
GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
# A head of cattle is five 羊单位, a sheep is one.
SAME_UNITS = ({"头", "只", "头(只)", "匹", "峰", "头只"}, {"只", "羊单位"}, {"人", "口"}, {"元", "块"})
