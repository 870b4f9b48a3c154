"""服务指南 of an item, with its flow chart: what a herder must know before leaving home.

What is unconfirmed in the catalogue is marked 示例.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from desk.law.catalogue import cited
from desk.law.catalogue.item import Catalogue, Item, Regime
from desk.law.catalogue.rules import PROXY_NAMES
from desk.printing import text
from desk.printing.blocks import tables
from desk.printing.document import contacts, marks
from desk.printing.document import named as full_name
from desk.printing.document import told as side_by_side
from desk.printing.facts import OfficeFacts
from desk.printing.flow import flow_chart
from desk.printing.frames import A4, A4_WEAK_EYES, SI_HAO, XIAO_SI, Frame
from desk.printing.guides import columns
from desk.printing.guides.sections import CHART, Listing, Numbered, Pairs, Part, sections
from desk.printing.pen import GREY, Pen
from desk.printing.screen.svg import svgs
from desk.printing.sheet import About, Sheet, best, render, well_set

_NUMERALS = "一二三四五六七八九"


class Chosen(msgspec.Struct, frozen=True):
    """A guide to print: the item, its legal clocks (None: not known here), and what was written in Mongolian: the
    Chinese comes with it in any case (民族团结进步促进法§15)."""

    item: Item
    regime: Regime | None
    mongolian: Mapping[str, str] = {}


def guide(chosen: Chosen, catalogue: Catalogue, office: OfficeFacts, printed: str = "") -> bytes:
    """The PDF on A4; `printed` says when and by whom. Equal facts give equal bytes."""
    about = _about(chosen, catalogue, office, printed)
    return best(_frame(office), about, lambda sheet: draw_guide(sheet, chosen, office))


def guide_pages(chosen: Chosen, catalogue: Catalogue, office: OfficeFacts) -> list[str]:
    """The pages of the guide as pictures for a screen (SVG)."""
    about = _about(chosen, catalogue, office, "")
    return svgs(*well_set(_frame(office), about, lambda sheet: draw_guide(sheet, chosen, office)))


def _frame(office: OfficeFacts) -> Frame:
    return A4_WEAK_EYES if office.large_print else A4


def _about(chosen: Chosen, catalogue: Catalogue, office: OfficeFacts, printed: str) -> About:
    item = chosen.item
    foot = f"第 {item.version} 版，{item.effective_from} 起施行，备案号 {item.filed_no or '未备案'}"
    mark = marks(office, "示例" if item.sample else "")
    title = f"{item.item_name} 服务指南"
    foot = f"{foot}；目录 {catalogue.version}  {printed}".rstrip()
    return About(
        title, foot, mark, office.scripts, office.pictures, named=item.item_name, author=full_name(office),
        made=printed, catalogue=catalogue.version, printed=printed,
    )  # fmt: skip


def booklet(
    guides: Sequence[Chosen],
    catalogue: Catalogue,
    office: OfficeFacts,
    before: Callable[[int], None] = lambda _number: None,
    printed: str = "",
) -> bytes:
    """Several guides in one: cover, contents with page numbers, the guides.

    `before` is called with 0, 1, … ahead of each guide and may raise to give the booklet up.
    """
    starts: dict[str, int] = {}

    def document(sheet: Sheet) -> None:
        _cover(sheet, len(guides), catalogue, office)
        sheet.turn()
        _contents(sheet, guides, starts)
        for number, chosen in enumerate(guides):
            before(number)
            sheet.turn()
            starts[chosen.item.task_code] = sheet.page
            sheet.pen.bookmark(chosen.item.item_name)
            with sheet.pen.within("Sect"):
                draw_guide(sheet, chosen, office)

    mark = marks(office, "示例" if any(chosen.item.sample for chosen in guides) else "")
    foot = f"目录 {catalogue.version}  {printed}".rstrip()
    about = About("服务指南汇编", foot, mark, office.scripts, office.pictures, named="服务指南汇编")
    about = msgspec.structs.replace(
        about, author=full_name(office), made=printed, catalogue=catalogue.version, printed=printed
    )
    return render(A4, about, document)


def _cover(sheet: Sheet, count: int, catalogue: Catalogue, office: OfficeFacts) -> None:
    sheet.gap(sheet.frame.height * 0.24)
    sheet.centred(f"{office.banner}{office.township}", 16)
    sheet.centred(office.point_name, 16)
    sheet.gap(24)
    sheet.centred("服务指南汇编", 30, bold=True, tag="H1")
    sheet.gap(18)
    sheet.centred(f"共 {count} 个事项", 13, ink=GREY)
    sheet.gap(sheet.frame.height * 0.26)
    sheet.centred(f"{catalogue.issued_by}　目录 {catalogue.version}".strip(), 12, ink=GREY)
    sheet.centred(contacts(office), 12, ink=GREY)


def _contents(sheet: Sheet, guides: Sequence[Chosen], starts: dict[str, int]) -> None:
    sheet.centred("目　录", 20, bold=True, tag="H2")
    sheet.gap(12)
    size, left, edge, whole = XIAO_SI, sheet.left, sheet.left + sheet.room, sheet.pen.within("TOC")
    for at, item in enumerate((chosen.item for chosen in guides), 1):
        wrapped = text.wrap(f"{at}. {item.item_name}", size, sheet.room - 80, sheet.face)
        sheet.need(size * (0.6 + 1.4 * len(wrapped)))
        sheet.gap(size * 0.6)
        with whole, sheet.pen.within("TOCI"), sheet.pen.within("P"):
            for line in wrapped:
                sheet.gap(size * 1.4)
                end = sheet.words(left, sheet.y, line, size)
            sheet.pen.later(_page_number(item.task_code, starts, end, edge, sheet.y, size, sheet.face))


def _page_number(
    task_code: str, starts: dict[str, int], start: float, edge: float, y: float, size: float, face: str
) -> Callable[[Pen], None]:
    """Dots and the page on which a guide begins, known when the last guide is drawn."""

    def draw(pen: Pen) -> None:
        page = str(starts[task_code])
        left = edge - text.width(page, size, face)
        pen.line(start + 4, y + 2, left - 4, y + 2, dash="1 2")
        pen.words(left, y, page, size, face)

    return draw


def draw_guide(sheet: Sheet, chosen: Chosen, office: OfficeFacts) -> None:
    """The Chinese guide with its flow chart, and the Mongolian one where something was written of it: after the
    Chinese, or before it where the office set Mongolian first."""
    versions: list[Callable[[Sheet, Chosen, OfficeFacts], None]] = [_chinese]
    if chosen.mongolian:
        versions.insert(0 if office.scripts.order in ("left", "above") else 1, _mongolian)
    for at, version in enumerate(versions):
        if at:
            sheet.turn()
        version(sheet, chosen, office)


def _mongolian(sheet: Sheet, chosen: Chosen, office: OfficeFacts) -> None:
    """All that the Chinese guide says, in columns; the chart of steps has its names in Chinese."""
    item, texts, labels = cited.on_paper(chosen.item), chosen.mongolian, office.scripts.labels

    def called(chinese: str) -> str:
        return labels.get(chinese, chinese)

    foot = "  ".join(
        f"{called(name)} {words}"
        for name, words in (
            ("版本", str(item.version)),
            ("施行日期", item.effective_from),
            ("备案号", item.filed_no or "未备案"),
            ("目录", sheet.about.catalogue),
            ("打印", sheet.about.printed),
        )
        if words
    )
    sheet.footed(texts.get("name", "").split("\n")[0] or item.item_name, foot, called("页"))
    names = [office.point_name_mn or office.point_name, item.item_name]
    proxy = (("能否代办", PROXY_NAMES[item.proxy_mode]), ("代办说明", item.proxy_note))
    made = columns.guide(sheet, texts, names, proxy, sections(chosen.item, chosen.regime, office.phone))
    if office.address or office.hours:
        reached = (("地点", office.address), ("时间", office.hours), ("电话", office.phone))
        made.heading("代办点")
        made.pairs(reached)
    if item.sample:
        made.words(_sample_note(item), made.size)
    if item.steps:
        if texts.get("flow"):
            made.heading(CHART)
            made.words(texts["flow"], made.size)
        sheet.turn()
        sheet.strip({one: called(one) for one in (CHART, columns.CHINESE)}, SI_HAO)
        flow_chart(sheet, item, office.phone)
        sheet.columns_at_left({}, SI_HAO)


def _chinese(sheet: Sheet, chosen: Chosen, office: OfficeFacts) -> None:
    item = cited.on_paper(chosen.item)
    sheet.usual_foot()
    mongolian = sheet.about.scripts.labels.get("服务指南", "")
    sheet.columns_at_left({office.point_name: office.point_name_mn, "服务指南": mongolian}, SI_HAO)
    base = sheet.frame.base
    sheet.centred(full_name(office), base, ink=GREY)
    sheet.centred(item.item_name, sheet.frame.title * 0.9, bold=True, tag="H1")
    sheet.centred("服务指南", base * 1.5)
    sheet.gap(base * 0.8)
    sheet.boxed(f"能不能代办：{PROXY_NAMES[item.proxy_mode]}。{item.proxy_note}")
    if office.address or office.hours:
        reached = (("地点", office.address), ("时间", office.hours), ("电话", office.phone))
        sheet.gap(base * 0.4)
        sheet.paragraph(f"{office.point_name}：{side_by_side(reached)}")
    asked = office.phone
    for number, section in enumerate(sections(chosen.item, chosen.regime, asked)):
        sheet.heading(f"{_NUMERALS[number]}、{section.title}")
        for part in section.parts:
            _part(sheet, part)
    if item.sample:
        sheet.gap(6)
        sheet.paragraph(_sample_note(item), ink=GREY)
    if item.steps:
        sheet.turn()
        sheet.centred(f"{item.item_name} {CHART}", base * 1.5, bold=True, tag="H2")
        sheet.gap(base)
        flow_chart(sheet, item, asked)


def _sample_note(item: Item) -> str:
    note = f"{item.sample_note}。" if item.sample_note else ""
    return f"示例说明：{note}正式使用前由旗里核定的目录替换。"


def _part(sheet: Sheet, part: Part) -> None:
    match part:
        case Pairs():
            tables.fields(sheet, part.rows)
        case Listing():
            tables.table(sheet, part.columns, part.rows)
        case Numbered():
            sheet.listed(part.lines)
        case _:
            sheet.paragraph(part)
