"""Files that were written before, stamped or bound together, with their trees: what was read aloud of each still is,
and a mark over a page is read first.

A file of former versions has no tree; it is stamped and bound as it is, and then the whole does not say that it has
one.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    ContentStream,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from desk.printing.file import metadata

_TREE, _PARENTS, _MARK, _KIDS = "/StructTreeRoot", "/StructParents", "/MCID", "/K"


def over(
    pdf: bytes, mark_of: Callable[[float, float], bytes], band: Callable[[float], float] = lambda _width: 0.0
) -> bytes:
    """`pdf` with a mark over each page, which `mark_of` gives for its width and height in points; for its width
    `band` gives by how much it grows at its head."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for at, page in reversed(list(enumerate(writer.pages))):
        wide = float(page.mediabox.width)
        high = float(page.mediabox.height) + band(wide)
        if band(wide):
            page.mediabox.upper_right = page.cropbox.upper_right = (wide, high)
        mark = PdfReader(io.BytesIO(mark_of(wide, high)))
        if _TREE in writer.root_object:
            _spoken(writer, page, at, mark)
        page.merge_page(mark.pages[0])
        page.compress_content_streams(1)
    return _written(writer, hashlib.sha256(pdf).digest())


def bound(parts: Iterable[tuple[str, bytes]], title: str, made: str = "", *, listed: bool = True) -> bytes:
    """PDFs one after another. With `listed` each is found under its name beside the pages, and what readers list
    within it below that. `made` as in `metadata.moment`. What `parts` raises between two is passed on."""
    writer, readers, seen = PdfWriter(), list[tuple[PdfReader, int]](), hashlib.sha256()
    for name, pdf in parts:
        seen.update(pdf)
        reader = PdfReader(io.BytesIO(pdf))
        readers.append((reader, len(writer.pages)))
        writer.append(reader, outline_item=name if listed else None, import_outline=listed)
    writer.compress_identical_objects()  # before the trees: cells of a table may be alike and are yet not one
    if readers and all(_TREE in reader.root_object for reader, _ in readers):
        _told(writer, readers, title, made)
    else:
        writer.add_metadata({"/Title": title, "/Producer": metadata.PROGRAM})
    return _written(writer, seen.digest())


def _written(writer: PdfWriter, seed: bytes) -> bytes:
    writer.pdf_header = "%PDF-1.7"
    writer._ID = ArrayObject([ByteStringObject(seed[:16]), ByteStringObject(seed[:16])])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _list(held: Any) -> ArrayObject:
    found = held.get_object()
    return found if isinstance(found, ArrayObject) else ArrayObject([held])


def _entry(held: DictionaryObject, name: str) -> Any:
    """What stands there, as a reference where it is one."""
    return held.raw_get(name) if name in held else ArrayObject()


def _put(held: DictionaryObject, name: str, value: Any) -> None:
    held[NameObject(name)] = value


def _tree_of(root: Any) -> Any:
    return root[_TREE].get_object()


def _marks_of(tree: Any) -> dict[int, ArrayObject]:
    """Whose the marks of each page are, by the page's number in the tree."""
    nums = tree["/ParentTree"]["/Nums"]
    return {int(nums[at]): nums[at + 1].get_object() for at in range(0, len(nums), 2)}


def _spoken(writer: PdfWriter, page: PageObject, at: int, mark: PdfReader) -> None:
    """The elements of a mark before all others, their marks on the page after those that it has."""
    tree = _tree_of(writer.root_object)
    whole, whose = tree[_KIDS].get_object(), _marks_of(tree)[at]
    stamp, first = mark.pages[0], len(whose)
    content = ContentStream(stamp["/Contents"].get_object(), mark)
    operands: Any
    for operands, operator in content.operations:
        if operator == b"BDC" and _MARK in operands[1]:
            _put(operands[1], _MARK, NumberObject(operands[1][_MARK] + first))
    content._data = b""  # written anew from its operations
    _put(stamp, "/Contents", content)
    elements = ArrayObject()
    for element in _list(_entry(_tree_of(mark.root_object)[_KIDS].get_object(), _KIDS)):
        made = DictionaryObject(
            {NameObject(name): value for name, value in element.get_object().items() if name in ("/S", "/A", "/Alt")}
        )
        _put(made, "/P", whole.indirect_reference)
        _put(made, "/Pg", page.indirect_reference)
        _put(made, _KIDS, NumberObject(element.get_object()[_KIDS] + first))
        elements.append(writer._add_object(made))
    whose.extend(elements)
    _put(whole, _KIDS, ArrayObject([*elements, *_list(_entry(whole, _KIDS))]))


def _told(writer: PdfWriter, readers: list[tuple[PdfReader, int]], title: str, made: str) -> None:
    """One tree out of those of the parts, and what the whole says of itself."""
    tree, whole = DictionaryObject(), DictionaryObject()
    above, place = writer._add_object(tree), writer._add_object(whole)
    kids, nums = ArrayObject(), ArrayObject()
    for reader, start in readers:
        part = _tree_of(reader.root_object).indirect_reference.clone(writer).get_object()
        for number, whose in _marks_of(part).items():
            _put(writer.pages[start + number], _PARENTS, NumberObject(start + number))
            nums.extend([NumberObject(start + number), whose])
        document = part[_KIDS].get_object()
        _put(document, "/S", NameObject("/Part"))
        _put(document, "/P", place)
        kids.append(document.indirect_reference)
    name = NameObject
    whole.update({name("/S"): name("/Document"), name("/P"): above, name(_KIDS): kids})
    parents = writer._add_object(DictionaryObject({name("/Nums"): nums}))
    tree.update({name("/Type"): name(_TREE), name(_KIDS): place, name("/ParentTree"): parents})
    _put(tree, "/ParentTreeNextKey", NumberObject(len(writer.pages)))
    authors = {str(reader.metadata.author or "") for reader, _ in readers if reader.metadata}
    author = authors.pop() if len(authors) == 1 else ""
    packet, short = metadata.packet(title, author, made)
    writer._info = None
    said = {"/Title": title, "/Author": author, "/Creator": metadata.PROGRAM, "/Producer": metadata.PROGRAM}
    said |= {"/CreationDate": short, "/ModDate": short}
    writer.metadata = {key: value for key, value in said.items() if value}
    held = StreamObject()
    held.set_data(packet)
    held.update({name("/Type"): name("/Metadata"), name("/Subtype"): name("/XML")})
    root = writer.root_object
    _put(root, _TREE, above)
    _put(root, "/Metadata", writer._add_object(held))
    _put(root, "/Lang", TextStringObject("zh-CN"))
    _put(root, "/MarkInfo", DictionaryObject({name("/Marked"): BooleanObject(value=True)}))
    _put(root, "/ViewerPreferences", DictionaryObject({name("/DisplayDocTitle"): BooleanObject(value=True)}))
    _put(root, "/OutputIntents", readers[0][0].root_object["/OutputIntents"].clone(writer))
    for page in writer.pages:
        _put(page, "/Tabs", name("/S"))
