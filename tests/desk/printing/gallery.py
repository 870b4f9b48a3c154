"""Every document of the counter, filled: for the tests that read all of them back and for eyes."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from desk.counter import rolls
from desk.counter.figures import Count, FiguresView, ItemTime
from desk.counter.office.handover import Call, HeldPaper, Kit
from desk.counter.office.mongolian import Label
from desk.folds import organs, records
from desk.folds.amendments import Brought
from desk.folds.case import Case, HistoryLine, State
from desk.folds.case_clocks import Law
from desk.folds.office.disclosing import yearly
from desk.folds.office.disclosing.request import ORGAN, THIRD, Disclosure, Party
from desk.folds.office.office_record import Step
from desk.law import holidays, redress
from desk.law.bodies.register import Register
from desk.law.catalogue import load
from desk.law.catalogue.item import Item
from desk.law.divisions import load as divisions
from desk.log import events, point_events, receipt_code
from desk.log.files import FileRef
from desk.log.keys import NodeKeys
from desk.log.office_events import Disclosing, DisclosureAsked, Withheld
from desk.papers import advance, agency, case_papers, form_papers, ledgers, paper_list, rounds
from desk.printing import document, guide, proof, receipt
from desk.printing.document import Document
from desk.printing.facts import MaterialLine, MissingLine, OfficeFacts, Paper, ReceiptFacts, Scripts
from desk.printing.organ import disclosed, disclosure_report
from desk.printing.organ import papers as organ
from desk.printing.organ.matter import Matter
from desk.store.snapshots import CaseRow, Draft, DraftMaterial, DueView, PersonRow, PersonView, SeenLine

KEYS = NodeKeys(bytes(range(32)), bytes(range(32, 64)))
NUMBER = "152523202202012611240012"
CODE = receipt_code.address("https://zwzx.example.cn:8443", receipt_code.make(KEYS, NUMBER))
REMEDY = "不服的，可以申请行政复议。"
PRINTED = "2026-11-24 09:30 苏和 打印"
TODAY = dt.date(2026, 11, 24)
OFFICE = OfficeFacts(
    "乌日尼勒图嘎查便民代办点", "洪格尔苏木", "苏尼特左旗", "苏尼特左旗政务服务中心", "0479-0000000",
    point_name_mn="ᠤᠷᠨᠢᠯᠲᠤ ᠭᠠᠴᠠᠭᠠ",
)  # fmt: skip
MONGOLIAN = {
    "name": "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ",
    "materials": "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ 12，阿拉坦其其格（户口簿） ᠬᠦᠮᠦᠨ᠃",
    "times": "30 ᠡᠳᠦᠷ",
    "place": "0479-0000000",
}
LABELS = {"申请人": "ᠬᠦᠮᠦᠨ", "代办收件回执": "ᠪᠢᠴᠢᠭ", "服务指南": "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ", "申请材料": "ᠪᠢᠴᠢᠭ"}
CATALOGUE = load.seed()
ITEM: Item = CATALOGUE.items[0]
REGIME = next(one for one in CATALOGUE.regimes if one.code == ITEM.regime)

Say = Callable[[str], str]  # what stands in the place of a text that people typed
Know = Callable[[Any], Any]  # what is left of facts when some of them are not known


def everything(facts: Any) -> Any:
    """All of them are known."""
    return facts


def item(say: Say) -> Item:
    """An item whose own texts are typed too."""
    told = redress.told(ITEM, REGIME, NUMBER[:12], Register(), divisions(), TODAY)
    return msgspec.structs.replace(told, item_name=say(ITEM.item_name), proxy_note=say(ITEM.proxy_note))


def receipt_facts(say: Say, office: OfficeFacts) -> ReceiptFacts:
    return ReceiptFacts(
        office, NUMBER, say("最低生活保障审核确认"), "T1", 1, "示例-2026.1", say("阿拉坦其其格"),
        "152523********0027", "139****0001",
        (MaterialLine(say("最低生活保障申请书"), 1, 0, False), MaterialLine("居民户口簿", 1, 1, True)),
        (MissingLine(say("近亲属备案表"), say("下次带来"), dt.date(2026, 12, 1)),),
        dt.datetime(2026, 11, 24, 9, 5, tzinfo=dt.UTC), say("苏和"), CODE,
        dt.date(2027, 1, 5), True, "收件之日起 30 个工作日", proxy_name=say("那顺乌力吉"),
        situation=say("一般情形"), note=say("腿脚不便"), hand_over=dt.date(2026, 11, 27),
    )  # fmt: skip


def case(say: Say) -> Case:
    person = events.Person(say("阿拉坦其其格"), "111", "152523195603020027", "13900000001", say("一组"))
    materials = (
        events.TakenMaterial("form", say("申请书"), 1),
        events.TakenMaterial("kin", say("近亲属备案表"), missing=say("下次带来"), until=dt.date(2026, 12, 1)),
    )
    collected = events.Collected(
        events.ItemRef(ITEM.task_code, say(ITEM.item_name), 1, "示例-2026.1", say("洪格尔苏木人民政府")), "p1", person,
        materials, say("苏和"), "152523202202",
        proxy=events.Proxy(events.Person(say("那顺乌力吉"), "111", "152523198003020015", "13900000002"), "子女"),
    )  # fmt: skip
    kinds = (
        "case.supplement_asked", "case.accepted", "case.not_accepted", "case.extended", "case.suspended",
        "case.granted", "case.served",
    )  # fmt: skip
    history = tuple(
        HistoryLine(
            kind, events.name(kind), "2026-11-25T10:00:00+08:00", say("乌兰"), "152523-00", say("事由如此"),
            document_no=f"苏尼特左旗政服准〔2026〕{at}号",
        )
        for at, kind in enumerate(kinds, 1)
    )  # fmt: skip
    return Case(
        NUMBER, State.AT_POINT, collected, "2026-11-24T09:05:00+08:00", "152523202202-01", "1525232026112400000015",
        arrived_at="2026-11-25T09:00:00+08:00", accepted_at="2026-11-25T10:00:00+08:00",
        decided_at="2026-12-20T10:00:00+08:00",
        accepted=events.Accepted(say("乌兰"), say("洪格尔苏木人民政府"), "苏左受字〔2026〕1号"),
        supplement=events.SupplementAsked(say("乌兰"), "中心", (say("收入证明"), "户口簿"), dt.date(2026, 12, 5)),
        decision=events.Act(say("乌兰"), "中心", say("符合条件"), say("社会救助暂行办法§11")),
        suspended=events.Act(
            say("乌兰"), "中心", say("事由如此"), until=dt.date(2026, 12, 10), procedure=say("专家评审")
        ),
        extension=events.Act(say("乌兰"), "中心", say("事由如此"), approved_by=say("巴图")),
        turned_away=events.NotAccepted(
            say("乌兰"), "中心", say("事由如此"), competent=say("苏尼特左旗民政局")
        ),
        served=events.Served(
            say("乌兰"), OFFICE.point_name, say("卧病"), say("那顺乌力吉"), "子女", "直接送达", (say("低保证"),)
        ),
        history=history,
    )  # fmt: skip


def organ_papers(
    say: Say, office: OfficeFacts, *, is_copy: bool = True, know: Know = everything
) -> dict[str, Document]:
    """The organ's papers, as the point copies them or as the centre prints them."""
    held, law = know(case(say)), Law(know(item(say)), know(REGIME), holidays.seed())
    whose = organs.of_case(held, held.accepted.org if held.accepted else "", Register(), TODAY)
    matter = Matter(held, law, whose, office, PRINTED, is_copy)
    served = msgspec.structs.replace(matter, is_copy=False)
    keys = ("supplement", "accepted", "not-accepted", "decided", "extended", "suspended")
    return {key: organ.made(key, matter) for key in keys} | {"served": organ.made("served", served)}


def disclosure(say: Say) -> Disclosure:
    """A request on whose way every paper came up: mended, two asked for their opinion, extended, disclosed in part."""
    asked = DisclosureAsked(
        "SQ20261102-0001", "ABCD2345", say("阿拉坦其其格"), "152523195603020027", "13900000001",
        say("补奖资金发放名单"), say("纸质件"), way="post", address=say("一组"),
    )  # fmt: skip
    mend = Disclosing(
        say("乌兰"), text="\n".join((say("写明哪一年"), say("写明哪个苏木"))), until=dt.date(2026, 11, 10),
        number="苏左政开补〔2026〕1号",
    )  # fmt: skip
    extension = Disclosing(
        say("乌兰"), text=say("要征求意见"), until=dt.date(2027, 1, 6), approved=say("巴图"),
        number="苏左政开延〔2026〕1号",
    )  # fmt: skip
    withheld = (Withheld(say("户名、银行卡号"), "third", say("个人隐私")), Withheld("草稿", "not_one", say("不是记录")))
    reply = Disclosing(
        say("乌兰"), text=say("分嘎查提供金额"), verdict="part", where=say("旗政务服务中心公开窗口"),
        public=say("社员要知道金额"), withheld=withheld, files=(FileRef("0" * 64, say("发放表.pdf"), 1),),
        number="苏左政开答〔2026〕1号",
    )  # fmt: skip
    parties = (
        Party(say("洪格尔牧业专业合作社"), THIRD, "2026-11-12", "2026-12-03", "object", say("是隐私"), "2026-11-20"),
        Party(say("苏尼特左旗民政局"), ORGAN, "2026-11-13", "2026-12-04", "agree", answered="2026-11-18"),
    )
    came = (
        ("disclosure.registered", "02", ""), ("disclosure.mend_asked", "04", ""),
        ("disclosure.given_up", "05", "没有补正"), ("disclosure.consult_asked", "12", "名单"),
        ("disclosure.consult_asked", "13", "金额"),
        ("disclosure.extended", "23", "要征求意见"), ("disclosure.replied", "24", "分嘎查提供金额"),
    )  # fmt: skip
    history = tuple(
        Step(kind, events.name(kind), f"2026-11-{day}T10:00:00+08:00", "", say("乌兰"), "", say(words))
        for kind, day, words in came
    )
    return Disclosure(
        "disclosure:1", "replied", asked, "2026-11-02T09:00:00+08:00", "2027-01-06", say("苏尼特左旗农牧局"), True,
        "2027-01-06", say("分嘎查提供金额"), "part", history=history, counted="2026-11-09", mend=mend,
        mended=say("2025 年补奖资金发放名单和金额"), parties=parties, reply=reply, others=("SQ20261102-0002",),
        extension=extension, registered="2026-11-02",
    )  # fmt: skip


def disclosure_papers(say: Say, office: OfficeFacts, know: Know = everything) -> dict[str, Document]:
    """The papers about a request for disclosure, and the yearly report's tables."""
    asked, regime = know(disclosure(say)), know(next(one for one in CATALOGUE.regimes if one.code == "disclosure"))
    answers = organs.called(asked.org, NUMBER[:6], Register(), TODAY)
    made = {
        f"disclosed-{key}": disclosed.made(key, asked, answers, regime, office, PRINTED)
        for key in disclosed.titles(asked)
    }
    year = yearly.counted((msgspec.structs.replace(asked, state="answered", answered_at="2026-11-24"),), TODAY.year)
    return made | {"disclosed-year": disclosure_report.made(year, office.centre_name, office, PRINTED)}


def rows(say: Say, count: int = 3) -> tuple[CaseRow, ...]:
    return tuple(
        CaseRow(
            NUMBER, "1525232026112400000015", "collected", "已收件", say("阿拉坦其其格"), say("最低生活保障审核确认"),
            "2026-11-24T09:05:00+08:00", "2027-01-05", False, "none", False, say("苏和"),
        )
        for _ in range(count)
    )  # fmt: skip


def documents(say: Say, office: OfficeFacts = OFFICE, know: Know = everything) -> dict[str, Document]:
    """Those that are data, by name."""
    held, thing, end = know(case(say)), know(item(say)), (office, PRINTED)
    due = DueView(
        "服务承诺", dt.date(2027, 1, 5), "2027-01-05（还剩 28 个工作日）", lines=("2026-11-24 收件", say("起算"))
    )
    visit = records.Visit(
        "v", "booked", "2026-11-27",
        point_events.VisitBooked(
            say("阿拉坦其其格"), "13900000001", ITEM.task_code, say("身份证"), dt.date(2026, 11, 27), "上午",
            say("旗公安局"), "苏和", say("带户口簿"),
        ),
    )  # fmt: skip
    held_cases = (point_events.BundledCase(NUMBER, say("阿拉坦其其格"), say("低保"), 2, 3),)
    sealed = point_events.BundleSealed("B152523202202012611240", say("中心"), say("000123"), held_cases, say("苏和"))
    bundle = records.Bundle(
        "b", "taken", "2026-11-24", sealed, "2026-11-24T10:00:00+08:00",
        point_events.BundleHanded(say("巴图"), "13900000002", "苏和"), "2026-11-24T11:00:00+08:00",
        point_events.BundleTaken(say("乌兰"), say("中心"), (say("少一页"),)), "2026-11-24T15:00:00+08:00",
    )  # fmt: skip
    stick = know((point_events.StickFile(say("152523202202-01-1-34.DBS"), "0123456789abcdef" * 4),))
    trip = records.Trip(
        "t", "made", "2026-11-24", point_events.TripMade(TODAY, say("中心"), 200, 3, 2, 400, "苏和", (), say("雪大"))
    )
    roll = records.Roll(
        "r", "taken", "2026-11-24",
        point_events.RollTaken(
            say("2026 草畜平衡补贴"), 2026, ITEM.task_code, say("补贴"),
            tuple(point_events.RollRow(say("阿拉坦其其格"), "", values={"pasture": say("300")}) for _ in range(3)),
            "苏和",
        ),
    )  # fmt: skip
    person = PersonView(
        PersonRow("p", say("阿拉坦其其格"), "152523********0027", "139****0001", say("一组"), "1956-03-02", "女", 1),
        (say("其其格"),), (), (), (SeenLine("2026-11-24T09:00:00+08:00", say("苏和"), say("核对")),),
    )  # fmt: skip
    count = (Count(say("低保"), 12), Count(say("高龄津贴"), 3))
    view = FiguresView(
        "2026-01-01", "2026-11-24", 15, count, count, count, (ItemTime(say("低保"), 9, 12.5, 30, 8),), count, 9, 6
    )
    kit = Kit(
        rows(say), (HeldPaper(NUMBER, say("阿拉坦其其格"), say("户口簿")),),
        (Call(say("阿拉坦其其格"), "13900000001", say("来取")),), (visit,), (bundle,), 2, 5,
    )  # fmt: skip
    draft = Draft(
        "", events.Person(say("阿拉坦其其格")), proxy=held.collected.proxy,
        materials=tuple(DraftMaterial(one.code, at % 2 == 0) for at, one in enumerate(ITEM.materials)),
    )  # fmt: skip
    due, visit, bundle, trip = know(due), know(visit), know(bundle), know(trip)
    roll, person, view, kit, draft = know(roll), know(person), know(view), know(kit), know(draft)
    listed = know(rows(say))
    came = Brought("k", "2026-11-30T10:00:00+08:00", say("苏和"), held.collected.materials[:1], say("下午送来"))
    came = know(came)
    values = {"pasture": say("300")}
    line = know(rolls.RollLine(say("阿拉坦其其格"), "152523195603020027", "13900000001", say("一组"), values))
    agent = know(say("苏和"))
    made = {
        "notice": advance.notice(thing, draft, None, *end, day=TODAY),
        "brought": case_papers.brought(held, came, *end),
        "visit": advance.visit(visit, thing, *end),
        **organ_papers(say, office, know=know),
        **disclosure_papers(say, office, know),
        "entrusted": agency.entrusted(held, agent, *end),
        "promised": agency.promised(held, *end),
        "rating-slip": agency.rating_slip(held, *end, receipt_code.make(KEYS, NUMBER)),
        "deadline": case_papers.deadline_sheet(held, due, *end),
        "manifest": rounds.manifest(bundle, *end, receipt_code.make_bundle(KEYS, "B152523202202012611240"), stick),
        "trip-ledger": rounds.trip_ledger((trip, trip), 2026, *end),
        "sign-sheet": rounds.sign_sheet(say("签字册"), say("补贴"), (line, line), (NUMBER, NUMBER), *end, thing),
        "roll-notice": rounds.public_notice(roll, thing, 7, TODAY, *end),
        "ledger": ledgers.ledger(tuple((one, held) for one in listed), say("全部"), *end),
        "figures": ledgers.figures(view, *end),
        "held": ledgers.held_about(person, "152523 19560302 0027", "13900000001", listed, *end),
        "handover": ledgers.handover(kit, *end),
        "results": form_papers.results(listed, "2026 年 11 月", *end),
    }
    for key, form in paper_list.FORMS.items():
        typed = know({one.key: say(one.name) for one in form.asked})
        made[key] = form_papers.filled(key, typed, "F261124093000", *end, know(REMEDY))
    for paper in ("A4", "A5", "80mm", "58mm"):
        made[f"test-{paper}"] = advance.test_page(paper, *end, None)
    return made


def every(say: Say = lambda usual: usual, office: OfficeFacts = OFFICE) -> dict[str, bytes]:
    """All of them as PDF, by name."""
    return {name: draw() for name, draw in drawings(say, office).items()}


def drawings(say: Say, office: OfficeFacts = OFFICE, know: Know = everything) -> dict[str, Callable[[], bytes]]:
    """How each of them is drawn, by name."""
    office = know(office)
    made = {name: partial(document.draw, one) for name, one in documents(say, office, know).items()}
    for paper in Paper:
        made[f"receipt-{paper}"] = partial(receipt.receipt, know(receipt_facts(say, office)), paper)
    thing, regime = know(item(say)), know(REGIME)
    texts = {key: say(words) for key, words in MONGOLIAN.items()}
    made["guide"] = partial(guide.guide, guide.Chosen(thing, regime), CATALOGUE, office)
    made["guide-mongolian"] = partial(guide.guide, guide.Chosen(thing, regime, texts), CATALOGUE, office)
    made["booklet"] = partial(guide.booklet, [guide.Chosen(thing, regime, texts)], CATALOGUE, office)
    made["mongolian-proof"] = partial(proof.texts, texts, office)
    labels = [Label(one, words, say("那木吉拉"), "2026-11-24") for one, words in LABELS.items()]
    made["label-proof"] = partial(proof.labels, labels, office, PRINTED)
    return made


LONG = "阿拉坦其其格扎格达苏荣·额尔敦巴雅尔图那顺乌力吉孟克巴特尔"


@functools.cache
def drawn(kind: str = "") -> dict[str, bytes]:
    """All of them, drawn once for all tests of a run: with Mongolian "left", "above", "below", or with "long" words."""
    if kind == "long":
        return every(lambda usual: f"{usual}{LONG}")
    return every(office=bilingual(kind) if kind else OFFICE)


def bilingual(order: str) -> OfficeFacts:
    return msgspec.structs.replace(OFFICE, scripts=Scripts(order, 1.1, LABELS))
