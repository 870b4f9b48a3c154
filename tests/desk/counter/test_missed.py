"""Words that an agent looked items up by in vain: counted here, told as counts, given to an item by an editor."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from conftest import PASSWORD, Served, SetClock, both_databases, called, full_draft, item_code, sync
from counter_steps import same_after_rebuild
from office import hidden, logged_in

from db.centre import unfound_rows
from desk import doors
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre.exchange import courier as centre_courier
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.log import chain, events, local_events
from desk.log.local_events import Missed, MissedWord
from desk.store.entries import Fact, entries_about

PAGE, WORD, POINT = "/catalogue/words", "嘎嘎粮", "152523202202"
SUBJECT = local_events.search_subject(POINT)


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "bian", "其木格", PASSWORD, "政务服务局", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as made:
        yield made


def at_centre(served: Served, least: int = 1) -> dict[str, tuple[int, list[tuple[str, int]]]]:
    with served.centre.database.read() as db:
        return {one["word"]: (one["times"], one["points"]) for one in unfound_rows.often(db, least)}


def told(desk: Desk) -> list[chain.Entry]:
    with desk.store.read() as db:
        return [one for one in entries_about(db, SUBJECT) if one.kind == "search.missed"]


def words(entry: chain.Entry) -> dict[str, int]:
    said = events.decode(entry.kind, entry.data)
    assert isinstance(said, Missed)
    return {one.word: one.times for one in said.words}


def in_vain(desk: Desk, word: str = WORD, times: int = 2) -> None:
    for _ in range(times):
        desk.missed.note(word)


def say(desk: Desk, data: object, subject: str = SUBJECT) -> None:
    """What another program could write into the desk's log."""
    with desk.store.write() as db:
        desk.session.append(db, Fact("search.missed", subject, data))


@both_databases
def test_an_agents_words_reach_the_editor_and_come_back_with_their_item(
    served: Served, desk: Desk, editor: httpx.Client
) -> None:
    name, code = "最低生活保障审核确认", item_code(desk)
    in_vain(desk, times=2)
    in_vain(desk, "马证", times=1)
    sync(desk)
    (entry,) = told(desk)
    assert (words(entry), entry.author) == ({WORD: 2}, "")
    assert not any(who in bytes(entry.data).decode() for who in ("苏和", "suhe"))
    assert at_centre(served) == {WORD: (2, [(POINT, 2)])}
    assert WORD not in editor.get(PAGE).text.split("已发布的说法")[0]  # twice is too little for one word
    with served.centre.database.touch() as db:
        unfound_rows.count(db, WORD, "2026-11-24", 10)  # and once on the public page
    shown = html.unescape(editor.get(PAGE).text.split("已发布的说法")[0])
    row = re.sub(r"<[^>]+>", " ", shown[shown.index(f'说法">{WORD}') :])
    assert re.search(r"\b3\s+群众网页 1 次\s+乌日尼勒图嘎查便民代办点 2 次", row)

    editor.post(PAGE, data=hidden(editor, PAGE) | {"word": WORD, "item": f"{name} {code}"})
    assert WORD not in editor.get(PAGE).text.split("已发布的说法")[0]
    sync(desk)
    assert [one.item.item_name for one in desk.items(WORD)] == [name]
    same_after_rebuild(desk)
    editor.post(f"{PAGE}/drop", data=hidden(editor, PAGE) | {"word": WORD})
    assert at_centre(served) == {}


def test_what_is_counted_is_there_after_a_restart_and_goes_once_a_day(
    served: Served, make_desk: Callable[..., Desk], tell: SetClock, tmp_path: Path
) -> None:
    desk = make_desk()
    in_vain(desk, times=1)
    desk.close()
    desk = opening.open_desk(tmp_path / "desk", "suhe", PASSWORD, tell)
    try:
        assert {word: one.times for word, one in desk.missed.counted().items()} == {WORD: 1}
        sync(desk)
        assert told(desk) == []  # once is not told
        in_vain(desk, times=2)
        sync(desk)
        in_vain(desk, times=5)
        sync(desk)
        assert [words(one) for one in told(desk)] == [{WORD: 3}]
        tell.at += dt.timedelta(days=1)
        sync(desk)
        sync(desk)
        assert [words(one) for one in told(desk)] == [{WORD: 3}, {WORD: 5}]
        assert at_centre(served) == {WORD: (8, [(POINT, 8)])}
        assert desk.missed.counted() == {}
    finally:
        desk.close()


def test_somebody_of_the_book_is_no_word(served: Served, desk: Desk) -> None:
    desk.register(full_draft(desk, person=called("田残疾证")))
    in_vain(desk, "田残疾证")
    in_vain(desk, "残疾证")  # a part of her name
    in_vain(desk)
    sync(desk)
    assert [words(one) for one in told(desk)] == [{WORD: 2}]
    assert desk.missed.counted() == {}


def test_by_stick_it_goes_too(served: Served, desk: Desk, tmp_path: Path) -> None:
    in_vain(desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.courier(stick, lambda _far: None, lambda: False)
    centre_courier.exchange(served.centre, stick)
    assert at_centre(served) == {WORD: (2, [(POINT, 2)])}


def test_no_more_is_counted_than_there_is_room_for(desk: Desk, tell: SetClock) -> None:
    for number in range(310):
        desk.missed.note(f"补{chr(0x4E00 + number)}粮")
    assert len(desk.missed.counted()) == 300
    tell.at += dt.timedelta(days=61)
    desk.missed.note(WORD)
    assert list(desk.missed.counted()) == [WORD]
    many = [f"贷{chr(0x4E00 + number)}款" for number in range(local_events.MISSED_MOST + 5)]
    for word in many:
        in_vain(desk, word)
    sync(desk)
    assert len(words(told(desk)[0])) == local_events.MISSED_MOST
    assert len(desk.missed.counted()) == 6


def test_what_a_desk_may_not_say_is_not_counted(served: Served, desk: Desk) -> None:
    """Names, numbers, letters; more than fits; for another counter; what is none: the log goes on, and it is told."""
    good = MissedWord(WORD, 10**9)
    bad = ("巴特尔", "152523195603020027", "bateer", "字" * 30, "")
    say(desk, Missed((good, MissedWord("马证", 1), MissedWord("草本", -5), *(MissedWord(one, 9) for one in bad))))
    say(desk, Missed(tuple(MissedWord(f"证{at}", 9) for at in range(local_events.MISSED_MOST + 1))))
    say(desk, Missed((MissedWord("证" * 5000, 9),)))
    say(desk, Missed((MissedWord("残疾证", 9),)), local_events.search_subject("152523202203"))
    say(desk, {"words": "?"})
    sync(desk)
    assert at_centre(served) == {WORD: (100, [(POINT, 100)])}
    with desk.store.read() as db:
        about = [
            one for key in (SUBJECT, local_events.search_subject("152523202203")) for one in entries_about(db, key)
        ]
    said = [events.decode(one.kind, one.data) for one in about if one.kind == "entry.refused"]
    assert sorted(one.reasons for one in said) == sorted(
        [
            "说法太多，一次最多 20 个说法。",
            "没有找到的说法超过 4 KB，没有读。",
            "不是这个代办点的搜索",
            "内容不合格式，中心读不懂",
        ]
    )


def test_a_counter_fills_no_more_than_its_share(served: Served, desk: Desk) -> None:
    for begin in range(0, 220, local_events.MISSED_MOST):
        many = (MissedWord(f"证{chr(0x4E00 + at)}贷", 2) for at in range(begin, begin + local_events.MISSED_MOST))
        say(desk, Missed(tuple(many)))
    sync(desk)
    assert len(at_centre(served)) == 200
    assert doors.MISSED.things == local_events.MISSED_MOST
