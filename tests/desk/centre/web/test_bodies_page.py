"""The page of bodies: the banner seeded with one press, filled in, published; renamed, merged and closed from a day on;
looked at in a browser in both widths."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from banner import BUREAU, HERE, THERE, published, seeded, stands
from browsing import follow
from conftest import PASSWORD, Served, sync
from counter_steps import text_of
from judged import taken_over
from office import hidden, hidden_in, logged_in
from playwright.sync_api import Page, sync_playwright

from desk.app.open_desk import Desk
from desk.centre.node import publishing
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.law.catalogue import load
from desk.law.catalogue.item import Exercise, Exerciser, Place

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
KEEP = os.environ.get("DAIBAN_PICTURES", "")
PATH = f"/bodies/{THERE}"


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "bian", "其木格", PASSWORD, "编办", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as client:
        yield client


def form(client: httpx.Client, path: str) -> dict[str, str | list[str]]:
    """What the form of a body would send as it stands."""
    text = client.get(path).text.partition('<form class="card" method="post"')[2].partition("</form>")[0]
    fields: dict[str, str | list[str]] = dict(hidden_in(text))
    for name in ("name", "division", "short_names", "since", "address", "hours", "enquiry_phone", "complaint_phone"):
        shown = re.search(rf'name="{name}" value="([^"]*)"', text)
        fields |= {name: shown.group(1)} if shown else {}  # the name of a published body is changed by a step
    for name in ("kind", "level", "above"):
        chosen = re.search(rf'<select id="{name}".*?value="([^"]*)" selected', text, re.DOTALL)
        fields[name] = chosen.group(1) if chosen else ""
    rows = text.count('name="section"')
    return fields | {name: [""] * rows for name in ("section", "post", "holder", "post_phone")}


def save(client: httpx.Client, path: str, **typed: str | list[str]) -> httpx.Response:
    return client.post(path, data=form(client, path) | typed)


def publish(client: httpx.Client) -> httpx.Response:
    return client.post("/bodies/publish", data={"csrf": hidden(client, "/bodies")["csrf"]})


def test_a_banner_from_nothing(served: Served, editor: httpx.Client, desk: Desk) -> None:
    empty = editor.get("/bodies").text
    assert "名录里还没有机构" in empty
    token = {"csrf": hidden_in(empty)["csrf"]}
    made = editor.post("/bodies/seed", data=token | {"banner": "152523"})
    assert re.search("已起草 \\d\\d+ 个机构", made.text)
    assert "查干敖包镇便民服务中心" in made.text
    assert published(served) == 0
    assert "都在名录里了" in editor.post("/bodies/seed", data=token | {"banner": "152523"}).text
    assert editor.post("/bodies/seed", data=token | {"banner": "1525"}).status_code == 409
    assert "新增，待发布" in editor.get(PATH).text
    posts = {"section": ["社会事务办"], "post": ["副镇长"], "holder": ["巴图"], "post_phone": ["0479-2522222"]}
    kept = save(editor, PATH, address="敖包路 8 号", hours="工作日 9:00—17:00", **posts, in_charge="0")
    assert "草稿已存" in kept.text
    assert "已发布" in publish(editor).text
    sync(desk)
    known = desk.session.bodies.get(THERE)
    assert known
    assert (known.address, known.leader) == ("敖包路 8 号", "副镇长 巴图")


def test_what_is_wrong_is_told_beside_its_field_and_not_published(served: Served, editor: httpx.Client) -> None:
    seeded(served)
    before = published(served)
    wrong = save(editor, PATH, enquiry_phone="见公示栏", level="4")
    assert "还有 2 处要改" in wrong.text
    assert re.search('id="enquiry_phone"[^>]*aria-invalid="true" aria-describedby="w-enquiry_phone"', wrong.text)
    assert '<p class="refused" id="w-enquiry_phone">咨询电话“见公示栏”不像电话号码' in wrong.text
    assert "查干敖包镇人民政府" in editor.get("/bodies?only=faults").text
    refused = publish(editor)
    assert (refused.status_code, published(served)) == (409, before)
    assert "没有发布，草稿都在" in refused.text
    assert "草稿已撤回" in editor.post(f"{PATH}/drop", data=hidden(editor, PATH)).text
    assert "没有要发布的" in publish(editor).text


def test_a_new_department_gets_a_code_and_a_place_in_the_tree(served: Served, editor: httpx.Client) -> None:
    seeded(served)
    path = "/bodies/new"
    made = save(editor, path, name="苏尼特左旗民政局", short_names="民政局、旗民政局", above="152523000000-ZF")
    assert "草稿已存" in made.text
    second = save(editor, path, name="苏尼特左旗林业和草原局", above="152523000000-ZF")
    assert "/bodies/152523000000-BM01" in second.text
    assert "已经是" in save(editor, path, name="又一个", code="152523000000-BM").text
    assert "不是机构代码" in save(editor, path, name="又一个", code="../..").text
    listed = editor.get("/bodies?text=民政").text
    assert "152523000000-BM" in listed
    assert "林业和草原局" not in listed
    assert "已发布 2 条" in publish(editor).text
    assert stands(served, "152523000000-BM").short_names == ("民政局", "旗民政局")


def test_renamed_merged_and_closed_from_a_day_on(served: Served, editor: httpx.Client) -> None:
    seeded(served)

    def step(path: str, what: str, **typed: str) -> str:
        return editor.post(f"{path}/{what}", data=hidden(editor, path) | typed).text

    assert "草稿已存" in step(PATH, "rename", name="查干敖包苏木人民政府", day="2027-01-01")
    body = stands(served, THERE)
    assert [str(one.until) for one in body.former] == ["2026-12-31"]
    assert "曾用名" in editor.get(PATH).text
    assert "请填写新的名称" in step(PATH, "rename", name="", day="")
    merged = step(f"/bodies/{HERE}", "merge", into=THERE, day="2027-01-01")
    assert "由 查干敖包苏木人民政府 接办" in merged
    assert "请选择并入" in step(PATH, "merge", into="", day="2027-01-01")
    assert "下级机构" in step("/bodies/152523102000-ZF", "close", day="2027-01-01")
    assert "日期太早" in step(PATH, "close", day="0001-01-01")
    assert "没有这种操作" in step(PATH, "blow-up")
    editor.post("/bodies/152523102000-ZF/drop", data=hidden(editor, "/bodies"))
    assert "已发布 2 条" in publish(editor).text
    assert "已撤并 1" in editor.get("/bodies").text


def test_two_editors_do_not_overwrite_each_other(served: Served, editor: httpx.Client) -> None:
    seeded(served)
    mine = form(editor, PATH)
    save(editor, PATH, hours="全年")
    late = editor.post(PATH, data=mine | {"hours": "周一"})
    assert (late.status_code, "被别人改过" in late.text) == (409, True)
    assert stands(served, THERE).hours == "全年"
    assert 'value="周一"' in late.text  # what was typed is not lost


def test_only_editors_come_in_and_unknown_bodies_are_absent(served: Served, editor: httpx.Client) -> None:
    assert editor.get("/bodies/152523999000-ZF").status_code == httpx.codes.NOT_FOUND
    assert ">机构</a>" in editor.get("/catalogue").text
    with logged_in(served, "wulan") as clerk:
        assert "不归您的岗位" in clerk.get("/bodies").text
        assert ">机构</a>" not in clerk.get("/cases").text


def test_everybody_reads_who_handles_it_where(served: Served, editor: httpx.Client) -> None:
    seeded(served)
    save(editor, PATH, address="敖包路 8 号", enquiry_phone="0479-2522222")
    publish(editor)
    code = next(one.task_code for one in load.seed().items if one.item_name == "临时救助")
    page = httpx.get(f"{served.address}/items/{code}").text
    assert "<dd>各苏木乡镇、街道</dd>" in page
    assert re.search("查干敖包镇人民政府.*敖包路 8 号.*0479-2522222", page, re.DOTALL)
    assert page.count("洪格尔") == len(("its line", "its guide"))  # one of many
    paper = httpx.get(f"{served.address}/items/{code}/guide.pdf?place={THERE[:9]}")
    assert "查干敖包镇人民政府" in text_of(paper.content)
    assert "洪格尔" not in text_of(paper.content)
    assert "各苏木乡镇、街道" in text_of(httpx.get(f"{served.address}/items/{code}/guide.pdf").content)
    assert "查干敖包镇便民服务中心" not in page
    for place in ("x", "999999999", "9" * 60):
        assert httpx.get(f"{served.address}/items/{code}/guide.pdf?place={place}").status_code == httpx.codes.OK


def test_who_exercises_which_item_is_said_in_one_look(served: Served, editor: httpx.Client, desk: Desk) -> None:
    assert "机构名录还没有发布" in editor.get("/bodies/items").text
    seed = load.seed()
    newest = {one.task_code: one for one in reversed(seed.items)}.values()
    plain = tuple(msgspec.structs.replace(one, exercised_by=None, version=2) for one in newest)
    publishing.catalogue(served.centre, "", msgspec.structs.replace(seed, version="旗2", items=plain))
    seeded(served, msgspec.structs.replace(BUREAU, name="苏尼特左旗公安局"))
    shown = [editor.get("/bodies/items", params={"at": at}).text for at in (1, 2)]  # a hundred a page
    rows = [
        (re.findall('name="code" value="([^"]*)"', one), re.findall('name="who" value="([^"]*)"', one)) for one in shown
    ]
    guessed = {code: words for codes, who in rows for code, words in zip(codes, who, strict=True)}
    by_name = {one.item_name: one.task_code for one in plain}
    relief, birth = by_name["临时救助"], by_name["出生登记"]
    assert guessed[relief] == "各苏木乡镇、街道"
    assert guessed[birth] == "苏尼特左旗公安局"
    assert guessed[by_name["婚姻登记"]] == ""
    token = {"csrf": hidden_in(shown[0])["csrf"]}
    wrong = editor.post("/bodies/items", data=token | {"code": rows[0][0], "who": ["没有的局", *rows[0][1][1:]]})
    assert (wrong.status_code, "机构名录里没有“没有的局”" in wrong.text) == (409, True)
    told = [token | {"code": codes, "who": who, "domicile": [birth]} for codes, who in rows]
    done = [editor.post("/bodies/items", data=one).text for one in told]
    assert any(re.search("已收为草稿 \\d+ 项", one) for one in done)
    assert all("没有改动" in editor.post("/bodies/items", data=one).text for one in told)
    sync(desk)
    assert desk.session.items[relief].exercised_by is None  # nobody publishes alone
    taken_over(served)
    sync(desk)
    items = desk.session.items
    assert items[relief].exercised_by == Exercise(Exerciser.TOWNSHIPS)
    assert items[birth].exercised_by == Exercise(Exerciser.BODY, BUREAU.code, Place.DOMICILE)
    assert (items[relief].version, desk.session.catalogue.version) == (3, "旗2026.2")
    # A file that says nothing of it, as offices have them, takes nothing back.
    editor.get("/catalogue")  # it reads what was published
    stands = served.centre.publications.items.values()
    silent = tuple(msgspec.structs.replace(one, exercised_by=None) for one in stands)
    file = msgspec.json.encode(msgspec.structs.replace(seed, version="旗3", items=silent))
    sent = {"file": ("x.json", file, "application/json")}
    assert f"有变化 0，不变 {len(plain)}" in editor.post("/catalogue/preview", data=token, files=sent).text


def test_an_administrator_is_shown_departments_that_are_no_body(served: Served) -> None:
    guard.add_clerk(served.centre, "gly", "管理员", PASSWORD, "林草局", frozenset({Role.ADMIN}))
    with logged_in(served, "gly") as client:
        assert "机构名录里没有" not in client.get("/users").text
        seeded(served)
        assert "机构名录里没有“林草局”" in client.get("/users").text
        fixed = hidden(client, "/users") | {"org": "查干敖包镇人民政府", "roles": "admin"}
        client.post("/users/gly/change", data=fixed)
        after = client.get("/users").text
        assert "机构名录里没有“林草局”" not in after
        assert THERE in after


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
@pytest.mark.xdist_group("browser")
def test_an_editor_presses_it_all_once(served: Served, desk: Desk, editor: httpx.Client) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(base_url=served.address, java_script_enabled=False).new_page()
        page.goto("/login")
        page.fill("#account", "bian")
        page.fill("#password", PASSWORD)
        follow(page.locator("button.main"))
        follow(page.locator("nav >> text=机构"))
        follow(page.locator("text=起草全旗机构"))
        page.click("summary >> text=查干敖包镇")
        follow(page.locator("a >> text=查干敖包镇人民政府"))
        page.fill("#address", "敖包路 8 号")
        page.fill("#enquiry_phone", "0479-2522222")
        page.fill("#post-0", "副镇长")
        page.check("input[name=in_charge][value='0']")
        follow(page.locator("text=存为草稿"))
        assert "草稿已存" in page.inner_text("main")
        follow(page.locator("text=← 机构"))
        follow(page.locator("button >> text=发布"))
        assert "已发布" in page.inner_text("main")
        browser.close()
    sync(desk)
    known = desk.session.bodies.get(THERE)
    assert known
    assert (known.address, known.enquiry_phone, known.leader) == ("敖包路 8 号", "0479-2522222", "副镇长")


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
@pytest.mark.xdist_group("browser")
def test_it_fits_and_can_be_read_aloud(served: Served, editor: httpx.Client) -> None:
    seeded(served)
    save(editor, PATH, enquiry_phone="见公示栏", name_mn="ᠰᠤᠮᠤ", section=["办", "", ""], post=["", "", ""])
    editor.post(f"/bodies/{HERE}/rename", data=hidden(editor, f"/bodies/{HERE}") | {"name": "洪格尔镇人民政府"})
    code = next(one.task_code for one in load.seed().items if one.item_name == "临时救助")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for wide, high in ((360, 740), (1366, 768)):
            context = browser.new_context(base_url=served.address, viewport={"width": wide, "height": high})
            context.add_cookies([{"name": guard.COOKIE, "value": editor.cookies[guard.COOKIE], "url": served.address}])
            for name, path in (
                ("tree", "/bodies"),
                ("one", PATH),
                ("renamed", f"/bodies/{HERE}"),
                ("new", "/bodies/new"),
                ("items", "/bodies/items"),
                ("public", f"/items/{code}"),
            ):
                _looked_at(context.new_page(), name, path, wide)
            context.close()
        browser.close()


def _looked_at(page: Page, name: str, path: str, wide: int) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    if KEEP:
        page.screenshot(path=Path(KEEP) / f"bodies-{name}-{wide}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    found = [one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"][:150]) for one in found] == []
