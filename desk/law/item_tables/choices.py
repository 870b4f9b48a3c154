"""Fields of an item that are one of a list: read from the words of offices, written in the words of the standard."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desk.law import codes
from desk.law.catalogue.item import Exercise, Exerciser, ProxyMode
from desk.law.catalogue.rules import PROXY_NAMES
from desk.words import tidying
from desk.words.as_written import Kind, Note

_TYPES = (  # the longer first: 其他行政权力 is no 行政权力
    ("其他", "10"), ("许可", "01"), ("处罚", "02"), ("强制", "03"), ("征收", "04"), ("给付", "05"), ("检查", "06"),
    ("确认", "07"), ("奖励", "08"), ("裁决", "09"), ("公共服务", "20"), ("便民服务", "20"),
    ("备案", "10"), ("征用", "10"),
)  # fmt: skip
_LEVELS = (
    (r"嘎查|村|社区|代办点", "6"), (r"苏木|乡|镇|街道", "5"), (r"旗|县|区级", "4"), (r"盟|市", "3"),
    (r"自治区|省", "2"), (r"国家", "1"),
)  # fmt: skip
_AUDIENCES = (
    ("个人", "1"), ("公民", "1"), ("群众", "1"), ("企业", "2"), ("法人", "2"), ("其他组织", "6"), ("组织", "6"),
)  # fmt: skip
_CHANNELS = (
    ("窗口", "1"), ("现场", "1"), ("线下", "1"), ("网上", "2"), ("线上", "2"), ("手机", "3"), ("移动", "3"),
    ("快递", "4"), ("邮寄", "4"),
)  # fmt: skip
_PROXIES = (
    (r"仅帮办|帮办", ProxyMode.ASSIST), (r"到场|不可代办|不能代办|本人办理|否", ProxyMode.PRESENCE),
    (r"代办|是", ProxyMode.PROXY),
)  # fmt: skip
_TOWNSHIPS = re.compile(r"(?:各|全旗)?(?:苏木|乡|镇|街道|、)+(?:人民)?(?:政府|办事处|街道办事处|、)+")
_POINTS = re.compile(r"(?:各|全旗)?(?:嘎查|村|社区|（|）|、)+(?:便民)?(?:代办点|服务站|村?民?委员会|委会)")
Said = tuple[str, tuple[Note, ...]]


def kind(text: str) -> Said:
    """事项类型: its code of annex A.1; "" where it cannot be told."""
    plain = "".join(tidying.narrow(text).split())
    if plain.isdigit() and plain.zfill(2) in codes.ITEM_TYPES:
        return plain.zfill(2), ()
    if plain in codes.ITEM_TYPES.values():
        return _code(codes.ITEM_TYPES, plain), ()
    found = next((code for word, code in _TYPES if word in plain), "")
    return found, () if found else (_unknown(text, codes.ITEM_TYPES),)


def level(text: str) -> Said:
    """行使层级: its code of annex A.2."""
    plain = "".join(tidying.narrow(text).split())
    if plain in codes.LEVELS or plain in codes.LEVELS.values():
        return plain if plain in codes.LEVELS else _code(codes.LEVELS, plain), ()
    found = next((code for words, code in _LEVELS if re.search(words, plain)), "")
    return found, () if found else (_unknown(text, codes.LEVELS),)


def level_of(org: str) -> str:
    """The level that the name of an organ tells; "" where it does not."""
    if _POINTS.search(org) or re.search(r"(?:嘎查|村|社区)(?:村?民?委员会|委会|代办点|便民服务站)", org):
        return "6"
    if re.search(r"(?:苏木|乡|镇|街道)(?:人民政府|政府|办事处|便民服务中心|综合|$)", org):
        return "5"
    return (
        "4" if re.search(r"^[^省市]*?(?:旗|县|区)", org) or re.search(r"(?:局|委员会|委|办公室|联合会)$", org) else ""
    )


def audience(text: str) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """服务对象: codes of annex A.4."""
    return _several(text, codes.AUDIENCES, dict(_AUDIENCES))


def channel(text: str) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """办理形式: codes of annex A.5."""
    return _several(text, codes.CHANNELS, dict(_CHANNELS))


def proxy(text: str) -> tuple[ProxyMode | None, tuple[Note, ...]]:
    """代办方式; None where it cannot be told."""
    plain = "".join(text.split())
    named = next((mode for mode, words in PROXY_NAMES.items() if plain in (words, mode.value)), None)
    found = named or next((mode for words, mode in _PROXIES if re.search(words, plain)), None)
    return found, () if found else (_unknown(text, {mode.value: words for mode, words in PROXY_NAMES.items()}),)


def exercised(org: str) -> Exercise | None:
    """Who exercises an item by words that name no body of its own: 各苏木乡镇人民政府, 嘎查村代办点."""
    plain = "".join(org.split())
    if _TOWNSHIPS.fullmatch(plain):
        return Exercise(Exerciser.TOWNSHIPS)
    return Exercise(Exerciser.POINTS) if _POINTS.fullmatch(plain) else None


def written(codes_of: Mapping[str, str], chosen: tuple[str, ...]) -> str:
    """Codes in the words of the standard."""
    return "、".join(codes_of.get(one, one) for one in chosen)


def _several(text: str, known: Mapping[str, str], words: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    made, odd = list[str](), list[str]()
    for one in filter(None, re.split(r"[、,，;；/\s和及]+", tidying.narrow(text).strip())):
        exact = one if one in known else _code(known, one)
        found = exact or next((code for word, code in words.items() if word in one), "")
        (made if found else odd).append(found or one)
    notes = (_unknown("、".join(odd), known),) if odd else ()
    return tuple(sorted(set(made))), notes


def _code(known: Mapping[str, str], words: str) -> str:
    return next((code for code, name in known.items() if name == words), "")


def _unknown(text: str, known: Mapping[str, str]) -> Note:
    line = " ".join(text.split())[:30]
    return Note(Kind.DOUBT, f"“{line}”对不上，没有取。", f"可写：{'、'.join(known.values())}。")
