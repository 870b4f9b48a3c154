"""The nearest point, a map of what was measured, open data as machines ask for it, results that are not listed."""

from __future__ import annotations

import csv
import html
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from banner import redraft, seeded, stands
from conftest import HERDER, PASSWORD, POINT, POINT_NAME, Served, both_databases, full_draft, sync
from office import hidden_in, logged_in
from playwright.sync_api import sync_playwright

from db.centre.lists import public_rows
from db.centre.lists.public_rows import Wanted
from desk import centre
from desk.app.open_desk import Desk
from desk.centre.node import bodies
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.web import open_data, point_map
from desk.folds.office import published
from desk.law.bodies import rules
from desk.law.bodies.body import Body, Kind, Post
from desk.law.bodies.register import Register
from desk.law.divisions import load as divisions
from desk.log import events, receipt_code

OTHER = "152523202201"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture
def herder(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.address) as client:
        yield client


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "bian", "其木格", PASSWORD, "编办", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as client:
        yield client


def measured(served: Served) -> None:
    """The banner's bodies, two points of them and a centre with all that people ask."""
    seeded(served)
    told = (
        (f"{POINT}-DB", "113.6386,43.8548", "0479-2512345"),
        (f"{OTHER}-DB", "113.9012,43.9011", "0479-2512346"),
        ("152523202000-BF", "113.7001,43.8600", "0479-2512347"),
    )
    for code, where, phone in told:
        body = msgspec.structs.replace(
            stands(served, code),
            coordinates=where,
            enquiry_phone=phone,
            hours="工作日 9:00—17:00",
            address="队部院内",
            posts=(Post("代办员", holder="苏和", phone="13900000009"), Post("会计")),
        )
        redraft(served, body)
    bodies.publish(served.centre, "bian")


def names(page: str) -> list[str]:
    return [html.unescape(one).strip() for one in re.findall(r'<section class="card" id="p-[^"]*"><h2>([^<]*)', page)]


def test_the_nearest_point_is_found_by_the_place_one_lives_in(served: Served, herder: httpx.Client) -> None:
    assert "还没有公布代办点" in herder.get("/points").text
    measured(served)
    page = herder.get("/points", params={"text": "乌日尼勒图"}).text
    found = names(page)
    assert "乌日尼勒图" in found[0]
    assert "离您最近" in page
    assert all(one in page for one in ("代办员 苏和 13900000009", "0479-2512345", "工作日 9:00—17:00", "队部院内"))
    assert "会计" not in page
    assert all("洪格尔" in one for one in found[:3])  # its township before others
    assert "约 5 公里" in page  # the township's centre: 0.0615° at 43.9° north are 4.94 km, and 0.58 km north
    assert names(herder.get("/points", params={"text": "wrnlt"}).text)[0] == found[0]
    assert "没有找到" in herder.get("/points", params={"text": "北京路"}).text
    town = names(herder.get("/points", params={"town": "152523202"}).text)
    assert town
    assert all("洪格尔" in one for one in town)


def test_the_map_is_of_what_was_measured_and_leads_to_the_list(served: Served, herder: httpx.Client) -> None:
    measured(served)
    page = herder.get("/points").text
    drawn = re.search(r'<svg class="points".*?</svg>', page, re.DOTALL)[0]
    anchors = re.findall(r'class="dot[^"]*" href="#([^"]*)"', drawn)
    assert sorted(anchors) == sorted(f"p-{one}" for one in (f"{POINT}-DB", f"{OTHER}-DB", "152523202000-BF"))
    assert all(f'id="{one}"' in page for one in anchors)
    assert "3 处" in page
    assert "style=" not in drawn  # no page of ours may have one
    places = [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawn)]
    assert len(places) == 2
    west, east = sorted(places)
    assert west[1] > east[1]  # the western one lies further south
    assert point_map.drawn([point_map.Dot("一", "a", 113.0, 43.0)]) == ""


def test_no_coordinates_no_map(served: Served, herder: httpx.Client) -> None:
    seeded(served)
    page = herder.get("/points").text
    assert "<svg" not in page
    assert len(names(page)) > 30


def test_a_desks_point_stands_there_before_the_register_has_it(
    served: Served, desk: Desk, herder: httpx.Client
) -> None:
    assert names(herder.get("/points").text) == [POINT_NAME]


@pytest.mark.parametrize(
    "wrong", ["113,43", "43.8548,113.6386", "13.6386,43.8548", "113.6386 43.8548", "东经113.63,43.85"]
)
def test_coordinates_are_checked(wrong: str) -> None:
    body = Body("152523000000-ZW", "中心", Kind.CENTRE, "4", "152523", coordinates=wrong)
    assert [one.field for one in rules.check(body, Register(), divisions())] == ["coordinates"]
    right = msgspec.structs.replace(body, coordinates="113.6386,43.8548")
    assert rules.check(right, Register(), divisions()) == ()


def test_an_editor_measures_a_point(served: Served, editor: httpx.Client) -> None:
    seeded(served)
    page = editor.get(f"/bodies/{POINT}-DB").text
    body = stands(served, f"{POINT}-DB")
    sent = {name: getattr(body, name) for name in ("name", "kind", "level", "division", "above")}
    answer = editor.post(f"/bodies/{POINT}-DB", data=hidden_in(page) | sent | {"coordinates": "113.6386， 43.8548"})
    assert answer.status_code == 200
    assert stands(served, f"{POINT}-DB").position == (113.6386, 43.8548)


def test_a_cases_page_names_its_point_and_the_receipt_rates(served: Served, desk: Desk, herder: httpx.Client) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    own = {"number": number, "last": HERDER.phone[-4:]}
    page = herder.post("/query", data=own).text
    assert POINT_NAME in page
    assert "请打 12345" in page
    code = receipt_code.make(desk.identity.keys, number)
    assert "评价这次办事" not in herder.get("/check", params={"code": code}).text  # not done yet
    decide(served, number)
    measured(served)
    assert "0479-2512345" in herder.post("/query", data=own).text
    act(served, "case.returning", number, events.Act("乌兰", "局"))
    act(served, "case.served", number, events.Served("乌兰", "局"))
    assert "评价这次办事" in herder.get("/check", params={"code": code}).text
    assert "满意" in herder.post("/rate", data={"number": code}).text


def act(served: Served, kind: str, number: str, data: events.Data) -> None:
    _, seen = served.centre.case(number)
    served.centre.act("wulan", kind, number, data, seen)


def decide(served: Served, number: str) -> None:
    act(served, "case.accepted", number, events.Accepted("乌兰", "局"))
    act(served, "case.granted", number, events.Act("乌兰", "局", "符合"))


def many(served: Served, desk: Desk, count: int) -> None:
    made = [desk.register(full_draft(desk, at)).intake_no for at in range(count)]
    sync(desk)
    for one in made:
        decide(served, one)


@both_databases
def test_results_are_found_by_typing_and_hidden_ones_by_nothing(
    served: Served, desk: Desk, herder: httpx.Client
) -> None:
    many(served, desk, published.LEAST - 1)

    def found(text: str) -> int:
        return len(herder.get("/open/results.json", params={"text": text}).json()["results"])

    assert (found("最低生活保障"), found("低保"), found("婚姻")) == (4, 4, 0)
    with served.centre.database.read() as db:
        org = str(db.exec_driver_sql("SELECT org FROM case_row").scalar())

        def rows(least: int) -> int:
            return len(public_rows.results(db, Wanted("2026-11", ["granted"], (), org[:4], (), least), 0, 9))

        assert (rows(published.LEAST), rows(1)) == (0, 4), "what hides its office is not found by it"
    last = desk.register(full_draft(desk, 77)).intake_no
    sync(desk)
    decide(served, last)
    assert (found(org), found("%"), found("_")) == (5, 0, 0)
    number = herder.get("/open/results.json").json()["results"][0]["case_no"]
    assert found(number[:-4]) >= 1
    page = herder.get("/published", params={"text": "低保"}).text
    assert page.count('data-label="结果"') == 5
    assert 'hx-get="/published"' in page
    assert "没有符合的" in herder.get("/published", params={"text": "婚姻"}).text


def test_an_items_results_are_switched_off_and_on(
    served: Served, desk: Desk, herder: httpx.Client, editor: httpx.Client
) -> None:
    many(served, desk, published.LEAST)
    task = herder.get("/open/results.json").json()["results"][0]["task_code"]
    page = editor.get("/catalogue/results").text
    told = hidden_in(page) | {"subject": task, "shown": ""}
    assert editor.post("/catalogue/results", data=told).status_code == 409  # no reason
    assert len(herder.get("/open/results.json").json()["results"]) == 5
    page = editor.post("/catalogue/results", data=told | {"reasons": "苏木只有几户，邻居认得出"}).text
    assert "苏木只有几户，邻居认得出" in page
    assert herder.get("/open/results.json").json()["results"] == []
    assert herder.get("/open/results.csv").text.count("\n") == 1
    assert "1 个事项的结果不公示" in herder.get("/published").text
    assert "本来就不公示" in editor.post("/catalogue/results", data=told | {"reasons": "x"}).text
    editor.post("/catalogue/results", data=told | {"shown": "1", "reasons": "局里同意"})
    assert len(herder.get("/open/results.json").json()["results"]) == 5
    off = editor.get("/catalogue/results", params={"off": "1"}).text
    for name in ("法律援助申请", "残疾人证核发", "死亡登记、注销户口"):
        assert name in off
    assert "最低生活保障审核确认" not in off.partition("<tbody>")[2].partition("</tbody>")[0]
    served.centre.verify()


def test_open_data_is_packed_marked_and_licensed(served: Served, desk: Desk, herder: httpx.Client) -> None:
    for path in ("/open/items", "/open/points", "/open/results", "/open/powers"):
        for form, kind in (("csv", "text/csv"), ("json", "application/json")):
            plain = herder.get(f"{path}.{form}", headers={"accept-encoding": "identity"})
            packed = herder.get(f"{path}.{form}", headers={"accept-encoding": "gzip"})
            assert plain.headers["content-type"].startswith(kind), path
            assert packed.content == plain.content, path
            assert 'rel="license"' in plain.headers["link"]
            for mark in (plain.headers["etag"], packed.headers["etag"], f'"x", W/{plain.headers["etag"]}'):
                again = herder.get(f"{path}.{form}", headers={"if-none-match": mark})
                assert (again.status_code, again.content) == (304, b""), (path, mark)
            assert herder.get(f"{path}.{form}", headers={"if-none-match": '"old"'}).status_code == 200
    assert herder.get("/open/items.json", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"
    page = herder.get("/open").text
    assert "不得歪曲原意" in page
    for path in re.findall(r'href="(/open/[^"]+)"', page):
        assert herder.get(path).status_code == 200


def test_results_go_to_a_spreadsheet_by_pages(served: Served, desk: Desk, herder: httpx.Client) -> None:
    many(served, desk, 52)
    first = herder.get("/open/results.csv")
    lines = list(csv.DictReader(io.StringIO(first.content.decode("utf-8-sig"))))
    onward = re.search(r'<([^>]+)>; rel="next"', first.headers["link"])[1]
    second = herder.get(onward)
    rest = list(csv.DictReader(io.StringIO(second.content.decode("utf-8-sig"))))
    assert (len(lines), len(rest), 'rel="next"' in second.headers["link"]) == (50, 2, False)
    assert {*lines[0]} == {*published.Result.__struct_fields__}
    assert lines[0]["applicant_name"] == "阿××"


def test_nothing_in_a_table_is_reckoned() -> None:
    told = open_data.as_csv(("a",), [["=1+1"], ["+86"], ["-1"], ["@x"], [None], ["字,“”"]]).decode("utf-8-sig")
    assert [one[0] for one in csv.reader(io.StringIO(told))] == ["a", "'=1+1", "'+86", "'-1", "'@x", "", "字,“”"]


def test_a_place_on_the_map_is_its_degrees() -> None:
    """What the page's script reckons from the map to point at is where its own marks stand."""
    dots = [point_map.Dot(name, "", east, north) for name, east, north in (("甲", 113.6, 43.8), ("乙", 114.1, 44.3))]
    assert point_map.to_pick(dots[:1]) == ""
    drawn = point_map.to_pick(dots)
    told = {name: float(value) for name, value in re.findall(r'data-(\w+)="([^"]+)"', drawn)}
    marks = [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([^"]+)" cy="([^"]+)"', drawn)]
    found = [(told["west"] + x * told["wide"], told["north"] - y * told["tall"]) for x, y in marks]
    for (east, north), one in zip(found, dots, strict=True):
        assert (east, north) == pytest.approx((one.east, one.north), abs=1e-3)
    assert "href" not in drawn


def test_the_palettes_can_be_read() -> None:
    """Words against what they stand on, in light and in dark: 4.5 to 1 (WCAG 2.1, 1.4.3)."""
    css = (Path(centre.__file__).parent / "static" / "centre.css").read_text()
    roots = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w+)", one)) for one in roots)
    for look in (light, light | dark):
        pairs = [(ink, ground) for ink in ("ink", "soft", "accent", "bad", "warn") for ground in ("paper", "ground")]
        pairs += [(name, f"{name}-soft") for name in ("accent", "ok", "warn", "bad")]
        for ink, ground in (*pairs, ("ink", "accent-soft")):
            assert contrast(look[ink], look[ground]) >= 4.5, (ink, ground)
        assert contrast("#ffffff", look["bar"]) >= 4.5
        assert contrast(look["edge"], look["paper"]) >= 2.7  # the line around a field
    assert set(dark) == set(light)


def contrast(one: str, other: str) -> float:
    """Of two colours, as WCAG reckons it."""
    bright, dim = sorted((_light(one), _light(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _light(colour: str) -> float:
    full = colour.lstrip("#")
    parts = [int(one * 2, 16) for one in full] if len(full) == 3 else [int(full[at : at + 2], 16) for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if (c := part / 255) <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
@pytest.mark.xdist_group("browser")
def test_a_point_is_shown_on_the_map_where_it_lies(served: Served, editor: httpx.Client) -> None:
    measured(served)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(base_url=served.address)
        context.add_cookies([{"name": guard.COOKIE, "value": editor.cookies[guard.COOKIE], "url": served.address}])
        page = context.new_page()
        page.goto(f"/bodies/{POINT}-DB")
        other = stands(served, f"{OTHER}-DB")
        page.get_by_text("在图上点出位置").click()
        page.locator(".pick g.dot", has_text=other.name).click()
        found = [float(one) for one in page.input_value("#coordinates").split(",")]
        assert found == pytest.approx(other.position, abs=0.005)
        assert page.locator(".pick .here.set").count() == 1
        browser.close()
