"""What stands in an OFD (GB/T 33190-2016): a zip of XML; its pages, resources, annotations and seals, as elements.

No kept library draws OFD under a licence of ours, so this reads what the standard says of pages; a signature is never
verified here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as Xml

from desk import doors

_NAMESPACE = re.compile(r"\{[^}]*\}")
Box = tuple[float, float, float, float]
_SHEET: Box = (0.0, 0.0, 210.0, 297.0)


class BrokenError(Exception):
    """No OFD, or one that cannot be read."""


class Stamp(NamedTuple):
    """Where a seal stands, in millimetres of the page, and its picture; b"" when there is none to be found."""

    box: Box
    picture: bytes


class Sheet(NamedTuple):
    """One page: its box, what is drawn in order (each with where it begins), its seals."""

    box: Box
    layers: tuple[tuple[float, float, Xml.Element], ...]
    stamps: tuple[Stamp, ...]


class Package:
    """An OFD in bytes: its first document. Raises BrokenError."""

    def __init__(self, data: bytes) -> None:
        self._left = doors.SCAN_PART.unpacked  # bytes of all parts that are read, the same one twice too
        try:
            self._zip = doors.open_zip(data, "OFD")
            self._names = {name.lstrip("/").lower(): name for name in self._zip.namelist()}
            root = self._xml("OFD.xml")
            document = self._text(root, "DocRoot")
            self._document = self._xml(document)
            self._folder = posixpath.dirname(document)
            self.pictures: dict[str, str] = {}
            self.styles: dict[str, Xml.Element] = {}
            self.fonts: dict[str, str] = {}
            self.faces: dict[str, str] = {}  # the file of a font that lies within
            for one in [*self._document.iter("PublicRes"), *self._document.iter("DocumentRes")]:
                self._resources(_under(self._folder, one.text))
            self._stamps = list(self._seals(root))
            self.is_signed = root.find(".//Signatures") is not None
            self.sheets = list(self._pages())
        except BrokenError:
            raise
        except Exception as error:  # zipfile, zlib and numbers raise what they like for others' bytes
            raise BrokenError(str(error)) from error

    def read(self, name: str) -> bytes:
        """A file of the package. Raises BrokenError when it is not there or too large."""
        found = self._names.get(posixpath.normpath(name).lstrip("/").lower())
        size = self._zip.getinfo(found).file_size if found else -1
        if found is None or size > min(doors.SCAN_PART.most, self._left):
            raise BrokenError(name)
        self._left -= size
        return self._zip.read(found)

    def _xml(self, name: str) -> Xml.Element:
        data = self.read(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise BrokenError(name)  # entities that grow have no place in an OFD
        if data.count(b"<") > doors.SCAN_PART.things:
            raise BrokenError(name)  # an element takes a hundred times the memory of its bytes
        tree = Xml.fromstring(data)  # noqa: S314 - without entities there is nothing to expand
        for one in tree.iter():
            one.tag = _NAMESPACE.sub("", str(one.tag))
        return tree

    @staticmethod
    def _text(tree: Xml.Element, tag: str) -> str:
        found = tree.find(f".//{tag}")
        if found is None or not found.text:
            raise BrokenError(tag)
        return found.text.strip()

    def _resources(self, place: str) -> None:
        tree = self._xml(place)
        folder = _under(posixpath.dirname(place), tree.get("BaseLoc"))
        for one in tree.iter("MultiMedia"):
            self.pictures[one.get("ID", "")] = _under(folder, one.findtext("MediaFile"))
        for one in tree.iter("DrawParam"):
            self.styles[one.get("ID", "")] = one
        for one in tree.iter("Font"):
            self.fonts[one.get("ID", "")] = one.get("FamilyName") or one.get("FontName") or ""
            if within := one.findtext("FontFile"):
                self.faces[one.get("ID", "")] = _under(folder, within)

    def _pages(self) -> Iterator[Sheet]:
        templates = {one.get("ID"): _under(self._folder, one.get("BaseLoc")) for one in self._all("TemplatePage")}
        notes = self._annotations()
        usual = self._document.find(".//PageArea/PhysicalBox")
        for page in self._document.iterfind("./Pages/Page"):
            tree = self._xml(_under(self._folder, page.get("BaseLoc")))
            box = tree.find(".//Area/PhysicalBox")
            below, above = list[Xml.Element](), list[Xml.Element]()
            for one in tree.iter("Template"):
                side = above if one.get("ZOrder") == "Foreground" else below
                side.append(self._xml(templates[one.get("TemplateID")]))
            for one in tree.iter("PageRes"):
                self._resources(_under(self._folder, one.text))
            layers = [(0.0, 0.0, layer) for part in (*below, tree, *above) for layer in part.iter("Layer")]
            layers += notes.get(page.get("ID", ""), [])
            stamps = tuple(stamp for at, stamp in self._stamps if at == page.get("ID"))
            yield Sheet(_box(box if box is not None else usual), tuple(layers), stamps)

    def _all(self, tag: str) -> Iterator[Xml.Element]:
        return self._document.iter(tag)

    def _annotations(self) -> dict[str, list[tuple[float, float, Xml.Element]]]:
        found: dict[str, list[tuple[float, float, Xml.Element]]] = {}
        named = self._document.findtext("Annotations")
        if not named:
            return found
        place = _under(self._folder, named)
        for page in self._xml(place).iter("Page"):
            notes = self._xml(_under(posixpath.dirname(place), page.findtext("FileLoc")))
            for one in notes.iter("Appearance"):
                left, top, _, _ = numbers(one.get("Boundary")) or _SHEET
                found.setdefault(page.get("PageID", ""), []).append((left, top, one))
        return found

    def _seals(self, root: Xml.Element) -> Iterator[tuple[str, Stamp]]:
        place = root.findtext(".//Signatures")
        if not place:
            return
        place = _under("", place)
        for one in self._xml(place).iter("Signature"):
            signature = _under(posixpath.dirname(place), one.get("BaseLoc"))
            tree = self._xml(signature)
            value = tree.findtext("SignedValue") or ""
            try:
                picture = _picture_in(self.read(_under(posixpath.dirname(signature), value)))
            except BrokenError:
                picture = b""
            for stamp in tree.iter("StampAnnot"):
                yield stamp.get("PageRef", ""), Stamp(_box(stamp, "Boundary"), picture)


def numbers(words: str | None) -> list[float]:
    """The numbers in an attribute, none for none."""
    return [float(one) for one in (words or "").split()]


def _box(of: Xml.Element | None, name: str = "") -> Box:
    found = numbers((of.get(name) if name else of.text) if of is not None else "")
    if len(found) != 4 or not (0 < found[2] < 5000 and 0 < found[3] < 5000):
        return _SHEET
    return found[0], found[1], found[2], found[3]


def _under(folder: str, name: str | None) -> str:
    """A place in the package: from its root with a slash, else from `folder`."""
    return posixpath.normpath(posixpath.join(folder, (name or "").strip())).lstrip("/")


def _picture_in(value: bytes) -> bytes:
    """The picture of a seal within its signed value (GB/T 38540): the PNG or JPEG in it."""
    at = value.find(b"\x89PNG\r\n")
    if at >= 0:
        return value[at : value.find(b"IEND", at) + 8]
    at = value.find(b"\xff\xd8\xff")
    return value[at : value.rfind(b"\xff\xd9") + 2] if at >= 0 else b""
