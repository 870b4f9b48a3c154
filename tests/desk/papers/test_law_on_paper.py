"""Every paper of the organ, of every regime: by its own law, of its own organ, with its own remedy, and no other."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
from pathlib import Path

import msgspec
import pytest
from counter_steps import text_of
from organ_steps import ACTS, ITEMS, NUMBER, OFFICE, REGIMES, WHY, case, paper

from desk.folds import organ_papers, organs
from desk.folds.case_clocks import Law
from desk.law import holidays, redress
from desk.law.bodies.body import Body, Former, Kind
from desk.law.bodies.register import Register
from desk.law.catalogue import cited, load
from desk.law.catalogue.item import Item, Moment
from desk.law.divisions import load as divisions
from desk.log import events
from desk.printing import document
from desk.printing.organ import papers
from desk.printing.organ.matter import Matter

GOLDEN = Path(__file__).parent / "golden"
SEED = load.seed()
EVERY = [(code, act) for code in REGIMES for act in ACTS]
DAY = dt.date(2026, 12, 1)


def lines(pdf: bytes) -> list[str]:
    """The lines of a paper as they stand on it, blanks between words made one."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(line.split()) for line in done.stdout.decode().splitlines() if line.strip()]


def said(item: Item, act: str, *, is_copy: bool = False) -> str:
    """The words of a paper, without the breaks of its lines."""
    return "".join(text_of(document.draw(paper(item, act, is_copy=is_copy))).split())


def called(name: str) -> Item:
    return next(one for one in SEED.items if one.item_name == name)


@pytest.mark.parametrize("code", list(REGIMES))
def test_each_regime_has_its_golden_text(code: str) -> None:
    """After a wanted change write them anew with DAIBAN_GOLDEN=1 and look at the difference."""
    every = [one for act in ACTS for one in (f"== {act}", *lines(document.draw(paper(ITEMS[code], act))))]
    place, told = GOLDEN / f"{code}.txt", "\n".join(every) + "\n"
    if os.environ.get("DAIBAN_GOLDEN"):
        place.write_text(told, "utf-8")
    assert told == place.read_text("utf-8")


@pytest.mark.parametrize(("code", "act"), EVERY)
def test_it_is_headed_and_signed_by_its_organ_not_by_the_village(code: str, act: str) -> None:
    made = paper(ITEMS[code], act)
    organ = made.organ
    assert organ.startswith("苏尼特左旗")
    head, words = lines(document.draw(made))[0], said(ITEMS[code], act)
    assert head == organ
    assert words.count(organ) >= 2
    assert ("2026年11月25日" if act == "accepted" else "2026年11月30日") in words
    assert OFFICE.point_name not in words
    assert "副本" not in words


@pytest.mark.parametrize(("code", "act"), EVERY)
def test_no_licence_law_but_for_licences_and_no_remark_as_a_basis(code: str, act: str) -> None:
    words = said(ITEMS[code], act)
    own = {one.law for one in (*ITEMS[code].legal_basis, *REGIMES[code].cites)}
    if ITEMS[code].item_type != cited.LICENCE and "行政许可法" not in own:
        assert "行政许可法" not in words
    assert "监察" not in words
    assert "§" not in words
    for law in re.findall(r"《([^》]+)》第", words):
        assert law in own or (law == "行政许可法" and ITEMS[code].item_type == cited.LICENCE)


@pytest.mark.parametrize("code", list(REGIMES))
def test_a_refusal_prints_no_result_and_no_place_and_says_why_by_which_law_and_how_to_contest_it(code: str) -> None:
    item = msgspec.structs.replace(ITEMS[code], result_name="批准证书", delivery="窗口领取")
    for is_copy in (False, True):
        refused, granted = said(item, "refused", is_copy=is_copy), said(item, "granted", is_copy=is_copy)
        assert "批准证书" in granted
        for word in ("批准证书", "办理结果", "领取地点", "窗口领取"):
            assert word not in refused
        for word in ("不予", WHY, "依据", "救济途径"):
            assert word in refused
    turned = said(item, "not-accepted")
    assert "依据" in turned
    assert "救济途径" in turned
    assert "向苏尼特左旗水利局申请" in said(item, "elsewhere")


def test_the_remedy_is_that_of_the_kind_of_act() -> None:
    usual = said(called("最低生活保障审核确认"), "refused")
    assert "60日内向苏尼特左旗人民政府申请行政复议（行政复议法第二十条）" in usual
    assert "6个月内向苏尼特左旗人民法院提起行政诉讼（行政诉讼法第四十六条）" in usual
    award = said(called("农村土地（草场）承包纠纷仲裁申请"), "granted")
    assert "自收到裁决书之日起30日内向人民法院起诉" in award
    assert "农村土地承包经营纠纷调解仲裁法第四十八条" in award
    assert "不能申请行政复议" in award
    assert "申请行政复议（" not in award
    turned = said(called("农村土地（草场）承包纠纷仲裁申请"), "not-accepted")
    assert "农村土地承包经营纠纷调解仲裁法第四条" in turned
    aid = said(called("法律援助申请"), "refused")
    assert "可以向苏尼特左旗司法局提出" in aid
    assert "法律援助法第四十九条" in aid
    asked = said(called("政府信息公开申请"), "refused")
    assert "应当先自知道答复之日起60日内向苏尼特左旗人民政府申请行政复议（行政复议法第二十条、第二十三条）" in asked
    for name in ("不动产登记（宅基地、房屋、承包经营权）", "草原经营权流转备案", "农村牧区宅基地审批"):
        assert "应当先申请行政复议（行政复议法第二十三条）" in said(called(name), "refused")
    policy = said(called("政策性农牧业保险理赔报案"), "refused")
    assert "不是行政决定" in policy
    assert "行政诉讼" not in policy


def test_no_two_kinds_of_act_share_a_remedy_by_accident() -> None:
    """Of 34 guides with one remedy, those of other kinds have their own now, and every one names somebody."""
    register, where = Register(), divisions()
    told = {}
    for item in SEED.items:
        made = redress.told(item, REGIMES[item.regime], "152523202202", register, where, DAY)
        assert "{" not in made.remedy, item.item_name
        assert made.remedy
        told[item.item_name] = made.remedy
    usual = told["最低生活保障审核确认"]
    for name in ("法律援助申请", "政府信息公开申请", "农村土地（草场）承包纠纷仲裁申请", "政策性农牧业保险理赔报案"):
        assert told[name] != usual


def test_every_regime_of_the_sample_says_itself_how_it_is_contested() -> None:
    assert [code for code, one in REGIMES.items() if not one.remedy] == []


def test_who_reviews_goes_by_whose_act_it_is() -> None:
    banner = Body("152523000000-ZF", "苏尼特左旗人民政府", Kind.GOVERNMENT, "4", "152523")
    register, where = Register([banner]), divisions()
    own = redress.whom(banner, banner.name, "152523", register, where, DAY)
    assert (own.reviewer, own.court) == ("锡林郭勒盟行政公署", "锡林郭勒盟中级人民法院")
    below = redress.whom(None, "洪格尔苏木人民政府", "152523202202", register, where, DAY)
    assert (below.reviewer, below.court) == ("苏尼特左旗人民政府", "苏尼特左旗人民法院")
    league = Body("152500000000-BM01", "锡林郭勒盟民政局", Kind.DEPARTMENT, "3", "1525")
    above = redress.whom(league, league.name, "152523", register, where, DAY)
    assert (above.reviewer, above.court) == ("锡林郭勒盟行政公署", "有管辖权的人民法院")
    park = redress.whom(None, "管委会", "150172", register, where, DAY)
    assert park.reviewer == "有管辖权的行政复议机关"
    assert redress.whom(None, "某局", "", register, where, DAY) == redress.Whom()


def test_an_offices_own_words_about_a_remedy_go_before_its_regimes() -> None:
    item = msgspec.structs.replace(called("临时占用草原审核"), remedy="向{法院}起诉，由铁路法院受理。")
    assert "向苏尼特左旗人民法院起诉，由铁路法院受理。" in said(item, "refused")
    before = msgspec.structs.replace(
        called("法律援助申请"), remedy="对决定不服的，可自知道决定之日起 60 日内申请行政复议，或 6 个月内提起行政诉讼。"
    )
    assert "司法局" in said(before, "refused")
    nowhere = msgspec.structs.replace(called("法律援助申请"), remedy="", regime="没有发布")
    assert "向苏尼特左旗人民政府申请行政复议" in said(nowhere, "refused")


@pytest.mark.parametrize("act", ["extended", "suspended", "supplement"])
def test_a_notice_given_again_is_another_paper(act: str) -> None:
    item, (kind, data) = called("农村牧区宅基地审批"), ACTS[act]
    changed: dict[str, object] = {"missing": ("照片",)} if act == "supplement" else {"reasons": "另有原因"}
    first, found = said(item, act), case(item, act)
    again = msgspec.structs.replace(data, document_no="文9号", **changed)
    later = msgspec.structs.replace(found.history[-1], time="2026-12-02T10:00:00+08:00", document_no="文9号")
    fields = {"extended": "extension", "suspended": "suspended", "supplement": "supplement"}
    history = (*found.history, later)
    found = msgspec.structs.replace(found, history=history, **{fields[act]: again})
    whose = organs.of_case(found, "", Register(), DAY)
    law = Law(item, REGIMES[item.regime], holidays.seed())
    second = "".join(text_of(document.draw(papers.made(act, Matter(found, law, whose, OFFICE, "")))).split())
    assert kind == later.kind
    assert "文9号" in second
    assert "2026年12月2日" in second
    assert next(iter(changed.values())) in (("照片",), "另有原因")
    assert ("照片" in second or "另有原因" in second) is True
    assert "文9号" not in first


def test_how_long_until_when_and_who_let_it() -> None:
    item = called("农村牧区宅基地审批")
    longer = said(item, "extended")
    assert "办理期限延长10个工作日，到2027-01-" in longer
    assert "原来的期限2026-12-23（星期三）前" in longer
    assert "批准人巴图副局长" in longer
    assert "《行政许可法》第四十二条" in longer
    apart = said(item, "suspended")
    assert "特别程序专家评审" in apart
    assert "18天：自2026-12-01起，到2026-12-18止" in apart
    assert "《行政许可法》第四十五条" in apart


def test_the_day_that_a_notice_told_does_not_move_afterwards() -> None:
    """An extension is told once; that the case was suspended or decided later changes nothing in its paper."""
    item = called("农村牧区宅基地审批")
    found = case(item, "extended")
    line = msgspec.structs.replace(found.history[-1], kind="case.suspended", time="2026-12-02T10:00:00+08:00")
    end = msgspec.structs.replace(line, kind="case.resumed", time="2026-12-20T10:00:00+08:00")
    later = msgspec.structs.replace(found, history=(*found.history, line, end), decided_at="2026-12-21T10:00:00+08:00")
    law, whose = Law(item, REGIMES[item.regime], holidays.seed()), organs.of_case(found, "", Register(), DAY)
    told = [
        text_of(document.draw(papers.made("extended", Matter(one, law, whose, OFFICE, "")))) for one in (found, later)
    ]
    assert told[0] == told[1]


def test_clocks_that_were_published_before_they_said_a_remedy_have_that_of_their_kind() -> None:
    old = msgspec.structs.replace(REGIMES["disclosure"], cites=(), remedy="", name="政府信息公开（本旗）")
    made = redress.remedy(None, old, redress.Whom("甲", "乙"))
    assert "应当先自知道答复之日起 60 日内向甲申请行政复议" in made
    assert cited.by(Moment.EXTENDED, None, old)[0].article == "§33"
    own = msgspec.structs.replace(old, remedy="只按这个办。")
    assert redress.remedy(None, own, redress.Whom()) == "只按这个办。"


def test_a_paper_bears_the_name_that_its_organ_had_that_day() -> None:
    bureau = Body("152523000000-BM01", "苏尼特左旗农牧局", Kind.DEPARTMENT, "4", "152523")
    was = msgspec.structs.replace(bureau, former=(Former("苏尼特左旗农牧和科技局", dt.date(2026, 12, 31)),))
    found = case(called("兽药经营许可证核发"), "granted")
    whose = organs.of_case(found, "苏尼特左旗农牧和科技局", Register([was]), organ_papers.day_of(found, "decided"))
    assert whose.name == "苏尼特左旗农牧和科技局"
    assert organs.of_case(found, "", Register([was]), dt.date(2027, 2, 1)).name == "苏尼特左旗农牧局"


def test_a_basis_that_the_clerk_gave_stands_and_the_items_own_where_none_was() -> None:
    item = called("80 周岁以上老年人高龄津贴")
    assert "依据《老年人权益保障法》第三十三条" in said(item, "refused")
    found = case(item, "refused")
    given = msgspec.structs.replace(found.decision, basis="旗高龄津贴办法§3")
    found = msgspec.structs.replace(found, decision=given)
    law, whose = Law(item, REGIMES[item.regime], holidays.seed()), organs.of_case(found, "", Register(), DAY)
    words = "".join(text_of(document.draw(papers.made("decided", Matter(found, law, whose, OFFICE, "")))).split())
    assert "旗高龄津贴办法第三条" in words


def test_the_remedy_that_was_told_stays_as_it_was_told() -> None:
    item = called("最低生活保障审核确认")
    found = case(item, "not-accepted")
    away = events.NotAccepted("乌兰", "", WHY, "向某某复议，期限某某。")
    found = msgspec.structs.replace(found, turned_away=away)
    law, whose = Law(item, REGIMES[item.regime], holidays.seed()), organs.of_case(found, "", Register(), DAY)
    words = "".join(text_of(document.draw(papers.made("not-accepted", Matter(found, law, whose, OFFICE, "")))).split())
    assert "向某某复议，期限某某。" in words


def test_which_article_is_which() -> None:
    assert [cited.numeral(one) for one in (7, 10, 15, 20, 105, 110, 137, 1260)] == [
        "七", "十", "十五", "二十", "一百零五", "一百一十", "一百三十七", "一千二百六十",
    ]  # fmt: skip
    assert cited.in_full("行政许可法", "§32(四)") == "《行政许可法》第三十二条第四项"
    assert cited.in_full("民发〔2021〕57号", "") == "民发〔2021〕57号"
    licence = called("兽药经营许可证核发")
    assert cited.by(Moment.SUPPLEMENT, licence, REGIMES["veterinary"])[0].law == "行政许可法"
    assert cited.by(Moment.SUPPLEMENT, called("最低生活保障审核确认"), REGIMES["benefit"]) == ()


def test_the_papers_of_a_case_are_those_of_what_was_done() -> None:
    item = called("农村牧区宅基地审批")
    assert list(organ_papers.titles(case(item, "supplement"))) == ["supplement"]
    assert list(organ_papers.titles(case(item, "elsewhere"))) == ["not-accepted"]
    served = msgspec.structs.replace(case(item, "granted"), served=events.Served("乌兰", ""))
    assert list(organ_papers.titles(served)) == ["decided", "served"]
    assert NUMBER
