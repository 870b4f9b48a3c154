"""Paper: a receipt beside fpdf2 and weasyprint drawing the same page, and a booklet of 200 pages, in one run.

python tests/bench/paper.py        needs `pip install fpdf2 weasyprint` for the peers; without them says so
"""

from __future__ import annotations

import functools
import html
import importlib.util
import io
import resource
import statistics
import time
from collections.abc import Callable

import gallery
import msgspec
import pypdfium2 as pdfium
import segno
from reportlab.pdfgen.canvas import Canvas

from desk.printing import fonts, guide, receipt
from desk.printing.facts import Paper
from desk.words.font_files import BOLD_FILE, SONG_FILE, folder

ROUNDS, GUIDES = 40, 91


def timed(work: Callable[[int], object], rounds: int) -> float:
    """Median milliseconds of one run, after two to warm up."""
    work(-1)
    work(-2)
    found = []
    for at in range(rounds):
        begin = time.perf_counter()
        work(at)
        found.append((time.perf_counter() - begin) * 1000)
    return statistics.median(found)


def ours(at: int, paper: Paper = Paper.A5) -> bytes:
    """Another name, note and number of days each time, as at a counter."""
    facts = gallery.receipt_facts(lambda usual: f"{usual}{at:02d}", gallery.OFFICE)
    return receipt.receipt(msgspec.structs.replace(facts, code=f"{facts.code[:-6]}{at:06d}"), paper)


@functools.cache  # read after the booklet was drawn: whose memory is measured
def lines() -> list[str]:
    """The lines of the receipt, as they stand on it."""
    page = pdfium.PdfDocument(ours(0))[0].get_textpage()
    return [line for line in page.get_text_range().splitlines() if line.strip()]


def bare(_at: int) -> bytes:
    """Floor: the same lines by reportlab as it comes, with the same faces, no layout, no code, no structure."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(420, 595), invariant=1, initialFontName="Song")
    fonts.font("Song")
    for at, line in enumerate(lines()):
        canvas.setFont("Song", 9)
        canvas.drawString(30, 560 - at * 13, line)
    canvas.save()
    return out.getvalue()


def facts(at: int) -> tuple[list[tuple[str, str]], list[tuple[str, ...]], str]:
    """The receipt as peers get it: pairs, the table of materials, the code."""
    found = gallery.receipt_facts(lambda usual: f"{usual}{at:02d}", gallery.OFFICE)
    pairs = [
        ("申请人", found.applicant_name), ("证件号码", found.id_masked), ("联系电话", found.phone_masked),
        ("代办人", found.proxy_name), ("收件时间", f"{found.collected_at:%Y-%m-%d %H:%M}"),
        ("办理事项", found.item_name), ("预计办结", found.promised_basis), ("备注", found.note),
    ]  # fmt: skip
    table = [("收到的材料", "原件", "复印件")]
    table += [(one.name, str(one.originals), str(one.copies)) for one in found.materials]
    return pairs, table, f"{found.code[:-6]}{at:06d}"


REST = "本回执仅证明代办点收到材料，不是受理决定。是否受理，由行政机关收到材料后决定。"
FOOT = "查询：凭收件号问代办员或苏尼特左旗政务服务中心。法定时限自中心收到材料之日起计算。"


def by_fpdf(at: int) -> bytes:
    from fpdf import FPDF

    pairs, table, code = facts(at)
    made = FPDF(unit="pt", format=(420, 595))
    made.add_font("song", "", str(folder() / SONG_FILE))
    made.add_font("song", "B", str(folder() / BOLD_FILE))
    made.add_page()
    made.set_font("song", "B", 16)
    made.cell(0, 30, "代办收件回执", new_x="LMARGIN", new_y="NEXT")
    for y, row in enumerate(segno.make(code, error="m", micro=False).matrix_iter(border=3)):
        for x, dark in enumerate(row):
            if dark:
                made.rect(300 + x * 1.8, 30 + y * 1.8, 1.8, 1.8, style="F")
    for rows in ([(name, value) for name, value in pairs], table):
        with made.table(first_row_as_headings=False) as drawn:
            for row in rows:
                line = drawn.row()
                for number, cell in enumerate(row):
                    made.set_font("song", "B" if number == 0 else "", 9)
                    line.cell(cell)
    made.set_font("song", "", 9)
    made.multi_cell(0, 13, REST, border=1, new_x="LMARGIN", new_y="NEXT")
    made.multi_cell(0, 13, FOOT, new_x="LMARGIN", new_y="NEXT")
    return bytes(made.output())


def by_weasyprint(at: int) -> bytes:
    from weasyprint import HTML

    pairs, table, code = facts(at)
    svg = io.BytesIO()
    segno.make(code, error="m", micro=False).save(svg, kind="svg", border=3, xmldecl=False)
    lines = "".join(f"<tr><th>{html.escape(name)}<td>{html.escape(value)}" for name, value in pairs)
    more = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}" for cell in row) for row in table)
    faces = "".join(
        f"@font-face{{font-family:S;font-weight:{weight};src:url('file://{folder() / name}')}}"
        for weight, name in ((400, SONG_FILE), (700, BOLD_FILE))
    )
    style = (
        "@page{size:148mm 210mm;margin:12mm;@bottom-right{content:counter(page) '/' counter(pages);font:7pt S}}"
        "body{font:9pt S} table{width:100%;border-collapse:collapse} td,th{border:.4pt solid #777;padding:3pt}"
        "th{background:#f1f3f4;width:5em} svg{float:right;width:30mm;height:30mm} .b{border:1pt solid;padding:4pt}"
    )
    body = (
        f"{svg.getvalue().decode()}<h1>代办收件回执</h1><table>{lines}</table><table>{more}</table>"
        f"<p class=b><b>{REST}</b><p>{FOOT}"
    )
    return bytes(HTML(string=f"<style>{faces}{style}</style>{body}").write_pdf() or b"")


def booklet() -> None:
    """257 pages, with progress."""
    regimes = {one.code: one for one in gallery.CATALOGUE.regimes}
    chosen = [guide.Chosen(one, regimes[one.regime]) for one in gallery.CATALOGUE.items[:GUIDES]]
    steps: list[int] = []
    begin = time.perf_counter()
    pdf = guide.booklet(chosen, gallery.CATALOGUE, gallery.OFFICE, steps.append)
    took = time.perf_counter() - begin
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"booklet: {len(pdfium.PdfDocument(pdf))} pages, {len(pdf) >> 10} kB, {took:.2f} s, "
          f"{len(steps)} steps of progress, most memory of the process {most:.0f} MB")  # fmt: skip


def main() -> int:
    booklet()
    mine = timed(ours, ROUNDS)
    lines()
    floor = timed(bare, ROUNDS)
    print(
        f"receipt A5, warm, another one each time: {mine:.2f} ms, {mine / floor:.1f}x bare reportlab ({floor:.2f} ms)"
    )
    for paper in (Paper.A4, Paper.ROLL, Paper.ROLL_58):
        print(f"receipt {paper}: {timed(lambda at, paper=paper: ours(at, paper), ROUNDS):.2f} ms")
    for name, peer in (("fpdf", by_fpdf), ("weasyprint", by_weasyprint)):
        if importlib.util.find_spec(name) is None:
            print(f"{name}: not here, so not compared")
            continue
        theirs = timed(peer, 5)
        print(f"{name}, the same page without fallback faces: {theirs:.0f} ms, {theirs / mine:.0f}x ours")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
