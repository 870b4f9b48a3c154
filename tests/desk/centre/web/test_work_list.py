"""The work list as a clerk looks through it: by township and body, both ways, by people's words, and back."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from conftest import HERDER, PASSWORD, Served, both_databases, called, full_draft, item_code, sync
from office import find, hidden_in

from desk.app.open_desk import Desk
from desk.folds import clock_line
from desk.folds.case import State
from desk.store.snapshots import DraftMaterial

pytestmark = both_databases
LICENCE = "动物防疫条件合格证核发"


@pytest.fixture
def clerk(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.address, follow_redirects=True) as client:
        client.post("/login", data={"account": "wulan", "password": PASSWORD})
        yield client


def shown(answer: httpx.Response) -> list[str]:
    return re.findall(r'class="row" href="/cases/(\d+)', answer.text)


def test_township_and_body_are_columns_and_filters(make_desk: Callable[..., Desk], clerk: httpx.Client) -> None:
    here, there = make_desk(), make_desk("there", "152523100200")
    mine = here.register(full_draft(here, 1)).intake_no
    item = there.item(item_code(there, LICENCE))
    ticks = tuple(DraftMaterial(one.code, True, one.originals, one.copies) for one in item.materials)
    asked = {"task_code": item.task_code, "materials": ticks, "fields": {}}
    other = there.register(full_draft(there, 2, called("乌日娜"), **asked)).intake_no
    for one in (here, there):
        sync(one)
    page = clerk.get("/cases").text
    assert sorted(shown(clerk.get("/cases"))) == sorted((mine, other))
    towns = dict(re.findall(r'<option value="(\d{9})">([^<]+)', page))
    assert set(towns) == {mine[:9], other[:9]}
    assert f'<td data-label="苏木乡镇">{towns[mine[:9]]}</td>' in page
    bodies = re.findall(r'<option value="([^"]+)">', page[page.index('id="body"') : page.index('name="mine"')])
    token = hidden_in(page)
    for field, values in (("place", sorted(towns)), ("body", bodies)):
        assert len(values) == 2, field
        found = [clerk.post("/cases/find", data=token | {field: value, "back": "tab=all"}) for value in values]
        assert sorted(len(shown(one)) for one in found) == [1, 1], field
        assert f'value="{values[0]}" selected' in found[0].text
        assert len(re.findall(r'<option value="\d{9}"', found[0].text)) == 2  # the other can be chosen still


def test_it_is_sorted_both_ways(desk: Desk, clerk: httpx.Client) -> None:
    made = [desk.register(full_draft(desk, at, called(name))).intake_no for at, name in enumerate(("乙", "甲", "丙"))]
    sync(desk)
    address = "/cases"
    for order in ("name", "arrived", "due", "town", "body"):
        ways: dict[str, list[str]] = {}
        address = "/cases?tab=all&order=" + order
        for _ in range(2):
            page = clerk.get(address)
            way, onward = re.search(r'aria-sort="(\w+)"><a href="([^"]+)"', page.text).groups()
            assert page.text.count("aria-sort") == 1
            ways[way], address = shown(page), html.unescape(onward)
        assert set(ways) == {"ascending", "descending"}, order
        assert sorted(ways["ascending"]) == sorted(made)
        if order == "name":
            assert ways["ascending"] == ways["descending"][::-1]


def test_a_case_leads_back_to_its_place(desk: Desk, clerk: httpx.Client) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    listed = find(clerk, HERDER.name, "tab=all&order=-due&place=152523")
    to_case = html.unescape(re.search(r'class="row" href="([^"]+)"', listed.text)[1])
    case = clerk.get(to_case)
    accept = html.unescape(re.search(rf'action="(/cases/{number}/accept[^"]*)"', case.text)[1])
    for page in (case, clerk.post(accept, data=hidden_in(case.text))):
        back = html.unescape(re.search(r'class="back"><a href="([^"]+)"', page.text)[1])
        assert httpx.URL(back).fragment == f"at-{number}"
        assert dict(httpx.URL(back).params) == dict(listed.url.params)
        assert f'id="at-{number}"' in clerk.get(back).text
    assert 'class="back"><a href="/cases"' in clerk.get(f"/cases/{number}").text
    for odd in ("//evil.example", "a" * 9000, "x%0d%0aSet-Cookie: a=b", '"><script>'):
        page = clerk.get(f"/cases/{number}", params={"back": odd}).text
        assert re.search(r'class="back"><a href="/cases[?"]', page)
        assert "<script>" not in page.replace('<script src="', "")


def test_the_clock_that_is_next_has_its_name(desk: Desk, clerk: httpx.Client) -> None:
    desk.register(full_draft(desk))
    sync(desk)
    assert re.search(r"受理或告知补正|服务承诺|环节：|法定：作出决定", clerk.get("/cases").text)
    row = dict.fromkeys(("ended_day", "deliver_due", "next_due", "suspended_until", "notice_due"), "")
    row |= {"due": "2026-12-03", "promised": "2026-12-02", "step": "审查", "step_due": "2026-12-01"}
    told = [clock_line.next_name(row | {"next_due": f"2026-12-0{day}"}, State.ACCEPTED) for day in (1, 2, 3)]
    assert told == ["环节：审查", "服务承诺", "法定：作出决定"]
    assert clock_line.next_name(row | {"suspended_until": "2026-12-09"}, State.SUSPENDED) == "特别程序"
    assert clock_line.next_name(row | {"ended_day": "2026-11-30", "deliver_due": "2026-12-09"}, State.GRANTED) == "送达"


def test_an_item_is_found_by_what_people_call_it(desk: Desk, clerk: httpx.Client) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    assert shown(find(clerk, "吃低保")) == [number]
    assert shown(find(clerk, "护照")) == []
