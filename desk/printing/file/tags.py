"""What a paper is made of, for readers that do not look at it: headings, paragraphs, tables, lists, figures (ISO
32000-1 §14.7, §14.8). Whatever is drawn belongs to an element or is an artifact."""

from __future__ import annotations

from collections.abc import Sequence

from desk.printing.file.objects import Objects, text

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


def tree(objects: Objects, document: Element, pages: Sequence[int], marked: Sequence[Sequence[Element]]) -> int:
    """The structure tree of `document`; `pages` are the numbers of the page objects, `marked` whose each numbered
    mark of a page is. The number of its root."""
    root = objects.number()
    places: dict[int, int] = {}
    _put(objects, document, root, pages, places)
    nums = " ".join(f"{at} [{' '.join(f'{places[id(one)]} 0 R' for one in whose)}]" for at, whose in enumerate(marked))
    parents = objects.put(f"<</Nums[{nums}]>>")
    first = places[id(document)]
    objects.put(f"<</Type/StructTreeRoot/K {first} 0 R/ParentTree {parents} 0 R/ParentTreeNextKey {len(pages)}>>", root)
    return root


def _put(objects: Objects, element: Element, parent: int, pages: Sequence[int], places: dict[int, int]) -> int:
    number = places[id(element)] = objects.number()
    kids, page = list[str](), -1
    for kid in element.kids:
        if isinstance(kid, Mark):
            page = kid.page if page < 0 else page
            kids.append(
                str(kid.number)
                if kid.page == page
                else f"<</Type/MCR/Pg {pages[kid.page]} 0 R/MCID {kid.number}>>"
            )  # fmt: skip
        elif kid.filled:
            kids.append(f"{_put(objects, kid, number, pages, places)} 0 R")
    told = f"/Alt{text(element.told)}" if element.told else ""
    held = f"/K {kids[0]}" if len(kids) == 1 and kids[0][0] != "<" else f"/K[{' '.join(kids)}]" if kids else ""
    where = f"/Pg {pages[page]} 0 R" if page >= 0 else ""
    objects.put(f"<</S/{element.tag}/P {parent} 0 R{where}{element.entries}{told}{held}>>", number)
    return number
