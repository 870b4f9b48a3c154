"""Before anything is filed: what to bring 一次性告知单, when to come 到场预约单; and the printer's test page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desk.counter import checks
from desk.folds import stated_limits
from desk.folds.records import Visit
from desk.law import deadline
from desk.law.bodies.body import Body
from desk.law.catalogue import lines, rules
from desk.law.catalogue.item import Item, Material, Need
from desk.law.deadline import Due
from desk.papers.receipt_facts import proxy_name
from desk.printing.document import FRAMES, Block, Code, Document, Fields, Heading, Signatures, Table, Text
from desk.printing.facts import OfficeFacts
from desk.store.snapshots import Draft, DraftMaterial

_NEEDS = {Need.REQUIRED: "必要", Need.OPTIONAL: "视情形", Need.MAY_FOLLOW: "可后补"}


def notice(
    item: Item,
    draft: Draft,
    promise: Due | None,
    office: OfficeFacts,
    printed: str,
    body: Body | None = None,
) -> Document:
    """一次性告知单 (行政许可法§30; fields of domain-facts §1.3): complete, by situation and by who comes, what is here
    ticked. `body` is who is competent, None where no body is known."""
    wanted, ticked = checks.wanted(item, draft), {one.code: one for one in draft.materials}
    blocks: list[Block] = [
        _heads(item, draft, promise, office, body),
        Text(_lacking(wanted, ticked), strong=True),
        Heading("要带的材料"),
        Table(
            (("序号", 0.6), ("材料", 3.3), ("原件", 0.7), ("复印", 0.7), ("必要性", 0.9), ("今天", 0.7), ("说明", 5.0)),
            tuple(_line(at, one, ticked) for at, one in enumerate(wanted, 1)),
            empty="不用交材料",
        ),
    ]
    if told := lines.conditions(item):
        blocks.append(Heading("受理条件"))
        blocks += [Text(f"{at}. {words}") for at, words in enumerate(told, 1)]
    blocks += [
        Text("以上为一次性告知的全部内容；此外不再要求其他材料。是否受理由行政机关决定。", quiet=True),
        Signatures("被告知人签字（指印）：", "告知人签字："),
    ]
    mark, version = "示例" if item.sample else "", f"事项第 {item.version} 版"
    return Document("一次性告知单", office, tuple(blocks), printed=printed, mark=mark, version=version)


def _heads(item: Item, draft: Draft, promise: Due | None, office: OfficeFacts, body: Body | None) -> Fields:
    situation = draft.situation
    hours = ((("办理时间", item.hours), ("监督投诉", item.supervision_phone)),) if body and item.hours else ()
    named = {one.code: one.name for one in item.situations}
    return Fields(
        (
            (("事项", item.item_name + (f"（{named[situation]}）" if situation in named else "")),),
            (("申请人", draft.applicant.name or "　"), ("代办人", proxy_name(draft.proxy) or "—")),
            (("能否代办", rules.PROXY_NAMES[item.proxy_mode]),),
            (("代办说明", item.proxy_note or "—"),),
            (("承诺时限", _limit(item)), ("收费", "；".join(fee.name for fee in item.fees) or "不收费")),
            (("最迟办结", f"今天交齐，{deadline.shown(promise.on)}前" if promise else "以中心告知为准"),),
            *((pair,) for pair in stated_limits.words(item)),
            *(((("承办机关", item.org_name),),) if body else ()),
            (("办理地点", item.place or office.centre_name), ("咨询电话", item.enquiry_phone or office.phone or "—")),
            *hours,
        )
    )


def _lacking(wanted: Sequence[Material], ticked: Mapping[str, DraftMaterial]) -> str:
    lacking = [one.name for one in wanted if not _here(one, ticked) and one.need is not Need.OPTIONAL]
    return f"还缺 {len(lacking)} 样：" + "、".join(lacking) if lacking else "必要的材料都已带齐。"


def _here(material: Material, ticked: Mapping[str, DraftMaterial]) -> bool:
    return material.code in ticked and ticked[material.code].here


def _line(at: int, material: Material, ticked: Mapping[str, DraftMaterial]) -> tuple[str, ...]:
    notes = (material.source, material.usage_note, "核对后退还" if material.returned else "")
    note = "；".join(words for words in notes if words)
    here = "已带" if _here(material, ticked) else "缺"
    return (str(at), material.name, str(material.originals), str(material.copies), _NEEDS[material.need], here, note)


def _limit(item: Item) -> str:
    limit = deadline.promised_limit(item)
    return deadline.words(limit) if limit else "—"


def visit(made: Visit, item: Item | None, office: OfficeFacts, printed: str) -> Document:
    """到场预约单: when and where to, and what to have along."""
    booked = made.booked
    wanted = item.materials if item else ()
    blocks: list[Block] = [
        Fields(
            (
                (("姓名", booked.name), ("电话", booked.phone or "未留")),
                (("事项", booked.item_name),),
                (("日期", f"{deadline.shown(booked.day)}　{booked.period}"),),
                (("地点", booked.place),),
                (("备注", booked.note or "—"),),
            )
        ),
        Text("这件事须本人到场。来前请带好下面的材料；去不了请提前告诉代办员。", strong=True),
        Table(
            (("要带的材料", 5.0), ("原件", 1.0), ("复印件", 1.2)),
            tuple((one.name, str(one.originals), str(one.copies)) for one in wanted),
            empty="不用带材料",
        ),
        Text(f"代办点电话 {office.phone or '见公示栏'}；监督投诉 {office.supervision_phone}。", quiet=True),
    ]
    return Document("到场预约单", office, tuple(blocks), paper="A5", printed=printed)


_HARD = "䶮㼆𡉃𠮷𫝆𰻝龘靐齉"


def test_page(paper: str, office: OfficeFacts, printed: str) -> Document:
    """Chinese, the hardest characters, Mongolian, digits, a code, a ruled frame to the margins."""
    roll = paper not in ("A4", "A5")
    facts = [("纸张", paper), ("单位", office.point_name), ("常用字", "阿拉坦其其格　那顺乌力吉　苏尼特左旗")]
    blocks: tuple[Block, ...] = (
        Text("如果下面的框线四边都在纸上、字迹清楚，打印机就设置好了。"),
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
    )
    return Document("打印机测试页", office, blocks, paper=paper if paper in FRAMES else "A4", printed=printed)
