"""The tree of a paper's elements in the file (ISO 32000-1 §14.7)."""

from __future__ import annotations

from collections.abc import Sequence

from desk.printing.elements.tags import Element, Mark
from desk.printing.file.objects import Objects, text


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
