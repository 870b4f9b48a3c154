"""People's words: in vain they are counted; an editor gives them to an item, and page, desk and site find it."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator

import httpx
import pytest
from conftest import PASSWORD, Served, both_databases, item_code, sync
from counter_steps import same_after_rebuild
from office import hidden, logged_in

from db.centre import unfound_rows
from desk.app.open_desk import Desk
from desk.centre.drafting import peoples_words
from desk.centre.exchange import telling
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.log import events
from desk.log.centre_events import PUBLISHED_KINDS
from desk.papers.published_list import listing_of
from desk.publication import list_pages, search_data

PATH = "/catalogue/words"
WORD = "嘎嘎粮"


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "bian", "其木格", PASSWORD, "政务服务局", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as made:
        yield made


def counted(served: Served) -> dict[str, int]:
    with served.centre.database.read() as db:
        return {one["word"]: one["times"] for one in unfound_rows.often(db, 1)}


def looked_up(served: Served, client: httpx.Client, word: str) -> None:
    """Look it up in vain; until it was counted, which happens after the answer."""
    before = counted(served).get(word, 0)
    assert "没有找到" in client.get("/items", params={"text": word}).text
    until = time.monotonic() + 5
    while counted(served).get(word, 0) == before and time.monotonic() < until:
        time.sleep(0.01)


def found(client: httpx.Client, word: str) -> list[str]:
    page = client.get("/items", params={"text": word}).text
    return re.findall(r"<b>(.*?)</b></a>", page)


def listed(editor: httpx.Client) -> str:
    """What the page says was looked up in vain."""
    return html.unescape(editor.get(PATH).text).split("已发布的说法")[0]


@both_databases
def test_a_word_in_vain_is_given_to_an_item_and_found_everywhere(
    served: Served, desk: Desk, editor: httpx.Client
) -> None:
    name, code = "最低生活保障审核确认", item_code(desk)
    for times in range(1, peoples_words.OFTEN + 1):
        assert WORD not in listed(editor)
        looked_up(served, editor, WORD)
        assert counted(served) == {WORD: times}
    assert WORD in listed(editor)
    assert desk.items(WORD) == ()

    sent = hidden(editor, PATH) | {"word": WORD, "item": f"{name} {code}"}
    done = editor.post(PATH, data=sent)
    assert "现在按这个说法找得到" in done.text
    assert WORD not in listed(editor)
    assert found(editor, WORD) == found(editor, "ggl")[:1] == [name]
    assert sync(desk).received == 1
    assert [one.item.item_name for one in desk.items(WORD)] == [name]
    listing = listing_of(desk.session)
    assert WORD in list_pages.words_json(listing)[code]
    assert WORD in search_data.script(listing)
    same_after_rebuild(desk)
    again = editor.post(PATH, data=sent)
    assert (again.status_code, "已经有" in again.text) == (409, True)

    editor.post(f"{PATH}/gone", data=hidden(editor, PATH) | {"code": code, "word": WORD})
    sync(desk)
    assert found(editor, WORD) == []
    assert desk.items(WORD) == ()
    assert WORD in listed(editor)
    editor.post(f"{PATH}/drop", data=hidden(editor, PATH) | {"word": WORD})
    assert WORD not in listed(editor)


def test_no_number_no_long_text_and_nothing_rare_is_kept(served: Served, editor: httpx.Client) -> None:
    for text in ("13900000001", "阿拉坦 152523195603020027", "字" * 21, "没有\0这样"):
        peoples_words.note(served.centre, text)
    assert counted(served) == {}
    with served.centre.database.touch() as db:
        unfound_rows.count(db, "老早", "2020-01-01", 10)
    looked_up(served, editor, WORD)
    assert counted(served) == {WORD: 1}


def test_not_more_words_are_counted_than_there_is_room_for(served: Served) -> None:
    with served.centre.database.touch() as db:
        for word in ("一", "二", "三", "一"):
            unfound_rows.count(db, word, "2026-11-02", 2)
    assert counted(served) == {"一": 2, "二": 1}


@pytest.mark.parametrize("word", ["", "字" * 21, "13900000001"])
def test_what_is_no_word_is_refused_and_stays_in_the_form(editor: httpx.Client, desk: Desk, word: str) -> None:
    answer = editor.post(PATH, data=hidden(editor, PATH) | {"word": word, "item": item_code(desk)})
    assert answer.status_code == 409
    assert "不超过 20 个字" in answer.text
    assert f'name="word" value="{word}"' in answer.text


def test_an_item_that_there_is_not_is_refused(editor: httpx.Client) -> None:
    answer = editor.post(PATH, data=hidden(editor, PATH) | {"word": WORD, "item": "没有这个"})
    assert (answer.status_code, "从列出的事项里选" in answer.text) == (409, True)


def test_what_is_published_is_for_all_desks_and_no_desk_may_write_it() -> None:
    published = {kind.partition(".")[0] for kind in PUBLISHED_KINDS}
    assert published <= telling.FOR_ALL
    assert published <= events.CENTRE_ONLY
