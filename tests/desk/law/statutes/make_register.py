"""Makes resources/law/laws.json anew from a folder of law texts: `python make_register.py FOLDER`.

The folder holds `index.tsv` and a file a law; what the texts cannot tell stands below. Only facts are kept: names,
days, numbers of articles, what replaced what; never a word of an article.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[4] / "resources/law/laws.json"
SHORT = {
    "农村土地承包经营纠纷调解仲裁法": ["承包纠纷仲裁法"],
    "行政复议法": ["复议法"],
}
BEGAN = {"全国年节及纪念日放假办法": "2025-01-01"}  # as revised; the text tells no day of its own
# What is newer than the texts, or ended, and from where that is known.
NEWER: dict[str, dict[str, Any]] = {
    "婚姻登记条例": {
        "spans": [
            {"begins": "2003-10-01", "ends": "2025-05-09", "articles": 22, "text": "2003-08-08"},
            {"begins": "2025-05-10", "articles": 28, "text": "2025-04-06", "partly": ["6", "8", "10", "11"]},
        ],
        "number": "国务院令第804号",
    },
    "不动产登记暂行条例": {"note": "2024年3月又有修改，修改后的文本未读到"},
    "社会救助暂行办法": {
        "replaced_by": "社会救助法",
        "replaced_on": "2026-07-01",
        "note": "社会救助法没有写明废止本办法，施行后一律引用社会救助法",
    },
}
# Cited by their number; nobody here has read them article by article.
DOCUMENTS = {
    "民发〔2021〕57号": "最低生活保障审核确认办法",
    "国发〔2014〕8号": "国务院关于建立统一的城乡居民基本养老保险制度的意见",
    "国办发〔2019〕51号": "国务院办公厅关于建立政务服务“好差评”制度提高政务服务水平的意见",
    "内蒙古自治区人民政府令第275号": "内蒙古自治区行政权力清单管理办法",
    "内残联发〔2017〕58号": "",
    "内农牧机〔2025〕199号": "",
    "内政办发〔2010〕66号": "",
    "内政办发〔2015〕8号": "",
    "内政办发〔2015〕146号": "",
    "民委发〔2016〕33号": "",
}
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}


def number(words: str) -> int:
    """一百三十七 -> 137."""
    total, digit = 0, 0
    for one in words:
        if one in "十百千":
            total, digit = total + (digit or 1) * {"十": 10, "百": 100, "千": 1000}[one], 0
        else:
            digit = DIGITS[one]
    return total + digit


def day(words: str) -> str:
    """2026年7月1日 -> 2026-07-01."""
    found = re.fullmatch(r"(\d+)年(\d+)月(\d+)日", words)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else words


def began(text: str) -> str:
    """The day in force as the text says; that of its publication where it begins with it. Of texts in force for long
    this is the first day, not that of the last amendment."""
    head, end = "\n".join(text.splitlines()[1:6]), "\n".join(text.splitlines()[-6:])
    if said := re.findall(r"自(\d+年\d+月\d+日)起施行", end):
        return day(said[-1])
    told = [one for how in ("[公发]布", "通过") for one in re.findall(rf"^(\d+年\d+月\d+日).*{how}", head, re.M)]
    return day(told[0]) if told and "布之日起施行" in end else ""


def articles(text: str) -> tuple[int, list[str]]:
    """How many articles there are, and those put between (21-1: 第二十一条之一). Raises where a number is left out."""
    found = re.findall(r"^第([一二三四五六七八九十百千零]+)条(?:之([一二三四五六七八九十]+))? ", text, re.M)
    plain = sorted({number(one) for one, between in found if not between})
    if plain != list(range(1, len(plain) + 1)):
        raise SystemExit(f"an article is left out: {plain}")
    return len(plain), [f"{number(one)}-{number(between)}" for one, between in found if between]


def law(folder: Path, row: dict[str, str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """One law of the index, and what it says that it repeals: names with their last day."""
    name, text = row["name"], (folder / f"{row['name']}.txt").read_text("utf-8")
    count, between = articles(text)
    changed = row["last_passed_or_amended"]
    first = BEGAN.get(name) or began(text) or day(row["in_force_as_the_text_says"]) or changed
    span = {"begins": first, "articles": count, "text": changed} | ({"between": between} if between else {})
    decree = re.findall(r"国务院令第\d+号", "\n".join(text.splitlines()[:8]))
    made: dict[str, Any] = {"name": name, "official": text.splitlines()[0].strip()}
    made |= {"short": SHORT[name]} if name in SHORT else {}
    made |= {"number": decree[-1]} if decree else {}
    made |= {"read": row["text_of"], "spans": [span]} | NEWER.get(name, {})
    repealed = re.findall(r"((?:《[^》]+》[、，和]?)+)(?:[^。《》]{0,12})同时废止", text)
    return made, [(one, first) for run in repealed for one in re.findall(r"《(?:中华人民共和国)?([^》]+)》", run)]


def main(folder: Path) -> None:
    """Write the register."""
    made, gone = [], []
    with (folder / "index.tsv").open(encoding="utf-8") as index:
        for row in csv.DictReader(index, delimiter="\t"):
            one, repeals = law(folder, row)
            made.append(one)
            gone += [(name, one["name"], on) for name, on in repeals]
    known = {one["name"]: one for one in made}
    for name, by, on in gone:
        if name not in known and name != by:
            made.append({"name": name, "official": name, "replaced_by": by, "replaced_on": on, "repealed": True})
        elif name in known and "replaced_by" not in known[name]:
            known[name] |= {"replaced_by": by, "replaced_on": on, "repealed": True}
    made += [{"name": number, "official": title or number, "number": number} for number, title in DOCUMENTS.items()]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in sorted(made, key=lambda one: one["name"]))
    OUT.write_text(f"[\n{lines}\n]\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
