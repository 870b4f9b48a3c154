"""The file of every paper, read as a machine reads it: each thing that is drawn stands in the tree or is an artifact,
tables are whole, pictures say what they are, the text comes in the order of reading, numbers and names in one piece."""

from __future__ import annotations

import functools
import io
import subprocess

import gallery
import msgspec
import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas
from structure import Node, Read

from desk.law import flow
from desk.printing import document, fonts, guide, receipt, stamp
from desk.printing.document import Document, Table
from desk.printing.facts import Paper
from desk.printing.file import joining

HOLDING = {"/Document", "/Sect", "/Table", "/TR", "/L", "/LI", "/TOC", "/TOCI"}
WITHIN = {
    "/Table": {"/TR"}, "/TR": {"/TH", "/TD"}, "/L": {"/LI"}, "/LI": {"/Lbl", "/LBody"}, "/TOC": {"/TOCI"},
}  # fmt: skip


KINDS = {"": "", "above": "", "long": "", "left": ("receipt", "guide", "decided"), "below": ("receipt", "guide")}


@functools.cache
def read(kind: str) -> dict[str, Read]:
    """All papers of one kind, each read once."""
    return {name: Read(pdf) for name, pdf in gallery.drawn(kind).items() if name.startswith(KINDS[kind])}


def papers() -> list[tuple[str, Read]]:
    """Every paper, with Mongolian above and with long words; some with Mongolian elsewhere."""
    return [(f"{name} {kind}", one) for kind in KINDS for name, one in read(kind).items()]


def test_all_that_is_drawn_stands_in_the_tree_or_is_an_artifact() -> None:
    for name, one in papers():
        assert one.loose == [], name
        held = [mark for node in one.tree.every() for mark in node.marks]
        assert len(held) == len(set(held)), name
        assert set(held) == one.drawn, name
        nums = one.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
        parents = {int(nums[at]): nums[at + 1] for at in range(0, len(nums), 2)}
        for at, page in enumerate(one.pdf.pages):
            numbers = sorted(number for where, number in held if where == at)
            above = parents[page["/StructParents"]]
            assert numbers == list(range(len(above))), name
            for node in one.tree.every():
                assert all(above[n].get_object() == node.entry for where, n in node.marks if where == at), name


def test_elements_hold_what_they_may() -> None:
    for name, one in papers():
        for node in one.tree.every():
            assert not (node.tag in HOLDING and node.marks), (name, node.tag)
            assert {kid.tag for kid in node.kids} <= WITHIN.get(node.tag, {kid.tag for kid in node.kids}), (
                name,
                node.tag,
            )
            assert all(kid.entry["/P"] == node.entry for kid in node.kids), name
        levels = [int(node.tag[2:]) for node in one.tree.every() if node.tag.startswith("/H")]
        assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False)), (name, levels)
        assert name.startswith("mongolian-proof") or levels[0] == 1, name


def test_tables_are_whole_and_headed() -> None:
    tables = 0
    for name, one in papers():
        for table in (node for node in one.tree.every() if node.tag == "/Table"):
            tables += 1
            wide = {sum(cell.attribute("/ColSpan", 1) for cell in row.kids) for row in table.kids}
            assert len(wide) == 1, (name, wide)
            heads = [cell for row in table.kids for cell in row.kids if cell.tag == "/TH"]
            assert heads, name
            assert all(cell.attribute("/Scope") in ("/Row", "/Column") for cell in heads), name
            assert all(one.words(cell).strip() for cell in heads), name
    assert tables > 150


def test_what_is_seen_only_is_told() -> None:
    for name, one in papers():
        figures = [node for node in one.tree.every() if node.tag == "/Figure"]
        for figure in figures:
            assert figure.entry["/Alt"].strip(), name
            left, low, right, high = figure.attribute("/BBox")
            assert left < right, name
            assert low < high, name
        if name.startswith(("receipt", "manifest", "rating-slip")):
            assert [figure.entry["/Alt"] for figure in figures if "二维码" in figure.entry["/Alt"]], name
        if name.startswith("guide ") and gallery.ITEM.steps:
            told = "".join(figure.entry["/Alt"] for figure in figures)
            assert all(f"{step.name}：" in told for step in gallery.ITEM.steps), name


def test_mongolian_says_that_it_is_mongolian() -> None:
    found = 0
    for name, one in papers():
        assert one.root["/Lang"] == "zh-CN", name
        for run in one.runs:
            letters = [char for char in run.words if fonts.is_mongolian(char)]
            assert (run.language == "mn-Mong-CN") == bool(letters), (name, run)
            found += bool(letters)
    assert found > 100


def test_the_file_says_what_it_is() -> None:
    for name, one in papers():
        root, info = one.root, one.pdf.metadata
        said = one.pdf.xmp_metadata
        assert info is not None
        assert said is not None
        assert said.dc_title["x-default"] == info.title, name
        assert said.dc_creator == [info.author], name
        assert "代办点" in str(info.author) or info.author in str(one.words(one.tree)), name
        packet = root["/Metadata"].get_data().decode()
        for part in ("<pdfaid:part>2</", "<pdfaid:conformance>A</", "<pdfuaid:part>1</"):
            assert part in packet, name
        assert root["/MarkInfo"]["/Marked"], name
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], name
        (intent,) = root["/OutputIntents"]
        assert len(intent["/DestOutputProfile"].get_data()) < 4000
        assert len(one.pdf.trailer["/ID"]) == 2
        assert all(page["/Tabs"] == "/S" for page in one.pdf.pages), name
    made = read("")["decided"].pdf.metadata
    assert made is not None
    assert str(made.get("/CreationDate")) == "D:20261124093000+08'00'"
    assert str(read("")["receipt-A5"].pdf.metadata["/CreationDate"]) == "D:20261124090500+08'00'"  # type: ignore[index]
    assert "/CreationDate" not in read("")["guide"].pdf.metadata  # type: ignore[operator]


def test_the_order_of_the_tree_is_the_order_of_the_page() -> None:
    """But for what stands in the margin, each page is read as it is drawn."""
    for name, one in papers():
        drawn = "".join(run.words for run in one.runs if isinstance(run.whose, tuple))
        assert one.words(one.tree) == drawn, name


def flat(words: str) -> str:
    return "".join(words.split())


def test_names_and_numbers_come_out_whole() -> None:
    for name, pdf in gallery.drawn("").items():
        said = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
        lines = [line.strip() for line in said.splitlines()]
        one = read("")[name]
        texts = {flat(one.words(node)) for node in one.tree.every() if node.marks}
        if name.startswith("receipt-A"):
            for whole in ("阿拉坦其其格", "152523********0027", "收件号 152523202202 01 261124 001 2", "代办收件回执"):
                assert whole in lines, (name, whole)
                assert flat(whole) in texts, (name, whole)
        if "阿拉坦其其格" in flat(said) and "mongolian" not in name and name != "booklet":
            assert any("阿拉坦其其格" in line for line in lines), name


def test_the_watermark_is_no_text() -> None:
    office = msgspec.structs.replace(gallery.OFFICE, demonstration=True)
    pdf = receipt.receipt(gallery.receipt_facts(lambda usual: usual, office), Paper.A5)
    one = Read(pdf)
    said = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "演" not in said
    assert one.tree.kids[0].entry["/Alt"] == "水印：演示"
    assert one.loose == []


def test_a_stamp_is_read_first_and_what_is_bound_keeps_its_tree() -> None:
    guide_of, receipt_of = gallery.drawn()["guide"], gallery.drawn()["receipt-A5"]
    again = joining.over(receipt_of, lambda wide, high: stamp.stamp(wide, high, "补打第 1 次"))
    void = joining.over(guide_of, stamp.cancelled)
    one, two = Read(again), Read(void)
    assert one.words(one.tree).startswith("补打第 1 次")
    assert one.words(one.tree).removeprefix("补打第 1 次") == read("")["receipt-A5"].words(read("")["receipt-A5"].tree)
    assert [kid.entry.get("/Alt", "")[:2] for kid in two.tree.kids[: len(two.pdf.pages) + 1]] == [
        *["作废"] * len(two.pdf.pages), "水印",
    ]  # fmt: skip
    whole = joining.bound([("甲", void), ("乙", again), ("丙", guide_of)], "合订", "2026-11-24 09:30")
    assert whole == joining.bound([("甲", void), ("乙", again), ("丙", guide_of)], "合订", "2026-11-24 09:30")
    three = Read(whole)
    assert [kid.tag for kid in three.tree.kids] == ["/Part"] * 3
    words = [three.words(kid) for kid in three.tree.kids]
    assert words == [two.words(two.tree), one.words(one.tree), read("")["guide"].words(read("")["guide"].tree)]
    assert [str(line.title) for line in three.pdf.outline] == ["甲", "乙", "丙"]
    for file in (one, two, three):
        assert file.loose == []
        assert {mark for node in file.tree.every() for mark in node.marks} == file.drawn


def test_what_was_kept_before_there_were_trees_is_stamped_and_bound_as_it_is() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(420, 595), invariant=1)
    canvas.drawString(30, 500, "a former receipt")
    canvas.save()
    stamped = joining.over(out.getvalue(), stamp.cancelled)
    whole = joining.bound([("甲", stamped), ("乙", gallery.drawn()["receipt-A5"])], "合订")
    read_again = pypdf.PdfReader(io.BytesIO(whole))
    assert "a former receipt" in read_again.pages[0].extract_text()
    assert "/StructTreeRoot" not in read_again.root_object
    assert "/Metadata" not in read_again.root_object


LINES = tuple((f"{at}", f"第{at}行的字" * (1 + at % 3)) for at in range(1, 120))


def test_a_table_that_goes_on_has_its_head_once() -> None:
    made = Document("很长的表", gallery.OFFICE, (Table((("序号", 1.0), ("说什么", 5.0)), LINES),))
    one = Read(document.draw(made))
    assert len(one.pdf.pages) > 2
    (table,) = [node for node in one.tree.every() if node.tag == "/Table"]
    assert [one.words(cell) for row in table.kids for cell in row.kids if cell.tag == "/TH"] == ["序号", "说什么"]
    assert len(table.kids) == len(LINES) + 1
    for page in range(1, len(one.pdf.pages)):
        assert one.artifacts(page).startswith("序号说什么")
    assert "第 3 页" in one.artifacts(2, "/Footer")


def test_a_cell_longer_than_a_page_stays_one_cell() -> None:
    words = "，".join(f"第{at}句" for at in range(900))
    one = Read(document.draw(Document("长", gallery.OFFICE, (Table((("甲", 1.0), ("乙", 5.0)), (("一", words),)),))))
    (cell,) = [node for node in one.tree.every() if node.tag == "/TD" and len(one.words(node)) > 9]
    assert one.words(cell) == words
    assert len({page for page, _ in cell.marks}) > 1


def test_lists_have_labels_and_a_booklet_its_parts() -> None:
    one = read("")["booklet"]
    lists = [node for node in one.tree.every() if node.tag == "/L"]
    assert lists
    assert one.words(lists[0].kids[0].kids[0]) == "1. "
    assert lists[0].attribute("/ListNumbering") == "/Decimal"
    (contents,) = [node for node in one.tree.every() if node.tag == "/TOC"]
    assert one.words(contents.kids[0]).startswith("1. ")
    assert [kid.tag for kid in one.tree.kids].count("/Sect") == 1


@pytest.mark.parametrize("large", [False, True])
def test_each_part_of_the_flow_chart_is_one_figure_of_its_page(large: bool) -> None:
    office = msgspec.structs.replace(gallery.OFFICE, large_print=large)
    one = Read(guide.guide(guide.Chosen(gallery.item(lambda usual: usual), gallery.REGIME), gallery.CATALOGUE, office))
    figures = [node for node in one.tree.every() if node.tag == "/Figure"]
    assert all(len({page for page, _ in figure.marks}) == 1 for figure in figures)
    assert one.words(figures[1]).startswith(flow.BEGIN)  # after the watermark


def node_of(one: Read, words: str) -> Node:
    return next(node for node in one.tree.every() if node.marks and one.words(node).startswith(words))


def test_the_code_is_read_after_the_number_though_it_stands_above() -> None:
    one = read("")["receipt-A5"]
    order = one.tree.every()
    code = next(node for node in order if node.tag == "/Figure")
    assert order.index(node_of(one, "收件号")) < order.index(code) < order.index(node_of(one, "申请人"))
