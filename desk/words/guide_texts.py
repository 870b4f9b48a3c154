"""What an item's guide says in Mongolian: written by a township at its desk or by the catalogue's editor at the centre.

Kept, shown and printed as it was written, never translated. A text counts only with the name of whoever reviewed it; an
empty part stays Chinese.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

import msgspec

from desk.errors import RefusedError

PARTS = {
    "name": "事项名称", "basis": "设定依据", "conditions": "受理条件", "materials": "申请材料", "flow": "办理流程",
    "times": "办理时限", "fees": "收费", "result": "办理结果", "place": "地点和电话", "rights": "权利和救济",
    "faq": "常见问题",
}  # fmt: skip
BLANKS = " \t\r\n\u3000"  # what may be cut off at the ends; U+202F belongs to a word
_MOST, _NAME = 4000, 60  # characters of a part, of a reviewer's name


class GuideTexts(msgspec.Struct, frozen=True):
    """texts.written: the parts of an item's guide in Mongolian, all empty when there are none (any more).

    Its subject is `texts:` and the item's code. A centre's is public and for all desks; a desk's is handed to its
    centre, which shows it to its editor alone.
    """

    name: str = ""
    materials: str = ""
    times: str = ""
    place: str = ""
    reviewer: str = ""
    reviewed_on: str = ""
    # Of a whole guide; what an older program wrote has none of them.
    basis: str = ""
    conditions: str = ""
    flow: str = ""
    fees: str = ""
    result: str = ""
    rights: str = ""
    faq: str = ""

    def parts(self) -> dict[str, str]:
        """What there is, by part, in the order of the guide."""
        return {part: words for part in PARTS if (words := getattr(self, part))}


def mark(texts: GuideTexts) -> str:
    """What names these very texts in a form: whoever changes them has seen them."""
    return hashlib.sha256(msgspec.json.encode(texts)).hexdigest()


def subject(task_code: str) -> str:
    """What entries about the texts of an item are about."""
    return f"texts:{task_code}"


def is_mongolian(words: str) -> bool:
    """Whether there is a letter of the Mongolian block in `words`."""
    return any("\u1820" <= char <= "\u18aa" for char in words)


def checked(typed: Mapping[str, str], today: dt.date) -> GuideTexts:
    """The texts out of what was typed, by part and `reviewer`. Raises RefusedError when something is too long, when
    nothing of it is Mongolian, and when nobody reviewed it."""
    parts = {part: typed.get(part, "").strip(BLANKS) for part in PARTS}
    reviewer = typed.get("reviewer", "").strip(BLANKS)
    long = [PARTS[part] for part, words in parts.items() if len(words) > _MOST]
    if long or len(reviewer) > _NAME:
        raise RefusedError(f"“{'、'.join(long) or '审定人'}”写得太长。", "没有改动。", f"每段不超过 {_MOST} 字。")
    if not any(parts.values()):
        return GuideTexts()
    if not any(is_mongolian(words) for words in parts.values()):
        raise RefusedError("内容里没有蒙古文字母。", "没有改动。", "请输入传统蒙古文。")
    if not reviewer:
        raise RefusedError("请填写审定人。", "没有改动。")
    return GuideTexts(**parts, reviewer=reviewer, reviewed_on=today.isoformat())
