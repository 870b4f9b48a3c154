"""Mongolian in guides: what the editor publishes is on the public page, in its PDF and at the desks; what a desk hands
in is nobody's but the editor's until it is taken over."""

from __future__ import annotations

import html
import io
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import HERDER, PASSWORD, Served, both_databases, item_code, sync
from office import logged_in
from playwright.sync_api import Page, sync_playwright

from desk.app.open_desk import Desk
from desk.centre.node import centre_node
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.errors import RefusedError
from desk.log import events
from desk.words.guide_texts import GuideTexts

NAME = "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ"  # the name of the script itself
LINE = f"{NAME} 1. {NAME}（户口簿）\n2. {NAME}"
TYPED = {"name": NAME, "materials": "\n".join([LINE] * 6), "times": f"15 {NAME}", "place": f"{NAME} 0479-5221234"}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
KEEP = os.environ.get("DAIBAN_PICTURES", "")  # a folder for pictures


def client(served: Served, account: str) -> httpx.Client:
    guard.add_clerk(served.centre, account, "其木格", PASSWORD, "政务服务局", frozenset({Role.EDITOR}))
    return logged_in(served, account)


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    with client(served, "bian") as made:
        yield made


def hidden(text: str) -> list[dict[str, str]]:
    """The hidden fields of each form about texts, in their order on the page."""
    forms = re.findall(r'<form[^>]*action="/catalogue/texts/[^>]*>.*?</form>', text, re.DOTALL)
    found = [re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', one) for one in forms]
    return [{name: html.unescape(value) for name, value in one} for one in found]


def written(editor: httpx.Client, code: str, **typed: str) -> httpx.Response:
    path = f"/catalogue/texts/{code}"
    return editor.post(path, data=hidden(editor.get(path).text)[0] | typed)


def pages(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def faces(pdf: bytes, page: int) -> list[str]:
    """The faces of a page, from 0."""
    fonts = pypdf.PdfReader(io.BytesIO(pdf)).pages[page]["/Resources"]["/Font"]  # type: ignore[index]
    return [str(one.get_object()["/BaseFont"]) for one in fonts.values()]


@both_databases
def test_what_the_editor_writes_is_public_and_prints_at_every_desk(
    served: Served, desk: Desk, editor: httpx.Client
) -> None:
    code = item_code(desk)
    before, chinese = editor.get(f"/items/{code}/guide.pdf").content, desk.papers.guide(code, "mn").pdf
    assert "mn-Mong" not in editor.get(f"/items/{code}").text
    done = written(editor, code, **TYPED, reviewer="那木吉拉")
    assert (done.status_code, "已保存" in done.text, "那木吉拉" in done.text) == (200, True, True)
    page = editor.get(f"/items/{code}").text
    assert f'<p class="mongolian big" lang="mn-Mong">{NAME}</p>' in page
    assert TYPED["place"] in page
    for words in ("申请材料", "办理时限", "地点和电话"):
        assert f"<figcaption>{words}</figcaption>" in page
    after = editor.get(f"/items/{code}/guide.pdf").content
    assert pages(after) > pages(before)
    assert any("Mongolian" in one for one in faces(after, pages(before)))
    assert sync(desk).received == 1
    assert desk.mongolian.texts(code).reviewer == "那木吉拉"
    assert desk.papers.guide(code, "mn").pdf != chinese
    desk.store.rebuild()
    assert desk.mongolian.texts(code).name == NAME
    assert "改稿" in editor.get("/catalogue", params={"text": code}).text
    assert written(editor, code, **dict.fromkeys(TYPED, ""), reviewer="").status_code == 200
    assert "mn-Mong" not in editor.get(f"/items/{code}").text
    assert editor.get(f"/items/{code}/guide.pdf").content == before
    sync(desk)
    assert desk.mongolian.texts(code) == GuideTexts()


@both_databases
def test_what_a_desk_hands_in_is_taken_over_with_one_click(
    served: Served, desk: Desk, make_desk: Callable[..., Desk], editor: httpx.Client
) -> None:
    code, path = item_code(desk), f"/catalogue/texts/{item_code(desk)}"
    desk.mongolian.keep(code, {**TYPED, "reviewer": "那木吉拉"})
    desk.mongolian.keep(code, {**TYPED, "reviewer": "那木吉拉"})  # says nothing new
    assert sync(desk).sent == 1 + 1  # and the first entry of a desk, its agent
    assert "mn-Mong" not in editor.get(f"/items/{code}").text
    other = make_desk("other", "152523202201")
    sync(other)
    assert other.mongolian.texts(code) == GuideTexts()
    listed = editor.get("/catalogue", params={"only": "texts"}).text
    assert ("蒙古文来稿 1" in listed, code in listed) == (True, True)
    shown = editor.get(path).text
    assert ("来稿：" in shown, "采用并发布" in shown) == (True, True)
    offered = hidden(shown)[1]
    late = editor.post(f"{path}/take", data=offered | {"seq": "999"})
    assert (late.status_code, "来稿已经不在" in late.text) == (409, True)
    assert editor.post(f"{path}/take", data=offered).status_code == 200
    assert NAME in editor.get(f"/items/{code}").text
    assert "采用并发布" not in editor.get(path).text  # it stands
    again = editor.post(f"{path}/take", data=offered)
    assert again.status_code == 409
    sync(other)
    assert other.mongolian.texts(code).times == TYPED["times"]
    served.centre.verify()


@both_databases
def test_a_desks_own_texts_go_first_there(served: Served, desk: Desk, editor: httpx.Client) -> None:
    code = item_code(desk)
    written(editor, code, name=NAME, reviewer="那木吉拉")
    desk.mongolian.keep(code, {"name": f"{NAME} {NAME}", "reviewer": "乌兰"})
    sync(desk)
    assert desk.mongolian.texts(code).reviewer == "乌兰"
    desk.mongolian.keep(code, {})
    assert desk.mongolian.texts(code).reviewer == "那木吉拉"
    sync(desk)
    assert "采用并发布" not in editor.get(f"/catalogue/texts/{code}").text  # it was taken back
    desk.mongolian.keep(code, {"name": NAME, "reviewer": "苏和"})  # the same words: the centre's stay
    written(editor, code, name=f"{NAME} 2", reviewer="那木吉拉")
    sync(desk)
    assert desk.mongolian.texts(code).name == f"{NAME} 2"


def test_what_cannot_be_published(served: Served, desk: Desk, editor: httpx.Client) -> None:
    code, path = item_code(desk), f"/catalogue/texts/{item_code(desk)}"
    for typed, words in (
        ({"name": NAME}, "审定人"),
        ({"name": "汉字", "reviewer": "乌兰"}, "没有蒙古文字母"),
        ({"name": NAME, "reviewer": "乌" * 61}, "太长"),
    ):
        answer = written(editor, code, **typed)
        assert (answer.status_code, words in answer.text, typed["name"] in answer.text) == (409, True, True)
        with pytest.raises(RefusedError, match=words):
            desk.mongolian.keep(code, typed)
    seen = hidden(editor.get(path).text)[0]
    with client(served, "other") as second:
        written(second, code, name=NAME, reviewer="乌兰")
    late = editor.post(path, data=seen | {"name": NAME, "reviewer": "那木吉拉"})
    assert (late.status_code, "被别人改过" in late.text) == (409, True)
    written(editor, code, name=f"{NAME} {HERDER.id_number}<b>", reviewer="乌兰")
    public = editor.get(f"/items/{code}").text
    assert (HERDER.id_number in public, "<b>" in public.partition("<main")[2].partition("columns-mn")[2][:400]) == (
        False,
        False,
    )
    assert editor.get("/catalogue/texts/none").status_code == 404


def test_another_centres_and_a_desks_words_are_not_this_centres(served: Served, desk: Desk) -> None:
    code = item_code(desk)
    own = centre_node.Own("", "texts.written", f"texts:{code}", GuideTexts(NAME, reviewer="乌兰"), "")
    with served.centre.database.write() as db:
        served.centre.add(db, [own])  # for nobody
        served.centre.publications.refresh(served.centre.node, db)
    assert served.centre.publications.texts == {}
    assert events.name("texts.written") == "蒙古文稿"


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
@pytest.mark.xdist_group("browser")
def test_the_columns_stand_beside_the_chinese(served: Served, desk: Desk, editor: httpx.Client) -> None:
    code = item_code(desk)
    desk.mongolian.keep(code, {**TYPED, "reviewer": "乌兰"})
    sync(desk)
    written(editor, code, **TYPED, reviewer="那木吉拉")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for wide, high in ((360, 740), (1366, 768)):
            context = browser.new_context(base_url=served.address, viewport={"width": wide, "height": high})
            context.add_cookies([{"name": guard.COOKIE, "value": editor.cookies[guard.COOKIE], "url": served.address}])
            for path in (f"/items/{code}", f"/catalogue/texts/{code}", "/catalogue?only=texts"):
                _looked_at(context.new_page(), path, wide)
            context.close()
        browser.close()


def _looked_at(page: Page, path: str, wide: int) -> None:
    page.goto(path)
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    if KEEP:
        page.screenshot(path=Path(KEEP) / f"texts-{path.count('/')}-{'item' in path}-{wide}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    if not path.startswith("/catalogue?"):
        assert page.evaluate("document.fonts.check('20px \"Daiban Mongolian\"', '\u182e')")
        mode = "all => all.map(one => [getComputedStyle(one).writingMode, one.scrollHeight <= one.clientHeight + 1])"
        modes = page.locator("p.mongolian").evaluate_all(mode)
        assert modes
        assert all(one == ["vertical-lr", True] for one in modes)
    found = [one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"][:150]) for one in found] == []
