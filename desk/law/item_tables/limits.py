"""Limits as offices write them: 20个工作日, 即办, 自受理之日起的60个工作日内完成."""

from __future__ import annotations

import re

from desk.law import deadline
from desk.law.catalogue.item import Limit, Unit
from desk.law.item_tables import splitting
from desk.words import spellings, tidying
from desk.words.amounts import numerals
from desk.words.as_written import Kind, Note

_UNITS = {
    "工作日": Unit.WORKDAY, "工日": Unit.WORKDAY, "自然日": Unit.DAY, "日历日": Unit.DAY, "日": Unit.DAY,
    "天": Unit.DAY, "个月": Unit.MONTH, "月": Unit.MONTH,
}  # fmt: skip
_SPAN = re.compile(r"(\d{1,4}|[一二三四五六七八九十百两]{1,5})个?(工作日|工日|自然日|日历日|日|天|个月|月)", re.ASCII)
_DATE = re.compile(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?", re.ASCII)
_BRACKETED = re.compile(r"[（(]([^（()）]*)[)）]")
_INSTANT = re.compile(r"即办|即时|当场|立等可取|现场办结|马上办|随到随办")
_PROMISED = re.compile(r"承诺[^\d:：]{0,8}[:：]?")
_STATUTORY = re.compile(r"法定[^\d:：]{0,8}[:：]?")
_TODO = f"请写成“{deadline.workdays(20)}”“即办”这样。"


def read(text: str, heading: str = "") -> tuple[Limit | None, tuple[Note, ...]]:
    """The limit that a cell gives, and what is to be said; the unit may stand in the `heading`."""
    plain = "".join(tidying.narrow(tidying.visible(text)).split())
    if not plain or plain in spellings.NOTHING or plain in ("不限", "无时限", "无法定时限"):
        return None, ()
    bare = _BRACKETED.sub("", plain)
    if _INSTANT.match(bare) or (_INSTANT.search(bare) and not _SPAN.search(bare)):
        return Limit(0, Unit.INSTANT, "；".join(filter(None, _BRACKETED.findall(splitting.tidy(text))))), ()
    spans = _spans(bare) or _spans(plain)
    if not spans and plain.isascii() and plain.isdigit():
        unit = next((one for word, one in _UNITS.items() if word in tidying.narrow(heading)), None)
        if unit is None:
            said = Note(Kind.DOUBT, f"“{plain}”没有写单位，按工作日取。", "请核对。")
            return Limit(int(plain), Unit.WORKDAY), (said,)
        return Limit(int(plain), unit), ()
    if len(spans) > 1:
        return None, (Note(Kind.DOUBT, f"“{_short(text)}”里有几个期限，没有取。", _TODO),)
    if not spans:
        return None, (Note(Kind.DOUBT, f"“{_short(text)}”不是期限，没有取。", _TODO),)
    ((count, unit),) = spans
    return Limit(count, unit, _note(splitting.tidy(text))), ()


def both(text: str) -> tuple[str, str]:
    """The words of the statutory and of the promised limit where one cell gives both; "" for what it does not name."""
    promised, statutory = _PROMISED.search(text), _STATUTORY.search(text)
    if promised and statutory:
        first, last = sorted((promised, statutory), key=lambda one: one.start())
        head, tail = text[first.end() : last.start()], text[last.end() :]
        return (head, tail) if first is statutory else (tail, head)
    if promised:
        return "", text[promised.end() :]
    return (text[statutory.end() :], "") if statutory else ("", "")


def short(limit: Limit | None) -> str:
    """For a list: without its note."""
    if limit is None:
        return ""
    return "即办" if limit.unit is Unit.INSTANT else deadline.words(limit)


def written(limit: Limit | None) -> str:
    """As `read` reads it."""
    return short(limit) + (f"（{limit.note}）" if limit is not None and limit.note else "")


def kept(new: Limit | None, before: Limit | None) -> Limit | None:
    """`before` where `new` says the same with fewer words: a table has no room for its note."""
    is_same = new is not None and before is not None and (new.count, new.unit) == (before.count, before.unit)
    return before if is_same and new is not None and not new.note else new


def _spans(plain: str) -> set[tuple[int, Unit]]:
    found = _SPAN.findall(_DATE.sub("", plain))
    return {(int(count if count.isascii() else numerals.number(count) or 0), _UNITS[unit]) for count, unit in found}


def _note(text: str) -> str:
    """What stands in brackets behind the span; or the sentence, where it says more than the span."""
    span = _SPAN.search(_BRACKETED.sub("", _DATE.sub("", "".join(text.split()))))
    behind = [one for one in _BRACKETED.findall(text[_after(text, span[0]) :]) if one] if span else []
    if behind:
        return "；".join(behind)
    rest = _SPAN.sub("", "".join(text.split())).strip("。.；;，,内共为")
    return text.rstrip("。；;") if len(rest) > 2 else ""


def _after(text: str, span: str) -> int:
    """Where a span ends in a text with blanks."""
    return next((at + 1 for at in range(len(text)) if "".join(text[: at + 1].split()).endswith(span)), 0)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 30 else line[:29] + "…"
