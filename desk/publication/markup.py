"""HTML out of plain words: everything that people typed is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


class Markup(str):
    """What is markup already."""

    __slots__ = ()


Part = str | Markup | None
_VOID = frozenset({"img", "input", "link", "meta", "br"})


def el(name: str, /, *parts: Part | Iterable[Part], **attributes: str | bool) -> Markup:
    """An element. Words are escaped; an attribute that is "" or False is left out, True stands alone. `_` at an
    attribute's end is dropped, within it is a hyphen."""
    said = "".join(_attribute(key, value) for key, value in attributes.items() if value is not False and value != "")
    inside = join(parts)
    return Markup(f"<{name}{said}>" if name in _VOID else f"<{name}{said}>{inside}</{name}>")


def join(parts: Iterable[Part | Iterable[Part]]) -> Markup:
    """Parts one after another; None is nothing."""
    return Markup("".join(_said(one) for one in parts))


def _said(part: Part | Iterable[Part]) -> str:
    if part is None:
        return ""
    if isinstance(part, Markup):
        return part
    return escape(part, quote=False) if isinstance(part, str) else join(part)


def _attribute(name: str, value: object) -> str:
    plain = name.rstrip("_").replace("_", "-")
    return f" {plain}" if value is True else f' {plain}="{escape(str(value))}"'
