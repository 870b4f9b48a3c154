"""Steps of tests about supervision and complaints: a licence that came in, people of each role, forms and lists."""

from __future__ import annotations

import contextlib
import datetime as dt
import html
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
import sqlalchemy as sa
from conftest import (
    PASSWORD,
    Served,
    SetClock,
    full_draft,
    item_code,
    make_centre,
    make_with_desk,
    opened,
    sync,
)
from made_once import CENTRE, DESK, Make
from PIL import Image

from db.centre import records, schema
from db.centre.lists import case_rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre.node import centre_node, publishing
from desk.centre.node.centre_node import Own
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.law.catalogue import load
from desk.law.catalogue.item import Band
from desk.log import events
from desk.store.snapshots import CaseQuery, Draft, DraftMaterial

Log = Callable[[str], httpx.Client]
ORG = "民政局"


def make_licence(folder: Path, url: str) -> dt.datetime:
    """A centre with a case of a licence, which the organ answers in five working days."""
    tell = SetClock()
    tell.at = make_with_desk(folder, url)
    with (
        opened(folder, url, tell) as served,
        contextlib.closing(opening.open_desk(folder / DESK, "suhe", PASSWORD, tell)) as desk,
    ):
        desk.set_centre_address(served.address)
        desk.register(licence(desk))
        sync(desk)
    return tell.at


def make_licence_and_people(folder: Path, url: str) -> dt.datetime:
    """The same and people of each role."""
    tell = SetClock()
    tell.at = make_licence(folder, url)
    with contextlib.closing(centre_node.Centre(folder / CENTRE, url, tell=tell)) as centre:
        with centre.database.read() as db:
            (row,) = case_rows.case_page(db, case_rows.Asked(), 0, 2)
        org = centre.case(row["intake_no"])[0].collected.item.org_name
        for account, where, role in (
            ("clerk", org, Role.CLERK),
            ("other", "林草局", Role.CLERK),
            ("chief", org, Role.CHIEF),
            ("watch", "监察室", Role.SUPERVISOR),
            ("review", "法制办", Role.REVIEWER),
        ):
            guard.add_clerk(centre, account, f"名{account}", PASSWORD, where, frozenset({role}))
    return tell.at


@pytest.fixture
def maker(request: pytest.FixtureRequest) -> Make:
    """For modules that take `number` and `log_in` from here."""
    if "log_in" in request.fixturenames:
        return make_licence_and_people
    if "number" in request.fixturenames:
        return make_licence
    return make_with_desk if "desk" in request.fixturenames else make_centre


@pytest.fixture
def number(desk: Desk) -> str:
    """The case of `make_licence`."""
    (row,) = desk.cases(CaseQuery(), 0, 2)
    return row.intake_no


def publish_bands(served: Served) -> None:
    """The dibao with two bands of discretion."""
    seed = load.seed()
    item = next(one for one in seed.items if one.item_name == "最低生活保障审核确认")
    bands = (Band("b1", "从轻", "初次", "减半"), Band("b2", "一般", "其他", "全额"))
    new = msgspec.structs.replace(item, version=item.version + 1, bands=bands)
    publishing.catalogue(served.centre, "", msgspec.structs.replace(seed, version="9", items=(new,)))


def stood(served: Served, number: str, kind: str, data: events.Data) -> None:
    """A move as it stands in the log of a centre that asked no rule, as one of an older version."""
    centre = served.centre
    with centre.database.write() as db:
        entries = centre.about(db, [number])[number]
        made = centre.add(db, [Own("wulan", kind, number, data, number[:12])], {number: entries})
        centre.project(db, {number: [*entries, made[0].entry]})


def licence(desk: Desk, at: int = 1) -> Draft:
    item = desk.item(item_code(desk, "农村牧区宅基地审批"))
    ticks = tuple(DraftMaterial(one.code, True, one.originals, one.copies) for one in item.materials)
    return full_draft(desk, at, task_code=item.task_code, fields={}, materials=ticks)


def logged_in(place: Served, account: str) -> httpx.Client:
    """The browser of somebody who came in."""
    client = httpx.Client(base_url=place.address, follow_redirects=True, timeout=30)
    client.cookies.set(guard.COOKIE, guard.log_in(place.centre, account, PASSWORD))
    return client


@contextlib.contextmanager
def browsers(served: Served) -> Iterator[Log]:
    """A browser for each account that is asked for, until the block ends."""
    with contextlib.ExitStack() as opened:
        yield lambda account="wulan": opened.enter_context(logged_in(served, account))


@pytest.fixture
def log_in(served: Served, number: str) -> Iterator[Log]:
    """Whoever `make_licence_and_people` made comes in."""
    with browsers(served) as go:
        yield go


def rows(served: Served, family: str = "card", **wanted: str) -> list[dict[str, object]]:
    with served.centre.database.read() as db:
        return list(records.record_data(db, family, limit=500, **wanted))


def change(served: Served, number: str, **columns: object) -> None:
    """Put the row of a case where a rule looks; what the fold makes of entries is tested elsewhere."""
    with served.centre.database.touch() as db:
        db.execute(sa.update(schema.case_row).where(schema.case_row.c.intake_no == number).values(**columns))


def later(tell: SetClock, days: int) -> None:
    tell.at += dt.timedelta(days)


def drawn(colour: str) -> bytes:
    """A picture of 640 x 400 in one colour."""
    made = io.BytesIO()
    Image.new("RGB", (640, 400), colour).save(made, "JPEG")
    return made.getvalue()


def hidden_in(page: str) -> dict[str, str]:
    """What a page's forms send along: the visitor's token, how far the log was read, what is to be published."""
    return {
        name: html.unescape(value) for name, value in re.findall(r'name="(csrf|seen|mark|shown)" value="([^"]*)"', page)
    }


def hidden(client: httpx.Client, path: str) -> dict[str, str]:
    return hidden_in(client.get(path).text)


def find(client: httpx.Client, text: str, back: str = "") -> httpx.Response:
    """The work list as it is after `text` was looked for, from the list that `back` is the query of."""
    return client.post("/cases/find", data=hidden(client, "/cases") | {"text": text, "back": back})


def reply(client: httpx.Client, place: str, files: object = None, **typed: str) -> httpx.Response:
    """An answer to a request for disclosure as its two pages make it; what the first refused is what comes back."""
    shown = step(client, place, "reply", **typed)
    if shown.status_code != httpx.codes.OK:
        return shown
    return client.post(f"{place}/answer", data=hidden_in(shown.text) | typed, files=files)  # type: ignore[arg-type]


def decide(client: httpx.Client, number: str, verdict: str, files: object = None, **typed: str) -> httpx.Response:
    """A decision as its two pages make it: grant or refuse; what the first refused is what comes back."""
    shown = step(client, f"/cases/{number}", f"decision/{verdict}", **typed)
    if shown.status_code != httpx.codes.OK:
        return shown
    return client.post(f"/cases/{number}/{verdict}", data=hidden_in(shown.text) | typed, files=files)  # type: ignore[arg-type]


def step(client: httpx.Client, place: str, what: str, **typed: str) -> httpx.Response:
    return client.post(f"{place}/{what}", data=hidden(client, place) | typed)
