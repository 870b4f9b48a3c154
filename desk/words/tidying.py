"""Characters that come into names and numbers by way of spreadsheets, chat programs and old systems, and what they
should be: invisible ones, full-width digits, radicals in place of characters, private codes of GBK's time.
"""

from __future__ import annotations

import functools
import re
import unicodedata

# All that stands for the dot within a name; the right one is U+00B7 (民委发〔2016〕33号).
DOTS = "\u2022\u2027\u30fb\uff65\uff0e\u2219\u22c5\u0387\u1427\u16eb\ua78f\ufe52\u2e31\u2e33"
MIDDLE_DOT = "\u00b7"
_MONGOLIAN = re.compile(r"[\u1800-\u18af\U00011660-\U0001166c]")
_JOINERS = "\u200c\u200d\u180e\u202f"  # they shape Mongolian and mean nothing elsewhere
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00\ufe01\ufe0e\ufe0f"
_HAN = r"[\u2e80-\u2fdf\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
# GB 18030-2022: characters that had a private code until they came into Unicode; those that Python's codec, made after
# the table of 2005, does not know yet.
_SINCE_2005 = {
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE831: 0x215D7, 0xE83B: 0x2298F, 0xE855: 0x241FE,
    0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE832: 0x9FB8, 0xE843: 0x9FB9, 0xE854: 0x9FBA,
    0xE864: 0x9FBB, 0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15,
    0xE793: 0xFE16, 0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19, 0xE7C7: 0x1E3F, 0xE7C8: 0x01F9,
}  # fmt: skip
# Radicals of U+2E80 to U+2EFF that look like a character; those of U+2F00 to U+2FD5 Unicode itself equates.
_RADICALS = dict(
    zip(
        "⺁⺌⺍⺒⺓⺝⺟⺠⺬⺸⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "厂小小巳幺月母民示羊肉虎西见角贝车长门青韦页风飞马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


@functools.cache
def private_codes() -> dict[str, str]:
    """Character by its private code of GBK (0xFE50 to 0xFEA0 were U+E815 to U+E864), as GB 18030-2022 has it."""
    seconds = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    known = {chr(0xE815 + at): bytes((0xFE, second)).decode("gb18030") for at, second in enumerate(seconds)}
    found = {old: new for old, new in known.items() if not is_private(new)}
    return found | {chr(old): chr(new) for old, new in _SINCE_2005.items()}


def is_private(char: str) -> bool:
    """Whether a character means something only to the program that wrote it."""
    return unicodedata.category(char) == "Co"


def visible(text: str) -> str:
    """Without what nobody sees: marks of direction, blanks of no width, control characters; every other blank plain."""
    if text.isprintable() and not any(char in text for char in _UNSEEN):
        return text.strip()  # nearly all texts
    kept = _JOINERS if _MONGOLIAN.search(text) else ""
    made = []
    for char in text:
        if char in kept:
            made.append(char)
        elif unicodedata.category(char) in ("Zs", "Zl", "Zp") or char in "\t\r\n":
            made.append(" ")
        elif unicodedata.category(char) not in ("Cc", "Cf") and char not in _UNSEEN:
            made.append(char)
    return "".join(made).strip()


def renewed(text: str) -> tuple[str, str]:
    """Text with radicals and private codes made characters, and which of its characters they were."""
    table = private_codes()
    made, odd = [], []
    for char in text:
        new = table.get(char) or _RADICALS.get(char) or char
        if 0x2F00 <= ord(char) <= 0x2FD5:
            new = unicodedata.normalize("NFKC", char)
        if new != char:
            odd.append(char)
        made.append(new)
    return "".join(made), "".join(odd)


def narrow(text: str) -> str:
    """Full-width digits, letters and signs made plain."""
    return unicodedata.normalize("NFKC", text)


@functools.cache
def _han() -> re.Pattern[str]:
    return re.compile(_HAN)  # takes as long as loading ten modules: not at a start


def is_han(text: str) -> bool:
    """Whether all of it is Chinese characters, blanks left out."""
    plain = "".join(text.split())
    return bool(plain) and all(map(_han().match, plain))


def shown(char: str) -> str:
    """A character so that it can be spoken of: itself, and its code where nobody could see or know it."""
    code = f"U+{ord(char):04X}"
    if char.isascii() and char.isalnum():
        return f"“{char}”"
    return f"“{char}”（{code}）" if char.isprintable() and not is_private(char) else code
