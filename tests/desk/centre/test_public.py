"""The public pages: no personal data, guides, look-ups that tell only whoever may know."""

from __future__ import annotations

import httpx
import pytest
from conftest import HERDER, Served, SetClock, both_databases, full_draft, sync

from db.centre import case_rows
from desk import events
from desk.app import Desk

pytestmark = both_databases


@pytest.fixture
def number(desk: Desk) -> str:
    made = desk.register(full_draft(desk)).intake_no
    sync(desk)
    return made


def act(served: Served, kind: str, number: str, data: events.Data) -> None:
    with served.centre.database.read() as db:
        seen = int(case_rows.one_case(db, number)["entries"])
    served.centre.act("wulan", kind, number, data, seen)


def test_public_pages_tell_no_personal_data(served: Served, desk: Desk, number: str, tell: SetClock) -> None:
    act(served, "case.accepted", number, events.Accepted("乌兰", "局"))
    act(served, "case.granted", number, events.Decision("乌兰", "局", "符合"))
    month = tell.at.strftime("%Y-%m")
    secrets = (HERDER.name, HERDER.id_number, HERDER.phone, HERDER.address)
    code = next(iter(served.centre.shelf.items))
    with httpx.Client(base_url=served.address) as public:
        pages = [f"/published?month={month}", f"/open/results.json?month={month}", "/ratings", "/", "/items"]
        pages += [f"/items/{code}", "/open/items.json", f"/query?number={number}&last={HERDER.id_number[-4:]}"]
        for path in pages:
            answer = public.get(path)
            assert answer.status_code == 200, path
            assert not any(one in answer.text for one in secrets), path
        assert "阿××" in public.get(pages[0]).text
        assert public.get(pages[1]).json()["results"][0]["cd_batch"]
        assert "准予" in public.get(pages[-1]).text
        assert public.get(f"/query?number={number}&last=9999").status_code == 404
        assert public.get(f"/items/{code}/flow.svg").text.startswith("<svg")
        assert public.get(f"/items/{code}/guide.pdf").content[:5] == b"%PDF-"
        assert "最低生活保障" in public.get("/items", params={"text": "zdsh"}).text
        for _ in range(25):
            last = public.get("/query", params={"number": "1", "last": "0000"}).status_code
        assert last == 429
