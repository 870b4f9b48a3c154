"""Lists and guides brought in at the centre: looked at, kept as drafts, mended, published, undone; written out."""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import msgspec
import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import follow, form_of
from conftest import PASSWORD, Served, both_databases, sync
from judged import OTHER, WHY, decided, editors, filed, heard, publish, waiting
from office import hidden_in, logged_in
from office_documents import docx, packed, xlsx
from playwright.sync_api import sync_playwright

from desk.app.open_desk import Desk
from desk.centre.drafting import approving, item_drafts
from desk.centre.node import publishing
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.law.catalogue import load
from desk.law.catalogue.item import KnownNone, Limit, Unit

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
KEEP = os.environ.get("DAIBAN_PICTURES", "")
EVERY = len({one.task_code for one in load.seed().items})
REAL = Path(__file__).parents[3] / "desk" / "law" / "item_tables" / "real_list.csv"
APPROVED = {"all.approved_by": "旗委编办", "all.filed_no": "编备〔2026〕1号", "all.filed_on": "2026-11-01"}
SAID = {"all.proxy_mode": "可代办", "all.visits": "1", "all.visits_note": "递交材料", "all.regime": "行政许可"}
LIST: Sequence[Sequence[object]] = (
    ["某某旗代办事项清单"],
    ["序号", "事项名称", "权力类型", "设定依据", "实施主体", "所需材料", "办理时限", "要打的电话"],
    [1, "牧草种子经营许可", "行政许可", "《草原法》第二十九条", "旗林业和草原局",
     "1.申请表\n2.身份证（原件1份，复印件1份）", "２０个工作日", "0479-2512345"],
    [2, "婚姻登记", "行政确认", "《婚姻登记条例》第四条", "苏尼特左旗民政局", "户口簿", "即办", "0479-2519999"],
    [3, "某某处罚", "行政处罚", "《草原法》第六十五条", "旗林业和草原局", "", "", ""],
    ["注：本清单自公布之日起施行。"],
)  # fmt: skip


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "bian", "其木格", PASSWORD, "编办", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as client:
        yield client


def token(editor: httpx.Client) -> dict[str, str]:
    return {"csrf": hidden_in(editor.get("/catalogue/drafts").text)["csrf"]}


def upload(editor: httpx.Client, path: Path) -> httpx.Response:
    return editor.post("/catalogue/import", data=token(editor), files={"file": (path.name, path.read_bytes())})


def take(editor: httpx.Client, page: str, **more: str) -> httpx.Response:
    return editor.post("/catalogue/import/take", data=form_of(page) | more)


def words(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


@both_databases
def test_a_list_from_the_file_to_the_desk(served: Served, editor: httpx.Client, desk: Desk, tmp_path: Path) -> None:
    looked = upload(editor, xlsx(tmp_path / "清单.xlsx", {"清单": LIST}, ["A1:H1"]))
    assert "新增 2，有变化 1，与现行的一样 0，读不成事项 0" in looked.text
    assert "第 6 行没有取（表下面的说明）" in looked.text
    assert "要打的电话" in looked.text  # nobody knows what it is
    meant = form_of(looked.text) | {"means.0": "enquiry_phone"} | SAID | APPROVED
    again = editor.post("/catalogue/import/again", data=meant)
    assert "没有认出的栏名" not in again.text
    taken = take(editor, again.text, **SAID, **APPROVED)
    assert "已收为草稿 3 条" in taken.text
    assert "行政处罚没有写法律责任" in taken.text
    assert "可以送审 2" in words(taken.text)
    told = {"every": "1", "reason": WHY.reason, "document": WHY.document, "note": WHY.note}
    assert "已送审 2 条" in editor.post("/catalogue/drafts/send", data=token(editor) | told).text
    codes = [one.draft.item.task_code for one in waiting(served) if not one.faults]
    editors(served)
    heard(served, codes)
    decided(served, codes)
    approving.approve(served.centre, OTHER, codes, filed(served, "编备〔2026〕1号"), "旗2026.2")
    sync(desk)
    items = {one.item_name: one for one in desk.session.items.values()}
    seeds = items["牧草种子经营许可"]
    assert (seeds.promised_limit, seeds.enquiry_phone) == (Limit(20, Unit.WORKDAY), "0479-2512345")
    assert [one.name for one in seeds.materials] == ["申请表", "身份证"]
    assert (seeds.regime, seeds.approved_by) == ("licence", "旗委编办")
    assert items["婚姻登记"].version == 2
    assert "某某处罚" not in items
    left = editor.get("/catalogue/drafts").text
    assert "某某处罚" in left
    assert "牧草种子经营许可" not in left
    # The heading is known from now on.
    assert "没有认出的栏名" not in upload(editor, xlsx(tmp_path / "又.xlsx", {"清单": LIST})).text


@both_databases
def test_an_import_is_undone_in_one_step_and_what_it_replaced_is_back(
    served: Served, editor: httpx.Client, tmp_path: Path
) -> None:
    rows = [["事项名称", "实施主体", "咨询电话"], ["甲事项", "旗农牧局", "1111111"]]
    take(editor, upload(editor, xlsx(tmp_path / "一.xlsx", {"a": rows})).text)
    rows[1][2] = "2222222"
    second = take(editor, upload(editor, xlsx(tmp_path / "二.xlsx", {"a": rows})).text)
    assert "其中 1 条代替了以前没有发布的草稿" in second.text
    (waits,) = waiting(served)
    assert (waits.draft.item.enquiry_phone, waits.file) == ("2222222", "二.xlsx")
    undone = editor.post(f"/catalogue/imports/{waits.run}/undo", data=token(editor))
    assert "已撤销，1 条草稿没有了。以前的 1 条草稿又回来了" in undone.text
    (waits,) = waiting(served)
    assert waits.draft.item.enquiry_phone == "1111111"
    editor.post(f"/catalogue/imports/{waits.run}/undo", data=token(editor))
    assert waiting(served) == []


def test_a_heading_that_was_taken_wrongly_is_put_right_and_remembered(
    served: Served, editor: httpx.Client, tmp_path: Path
) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"a": [["事项名称", "实施主体", "地址"], ["甲", "旗农牧局", "0479-2512345"]]})
    page = upload(editor, path).text
    at = next(name for name, value in form_of(page).items() if name.startswith("head.") and value == "地址")
    told = form_of(page) | {at.replace("head", "means"): "enquiry_phone"}
    again = editor.post("/catalogue/import/again", data=told).text
    take(editor, editor.post("/catalogue/import/again", data=form_of(again)).text)  # looking twice forgets nothing
    (waits,) = waiting(served)
    assert (waits.draft.item.place, waits.draft.item.enquiry_phone) == ("", "0479-2512345")
    with served.centre.database.read() as db:
        assert item_drafts.taught(db) == {"地址": "enquiry_phone"}


def test_all_or_nothing_by_choice(served: Served, editor: httpx.Client, tmp_path: Path) -> None:
    rows = [["事项名称", "实施主体"], ["甲事项", "旗农牧局"], ["甲事项", "旗农牧局"]]
    looked = upload(editor, xlsx(tmp_path / "一.xlsx", {"a": rows})).text
    assert "第 3 行：与第 2 行名称和实施主体相同。请去掉一行或改正。" in looked
    refused = take(editor, looked, whole="1")
    assert (refused.status_code, "一条也没有收" in refused.text) == (409, True)
    assert waiting(served) == []
    assert "已收为草稿 1 条" in take(editor, looked).text


def test_a_draft_is_mended_and_two_people_at_once_are_told(
    served: Served, editor: httpx.Client, tmp_path: Path
) -> None:
    guide = [
        ["事项名称", "丙事项"],
        ["申请材料", "身份证复印件2份"],
        ["办理时限", "看情况"],
        ["咨询电话", "0479-2512345"],
    ]
    taken = take(editor, upload(editor, docx(tmp_path / "指南.docx", "丙事项办事指南", guide)).text)
    assert "不是期限" in taken.text
    (waits,) = waiting(served)
    path = f"/catalogue/drafts/{waits.key}"
    page = editor.get(path).text
    assert "没有写实施主体" in page
    told = {"originals": "1", "copies": "0", "need": "required"}
    typed = form_of(page) | {f"materials.1.{key}": text for key, text in told.items()}
    typed |= {
        "materials.0.originals": "0",
        "materials.1.name": "申请表",
        "promised_limit": "5 个工作日",
        "org_name": "旗农牧局",
        "item_type": "公共服务事项",
        "exercise_level": "县级",
        "proxy_mode": "可代办",
        "regime": "filing",
        "legal_basis.0.law": "草原法",
        "legal_basis.0.article": "§40",
        "legal_basis.0.text": "临时占用",
        "steps.0.name": "受理",
        "steps.0.post": "窗口",
        "steps.0.limit": "即办",
        "steps.1.name": "决定",
    }
    assert "收费" in page.partition("<h2>没有写明的<")[2].partition("</section>")[0]
    free = editor.post(path, data=typed | {"none.fees": "1"})
    assert (free.status_code, "没有写依据" in free.text) == (409, True)
    typed |= {"none.fees": "1", "basis.fees": "行政许可法§58", "place": "无"}
    wrong = editor.post(path, data=typed | {"promised_limit": "不久"})
    beside = wrong.text.partition('id="said-promised_limit"')[2].partition("</div>")[0]
    assert (wrong.status_code, "“不久”不是期限" in beside) == (409, True)
    assert form_of(wrong.text)["materials.1.name"] == "申请表"  # what was typed is kept
    saved = editor.post(path, data=typed)
    assert "草稿已存" in saved.text
    assert 'aria-label="丙事项 服务指南，第 1 / ' in saved.text  # the printed guide stands beside it
    (waits,) = waiting(served)
    item = waits.draft.item
    assert waits.faults == ()
    assert item.none_of == (KnownNone("fees", "行政许可法§58"), KnownNone("place"))
    assert "收费" not in saved.text.partition("<h2>没有写明的<")[2].partition("</section>")[0]
    assert "项没有写明" in editor.get("/catalogue/drafts").text
    assert [(one.name, one.originals, one.copies) for one in item.materials] == [
        ("身份证复印件", 0, 2),
        ("申请表", 1, 0),
    ]
    assert [one.name for one in item.steps] == ["受理", "决定"]
    stale = editor.post(path, data=typed | {"place": "别处"})
    assert (stale.status_code, "刚刚被别人改过" in stale.text) == (409, True)
    publish(served)
    assert waiting(served) == []
    assert served.centre.publications.items[item.task_code].none_of == item.none_of
    assert "没有这份草稿" in editor.get(path).text
    assert "没有选草稿" in editor.post("/catalogue/drafts/send", data=token(editor)).text


def test_a_draft_with_faults_is_not_sent(served: Served, editor: httpx.Client, tmp_path: Path) -> None:
    take(editor, upload(editor, xlsx(tmp_path / "a.xlsx", {"a": [["事项名称", "实施主体"], ["甲", "旗农牧局"]]})).text)
    (waits,) = waiting(served)
    refused = editor.post("/catalogue/drafts/send", data=token(editor) | {"key": waits.key})
    assert (refused.status_code, "有 1 条还要改：甲：" in refused.text) == (409, True)
    assert "草稿已删掉" in editor.post(f"/catalogue/drafts/{waits.key}/drop", data=token(editor)).text
    assert waiting(served) == []


def test_a_law_that_is_not_so_is_not_sent(served: Served, editor: httpx.Client, tmp_path: Path) -> None:
    rows = [["事项名称", "实施主体", "设定依据"], ["甲", "旗农牧局", "《中华人民共和国草原法》第九百条"]]
    take(editor, upload(editor, xlsx(tmp_path / "a.xlsx", {"a": rows})).text)
    assert any("草原法§900" in one for one in waiting(served)[0].faults)


def test_a_version_that_waits_for_its_day_stays_above(served: Served, editor: httpx.Client, tmp_path: Path) -> None:
    stands = next(one for one in load.seed().items if one.item_name == "婚姻登记")
    later = msgspec.structs.replace(
        stands, version=stands.version + 1, effective_from=dt.date(2099, 1, 1), place="后来"
    )
    publishing.catalogue(served.centre, "", msgspec.structs.replace(load.seed(), items=(stands, later), regimes=()))
    rows = [["事项名称", "咨询电话"], ["婚姻登记", "0479-2512345"]]
    take(editor, upload(editor, xlsx(tmp_path / "a.xlsx", {"a": rows})).text)
    publish(served)
    with served.centre.database.read() as db:
        served.centre.publications.refresh(served.centre.node, db)
    offered = served.centre.publications.offered[stands.task_code]
    assert offered.on(served.centre.today()).enquiry_phone == "0479-2512345"
    assert offered.on(dt.date(2099, 1, 2)).place == "后来"


def test_the_real_list(served: Served, editor: httpx.Client) -> None:
    looked = upload(editor, REAL)
    assert "新增 1135，有变化 0，与现行的一样 0，读不成事项 0；有疑问的 2 行" in looked.text
    taken = take(editor, looked.text)
    assert "已收为草稿 1135 条" in taken.text
    assert "第 1 / 12 页" in taken.text
    assert "共 1 条" in editor.get("/catalogue/drafts", params={"text": "适龄儿童"}).text or "适龄儿童" in taken.text


@pytest.mark.parametrize("kind", ["bomb", "entities", "text", "nothing", "photo"])
def test_what_is_no_table_is_refused_in_words(editor: httpx.Client, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.docx"
    if kind == "bomb":
        packed(path, "<w:document>" + " " * (65 << 20) + "</w:document>")
    elif kind == "entities":
        packed(path, '<!DOCTYPE a [<!ENTITY b "c">]><w:document>&b;</w:document>')
    elif kind == "text":
        docx(path, "今天天气很好。")
    else:
        path.write_bytes(b"" if kind == "nothing" else b"\xff\xd8\xff\xe0 photo")
    answer = upload(editor, path)
    wanted = {
        "bomb": "太大",
        "entities": "不该有",
        "text": "没有认出事项",
        "nothing": "没有选文件",
        "photo": "这是照片",
    }
    assert wanted[kind] in answer.text
    assert answer.status_code == (200 if kind == "text" else 409)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\\b\\清单.xlsx", "..", "长" * 300 + ".xlsx", "\0"])
def test_a_strange_name_of_a_file_harms_nothing(editor: httpx.Client, tmp_path: Path, name: str) -> None:
    data = xlsx(tmp_path / "a.xlsx", {"a": [["事项名称", "实施主体"], ["甲", "旗农牧局"]]}).read_bytes()
    answer = editor.post("/catalogue/import", data=token(editor), files={"file": (name, data)})
    assert answer.status_code in (200, 409)
    again = editor.post(
        "/catalogue/import/again", data=form_of(upload(editor, tmp_path / "a.xlsx").text) | {"name": name}
    )
    assert "新增 1" in again.text


def test_what_is_written_out_comes_in_as_nothing_new(editor: httpx.Client, tmp_path: Path) -> None:
    for kind in ("xlsx", "csv"):
        made = editor.get(f"/catalogue/export.{kind}")
        path = tmp_path / f"out.{kind}"
        path.write_bytes(made.content)
        assert f"新增 0，有变化 0，与现行的一样 {EVERY}" in upload(editor, path).text
    book = openpyxl.load_workbook(io.BytesIO(editor.get("/catalogue/export.xlsx").content))
    assert book.active.max_row == EVERY + 1
    sent = {"file": ("x.json", editor.get("/catalogue/export.json").content)}
    assert f"新增 0，有变化 0，不变 {EVERY}" in editor.post("/catalogue/preview", data=token(editor), files=sent).text


def test_everybody_may_have_the_items_and_what_they_mean(served: Served) -> None:
    with httpx.Client(base_url=served.address) as herder:
        found = load.load(herder.get("/open/catalogue.json").content)
        assert len(found.items) == EVERY - 1  # one of them does not take cases today
        lines = herder.get("/open/items.csv").content.decode("utf-8-sig")
        assert lines.startswith("序号,事项名称,事项类型")
        schema = json.loads(herder.get("/open/catalogue.schema.json").content)
        assert schema["$defs"]["Item"]["properties"]["materials"]["description"] == "申请材料"


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
@pytest.mark.xdist_group("browser")
def test_an_editor_presses_it_all_once(served: Served, editor: httpx.Client, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "代办事项清单.xlsx", {"清单": LIST}, ["A1:H1"])
    guide = [["事项名称", "兽药经营许可证换发"], ["申请材料", "1.申请表2.身份证等相关材料"], ["办理时限", "看情况"]]
    document = docx(tmp_path / "指南.docx", "兽药经营许可证换发办事指南", guide)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(base_url=served.address).new_page()
        page.set_viewport_size({"width": 1366, "height": 768})

        def look(name: str) -> None:
            for label, wide, high in (("desktop", 1366, 768), ("phone", 360, 740)):
                page.set_viewport_size({"width": wide, "height": high})
                assert page.evaluate("document.documentElement.scrollWidth") <= wide, (name, label)
                if KEEP:
                    page.screenshot(path=f"{KEEP}/{name}-{label}.png", full_page=True)
            page.set_viewport_size({"width": 1366, "height": 768})
            found = Axe().run(page).response["violations"]
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []

        page.goto("/login")
        page.fill("#account", "bian")
        page.fill("#password", PASSWORD)
        follow(page.locator("button.main"))
        follow(page.locator("nav >> text=目录"))
        follow(page.locator("text=从清单、指南导入"))
        look("empty")
        page.set_input_files("#file", path)
        follow(page.locator("text=上传并查看"))
        page.select_option("select[name='means.0']", "enquiry_phone")
        look("dry-run")
        page.select_option("select[name='all.regime']", "行政许可")
        follow(page.locator("text=照这样再看一次"))
        follow(page.locator("button:has-text('收为草稿')"))
        look("drafts")
        page.set_input_files("#file", document)
        follow(page.locator("text=上传并查看"))
        follow(page.locator("button:has-text('收为草稿')"))
        follow(page.locator("a:has-text('兽药经营许可证换发')"))
        look("draft")
        page.locator("#list-materials [data-row=add]").click()
        page.keyboard.type("二寸照片")
        page.keyboard.press("Enter")  # another row
        page.keyboard.type("申请书")
        page.locator("#list-materials .row:last-child [data-row=up]").click()
        page.locator("#beside .sheets >> text=二寸照片").first.wait_for()
        page.locator("#copy-materials summary").click()
        page.fill("#find-materials", "hydj")
        page.keyboard.press("Enter")
        page.locator("#copy-materials .offers button").first.click()
        page.locator("#copy-materials button:has-text('加入勾选的')").click()
        page.locator("#beside .sheets >> text=双方居民身份证").first.wait_for()
        page.fill("#promised_limit", "不久")
        follow(page.locator(".savebar button"))
        assert "不是期限" in page.inner_text("#said-promised_limit")
        rows = page.locator("#list-materials .lines [name$='.name']")
        assert [rows.nth(at).input_value() for at in (2, 3)] == ["申请书", "二寸照片"]
        page.fill("#promised_limit", "5 个工作日")
        page.fill("#org_name", "旗农牧局")
        follow(page.locator(".savebar button"))
        assert "草稿已存" in page.inner_text("main")
        follow(page.locator("text=← 导入和草稿"))
        page.check("input[aria-label='送审婚姻登记']")
        page.select_option("#reason", "amended")
        page.fill("#document", "旗政发〔2026〕8号")
        page.fill("#note", "换了电话")
        follow(page.locator("text=送审勾选的"))
        assert "已送审 1 条" in page.inner_text("main")
        follow(page.locator("button[aria-label^='撤销导入 指南']"))
        assert "已撤销，1 条草稿没有了" in page.inner_text("main")
        browser.close()
