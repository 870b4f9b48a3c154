"""Before anything is filed: what to bring 一次性告知单, when to come 到场预约单; and the printer's test page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from desk.counter import checks
from desk.folds import stated_limits
from desk.folds.records import Visit
from desk.law import deadline, item_words
from desk.law.bodies.body import Body
from desk.law.catalogue import cited, known, lines, rules
from desk.law.catalogue.item import Item, Material, Need
from desk.law.catalogue.known import Standing
from desk.law.deadline import Due
from desk.papers.receipt_facts import proxy_name
from desk.printing.blocks import edge
from desk.printing.document import (
    BLANK,
    FRAMES,
    Block,
    Code,
    Document,
    Edge,
    Fields,
    Heading,
    Listed,
    Signatures,
    Table,
    Text,
    told,
)
from desk.printing.facts import OfficeFacts
from desk.store.snapshots import Draft, DraftMaterial

_COMPLETE = "以上为一次性告知的全部内容；此外不再要求其他材料。是否受理由行政机关决定。"
_INCOMPLETE = "以上按事项目录已写明的内容告知；没有写明的请先问清再来。是否受理由行政机关决定。"


def notice(
    item: Item,
    draft: Draft,
    promise: Due | None,
    office: OfficeFacts,
    printed: str,
    body: Body | None = None,
    day: dt.date | None = None,
) -> Document:
    """一次性告知单 (行政许可法§30; fields of domain-facts §1.3): complete, by situation and by who comes, what is here
    ticked. `body` is who is competent, None where no body is known; `day` is that on which it is told."""
    wanted, ticked = checks.wanted(item, draft), {one.code: one for one in draft.materials}
    is_known = known.standing(item, "materials") is not Standing.UNKNOWN
    blocks: list[Block] = [
        _heads(item, draft, promise, office, body),
        Text(_lacking(wanted, ticked) if is_known and wanted else "", strong=True),
        *_to_bring(item, wanted, ticked, office),
        Heading("受理条件"),
        Listed(tuple(lines.conditions(item))),
    ]
    if not lines.conditions(item):
        blocks.append(Text(item_words.told(item, "acceptance_conditions", office.phone)))
    blocks += [
        Text(_COMPLETE if is_known else _INCOMPLETE, quiet=True),
        Text(f"告知日期 {deadline.shown(day)}" if day else ""),
        Signatures("被告知人签字（指印）：", "告知人签字："),
    ]
    mark, version = "示例" if item.sample else "", f"事项第 {item.version} 版"
    paper = "A4-weak-eyes" if office.large_print else "A4"
    return Document("一次性告知单", office, tuple(blocks), paper, printed=printed, mark=mark, version=version)


def _heads(item: Item, draft: Draft, promise: Due | None, office: OfficeFacts, body: Body | None) -> Fields:
    situation = draft.situation
    named = {one.code: one.name for one in item.situations}
    within = f"（{named[situation]}）" if named.get(situation) else ""

    def fact(name: str) -> str:
        return cited.spelt(item_words.told(item, name, office.phone))

    return Fields(
        (
            (("事项", item.item_name + within),),
            (("申请人", draft.applicant.name or BLANK), ("代办人", proxy_name(draft.proxy))),
            (("能否代办", rules.PROXY_NAMES[item.proxy_mode]),),
            (("代办说明", cited.spelt(item.proxy_note)),),
            (("依据", fact("legal_basis")),),
            (("法定时限", fact("statutory_limit")), ("承诺时限", fact("promised_limit"))),
            (("最迟办结", f"今天交齐，{deadline.shown(promise.on)}前" if promise else ""),),
            *((pair,) for pair in stated_limits.words(item)),
            (("收费", fact("fees")),),
            *(((("承办机关", item.org_name),),) if body else ()),
            (("办理地点", fact("place")),),
            (("办理时间", fact("hours")),),
            (("咨询电话", fact("enquiry_phone")), ("监督投诉", known.complaints(item))),
        )
    )


def _to_bring(
    item: Item, wanted: Sequence[Material], ticked: Mapping[str, DraftMaterial], office: OfficeFacts
) -> list[Block]:
    """What is to be brought; that nothing is, or where to ask, where the item lists none of its own."""
    columns = (
        ("序号", 0.6), ("材料", 3.3), ("原件", 0.7), ("复印", 0.7), ("必要性", 0.9), ("今天", 0.7), ("说明", 5.0),
    )  # fmt: skip
    rows = tuple(_line(at, one, ticked) for at, one in enumerate(wanted, 1))
    none = "" if item.materials else item_words.told(item, "materials", office.phone)
    uncounted = "" if all(map(known.counted, wanted)) else f"没有写明的份数，{known.ask(item, office.phone)}。"
    return [Heading("要带的材料"), Text(none), Table(columns, rows, empty=""), Text(uncounted, quiet=True)]


def _lacking(wanted: Sequence[Material], ticked: Mapping[str, DraftMaterial]) -> str:
    lacking = [one.name for one in wanted if not _here(one, ticked) and one.need is not Need.OPTIONAL]
    return f"还缺 {len(lacking)} 样：" + "、".join(lacking) if lacking else "必要的材料都已带齐。"


def _here(material: Material, ticked: Mapping[str, DraftMaterial]) -> bool:
    return material.code in ticked and ticked[material.code].here


def _line(at: int, material: Material, ticked: Mapping[str, DraftMaterial]) -> tuple[str, ...]:
    notes = (material.source, material.usage_note, "核对后退还" if material.returned else "")
    note = "；".join(words for words in notes if words)
    here = "已带" if _here(material, ticked) else "缺"
    return (str(at), material.name, *known.counts(material), item_words.NEEDS[material.need], here, note)


def visit(made: Visit, item: Item | None, office: OfficeFacts, printed: str) -> Document:
    """到场预约单: when and where to, and what to have along."""
    booked = made.booked
    wanted = item.materials if item else ()
    asks = item_words.told(item, "materials", office.phone) if item else known.ask(None, office.phone)
    blocks: list[Block] = [
        Fields(
            (
                (("姓名", booked.name), ("电话", booked.phone or "未留")),
                (("事项", booked.item_name),),
                (("日期", f"{deadline.shown(booked.day)}　{booked.period}".rstrip()),),
                (("地点", booked.place or known.ask(item, office.phone)),),
                (("备注", booked.note),),
            )
        ),
        Text("这件事须本人到场。" + _BRING[bool(wanted)] + "去不了请提前告诉代办员。", strong=True),
        Text("" if wanted else f"要带的材料：{asks}。"),
        Table(
            (("要带的材料", 5.0), ("原件", 1.0), ("复印件", 1.2)),
            tuple((one.name, *known.counts(one)) for one in wanted),
            empty="",
        ),
        Text(told((("代办点电话", office.phone), ("监督投诉", office.supervision_phone))), quiet=True),
    ]
    return Document("到场预约单", office, tuple(blocks), paper="A5", printed=printed)


_BRING = {True: "来前请带好下面的材料；", False: ""}
_HARD = "䶮㼆𡉃𠮷𫝆𰻝龘靐齉"


def test_page(paper: str, office: OfficeFacts, printed: str, margins: edge.Margins | None) -> Document:
    """Chinese, the hardest characters, Mongolian, digits, a code, a frame at the edge of what prints; `margins` of the
    printer in millimetres (left, top, right, bottom), None where nobody knows them."""
    roll = paper not in ("A4", "A5")
    facts = [("纸张", paper), ("单位", office.point_name), ("常用字", "阿拉坦其其格　那顺乌力吉　苏尼特左旗")]
    blocks: tuple[Block, ...] = (
        Text(edge.told(paper, margins)),
        Fields(tuple((one,) for one in facts) if roll else (tuple(facts[:2]), (facts[2],))),
        Table(
            (("项目", 2.2), ("示例", 4.6)),
            (
                ("数字", "0123456789 X"),
                ("长名", "额尔敦其其格扎格达苏荣·巴雅尔图"),
                ("生僻字", _HARD),
                ("蒙古文", "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ"),
                ("细线", "一二三十丨丿乀亅〇囗回国圆"),
            ),
        ),
        Code("https://example.invalid/" + "0123456789" * 6, ("扫得出来，", "码就印得清楚。")),
        Signatures("左签字处：", "右签字处："),
        Edge(margins),
    )
    return Document("打印机测试页", office, blocks, paper=paper if paper in FRAMES else "A4", printed=printed)
