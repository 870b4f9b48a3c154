"""Banners and townships side by side at a league and the region: each number opens that level's own list, and what came
up twice is counted once."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CHEAP, PASSWORD, Served, SetClock, full_draft, level, sync
from office import logged_in

from db.centre import rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment
from desk.centre.levels import forwarding
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import figuring
from desk.store.account import Account

NUMBER = re.compile(r'<td data-label="到件"><a href="([^"]*)">(\d+)</a>')
NAME = re.compile(r'<td data-label="(?:盟市|旗县|苏木乡镇)">([^<]*)</td>')


@pytest.fixture
def country(
    desk: Desk,
    make_desk: Callable[..., Desk],
    served: Served,
    above: tuple[Served, Served],
    tmp_path: Path,
    tell: SetClock,
) -> tuple[Served, Served]:
    """A league of two banners, three cases in two townships of one and one in the other, all forwarded, some twice."""
    league, region = above
    town = make_desk("town", "152523203201")
    with level(tmp_path / "right", "152524", "苏尼特右旗政务服务中心", tell) as right:
        code = enrolment.enrol_code(league.centre, "152524000000", "苏尼特右旗")
        forwarding.join(right.centre, league.address, code)
        there = enrolment.enrol_code(right.centre, "152524100201", "代办点")
        folder = tmp_path / "there"
        opening.create_desk(folder, right.address, there, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=tell)
        other = opening.open_desk(folder, "suhe", PASSWORD, tell)
        for one, count in ((desk, 2), (town, 1), (other, 1)):
            for at in range(count):
                one.register(full_draft(one, at))
            sync(one)
        forwarding.forward(right.centre)
        other.close()
    forwarding.forward(served.centre)
    with served.centre.database.write() as db:  # the banner forgot how far it had forwarded, and begins anew
        for key in ("upstream.acked", "upstream.forwarded"):
            rows.set_value(db, key, "0")
    forwarding.forward(served.centre)
    forwarding.forward(league.centre)
    return league, region


def side_by_side(place: Served, by: str) -> dict[str, int]:
    """What the page says arrived, by name; each number is held against the list that it opens."""
    guard.add_clerk(place.centre, f"jian{by}", "监", PASSWORD, "监察室", frozenset({Role.SUPERVISOR}))
    with logged_in(place, f"jian{by}") as client:
        page = client.get("/supervision/appraisal", params={"by": by}).text
        found = dict(zip(NAME.findall(page), NUMBER.findall(page), strict=True))
        for to, count in found.values():
            opened = client.get(html.unescape(to)).text
            assert len(re.findall(r'class="row" href="/cases/', opened)) == int(count)
    return {name: int(count) for name, (_, count) in found.items()}


def test_each_level_compares_what_is_below_it(country: tuple[Served, Served], served: Served) -> None:
    league, region = country
    assert side_by_side(league, "banner") == {"苏尼特左旗": 3, "苏尼特右旗": 1}
    towns = side_by_side(league, "sumu")
    assert (len(towns), sum(towns.values())) == (3, 4)
    assert side_by_side(region, "league") == {"锡林郭勒盟": 4}
    assert side_by_side(region, "banner") == {"苏尼特左旗": 3, "苏尼特右旗": 1}
    assert next(iter(figuring.ways(league.centre))) == "banner"
    assert next(iter(figuring.ways(region.centre))) == "league"
    assert "banner" not in figuring.ways(served.centre)
