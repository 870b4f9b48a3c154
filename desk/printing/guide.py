"""服务指南 of an item, with its flow chart: what a herder must know before leaving home.

The order of sections is that of the guides that Inner Mongolian banners publish; a licence's guide must hold what
行政许可法§30 lists. What is unconfirmed in the catalogue is marked 示例.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from desk.folds import stated_limits
from desk.law import codes, item_words
from desk.law.catalogue import basis as legal
from desk.law.catalogue import cited, known, lines
from desk.law.catalogue.item import Catalogue, Item, Material, Need, Regime
from desk.law.catalogue.known import Standing
from desk.law.catalogue.rules import PROXY_NAMES
from desk.law.statutes import register
from desk.printing import text, vertical
from desk.printing.blocks import tables
from desk.printing.document import contacts, marks
from desk.printing.document import told as side_by_side
from desk.printing.facts import OfficeFacts
from desk.printing.flow import flow_chart
from desk.printing.pen import GREY, Pen
from desk.printing.screen.svg import svgs
from desk.printing.sheet import (
    A4,
    A4_WEAK_EYES,
    SI_HAO,
    XIAO_SI,
    About,
    Frame,
    Sheet,
    best,
    render,
    well_set,
)

_NEEDS = {Need.REQUIRED: "必要", Need.OPTIONAL: "视情形", Need.MAY_FOLLOW: "可后补"}
# Part of the Mongolian text, its Chinese label, size in points.
_PARTS = (
    ("name", "", 24.0),
    ("materials", "申请材料", SI_HAO),
    ("times", "办理时限", SI_HAO),
    ("place", "办理地点", SI_HAO),
)


class Chosen(msgspec.Struct, frozen=True):
    """A guide to print: the item, its legal clocks (None: not known here), what was written in Mongolian, and
    whether Chinese comes too."""

    item: Item
    regime: Regime | None
    mongolian: Mapping[str, str] = {}
    with_chinese: bool = True


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
    return About(title, foot, mark, office.scripts, office.pictures, named=item.item_name)


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
            draw_guide(sheet, chosen, office)

    mark = marks(office, "示例" if any(chosen.item.sample for chosen in guides) else "")
    foot = f"目录 {catalogue.version}  {printed}".rstrip()
    return render(
        A4, About("服务指南汇编", foot, mark, office.scripts, office.pictures, named="服务指南汇编"), document
    )


def _cover(sheet: Sheet, count: int, catalogue: Catalogue, office: OfficeFacts) -> None:
    sheet.gap(sheet.frame.height * 0.24)
    sheet.centred(f"{office.banner}{office.township}", 16)
    sheet.centred(office.point_name, 16)
    sheet.gap(24)
    sheet.centred("服务指南汇编", 30, bold=True)
    sheet.gap(18)
    sheet.centred(f"共 {count} 个事项", 13, ink=GREY)
    sheet.gap(sheet.frame.height * 0.26)
    sheet.centred(f"{catalogue.issued_by}　目录 {catalogue.version}".strip(), 12, ink=GREY)
    sheet.centred(contacts(office), 12, ink=GREY)


def _contents(sheet: Sheet, guides: Sequence[Chosen], starts: dict[str, int]) -> None:
    sheet.centred("目　录", 20, bold=True)
    sheet.gap(12)
    size, left, edge = XIAO_SI, sheet.left, sheet.left + sheet.room
    for at, item in enumerate((chosen.item for chosen in guides), 1):
        wrapped = text.wrap(f"{at}. {item.item_name}", size, sheet.room - 80, sheet.face)
        sheet.need(size * (0.6 + 1.4 * len(wrapped)))
        sheet.gap(size * 0.6)
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
    """The Mongolian page first where there is one, then the Chinese guide, then the flow chart."""
    if chosen.mongolian:
        mongolian_page(sheet, chosen.mongolian)
        if chosen.with_chinese:
            sheet.turn()
    if chosen.with_chinese:
        _chinese(sheet, chosen, office)


def mongolian_page(sheet: Sheet, texts: Mapping[str, str]) -> None:
    """Vertical columns from the left: the name large, then what else was written, after its label if it has one."""
    labels = sheet.about.scripts.labels
    sheet.columns_at_left({}, SI_HAO)
    x = sheet.left
    for part, label, size in _PARTS:
        words = texts.get(part, "")
        if not words:
            continue
        if label in labels:
            x = _columns(sheet, x, labels[label], size * 1.1)
        x = _columns(sheet, x, words, size) + size * 0.8
    sheet.y = sheet.bottom + 1


def _columns(sheet: Sheet, x: float, words: str, size: float) -> float:
    """Columns of `words` from `x` on, turning the page when it is full; where the next one begins."""
    pitch = size * vertical.PITCH
    for column in vertical.columns(words, size, sheet.top - sheet.bottom, sheet.face):
        if x + pitch > sheet.left + sheet.room:
            sheet.turn()
            x = sheet.left
        vertical.draw(sheet.pen, x + pitch / 2, sheet.top, column, size, sheet.face)
        x += pitch
    return x


def _chinese(sheet: Sheet, chosen: Chosen, office: OfficeFacts) -> None:
    item, regime = cited.on_paper(chosen.item), cited.on_paper(chosen.regime) if chosen.regime else None
    mongolian = sheet.about.scripts.labels.get("服务指南", "")
    sheet.columns_at_left({office.point_name: office.point_name_mn, "服务指南": mongolian}, SI_HAO)
    base = sheet.frame.base
    sheet.centred(f"{office.banner}{office.township}{office.point_name}", base, ink=GREY)
    sheet.centred(item.item_name, sheet.frame.title * 0.9, bold=True)
    sheet.centred("服务指南", base * 1.5)
    sheet.gap(base * 0.8)
    sheet.boxed(f"能不能代办：{PROXY_NAMES[item.proxy_mode]}。{item.proxy_note}")
    if office.address or office.hours:
        reached = (("地点", office.address), ("时间", office.hours), ("电话", office.phone))
        sheet.gap(base * 0.4)
        sheet.paragraph(f"{office.point_name}：{side_by_side(reached)}")
    asked = office.phone
    _basics(sheet, item)
    _basis(sheet, chosen.item, asked)
    _conditions(sheet, item, asked)
    _materials(sheet, item, asked)
    _times(sheet, item, regime, asked)
    _rest(sheet, item, asked)
    if item.steps:
        sheet.turn()
        sheet.centred(f"{item.item_name} 运行流程图", base * 1.5, bold=True)
        sheet.gap(base)
        flow_chart(sheet, item, asked)


def _basics(sheet: Sheet, item: Item) -> None:
    sheet.heading("一、事项")
    audience = "、".join(codes.AUDIENCES.get(code, code) for code in item.audience)
    filed = "；".join(one for one in (item.approved_by, item.filed_no) if one) if item.filed_no else "未备案"
    tables.fields(
        sheet,
        [
            [("实施编码", item.task_code), ("事项类型", codes.ITEM_TYPES.get(item.item_type, item.item_type))],
            [("实施主体", item.org_name)],
            [
                ("行使层级", codes.LEVELS.get(item.exercise_level, "")),
                ("办件类型", codes.CASE_TYPES.get(item.case_type, "")),
            ],
            [("服务对象", audience)],
            [("核定备案", filed)],
        ],
    )


def _basis(sheet: Sheet, item: Item, asked: str) -> None:
    sheet.heading("二、设定依据")
    for basis in item.legal_basis:
        unread = legal.unread(item, basis, register.known())
        sheet.paragraph(cited.spelt(f"{known.cited(basis)}　{basis.text}{unread}".strip()))
    if not item.legal_basis:
        sheet.paragraph(item_words.told(item, "legal_basis", asked))


def _conditions(sheet: Sheet, item: Item, asked: str) -> None:
    sheet.heading("三、受理条件")
    told = lines.conditions(item)
    for number, words in enumerate(told, 1):
        sheet.paragraph(f"{number}. {words}")
    if not told:
        sheet.paragraph(item_words.told(item, "acceptance_conditions", asked))


def _materials(sheet: Sheet, item: Item, asked: str) -> None:
    sheet.heading("四、申请材料")
    if known.standing(item, "materials") is not Standing.KNOWN:
        sheet.paragraph(item_words.told(item, "materials", asked))
        return
    columns = [("序号", 0.8), ("材料名称", 4.2), ("原件", 0.9), ("复印", 0.9), ("必要性", 1.2), ("来源和说明", 4.0)]
    names = {one.code: one.name for one in item.situations}
    tables.table(sheet, columns, [_material(number, one, names) for number, one in enumerate(item.materials, 1)])
    if not all(map(known.counted, item.materials)):
        sheet.paragraph(f"没有写明的份数，{known.ask(item, asked)}。")


def _material(number: int, material: Material, situations: dict[str, str]) -> list[str]:
    said = [material.source, material.usage_note]
    said += ["原件核对后退还"] if material.returned and "退还" not in material.usage_note else []
    said += ["可交电子件"] if material.electronic else []
    said += [f"仅“{situations[material.situation]}”"] if material.situation in situations else []
    said += ["（示例）"] if material.sample else []
    note = "；".join(words for words in said if words)
    return [str(number), material.name, *known.counts(material), _NEEDS[material.need], note]


def _times(sheet: Sheet, item: Item, regime: Regime | None, asked: str) -> None:
    sheet.heading("五、办理时限和收费")
    basis = "：".join(one for one in (regime.name, regime.basis) if one) if regime else ""
    silence = regime.silence_note if regime else known.ask(item, asked)
    pauses = item.special_procedures or (regime.pauses if regime else ())
    tables.fields(
        sheet,
        [
            [
                ("法定时限", item_words.told(item, "statutory_limit", asked)),
                ("承诺时限", item_words.told(item, "promised_limit", asked)),
            ],
            *([pair] for pair in stated_limits.words(item)),
            [("时限依据", basis or known.ask(item, asked))],
            [("逾期不告知", silence)],
            [("不计时限", "；".join(pauses))],
            [("收费", item_words.told(item, "fees", asked))],
            [("办理流程", "" if item.steps else item_words.told(item, "steps", asked))],
        ],
    )


def _rest(sheet: Sheet, item: Item, asked: str) -> None:
    def told(fact: str) -> str:
        return item_words.told(item, fact, asked)

    sheet.heading("六、结果、地点和电话")
    tables.fields(
        sheet,
        [
            [("办理结果", told("result_name")), ("送达方式", told("delivery"))],
            [("到场次数", told("visits"))],
            [("办理地点", told("place"))],
            [("办理时间", told("hours"))],
            [("咨询电话", told("enquiry_phone")), ("监督投诉", known.complaints(item))],
        ],
    )
    sheet.heading("七、权利和救济")
    sheet.paragraph(item.rights)
    sheet.paragraph(item.remedy or f"不服的怎么办，{told('remedy')}。")
    if item.faq:
        sheet.heading("八、常见问题")
        for words in item.faq:
            sheet.paragraph(words)
    if item.sample:
        sheet.gap(6)
        note = f"{item.sample_note}。" if item.sample_note else ""
        sheet.paragraph(f"示例说明：{note}正式使用前由旗里核定的目录替换。", ink=GREY)
