"""What a reader that does not look at a page finds in a PDF: every item that is drawn, whose it is, and the tree; read
with pypdf, which knows nothing of how the file was written."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

import pypdf
from pypdf.generic import ContentStream

SHOWN = {b"Tj", b"TJ", b"'", b'"'}
PAINTED = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh"}
PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


@dataclass
class Run:
    """One run of text: what a reader gets, its language, whose it is: (page, mcid), or the kind of artifact."""

    words: str
    language: str
    whose: tuple[int, int] | str


@dataclass
class Node:
    """One element of the tree."""

    tag: str
    entry: Any
    kids: list[Node] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    order: list[Node | tuple[int, int]] = field(default_factory=list)

    def every(self) -> list[Node]:
        return [self, *(one for kid in self.kids for one in kid.every())]

    def attribute(self, name: str, usual: Any = None) -> Any:
        held = self.entry.get("/A")
        return held.get(name, usual) if held is not None else usual


class Read:
    """A file, read."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pypdf.PdfReader(io.BytesIO(pdf))
        self.root = self.pdf.trailer["/Root"]
        self.runs: list[Run] = []
        self.loose: list[str] = []  # what is drawn and belongs to nothing
        self.drawn: set[tuple[int, int]] = set()  # marks that hold something
        self._tables: dict[int, dict[str, str]] = {}
        self.pages = {page.indirect_reference.idnum: at for at, page in enumerate(self.pdf.pages)}
        for at in range(len(self.pdf.pages)):
            self._page(at)
        self.tree = self._node(self.root["/StructTreeRoot"]["/K"])
        text: dict[tuple[int, int], str] = {}
        for run in self.runs:
            if isinstance(run.whose, tuple):
                text[run.whose] = text.get(run.whose, "") + run.words
        self._text = text

    def words(self, node: Node) -> str:
        """What is read of an element, in the order of the tree."""
        return "".join(
            self._text.get(one, "") if isinstance(one, tuple) else self.words(one) for one in node.order
        )  # fmt: skip

    def artifacts(self, page: int, kind: str = "") -> str:
        """The text of a page's artifacts."""
        kept = (one for one in self.runs if isinstance(one.whose, str) and one.whose.split("/")[0] == str(page))
        return "".join(one.words for one in kept if kind in str(one.whose))

    def _table(self, font: Any) -> dict[str, str]:
        number = font.indirect_reference.idnum
        if number not in self._tables:
            said = font["/ToUnicode"].get_data().decode()
            pairs = (
                one for block in re.findall(r"beginbfchar(.*?)endbfchar", said, re.S) for one in PAIR.findall(block)
            )
            self._tables[number] = {code.lower(): bytes.fromhex(to).decode("utf-16-be") for code, to in pairs}
        return self._tables[number]

    def _page(self, at: int) -> None:
        page = self.pdf.pages[at]
        fonts = page["/Resources"].get("/Font", {})
        open_marks: list[tuple[str, Any]] = []
        table: dict[str, str] = {}
        for operands, operator in ContentStream(page["/Contents"].get_object(), self.pdf).operations:
            if operator in (b"BDC", b"BMC"):
                held = operands[1] if operator == b"BDC" else {}
                open_marks.append((str(operands[0]), held))
                if "/ActualText" in held:
                    self._run(open_marks, at, str(held["/ActualText"]))
            elif operator == b"EMC":
                open_marks.pop()
            elif operator == b"Tf":
                table = self._table(fonts[operands[0]].get_object())
            elif operator in SHOWN:
                if not any("/ActualText" in held for _, held in open_marks):
                    (shown,) = operands
                    codes = (shown.original_bytes if isinstance(shown, str) else bytes(shown)).hex()
                    self._run(open_marks, at, "".join(table[codes[i : i + 4]] for i in range(0, len(codes), 4)))
                else:
                    self._whose(open_marks, at)
            elif operator in PAINTED:
                self._whose(open_marks, at)
        assert not open_marks

    def _run(self, open_marks: list[tuple[str, Any]], at: int, words: str) -> None:
        language = next((str(held["/Lang"]) for _, held in reversed(open_marks) if "/Lang" in held), "")
        self.runs.append(Run(words, language, self._whose(open_marks, at)))

    def _whose(self, open_marks: list[tuple[str, Any]], at: int) -> tuple[int, int] | str:
        for tag, held in open_marks:
            if tag == "/Artifact":
                return f"{at}{held.get('/Subtype', '')}"
            if "/MCID" in held:
                self.drawn.add((at, int(held["/MCID"])))
                return (at, int(held["/MCID"]))
        self.loose.append(f"page {at + 1}: {open_marks}")
        return ""

    def _node(self, entry: Any) -> Node:
        entry = entry.get_object()
        node = Node(str(entry["/S"]), entry)
        held = entry.get("/K", [])
        held = held.get_object() if hasattr(held, "get_object") else held
        for kid in held if isinstance(held, list) else [held]:
            kid = kid.get_object()  # noqa: PLW2901
            if isinstance(kid, int):
                self._mark(node, entry["/Pg"], kid)
            elif "/MCID" in kid:
                self._mark(node, kid.get("/Pg", entry.get("/Pg")), kid["/MCID"])
            else:
                one = self._node(kid)
                node.kids.append(one)
                node.order.append(one)
        return node

    def _mark(self, node: Node, page: Any, number: int) -> None:
        where = (self.pages[page.indirect_reference.idnum if not hasattr(page, "idnum") else page.idnum], int(number))
        node.marks.append(where)
        node.order.append(where)
