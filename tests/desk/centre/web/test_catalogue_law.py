"""A law moves: the centre tells which items cite it, and a catalogue that cites what is not so is not published."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import msgspec
import pytest
from conftest import PASSWORD, Served, both_databases
from judged import waiting
from office import hidden, logged_in

from desk.centre.node import publishing
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.law.catalogue import load
from desk.law.catalogue.item import Item, LegalBasis

SEED = load.seed()
NEW, OLD = (one for one in SEED.items if one.item_name == "最低生活保障审核确认")


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "bian", "其木格", PASSWORD, "政务服务局", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as made:
        yield made


def publish(served: Served, *items: Item) -> None:
    publishing.catalogue(served.centre, "", msgspec.structs.replace(SEED, version="旗", items=items))


def uploaded(client: httpx.Client, *items: Item) -> str:
    data = msgspec.json.encode(msgspec.structs.replace(SEED, version="旗2", items=items))
    csrf = hidden(client, "/catalogue")
    return client.post("/catalogue/preview", data=csrf, files={"file": ("x.json", data, "application/json")}).text


@both_databases
def test_an_item_whose_law_moved_is_listed_until_its_next_version(served: Served, editor: httpx.Client) -> None:
    assert "没有要重新核对的事项" in editor.get("/catalogue/law").text
    publish(served, msgspec.structs.replace(OLD, effective_to=None))  # as it was published before the law came
    assert "法律变动 1" in editor.get("/catalogue").text
    page = editor.get("/catalogue/law").text
    for words in (
        "1 项要重新核对",
        "2026-07-01 《社会救助暂行办法》已由《社会救助法》接替",
        "设定依据：社会救助暂行办法§9、§11",
        "代办说明：社会救助暂行办法§11",
        "民发〔2021〕57号的原文没有读到",
        "示例目录的核对记录",
    ):
        assert words in page
    publish(served, NEW)
    page = editor.get("/catalogue/law").text
    assert "没有要重新核对的事项" in page
    assert "社会救助暂行办法§11" not in page
    wrong = (LegalBasis("草原法", "§175"), LegalBasis("社会救助法", "§79"))
    publish(served, msgspec.structs.replace(NEW, version=3, legal_basis=wrong))
    page = editor.get("/catalogue/law").text
    for words in ("不能这样引用", "《草原法》没有第 175 条，共 75 条", "《社会救助法》没有第 79 条"):
        assert words in page


def test_only_an_editor_sees_it(served: Served) -> None:
    with logged_in(served, "wulan") as clerk:
        assert clerk.get("/catalogue/law").status_code == 403


def test_what_cites_an_article_that_is_not_there_is_not_published(editor: httpx.Client) -> None:
    wrong = msgspec.structs.replace(NEW, version=3, legal_basis=(LegalBasis("社会救助法", "§79"),))
    page = uploaded(editor, wrong)
    assert "不能发布" in page
    assert "引用社会救助法§79，《社会救助法》没有第 79 条，共 78 条" in page
    local = msgspec.structs.replace(NEW, version=3, legal_basis=(LegalBasis("某旗办法", "§3"),))
    page = uploaded(editor, local)
    assert "依据要核对" in page
    assert "法规名录里没有《某旗办法》" in page
    assert 'action="/catalogue/take"' in page


def test_a_change_of_law_opens_every_item_that_cites_the_article(served: Served, editor: httpx.Client) -> None:
    cites = {one.task_code for one in SEED.items if any(each.law == "森林法" for each in one.legal_basis)}
    page = editor.get("/catalogue/law", params={"text": "森林法"}).text
    offered = set(re.findall(r'name="code" value="([^"]*)"', page))
    assert cites <= offered
    article = editor.get("/catalogue/law", params={"text": "森林法", "article": "56"}).text
    chosen = re.findall(r'name="code" value="([^"]*)"', article)
    assert 0 < len(chosen) < len(offered)
    told = hidden(editor, "/catalogue/drafts") | {"text": "森林法", "article": "56"}
    assert "没有勾选" in editor.post("/catalogue/law/open", data=told).text
    opened = editor.post("/catalogue/law/open", data=told | {"code": chosen}).text
    assert f"已起草 {len(chosen)} 项" in opened
    assert "已起草</a>" in opened
    assert {one.draft.item.task_code for one in waiting(served)} == set(chosen)
    assert "没有事项引用它" in editor.get("/catalogue/law", params={"text": "没有这部法"}).text
