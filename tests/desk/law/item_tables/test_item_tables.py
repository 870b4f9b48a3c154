"""Lists and guides of items as offices make them: what each becomes, trait by trait, and the real ones."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema_rs  # comes with schemathesis
import msgspec
import pytest
from office_documents import docx, xlsx

from desk.law.bodies.body import Body, Kind
from desk.law.bodies.register import Register
from desk.law.catalogue import known, load
from desk.law.catalogue.item import (
    Exercise,
    Exerciser,
    Item,
    KnownNone,
    LegalBasis,
    Limit,
    Need,
    ProxyMode,
    Step,
    Unit,
)
from desk.law.item_tables import bases, columns, drafts, export, limits, papers, procedure, reading, splitting, written
from desk.law.item_tables.drafts import Draft, Known
from desk.law.item_tables.reading import Reading
from desk.law.item_tables.written import Told
from desk.words import as_written, spreadsheet
from desk.words.sheets import opening
from desk.words.sheets.grid import Watch

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 28)
SEED = load.seed()
STANDING = list({one.task_code: one for one in SEED.items}.values())  # one version of each
BUREAU = Body("11152523000000001A", "旗农牧局", Kind.DEPARTMENT, "4", "152523")
BLANK = written.blank(TODAY)
GUIDES = {one["id"]: one for one in json.loads((HERE / "real_guides.json").read_bytes())["items"]}


def beside(items: Sequence[Item] = ()) -> Known:
    regimes = {one.code: one for one in SEED.regimes}
    return Known({one.task_code: one for one in items}, regimes, Register([BUREAU]), TODAY, "NM152523")


def read(
    path: Path, *items: Item, general: dict[str, str] | None = None, taught: dict[str, str] | None = None
) -> Reading:
    return reading.read(opening.read_any(path, Watch()), beside(items), general or {}, taught or {})


def listed(folder: Path, *rows: Sequence[object], merged: Sequence[str] = (), **other: Any) -> Reading:
    return read(xlsx(folder / "清单.xlsx", {"清单": rows}, merged), **other)


def sentences(draft: Draft) -> str:
    return "\n".join(one.sentence() for one in draft.findings)


HEAD = ("序号", "权力类型", "事项名称", "设定依据", "实施主体")


def test_a_power_list_with_title_and_notes_under_the_table(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        ["附件1"],
        ["某某旗行政权力清单（2026年版）"],
        HEAD,
        [1, "行政许可", "临时占用草原\n审核", "《中华人民共和国草原法》第四十条", "旗林业和草原局"],
        [
            2,
            "其他行政权力",
            "草原经营权流转备案",
            "《土地承包法》第三十六条、《草原法》第十五条第二款",
            "苏木乡镇人民政府",
        ],
        ["合计", "", "2项"],
        ["注：本表由旗委编办负责解释，自公布之日起施行。"],
        ["填表人：乌云", "", "联系电话：0479-2512345"],
    )
    first, second = found.drafts
    assert (first.row, first.item.item_name, first.item.item_type) == (4, "临时占用草原审核", "01")
    assert first.item.legal_basis == (LegalBasis("中华人民共和国草原法", "§40"),)
    assert (first.item.regime, first.item.exercise_level) == ("licence", "4")
    assert [(one.law, one.article) for one in second.item.legal_basis] == [
        ("土地承包法", "§36"),
        ("草原法", "§15第二款"),
    ]
    assert second.item.exercised_by == Exercise(Exerciser.TOWNSHIPS)
    assert second.item.exercise_level == "5"
    (part,) = found.parts
    assert (part.heading_row, [one.row for one in part.asides]) == (3, [1, 2, 6, 7, 8])


def test_a_cell_merged_down_says_the_same_in_each_row(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        HEAD,
        [1, "行政确认", "出生登记", "《户口登记条例》第七条", "旗公安局"],
        [2, "", "死亡登记", "《户口登记条例》第八条", ""],
        merged=("B2:B3", "E2:E3"),
    )
    assert [(one.item.item_type, one.item.org_name) for one in found.drafts] == [("07", "旗公安局")] * 2


def test_rows_under_one_merged_name_are_one_item_with_several_materials(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        ("序号", "事项名称", "申请材料", "办理时限"),
        [1, "残疾人证核发", "1.申请表", "10个工作日"],
        ["", "", "2.身份证复印件2份", ""],
        ["", "", "3.照片3张", ""],
        [2, "婚姻登记", "户口簿", "即办"],
        merged=("A2:A4", "B2:B4", "D2:D4"),
    )
    first, second = found.drafts
    assert [(one.name, one.originals, one.copies) for one in first.item.materials] == [
        ("申请表", 1, 0),
        ("身份证复印件", 0, 2),
        ("照片", 3, 0),
    ]
    assert second.item.promised_limit == written.INSTANT


def test_a_heading_of_two_rows_and_sub_items(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        ("序号", "主项名称", "子项名称", "办理时限", ""),
        ("", "", "", "法定", "承诺"),
        [1, "食品经营许可", "食品经营许可证核发", "20个工作日", "10个工作日"],
        [2, "", "食品经营许可证补办", "20个工作日", "即办"],
        merged=("A1:A2", "B1:B2", "C1:C2", "D1:E1", "B3:B4"),
        taught={"法定": "statutory_limit", "承诺": "promised_limit"},
    )
    assert [one.item.item_name for one in found.drafts] == ["食品经营许可证核发", "食品经营许可证补办"]
    assert found.drafts[0].item.statutory_limit == Limit(20, Unit.WORKDAY)
    assert [one.item.case_type for one in found.drafts] == ["2", "1"]


def test_rows_that_name_what_follows(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        ("序号", "事项名称", "实施主体"),
        ["一、行政许可（共1项）"],
        [1, "动物防疫条件合格证核发", "旗农牧局"],
        ["二、行政给付（共1项）"],
        [2, "临时救助", "旗民政局"],
        merged=("A2:C2", "A4:C4"),
    )
    assert [one.item.item_type for one in found.drafts] == ["01", "05"]
    assert found.drafts[0].item.exercised_by == Exercise(Exerciser.BODY, BUREAU.code)


def test_full_width_digits_are_plain(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        ("序号", "事项名称", "承诺时限", "咨询电话", "申请材料"),
        [
            "１",
            "８０周岁以上老年人高龄津贴",
            "２０个工作日",
            "０４７９－２５１２３４５",
            "１．身份证复印件３份２．申请表１份",
        ],
    )
    (one,) = found.drafts
    assert one.item.item_name == "80周岁以上老年人高龄津贴"
    assert one.item.promised_limit == Limit(20, Unit.WORKDAY)
    assert one.item.enquiry_phone.startswith("0479")
    assert [(m.originals, m.copies) for m in one.item.materials] == [(0, 3), (1, 0)]


@pytest.mark.parametrize(
    ("text", "limit", "words"),
    [
        ("20个工作日", Limit(20, Unit.WORKDAY), ""),
        ("二十个工作日", Limit(20, Unit.WORKDAY), ""),
        ("２０ 个工作日（不含公示）", Limit(20, Unit.WORKDAY, "不含公示"), ""),
        ("即办", Limit(0, Unit.INSTANT), ""),
        ("当场办结", Limit(0, Unit.INSTANT), ""),
        ("30天", Limit(30, Unit.DAY), ""),
        ("3个月", Limit(3, Unit.MONTH), ""),
        ("自受理之日起60个工作日内", Limit(60, Unit.WORKDAY, "自受理之日起60个工作日内"), ""),
        ("15", Limit(15, Unit.WORKDAY), "没有写单位"),
        ("2个工作日受理,13个工作日核验", None, "几个期限"),
        ("尽快", None, "不是期限"),
        ("村委会(居委会)于 5 个工作日内初审", Limit(5, Unit.WORKDAY, "村委会(居委会)于 5 个工作日内初审"), ""),
        ("无", None, ""),
    ],
)
def test_limits(text: str, limit: Limit | None, words: str) -> None:
    found, notes = limits.read(text)
    assert found == limit
    assert words in "".join(one.text for one in notes)
    assert bool(words) == bool(notes)


def test_a_unit_in_the_heading_and_two_limits_in_a_cell(tmp_path: Path) -> None:
    found = listed(tmp_path, ("事项名称", "承诺时限（天）", "办理时限"), ["婚姻登记", 5, ""])
    assert found.drafts[0].item.promised_limit == Limit(5, Unit.DAY)
    found = listed(tmp_path, ("事项名称", "办理时限"), ["婚姻登记", "法定办结时限：20个工作日；承诺办结时限：即办"])
    item = found.drafts[0].item
    assert (item.statutory_limit, item.promised_limit) == (Limit(20, Unit.WORKDAY), written.INSTANT)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1.申请表\n2、身份证；3．户口簿", ["申请表", "身份证", "户口簿"]),
        ("①申请表②身份证", ["申请表", "身份证"]),
        ("（1）身份证；（2）结婚证；(3)户口簿", ["身份证", "结婚证", "户口簿"]),
        ("申请人应当提供的材料为:1.申请书2、身份证", ["申请书", "身份证"]),
        ("（一）申请表（二）面积2.5公顷的证明", ["申请表", "面积2.5公顷的证明"]),
        ("身份证、户口本、3张2寸白底照片、申请表", ["身份证", "户口本", "3张2寸白底照片", "申请表"]),
        ("申请表；身份证；", ["申请表", "身份证"]),
        ("居民\n身份证", ["居民", "身份证"]),
        ("上午8:30-12:00.下午14:30", ["上午8:30-12:00.下午14:30"]),
    ],
)
def test_several_materials_in_a_cell(text: str, names: list[str]) -> None:
    assert splitting.things(text) == names


def test_what_a_line_of_materials_says() -> None:
    made, notes = papers.read(
        "1.申请书（含授权）\n2.身份证（原件1份，复印件2份，核验后退还）\n3.照片（原件2份，容缺后补）"
    )
    assert [(m.name, m.originals, m.copies, m.need, m.returned) for m in made] == [
        ("申请书（含授权）", 1, 0, Need.REQUIRED, False),
        ("身份证", 1, 2, Need.REQUIRED, True),
        ("照片", 2, 0, Need.MAY_FOLLOW, False),
    ]
    assert "1 份材料没有写份数" in notes[0].text
    assert len({one.code for one in made}) == 3
    assert "具体" in papers.read("身份证等相关材料")[1][-1].todo


def test_steps_and_arrows() -> None:
    made = procedure.read("申请→受理（窗口，2个工作日）→送达")
    assert [(one.name, one.post, one.limit) for one in made] == [
        ("申请", "", None),
        ("受理", "窗口", Limit(2, Unit.WORKDAY)),
        ("送达", "", None),
    ]


def test_steps_with_dashes() -> None:
    assert [one.name for one in procedure.read("申请——受理——发证")] == ["申请", "受理", "发证"]


def test_fees_and_bases() -> None:
    assert bases.fees("不收费") == ((), ())
    assert "没有写标准" in bases.fees("是")[1][0].text
    assert bases.fees("工本费：20元（依据：居民身份证法）")[0][0].basis == "居民身份证法"
    nested = bases.read("《内蒙古自治区实施<中华人民共和国土地管理法>办法》第三十六条")
    assert nested == (LegalBasis("内蒙古自治区实施<中华人民共和国土地管理法>办法", "§36"),)
    assert bases.read("《特困人员认定办法》（民发〔2021〕43号）")[0].law == "特困人员认定办法（民发〔2021〕43号）"


def test_what_cannot_be_an_item_is_told_with_row_and_how_to_mend_it(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        HEAD,
        [1, "行政许可", "甲事项", "《草原法》", "旗农牧局"],
        [2, "行政许可", "甲事项", "《草原法》", "旗农牧局"],
        [3, "天晓得", "乙事项", "《草原法》", "旗农牧局"],
    )
    assert [one.is_lost for one in found.drafts] == [False, True, False]
    assert sentences(found.drafts[1]) == "第 3 行：与第 2 行名称和实施主体相同。请去掉一行或改正。"
    assert "第 4 行 B 列：“天晓得”对不上，没有取。可写：" in sentences(found.drafts[2])
    assert "没有写事项类型" in drafts.lacks(found.drafts[2].item, beside().regimes, ())


def test_a_power_against_somebody_wants_what_the_power_list_says(tmp_path: Path) -> None:
    found = listed(tmp_path, HEAD, [1, "行政处罚", "对毁坏草原的处罚", "《草原法》第六十五条", "旗林业和草原局"])
    told = "；".join(drafts.lacks(found.drafts[0].item, beside().regimes, ()))
    assert all(words in told for words in ("没有写裁量分档", "没有写责任事项", "没有写法律责任"))
    assert "时限规则" not in told  # nobody applies for it


def test_a_heading_that_nobody_knows_is_taught_once(tmp_path: Path) -> None:
    rows = (("事项名称", "实施主体", "要带的东西"), ["婚姻登记", "旗民政局", "户口簿"])
    before = listed(tmp_path, *rows)
    assert [one.text for one in before.unknown] == ["要带的东西"]
    after = listed(tmp_path, *rows, taught={"要带的东西": "materials"})
    assert not after.unknown
    assert after.drafts[0].item.materials[0].name == "户口簿"


def test_what_somebody_says_for_the_whole_table(tmp_path: Path) -> None:
    general = {
        "regime": "行政许可",
        "proxy_mode": "仅帮办",
        "visits_note": "交材料",
        "filed_on": "2026-11-01",
        "item_type": "20",
    }
    found = listed(tmp_path, HEAD, [1, "", "甲", "《草原法》", "旗农牧局"], general=general)
    item = found.drafts[0].item
    assert (item.regime, item.proxy_mode, item.item_type) == ("licence", ProxyMode.ASSIST, "20")
    assert item.filed_on == dt.date(2026, 11, 1)
    assert drafts.lacks(item, beside().regimes, ()) == []


def test_what_stands_already_is_only_changed_where_the_table_says_so(tmp_path: Path) -> None:
    stands = next(one for one in SEED.items if one.item_name == "婚姻登记")
    path = xlsx(tmp_path / "a.xlsx", {"清单": [("事项名称", "咨询电话"), ["婚姻登记", "0479-2512345"]]})
    (draft,) = read(path, *SEED.items).drafts
    assert (draft.before, draft.fields) == (stands.version, ("咨询电话",))
    assert (draft.item.task_code, draft.item.version) == (stands.task_code, stands.version + 1)
    assert draft.item.materials == stands.materials
    assert draft.item.exercised_by == stands.exercised_by


def test_the_real_list_comes_in_whole() -> None:
    found = read(HERE / "real_list.csv")
    assert len(found.drafts) == 1135
    assert not any(one.is_lost for one in found.drafts)
    assert not found.unknown
    assert all(one.item.org_name and one.item.item_type and one.item.exercise_level == "4" for one in found.drafts)
    doubles = [one for one in found.drafts if one.findings]
    assert len(doubles) == 2  # two pairs of one name and one organ, with codes of their own
    assert {one.findings[0].kind for one in doubles} == {as_written.Kind.DOUBT}


def test_the_real_power_list_of_a_county(tmp_path: Path) -> None:
    one = GUIDES["nm-qingshuihe-2020-34"]
    found = read(docx(tmp_path / "清单.docx", one["name"], [one["columns"], *one["rows_raw"]]))
    (part, *_) = found.parts
    assert [heading.target for heading in part.headings] == [
        "ignored", "item_name", "item_type", "legal_basis", "org_name", "ignored",
    ]  # fmt: skip
    items = [draft.item for draft in found.drafts]
    assert [item.item_name for item in items] == [row[1] for row in one["rows_raw"]]
    assert {(item.item_type, item.exercise_level, item.regime) for item in items} == {("01", "5", "licence")}
    assert items[0].exercised_by == Exercise(Exerciser.TOWNSHIPS)
    assert items[1].legal_basis == (
        LegalBasis("中华人民共和国土地管理法", "§62"),
        LegalBasis("内蒙古自治区实施<中华人民共和国土地管理法>办法", "§36"),
    )


# -- guides ------------------------------------------------------------------------------------------------------

FIELDS = {
    "name": "事项名称", "issuer": "实施主体", "legal_basis_raw": "设定依据", "conditions_raw": "受理条件",
    "materials_raw": "申请材料", "steps_raw": "办理流程", "time_limit_raw": "办理时限", "place_raw": "办理地点",
    "hours_raw": "办理时间", "phone": "咨询电话",
}  # fmt: skip
FIVE = ("nm-naiman-dibao", "nm-otog-linshi", "nm-ewenki-xinihexi-jianyi", "hn-minquan-canji", "ln-anshan-tekun")


def fields(key: str) -> list[tuple[str, str]]:
    told = GUIDES[key]
    texts = ((words, told[name]) for name, words in FIELDS.items() if name in told)
    return [(words, text if isinstance(text, str) else "\n".join(text)) for words, text in texts]


@pytest.fixture(params=["sheet", "document", "text"])
def guide(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Makes a real guide one of three ways: a sheet, a table in a document, plain text in a document."""

    def made(key: str) -> Item:
        told, name = fields(key), GUIDES[key]["name"]
        if request.param == "sheet":
            path = xlsx(tmp_path / "g.xlsx", {"指南": told})
        elif request.param == "document":
            path = docx(tmp_path / "g.docx", f"{name}办事指南", [list(one) for one in told])
        else:
            numbered = zip("一二三四五六七八九十", told, strict=False)
            lines = [line for at, (words, text) in numbered for line in (f"{at}、{words}", *text.split("\n"))]
            path = docx(tmp_path / "g.docx", *lines)
        (draft,) = read(path).drafts
        return draft.item

    return made


def test_the_guide_of_dibao(guide: Any) -> None:
    item = guide("nm-naiman-dibao")
    assert item.item_name == "最低生活保障（简称“低保”）"
    assert [one.name[:7] for one in item.materials] == [
        "申请城乡低保的",
        "申请人身份证、",
        "申请人填写的申",
    ]  # numbered 1. 2、 3、
    assert len(item.steps) == 6
    assert item.steps[5].duty.startswith("公示期满无异议的")
    assert (item.promised_limit.count, item.promised_limit.unit) == (60, Unit.WORKDAY)
    assert item.exercise_level == "5"


def test_the_guide_of_linshi(guide: Any) -> None:
    item = guide("nm-otog-linshi")
    assert item.item_name == "临时救助"
    assert len(item.steps) == 3
    assert item.place.count("0477-") == 6
    assert item.hours == "上午8:30-12:00.下午14:30-17:30(节假日除外)"


def test_the_guide_of_jianyi(guide: Any) -> None:
    item = guide("nm-ewenki-xinihexi-jianyi")
    assert item.legal_basis == (LegalBasis("中华人民共和国动物防疫法"),)
    assert len(item.acceptance_conditions) == 4  # three are numbered, the fourth is a line of its own
    assert [one.name for one in item.steps] == ["现场检查要求"]
    assert item.place == "锡尼河西苏木农牧业技术推广服务中心"


def test_the_guide_of_canji(guide: Any) -> None:
    item = guide("hn-minquan-canji")
    assert [(one.originals, one.copies) for one in item.materials] == [(1, 1), (1, 0), (1, 0), (5, 0)]
    assert [one.name for one in item.steps][:3] == ["申请", "残疾评定", "受理"]
    assert len(item.steps) == 7


def test_the_guide_of_tekun(guide: Any) -> None:
    item = guide("ln-anshan-tekun")
    assert len(item.materials) == 5
    assert item.acceptance_conditions[0].startswith("城乡老年人、残疾人和未成年人")  # whom it concerns is kept
    assert item.acceptance_conditions[1:] == (
        "无劳动能力", "无生活来源", "无法定赡养、抚养、扶养义务人或者其法定义务人无履行义务能力",
    )  # fmt: skip
    assert [one.law[:4] for one in item.legal_basis] == ["社会救助", "进一步健", "特困人员"]


def test_a_guide_with_pairs_side_by_side_and_a_table_of_materials(tmp_path: Path) -> None:
    path = docx(
        tmp_path / "指南.docx",
        "兽药经营许可证核发办事指南",
        [
            [("事项名称", 1, ""), "兽药经营许可证核发", "事项类型", "行政许可"],
            ["办件类型", "承诺件", "实施主体", "旗农牧局"],
            [("申请材料", 1, "restart"), "材料名称", "材料形式", "份数"],
            [("", 1, "continue"), "申请表", "原件", "2"],
            [("", 1, "continue"), "营业执照", "复印件", "1"],
            ["法定办结时限", "30个工作日", "承诺办结时限", "20个工作日"],
            [("办理地点", 1, ""), ("旗政务服务中心\n二楼 3 号窗口", 3, "")],
        ],
    )
    (draft,) = read(path).drafts
    item = draft.item
    assert (item.item_name, item.item_type, item.org_name) == ("兽药经营许可证核发", "01", "旗农牧局")
    assert [(one.name, one.originals, one.copies) for one in item.materials] == [("申请表", 2, 0), ("营业执照", 0, 1)]
    assert (item.statutory_limit, item.promised_limit) == (Limit(30, Unit.WORKDAY), Limit(20, Unit.WORKDAY))
    assert item.place == "旗政务服务中心二楼 3 号窗口"


def test_a_guide_of_two_fields_is_no_list(tmp_path: Path) -> None:
    told = [["事项名称", "农机购置与应用补贴办理步骤"], ["办理流程", "1.申请\n2.核验"]]
    (draft,) = read(xlsx(tmp_path / "g.xlsx", {"指南": told})).drafts
    assert (draft.item.item_name, len(draft.item.steps)) == ("农机购置与应用补贴办理步骤", 2)


def test_twelve_guides_in_one_document(tmp_path: Path) -> None:
    blocks = [
        block
        for at in range(12)
        for block in (f"事项{at}办事指南", [["设定依据", "《草原法》"], ["申请材料", "申请表"], ["办理时限", "即办"]])
    ]
    found = read(docx(tmp_path / "十二.docx", *blocks))
    assert [one.item.item_name for one in found.drafts] == [f"事项{at}" for at in range(12)]


def test_a_list_in_a_document(tmp_path: Path) -> None:
    rows = [["序号", "代办事项", "所需材料", "办理时限"], ["1", "高龄津贴", "身份证\n照片2张", "20个工作日"]]
    (draft,) = read(docx(tmp_path / "清单.docx", "代办事项清单", rows)).drafts
    assert (draft.item.item_name, len(draft.item.materials), draft.row) == ("高龄津贴", 2, 2)


# -- out and in again --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_written_out_comes_in_unchanged(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"目录.{kind}"
    path.write_bytes(spreadsheet.workbook([export.table(STANDING)]) if kind == "xlsx" else export.as_csv(STANDING))
    found = read(path, *STANDING)
    assert not found.unknown
    assert [(one.item.item_name, one.fields) for one in found.drafts if one.fields] == []
    assert [one.item for one in found.drafts] == STANDING


def test_what_is_not_known_goes_out_as_nothing_and_what_is_none_as_that() -> None:
    bare = msgspec.structs.replace(STANDING[0], **{key: getattr(BLANK, key) for key in known.NONE_WORDS}, none_of=())
    assert not any(written.words_of(bare)[key] for key in known.NONE_WORDS)
    none = tuple(KnownNone(key, "行政许可法§58" if key == "fees" else "") for key in known.NONE_WORDS)
    words = written.words_of(msgspec.structs.replace(bare, none_of=none))
    assert words["fees"] == "不收费（依据：行政许可法§58）"
    again, said = written.filled(bare, {key: Told(words[key]) for key in known.NONE_WORDS})
    assert set(again.none_of) == set(none)
    assert not said
    charged, _ = written.filled(again, {"fees": Told("工本费：20元（依据：居民身份证法）")})
    assert known.none_said(charged, "fees") is None


@pytest.mark.parametrize("words", ["不收费", "免费", "否"])
def test_free_of_charge_without_its_basis_is_asked_for_and_not_stated(words: str) -> None:
    made, said = written.filled(BLANK, {"fees": Told(words)})
    assert known.standing(made, "fees") is known.Standing.UNKNOWN
    assert "没有写依据" in said[0].text
    once, _ = written.filled(BLANK, {"fees": Told("不收费（依据：法律援助法§2）")})
    again, said = written.filled(once, {"fees": Told(words)})
    assert again == once
    assert not said


def test_a_dash_says_nothing_and_a_column_of_bases_belongs_to_the_fee(tmp_path: Path) -> None:
    head = (*HEAD, "是否收费", "收费依据", "申请材料")
    rows = [["1", "行政许可", f"事项{at}", "《草原法》", "旗农牧局", *told] for at, told in enumerate(
        (("否", "行政许可法§58", "/"), ("/", "/", "无"), ("/", "行政许可法§58", "")))]  # fmt: skip
    free, untold, odd = (one.item for one in listed(tmp_path, head, *rows).drafts)
    assert free.none_of == (KnownNone("fees", "行政许可法§58"),)
    assert untold.none_of == (KnownNone("materials"),)
    assert odd.none_of == odd.fees == ()


def test_a_step_that_is_not_counted_says_why_in_a_table_too() -> None:
    steps = (Step("s1-1", "公示", "嘎查", "张榜", uncounted="公示期，法定"), Step("s1-2", "送达", "", ""))
    words = procedure.written(steps)
    assert "公示（嘎查，不计入时限：公示期、法定）：张榜" in words
    first, last = procedure.read(words)
    assert (first.uncounted, first.post, first.limit) == ("公示期、法定", "嘎查", None)
    assert last.uncounted == ""
    assert procedure.read(words, steps)[0].uncounted == "公示期、法定"
    assert procedure.read("公示（5天）", steps)[0].uncounted == ""


def test_every_column_that_goes_out_is_known_when_it_comes_in() -> None:
    known_as = columns.known_as(export.headings()[1:], {})
    assert [known_as.get(at) for at in range(len(export.keys()))] == list(export.keys())


def test_the_json_is_what_its_schema_says() -> None:
    data = export.as_json(SEED)
    jsonschema_rs.validate(export.schema(), json.loads(data))
    assert load.load(data) == SEED
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validate(export.schema(), json.loads(data) | {"items": [{"task_code": 1}]})
    assert export.schema()["$defs"]["Item"]["properties"]["steps"]["description"] == "办理流程"
    assert msgspec.json.decode(data)["version"] == SEED.version
