"""The power list: what is exercised against somebody is published there with bands and liability, and nobody can apply
for it."""

from __future__ import annotations

import io
from pathlib import Path

import httpx
import msgspec
import openpyxl
import pytest
from conftest import Served, full_draft, sync
from judged import WRITER, editors, publish, taken_over, waiting
from office import hidden_in, logged_in

from desk.app.open_desk import Desk
from desk.centre.drafting import item_drafts, sample
from desk.errors import RefusedError
from desk.law import codes
from desk.law.catalogue import load
from desk.law.catalogue.item import Band, Item, KnownNone, LegalBasis, ProxyMode
from desk.law.item_tables import written
from desk.law.item_tables.written import Told
from desk.papers.published_list import listing_of, signer_of
from desk.publication import manifest, writing

NAME, OFFICE = "对非法开垦草原的处罚", "苏尼特左旗林业和草原局"
BANDS = "1. 从轻：非法开垦不满10亩：处一千元罚款\n2. 从重：十亩以上：处五千元罚款（依据：自治区裁量基准）"
DUTIES = "1. 立案：发现线索七日内决定是否立案\n2. 告知：作出决定前告知当事人"
LIABILITY = "1. 没有法律依据实施处罚的；\n2. 违反法定程序的"
HEAD = (
    "序号", "权力类型", "权力名称", "实施编码", "实施主体", "行使层级", "设定依据", "裁量基准", "责任事项", "追责情形",
)  # fmt: skip
FULL = (OFFICE, "县级", "《草原法》§66：非法开垦", BANDS, DUTIES, LIABILITY)
ROWS = (
    (1, "行政处罚", NAME, "P-02-001", *FULL),
    (2, "行政检查", "草原防火检查", "P-06-001", OFFICE, "县级", "《草原法》§56：监督检查", "无", DUTIES, LIABILITY),
    (3, "行政处罚", "没有写全的处罚", "P-02-002", *FULL[:3], "", "", ""),
)


@pytest.fixture
def listed(served: Served) -> Served:
    """The list imported as an office publishes it, judged and in force."""
    sample.begin_without(served.centre)
    editors(served)
    book = openpyxl.Workbook()
    for row in (HEAD, *ROWS):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    with logged_in(served, WRITER.account) as editor:
        token = {"csrf": hidden_in(editor.get("/catalogue/drafts").text)["csrf"]}
        sent = editor.post("/catalogue/import", data=token, files={"file": ("权力清单.xlsx", file.getvalue())}).text
        taken = editor.post("/catalogue/import/take", data=token | hidden_in(sent) | {"name": "权力清单.xlsx"})
    assert "已收为草稿 3 条" in taken.text
    faulty = {one.draft.item.item_name: one.faults for one in waiting(served) if one.faults}
    assert list(faulty) == ["没有写全的处罚"]
    told = "；".join(faulty["没有写全的处罚"])
    assert all(words in told for words in ("没有写裁量分档", "没有写责任事项", "没有写法律责任"))
    publish(served)
    return served


def test_the_list_is_found_sorted_and_exported(listed: Served) -> None:
    get = lambda path, **asked: httpx.get(listed.address + path, params=asked).text  # noqa: E731
    page = get("/powers")
    assert page.index(NAME) < page.index("草原防火检查")  # by kind
    assert "对当事人行使" in page
    by_name = get("/powers", sort="name")
    assert by_name.index(">草原防火检查") > by_name.index(f">{NAME}")
    assert NAME not in get("/powers", kind="06")
    assert NAME in get("/powers", text="草原法 处罚")
    assert "没有找到" in get("/powers", text="没有的")
    one = get("/powers/P-02-001")
    for words in ("处五千元罚款", "自治区裁量基准", "七日内决定是否立案", "违反法定程序", "不能申请"):
        assert words in one
    assert "没有裁量幅度" in get("/powers/P-06-001")
    assert httpx.get(f"{listed.address}/powers/P-02-002").status_code == httpx.codes.NOT_FOUND
    table = get("/open/powers.csv")
    assert "处五千元罚款" in table
    whole = load.load(httpx.get(f"{listed.address}/open/powers.json").content)
    assert {item.task_code: len(item.bands) for item in whole.items} == {"P-02-001": 2, "P-06-001": 0}


def test_nobody_can_apply_for_one(listed: Served, desk: Desk) -> None:
    assert httpx.get(f"{listed.address}/items/P-02-001").status_code == httpx.codes.NOT_FOUND
    assert "还没有公布办事事项" in httpx.get(f"{listed.address}/items").text
    sync(desk)
    (one, _) = (row for row in desk.items() if row.item.item_type in codes.AGAINST)
    assert "群众不能申请" in one.refusal
    assert one.item.liability  # travelled with it
    sample.take(listed.centre, WRITER.account)
    sync(desk)
    with pytest.raises(RefusedError) as caught:
        desk.register(full_draft(desk, task_code=one.item.task_code, fields={}, materials=()))
    assert any("群众不能申请" in one.text for one in caught.value.problems)


def test_a_power_goes_the_road_of_every_version(listed: Served) -> None:
    fields = {"liability": ("没有法律依据实施处罚的（行政处罚法§76）",)}
    item_drafts.change(listed.centre, WRITER.account, "改法律责任", {"P-02-001": fields})
    assert "行政处罚法§76" not in httpx.get(f"{listed.address}/powers/P-02-001").text
    taken_over(listed)
    assert "行政处罚法§76" in httpx.get(f"{listed.address}/powers/P-02-001").text


def test_what_is_written_of_a_power_is_read_again() -> None:
    basis = (LegalBasis("草原法", "§66"),)
    bands = (Band("b1-1", "从轻", "初次", "罚款100元"), Band("b1-2", "从重", "再次", "罚款500元", "基准"))
    item = Item("P", NAME, "02", "4", "林草局", ProxyMode.PROXY, "", 1, load.seed().issued_on, legal_basis=basis)
    item = msgspec.structs.replace(item, bands=bands, duties=("立案", "告知"), liability=("违法的",))
    words = written.words_of(item)
    again, said = written.filled(written.blank(item.effective_from), {key: Told(text) for key, text in words.items()})
    assert said == []
    assert (again.bands, again.duties, again.liability) == (bands, item.duties, item.liability)
    none = msgspec.structs.replace(item, bands=(), none_of=(KnownNone("bands"),))
    again, _ = written.filled(item, {"bands": Told(written.words_of(none)["bands"])})
    assert (again.bands, again.none_of) == ((), (KnownNone("bands"),))
    _, said = written.filled(item, {"bands": Told("说不清")})
    assert "没有分清档次" in said[0].text


def test_a_desk_writes_the_power_list_into_its_static_site(listed: Served, desk: Desk, tmp_path: Path) -> None:
    sync(desk)
    folder = tmp_path / "site"
    writing.publish(listing_of(desk.session), folder, signer_of(desk.session), lambda _: None, lambda: False)
    made = manifest.check(folder)
    paths = {one.path for one in made.files}
    assert {"powers.html", "powers.csv", "powers.json", "powers/P-02-001.html", "powers/P-06-001.html"} <= paths
    assert made.powers == len([one for one in paths if one.startswith("powers/")])
    index, page = ((folder / one).read_text("utf-8") for one in ("powers.html", "powers/P-02-001.html"))
    assert "对当事人行使，不用申请" in index
    assert 'href="powers/P-02-001.html"' in index
    assert "没有写全的处罚" not in index
    said = ("处一千元罚款", "自治区裁量基准", "作出决定前告知当事人", "违反法定程序的", OFFICE, "《草原法》§66")
    assert [words for words in said if words not in page] == []
    assert "没有裁量幅度" in (folder / "powers/P-06-001.html").read_text("utf-8")
    assert not (folder / "items/P-02-001.html").exists()  # nobody applies for it
    powers = load.load((folder / "powers.json").read_bytes()).items
    assert {one.task_code for one in powers} >= {"P-02-001", "P-06-001"}
    assert NAME in (folder / "powers.csv").read_text("utf-8-sig")
    assert 'href="powers.csv"' in (folder / "download.html").read_text("utf-8")
