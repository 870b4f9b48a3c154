"""The desks of a region: level by level with their figures, found by name or code, silent by one rule everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
import sqlalchemy as sa
from conftest import PASSWORD, POINT, TRUSTING, Served, SetClock, both_databases, serving, sync
from full_office import add_desks
from office import drawn, logged_in
from test_pictures import with_pictures

from db.centre import records, rows, schema
from desk import clock
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.law.divisions import load as divisions

pytestmark = both_databases


@pytest.fixture
def boss(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "boss", "斯琴", PASSWORD, "政务服务局", frozenset({Role.ADMIN, Role.SUPERVISOR}))
    with logged_in(served, "boss") as client:
        yield client


def villages(under: str) -> list[str]:
    return sorted(code for code in divisions()._by_code if len(code) == 12 and code.startswith(under))


def table(page: str) -> list[list[str]]:
    body = re.findall(r"<tr><td.*?</tr>", page, re.S)
    return [
        [re.sub("<[^>]+>", "", one).strip() for one in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)] for row in body
    ]


def test_the_region_is_gone_through_level_by_level(served: Served, boss: httpx.Client, tell: SetClock) -> None:
    add_desks(served, villages("1525") + villages("1509"))
    long_ago = clock.stamp(tell.at.replace(month=10))
    with served.centre.database.touch() as db:
        rows.set_node(db, "152523202202-01", last_seen=long_ago)
        rows.set_node(db, "152523202203-01", skew=-4000)
        rows.set_node(db, "152523203201-01", revoked_at=long_ago)
        # Whatever a desk claims of itself, the page stands.
        rows.set_node(db, f"{villages('152525')[0]}-01", heartbeat='{"waiting":123456789012345678901234567890}')
    add_desks(served, ["152523000000"], name="152523000000-00", point_name="左旗中心")
    first = boss.get("/desks")
    leagues = {row[0]: row[1:] for row in table(first.text)}
    assert set(leagues) == {"锡林郭勒盟", "乌兰察布市"}
    assert leagues["锡林郭勒盟"][:2] == [str(len(villages("1525")) + 1), "1"]
    assert leagues["锡林郭勒盟"][3:] == ["1", "0", "1"]
    assert leagues["乌兰察布市"] == [str(len(villages("1509"))), "0", str(2 * len(villages("1509"))), "0", "0", "0"]
    league = boss.get("/desks?under=1525").text
    assert ["苏尼特左旗", str(len(villages("152523")) + 1), "1"] in [row[:3] for row in table(league)]
    banner = boss.get("/desks?under=152523").text
    assert 'aria-current="page">苏尼特左旗</a>' in banner
    assert 'href="/desks?under=1525">锡林郭勒盟</a>' in banner
    assert {"洪格尔苏木", "苏尼特左旗本级"} <= {row[0] for row in table(banner)}
    small = next(one for one in ("152501", "152528", "152531") if len(villages(one)) < 60)
    shown = boss.get(f"/desks?under={small}").text  # so few are shown at once, each under its township
    assert [row[0] for row in table(shown)] == [f"{one}-01" for one in villages(small)]
    town = boss.get("/desks?under=152523202").text
    assert len(table(town)) == len(villages("152523202"))
    assert "1 个久未同步" in town
    silent = boss.get("/desks?silent=1").text
    assert [row[0] for row in table(silent)] == ["152523202202-01"]
    for text, name in (
        ("152523202203", "152523202203-01"),
        ("点203", "152523202203-01"),
        ("洪格尔", "152523202202-01"),
    ):
        found = boss.get("/desks", params={"text": text, "under": "152523"}).text
        assert name in [row[0] for row in table(found)], text
    assert "没有符合条件" in boss.get("/desks", params={"text": "%"}).text
    for wrong in ("x", "1", "99", "152523202202"):
        assert boss.get("/desks", params={"under": wrong}).status_code == 200
    pages = boss.get("/desks", params={"text": "点"}).text
    assert 'rel="next"' in pages
    assert len(table(pages)) == 60


def test_every_village_of_the_region_has_its_desk(served: Served, boss: httpx.Client) -> None:
    """For 14,592 desks the database is asked what it is asked for two: places are counted there, not here."""
    every = villages("15")
    assert len(every) == 14_592
    add_desks(served, [every[0], every[-1]])
    few, _ = fetched(served, boss)
    add_desks(served, every[1:-1])
    asked, page = fetched(served, boss)
    assert sum(int(row[1]) for row in table(page)) == len(every)
    assert len(page) < 20_000
    assert len(asked) == len(few)


def fetched(served: Served, boss: httpx.Client) -> tuple[list[str], str]:
    """What the database is asked for the page of all desks when it is looked at again, and the page."""
    asked: list[str] = []

    def seen(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    boss.get("/desks")
    sa.event.listen(served.centre.database.engine, "before_cursor_execute", seen)
    page = boss.get("/desks").text
    sa.event.remove(served.centre.database.engine, "before_cursor_execute", seen)
    return asked, page


def test_pictures_still_to_come_are_counted_by_place(served: Served, desk: Desk, boss: httpx.Client) -> None:
    with_pictures(desk, 1, drawn("red"), drawn("blue"))
    sync(desk)
    with served.centre.database.touch() as db:
        db.execute(sa.update(schema.file).values(done_at=""))
        assert db.execute(sa.select(schema.file.c.point).distinct()).scalars().all() == [POINT]
    assert "图片 2 张在路上" in boss.get("/desks").text
    add_desks(served, [one for one in villages("1525") if one != POINT])
    rows_ = {row[0]: row[5] for row in table(boss.get("/desks").text)}
    assert rows_["苏尼特左旗"] == "2"
    assert sum(map(int, rows_.values())) == 2


def test_silent_is_one_thing_for_card_counter_and_list(
    served: Served, boss: httpx.Client, tell: SetClock, tmp_path: object
) -> None:
    add_desks(served, ["152523202201", "152523202202", "152523202203"])
    add_desks(served, ["152523202204"], formerly="152523202203-01", name="152523202204-01")  # goes under a newer name
    add_desks(served, ["152523202205"], via="152523000000-00")  # speaks to a centre below
    add_desks(served, ["152523202206"], revoked_at=served.centre.now())
    names = ["152523202201-01", "152523202202-01", "152523202204-01"]
    how = type(TRUSTING)(**{**{one: getattr(TRUSTING, one) for one in TRUSTING.__struct_fields__}, "silent_days": 3})
    with serving(site.app(served.centre, how)) as address, httpx.Client(base_url=address) as client:
        client.cookies.set(guard.COOKIE, boss.cookies[guard.COOKIE])

        def told() -> tuple[str, list[str], list[str]]:
            session = re.search(r'href="/desks\?silent=1"><b>(\d+)</b>', client.get("/supervision").text)
            watching.watch(served.centre, how.silent_days)
            with served.centre.database.read() as db:
                cards = [one["about"] for one in records.record_data(db, "card", kind="silent")]
            return session[1], sorted(cards), [row[0] for row in table(client.get("/desks?silent=1").text)]

        assert told() == ("0", [], [])
        tell.at = tell.at.replace(day=27, hour=10)
        client.cookies.set(guard.COOKIE, guard.log_in(served.centre, "boss", PASSWORD))
        assert told() == ("3", names, names)
        shown = client.get("/desks").text
        assert shown.count('<span class="warn red">久未同步') == 3
        assert "满 3 天没有同步" in client.get("/supervision/rules").text
    boss.cookies.set(guard.COOKIE, client.cookies[guard.COOKIE])
    assert "<b>0</b>终端久未同步" in boss.get("/supervision").text  # seven days, by default
