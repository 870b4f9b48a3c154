"""Three papers of the gallery beside real forms of the same kind, point by point, as a table on paper.

PYTHONPATH=.:tests:tests/desk/printing python tests/desk/printing/real_forms.py [OUT.pdf]

Pictures of filled-in forms of offices could not be had, so what is held beside is what such forms were read to ask:
补正材料一次性告知书 and 送达回证 as counties and courts publish them, and of a 公文 the measures of GB/T 9704-2012.
A form of ours is no 公文, the standard is where its habits come from; where ours differs, it says so here.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import NamedTuple

import gallery
import pypdfium2 as pdfium

from desk.printing import document
from desk.printing.document import Document, Heading, Table, Text

MM = 25.4 / 72
COLUMNS = (("序号", 0.7), ("要点", 2.6), ("真实表单", 4.2), ("本程序", 4.2))


class Point(NamedTuple):
    """What a real form has; by which words ours is found to have it, or, without any, why it has not."""

    point: str
    real: str
    found: tuple[str, ...] = ()
    why_not: str = ""


SUPPLEMENT = (
    Point("文书编号", "有", ("〔2026〕",)),
    Point("申请人、联系方式", "分列两栏", ("申请人", "联系电话")),
    Point("申请事项、申请日期", "分列两栏", ("申请事项", "申请日期")),
    Point("承办人员", "有", ("承办人员",)),
    Point("法律依据", "写明条款", (), "本例是给付，没有法律讲到补正，就不引；许可事项引行政许可法第三十二条"),
    Point("需补正材料", "名称和标准，逐项", ("需补正的材料",)),
    Point("补正期限、交到哪里", "有", ("前补交", "可交代办点代送")),
    Point("逾期的后果", "有的写", (), "法律没有一般规定，不自己编"),
    Point("机关名称、日期、盖章", "右下，印章压日期", ("旗", "2026年11月")),
    Point("申请人签收", "签名、时间", ("申请人签收", "日期")),
    Point("一式几份、去向", "一式两份", (), "打印张数由打印人定，机关存档的是记录本身"),
)
SERVED = (
    Point("送达机关", "有", ("送达机关",)),
    Point("受送达人", "有", ("受送达人",)),
    Point("送达文书名称、文号、件数", "三栏", ("送达文书", "文号", "件数")),
    Point("送达地点、方式", "直接、留置、委托、邮寄", ("送达地点", "送达方式")),
    Point("签收和日期", "签名、年月日", ("签收", "日期")),
    Point("代收人和理由", "有", ("代领原因",)),
    Point("拒收事由", "留置送达时写", ("拒收事由",)),
    Point("备注", "有", ("备注",)),
)


def words(pdf: bytes) -> str:
    """All words of a paper, without blanks."""
    pages = pdfium.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


def ours(point: Point, said: str) -> str:
    """What ours has of a point, in words; "" for nothing, which nobody gave a reason for."""
    if point.found:
        return "有：" + "、".join(point.found) if all(one in said for one in point.found) else ""
    return f"没有：{point.why_not}"


def compared(points: tuple[Point, ...], pdf: bytes) -> list[tuple[str, ...]]:
    """The rows of one paper."""
    said = words(pdf)
    return [(str(at), one.point, one.real, ours(one, said)) for at, one in enumerate(points, 1)]


def measured(pdf: bytes) -> list[tuple[str, ...]]:
    """A decision beside the page of GB/T 9704-2012, in millimetres and points, as its ink stands."""
    page = pdfium.PdfDocument(pdf)[0]
    wide, high = page.get_size()
    layer = page.get_textpage()
    boxes = [layer.get_charbox(at) for at in range(layer.count_chars()) if layer.get_text_range(at, 1).strip()]
    inner = [box for box in boxes if box[1] > 26 / MM and high - box[3] > 25 / MM]  # between foot and 副本
    left, top = min(box[0] for box in inner) * MM, (high - max(box[3] for box in inner)) * MM
    sizes = [pdfium.raw.FPDFText_GetFontSize(layer, at) for at in range(layer.count_chars())]
    body = max(set(sizes), key=sizes.count)
    said = words(pdf)
    rows = (
        ("纸张", "210 mm x 297 mm", f"{wide * MM:.0f} mm x {high * MM:.0f} mm"),
        ("天头", "37 mm ± 1 mm", f"{top:.1f} mm 起有字"),
        ("订口", "28 mm ± 1 mm", f"{left:.1f} mm 起有字"),
        ("版心宽", "156 mm", f"{max(box[2] for box in inner) * MM - left:.1f} mm 以内"),
        ("正文字号", "三号 16 pt 仿宋", f"{body:.1f} pt：表格一页放得下的最大一级，宋、黑体（没有自由的仿宋）"),
        ("标题", "二号小标宋", f"{max(sizes):.1f} pt 加粗宋体（没有自由的小标宋）"),
        ("发文字号", "〔 〕，不加“第”，不编虚位", "有：〔2026〕" if "〔2026〕" in said else ""),
        ("成文日期", "阿拉伯数字，年月日全", "有：2026年11月25日" if "2026年11月25日" in said else ""),
        ("页码", "—1—", "有：—1—" if "—1—" in said else ""),
        ("抄送", "末页两道线之间", "经办人写了才印"),
    )
    return [(str(at), *one) for at, one in enumerate(rows, 1)]


def sheet() -> Document:
    """All three tables."""
    drawn = gallery.drawn()
    parts = (
        ("材料补正一次性告知书", compared(SUPPLEMENT, drawn["supplement"])),
        ("送达回证", compared(SERVED, drawn["served"])),
        ("决定书与 GB/T 9704-2012", measured(drawn["decided"])),
    )
    blocks = [block for name, rows in parts for block in (Heading(name), Table(COLUMNS, tuple(rows)))]
    closing = Text("真实表单的要点读自各地公布的表样和标准文本；没有拿到盖了章的原件照片。", quiet=True)
    return Document("纸张与真实表单对照", gallery.OFFICE, (*blocks, closing))


def main() -> int:
    """Draw it."""
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("real-forms.pdf")
    place.write_bytes(document.draw(sheet()))
    for page in pdfium.PdfDocument(io.BytesIO(place.read_bytes())):
        sys.stdout.write(page.get_textpage().get_text_range())
    return 0


if __name__ == "__main__":
    sys.exit(main())
