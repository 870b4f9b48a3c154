"""What a paper is made of, for readers that do not look at it: headings, paragraphs, tables, lists, figures (ISO
32000-1 §14.7, §14.8). Whatever is drawn belongs to an element or is an artifact."""

from __future__ import annotations

HOLDING = frozenset(
    {"Document", "Part", "Sect", "Table", "TR", "L", "LI", "TOC", "TOCI"}
)  # hold elements, no words of their own
_KEPT = frozenset({"TH", "TD"})  # stand in the tree even when nothing is written in them
NUMBERED = "/A<</O/List/ListNumbering/Decimal>>"
HEAD_OF_COLUMN, HEAD_OF_ROW = "/A<</O/Table/Scope/Column>>", "/A<</O/Table/Scope/Row>>"


class Element:
    """One element of the tree; `told` is what is said in its place, `entries` what its dictionary holds besides."""

    __slots__ = ("entries", "kids", "parent", "tag", "told")

    def __init__(self, tag: str, parent: Element | None = None, entries: str = "", told: str = "") -> None:
        self.tag, self.parent, self.entries, self.told = tag, parent, entries, told
        self.kids: list[Element | Mark] = []
        if parent is not None:
            parent.kids.append(self)

    @property
    def filled(self) -> bool:
        """Whether anything stands in it."""
        return self.tag in _KEPT or any(isinstance(one, Mark) or one.filled for one in self.kids)


class Artifact:
    """What is drawn and tells nothing: rules, grounds, what each page repeats. `kind` as PDF names it."""

    __slots__ = ("kind",)

    def __init__(self, kind: str = "") -> None:
        self.kind = kind

    def begun(self) -> str:
        """How it begins in the content of a page."""
        return f"/Artifact <<{self.kind}>> BDC" if self.kind else "/Artifact BMC"


LAYOUT = Artifact()
FOOT = Artifact("/Type/Pagination/Subtype/Footer")
HEAD = Artifact("/Type/Pagination/Subtype/Header")
WATERMARK = Artifact("/Type/Pagination/Subtype/Watermark")


class Mark:
    """From here on what is drawn belongs to `into`. The page and the number on it are given when it is written."""

    __slots__ = ("into", "number", "page")

    def __init__(self, into: Element | Artifact) -> None:
        self.into, self.page, self.number = into, 0, 0
        if isinstance(into, Element):
            into.kids.append(self)


def spanning(count: int) -> str:
    """The entries of a cell that goes over so many columns."""
    return f"/A<</O/Table/ColSpan {count}>>" if count > 1 else ""
