"""代办收件回执: proof that the point took papers in, and of nothing else.

A village cannot accept 受理: that is an act of the organ, with its seal and date (行政许可法§32). The paper says so in
bold, and tells when the law's clock will start.
"""

from __future__ import annotations

from desk.law import numbers
from desk.law.deadline import shown
from desk.printing import text
from desk.printing.blocks import endings, tables
from desk.printing.document import marks, number, signed_by, told
from desk.printing.document import named as full_name
from desk.printing.facts import MaterialLine, Paper, ReceiptFacts
from desk.printing.frames import A4, A4_WEAK_EYES, A5, MM, ROLL_58, ROLL_80, SI_HAO, Frame, set_in
from desk.printing.pen import GREY, INK
from desk.printing.sheet import About, Sheet, best

TITLE = "代办收件回执"
STATEMENT = "本回执仅证明代办点收到材料，不是受理决定。"
BY_ROLL = "本回执仅证明代办点按名册登记了本户；材料没有逐户查验，不证明已收到，也不是受理决定。"
REPLACES = "更正后重出，前一张作废"
_CODE = "回执的二维码：查办到哪一步，验真伪"
_JUDGE = "验真伪用，任何代办点、中心都能验。"
_SCAN = "手机扫一扫，在中心网页看办到哪一步；代办点、中心不联网也能凭它验真伪。"
_FRAMES = {Paper.A4: A4, Paper.A5: A5, Paper.ROLL: ROLL_80, Paper.ROLL_58: ROLL_58}
_FOR_WEAK_EYES = {
    Paper.A4: A4_WEAK_EYES,
    Paper.A5: set_in(A5, SI_HAO, A5.leading, A5.close),
    Paper.ROLL: set_in(ROLL_80, SI_HAO),
    Paper.ROLL_58: set_in(ROLL_58, SI_HAO),
}
_PRIVACY = "个人信息只用于办理本事项，由{keepers}保管；可要求查阅、更正。代办不收费。"


def receipt(facts: ReceiptFacts, paper: Paper = Paper.A5) -> bytes:
    """The PDF: A5, A4, or a roll as long as its content. Equal facts give equal bytes."""
    frame = (_FOR_WEAK_EYES if facts.office.large_print else _FRAMES)[paper]
    mark = marks(facts.office, "示例" if facts.sample else "")
    foot = f"{numbers.grouped(facts.intake_no)}  事项版本 {facts.item_version}，目录 {facts.catalogue_version}"
    foot += f"  {facts.printed}" if facts.printed else ""
    about = About(
        TITLE, foot, mark, facts.office.scripts, facts.office.pictures, named=TITLE, author=full_name(facts.office),
        made=f"{facts.collected_at:%Y-%m-%d %H:%M}",
    )  # fmt: skip
    draw = _page if frame.height else _roll
    return best(frame, about, lambda sheet: draw(sheet, facts, frame))


def _page(sheet: Sheet, facts: ReceiptFacts, frame: Frame) -> None:
    _head(sheet, facts, frame)
    tables.fields(sheet, _who(facts))
    sheet.gap(frame.base * 0.8)
    _materials(sheet, facts)
    sheet.gap(frame.base * 0.9)
    sheet.boxed(f"{BY_ROLL if facts.by_roll else STATEMENT}\n是否受理，由行政机关收到材料后决定。")
    _foot(sheet, facts)


def _head(sheet: Sheet, facts: ReceiptFacts, frame: Frame) -> None:
    side = 28 * MM if frame is A5 else 34 * MM
    office, title, top = facts.office, facts.office.scripts.labels.get(TITLE, ""), sheet.y
    sheet.columns_at_left({office.point_name: office.point_name_mn, TITLE: title}, frame.head)
    code = sheet.pen.qr(facts.code, sheet.left + sheet.room - side, top, side, _CODE)
    whole, sheet.room = sheet.room, sheet.room - side - 3 * MM
    sheet.paragraph(f"{office.banner}{office.township}", ink=GREY)
    if sheet.leads and not sheet.beside and office.point_name_mn:
        sheet.mongolian_line(office.point_name_mn, frame.base)
    sheet.paragraph(office.point_name, frame.base * 1.1)
    if office.scripts.order == "below" and office.point_name_mn:
        sheet.mongolian_line(office.point_name_mn, frame.base)
    if sheet.leads and not sheet.beside and title:
        sheet.mongolian_line(title, frame.title * 0.8)
    sheet.gap(frame.base * 0.3)
    sheet.paragraph(TITLE, frame.title * 1.1, bold=True, tag="H1")
    if office.scripts.order == "below" and title:
        sheet.mongolian_line(title, frame.title * 0.8)
    sheet.gap(frame.base * 0.3)
    _number(sheet, numbers.grouped(facts.intake_no))
    if facts.replaces:
        sheet.paragraph(REPLACES, frame.base, bold=True)
    sheet.pen.last(code)
    sheet.room = whole
    sheet.y = min(sheet.y, top - side) - frame.base * 0.6


def _number(sheet: Sheet, number: str) -> None:
    """The number after its name, on a line of its own where both do not fit: it never parts."""
    size = sheet.frame.base * 1.15
    if sheet.width(f"收件号 {number}", size, bold=True) <= sheet.room:
        sheet.paragraph(f"收件号 {number}", size, bold=True)
        return
    sheet.paragraph("收件号", sheet.frame.base, bold=True)
    sheet.paragraph(number, min(size, size * sheet.room / sheet.width(number, size, bold=True) * 0.999), bold=True)


def _who(facts: ReceiptFacts) -> list[list[tuple[str, str]]]:
    lines = [
        [("申请人", told((("", facts.applicant_name), ("", facts.name_mn)))), ("证件号码", facts.id_masked)],
        [("联系电话", facts.phone_masked or "未留"), ("收件时间", f"{facts.collected_at:%Y-%m-%d %H:%M}")],
        [("办理事项", facts.item_name + (f"（{facts.situation}）" if facts.situation else ""))],
        *([one] for one in facts.sums),
        [("预计办结", _promise(facts))],
    ]
    if facts.hand_over:
        lines.append([("预计移交", f"{shown(facts.hand_over)}送往旗中心")])
    lines += [[(name, words)] for name, words in facts.stated]
    if facts.promised_beside:
        lines.append([("办结变动", facts.promised_beside)])
    if facts.proxy_name:
        lines.insert(1, [("代办人", facts.proxy_name)])
    if facts.representative:
        lines.insert(1, [("法定代表人", facts.representative)])
    if facts.note:
        lines.append([("备注", facts.note)])
    return lines


def _promise(facts: ReceiptFacts) -> str:
    if facts.promised is None:
        return facts.promised_basis
    doubt = "（暂定：来年调休安排还没有公布）" if facts.promised_provisional else ""
    basis = f"，{facts.promised_basis}" if facts.promised_basis else ""
    return f"{shown(facts.promised)}前{basis}{doubt}"


def _materials(sheet: Sheet, facts: ReceiptFacts) -> None:
    columns = [("序号", 1.0), (_held(facts), 6.2), ("原件", 1.0), ("复印件", 1.3), ("原件退还", 1.5)]
    rows = [
        [str(at), one.name, str(one.originals), str(one.copies), _back(one, facts)]
        for at, one in enumerate(facts.materials, 1)
    ]
    if len(rows) > 1:
        rows.append(["", "合计", *map(str, _counts(facts)), ""])
    tables.table(sheet, columns, rows or [["—", "没有收到材料", "0", "0", "—"]])
    if facts.missing:
        sheet.gap(sheet.frame.base * 0.6)
        tables.table(
            sheet,
            [("未交的材料", 4.4), ("原因", 4.2), ("请于此日前补来", 2.4)],
            [[one.name, one.reason, one.until.isoformat() if one.until else "—"] for one in facts.missing],
        )


def _counts(facts: ReceiptFacts) -> tuple[int, int]:
    """How many originals and copies were taken in, in all."""
    return sum(one.originals for one in facts.materials), sum(one.copies for one in facts.materials)


def _held(facts: ReceiptFacts) -> str:
    return "名册所列材料（未逐户查验）" if facts.by_roll else "收到的材料"


def _back(one: MaterialLine, facts: ReceiptFacts) -> str:
    if facts.by_roll or not one.originals:
        return "—"
    return "已当场退还" if one.returned else "留存"


def _foot(sheet: Sheet, facts: ReceiptFacts) -> None:
    office, size = facts.office, sheet.frame.base
    sheet.gap(sheet.frame.base * 0.5)
    asked = "或".join(one for one in ("代办员", office.centre_name) if one)
    phone = f"，电话 {office.phone}" if office.phone else ""
    watched = f"；监督投诉 {office.supervision_phone}" if office.supervision_phone else ""
    notes = [
        (f"码：{_SCAN if '://' in facts.code else _JUDGE}查询：凭收件号问{asked}{phone}{watched}。", INK),
        (f"承办机关：{facts.organ}。" if facts.organ else "", INK),
        ("法定时限自中心收到材料之日起计算；承诺时限自代办点收件之日起计算，当日不计。", INK),
        (_PRIVACY.format(keepers="和".join(one for one in ("本代办点", office.centre_name) if one)), GREY),
        ("示例：事项内容为示例数据，以旗里公布的为准。" if facts.sample else "", GREY),
    ]
    lines = [("".join(words for words, one in notes if one == ink), ink) for ink in (INK, GREY)]
    signs = "代办人" if facts.proxy_name else "申请人"
    signatures = f"{signs}签字（指印）：", signed_by("代办员", facts.agent_name)
    count = sum(len(text.wrap(words, size, sheet.room, sheet.face)) for words, _ in lines if words)
    # No signature stands alone on a page, and the notes go with it.
    sheet.need(count * size * sheet.frame.leading + endings.signing_height(sheet, *signatures))
    for words, ink in lines:
        sheet.paragraph(words, size, ink=ink)
    endings.signatures(sheet, *signatures)


def _named(sheet: Sheet, name: str, label: str = "") -> str:
    """A name in a line of text, with the Mongolian of its label after it or before it."""
    other = sheet.mongolian(label or name)
    return " ".join(one for one in ((other, name) if sheet.leads else (name, other)) if one)


def _roll(sheet: Sheet, facts: ReceiptFacts, frame: Frame) -> None:
    base = frame.base
    other = facts.office.point_name_mn if facts.office.scripts.order else ""
    if other and sheet.leads:
        sheet.mongolian_line(other, base, centred=True)
    sheet.centred(facts.office.point_name, base * 1.1)
    if other and not sheet.leads:
        sheet.mongolian_line(other, base, centred=True)
    sheet.centred(TITLE, frame.title, bold=True, tag="H1")
    if mark := marks(facts.office, "示例" if facts.sample else ""):
        sheet.centred(f"—— {mark} ——", base)
    number(sheet, numbers.grouped(facts.intake_no), base)
    if facts.replaces:
        sheet.centred(REPLACES, base, bold=True)
    sheet.gap(base * 0.4)
    side = min(52 * MM, sheet.room)  # 2 mm a module at 203 dpi is 3 dots and more
    sheet.pen.qr(facts.code, (frame.width - side) / 2, sheet.y, side, _CODE)
    sheet.gap(side + base * 0.3)
    for name, value in (pair for row in _who(facts) for pair in row if pair[1]):
        sheet.paragraph(f"{_named(sheet, name)}：{value}")
    sheet.gap(base * 0.6)
    rows = [[one.name, f"{one.originals}/{one.copies}"] for one in facts.materials]
    if len(rows) > 1:
        rows.append(["合计", "/".join(map(str, _counts(facts)))])
    tables.table(sheet, [(_held(facts), 5.0), ("原/复", 1.3)], rows or [["没有收到材料", "0/0"]])
    for late in facts.missing:
        why = "，".join(one for one in (late.reason, f"请于 {late.until} 前补来" if late.until else "") if one)
        sheet.paragraph(f"{_named(sheet, '未交', '未交的材料')}：{late.name}" + (f"（{why}）" if why else ""))
    sheet.gap(base * 0.8)
    sheet.boxed(BY_ROLL if facts.by_roll else STATEMENT)
    _foot(sheet, facts)
