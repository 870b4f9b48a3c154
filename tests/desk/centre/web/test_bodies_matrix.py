"""Whose cases an account sees, by its body: every route about a case times own body, the one above, the one below, a
sibling, another department, another banner; and every route of the table times each role times own body, the one below,
a sibling, another banner."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import msgspec
import pytest
from banner import BUREAU, HERE, THERE, publish_towns, seeded
from conftest import PASSWORD, Served, called, full_draft, item_code, sync
from office import hidden_in, logged_in
from who_may import TABLE, expected, whose

from db.centre import people
from db.centre.lists import case_rows
from desk.app.open_desk import Desk
from desk.centre.node import publishing
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.errors import RefusedError
from desk.folds.office.disclosing import days
from desk.law.bodies.body import Body, Kind
from desk.law.catalogue import load
from desk.law.catalogue.item import Exercise, Exerciser
from desk.log.office_events import ComplaintMade, Disclosing, DisclosureAsked, Said
from desk.store.snapshots import DraftMaterial

ABROAD = Body("152524000000-ZF", "苏尼特右旗人民政府", Kind.GOVERNMENT, "4", "152524")
# Who comes: department, role, and whether the case of 洪格尔苏木 is theirs to see.
PEOPLE = {
    "own": (HERE, Role.CLERK, True),
    "chief": (HERE, Role.CHIEF, True),
    "above": ("152523000000-ZF", Role.CLERK, True),
    "below": ("152523202000-BF", Role.CLERK, False),
    "sibling": (THERE, Role.CLERK, False),
    "sibling-chief": (THERE, Role.CHIEF, False),
    "department": (BUREAU.code, Role.CLERK, False),
    "abroad": (ABROAD.code, Role.CLERK, False),
    "watch": (THERE, Role.SUPERVISOR, True),  # a supervisor watches the whole banner
    "words": ("没有的局", Role.CLERK, False),
}
ROUTES = [row for row in TABLE if "{intake_no}" in row and row.split()[1].startswith("/cases/")]
SHUT = "没有这件办件"


@pytest.fixture
def number(served: Served, desk: Desk) -> str:
    publish_towns(served, item_code(desk))
    seeded(served, BUREAU, ABROAD)
    sync(desk)
    made = desk.register(full_draft(desk)).intake_no
    sync(desk)
    return made


@pytest.fixture
def sessions(served: Served, number: str) -> Iterator[dict[str, httpx.Client]]:
    made = {}
    for name, (org, role, _) in PEOPLE.items():
        guard.add_clerk(served.centre, name, f"名{name}", PASSWORD, org, frozenset({role}))
        made[name] = logged_in(served, name)
    yield made
    for one in made.values():
        one.close()


def test_a_case_is_its_own_bodys_and_the_ones_above(
    served: Served, number: str, sessions: dict[str, httpx.Client]
) -> None:
    assert len(ROUTES) > 5
    wrong = []
    for row in ROUTES:
        method, path = row.split()
        path = re.sub(r"\{[^}]*\}", "x", path.replace("{intake_no}", number))
        for name, client in sessions.items():
            _, role, sees = PEOPLE[name]
            if role.value not in TABLE[row].split():
                continue
            csrf = guard.visitor(served.centre, client.cookies[guard.COOKIE]).csrf  # type: ignore[union-attr]
            typed = {"csrf": csrf, "seen": "0", "reasons": "核对", "number": "x"}
            answer = client.request(method, path, data=typed if method == "POST" else None)
            if (answer.status_code == httpx.codes.NOT_FOUND and SHUT in answer.text) == sees:
                wrong.append(f"{row} {name}: {answer.status_code}")
    assert wrong == []


def test_lists_hold_what_may_be_opened(served: Served, number: str, sessions: dict[str, httpx.Client]) -> None:
    lists = ("/cases?tab=all", "/cases", "/supervision/cases")
    found = {(name, path): number in client.get(path).text for name, client in sessions.items() for path in lists}
    assert {name for name in PEOPLE if found[name, "/cases?tab=all"]} == {name for name in PEOPLE if PEOPLE[name][2]}
    assert [one for one, is_there in found.items() if is_there and not PEOPLE[one[0]][2]] == []


def test_nobody_else_accepts_it_in_bulk(served: Served, number: str, sessions: dict[str, httpx.Client]) -> None:
    for name, (_, role, sees) in PEOPLE.items():
        if role is not Role.SUPERVISOR and not sees:
            found = guard.visitor(served.centre, sessions[name].cookies[guard.COOKIE])
            sessions[name].post("/cases/accept", data={"csrf": found.csrf if found else "", "number": [number]})
    assert served.centre.case(number)[0].accepted is None
    found = guard.visitor(served.centre, sessions["own"].cookies[guard.COOKIE])
    sessions["own"].post("/cases/accept", data={"csrf": found.csrf if found else "", "number": [number]})
    accepted = served.centre.case(number)[0].accepted
    assert accepted
    assert accepted.org == "洪格尔苏木人民政府"


# -- every route, each role, each body ---------------------------------------------------------------------------

BODIES = {"own": HERE, "child": "152523202000-BF", "sibling": THERE, "abroad": ABROAD.code}
# These end the session or never end, send whoever is in away, or make what takes long.
_LEFT = ("POST /logout", "GET /events", "POST /account/password", "POST /catalogue/site")
NOT_YOURS, ABSENT = "不归您的岗位", re.compile("没有这件办件|没有这一条")


@pytest.fixture
def things(served: Served, number: str) -> dict[str, str]:
    """A case of 洪格尔苏木, a card on it, a complaint and a request for disclosure that were handed to it."""
    with served.centre.database.read() as db:
        row = case_rows.one_case(db, number)
    assert row
    card = watching.raise_by_hand(served.centre, "wulan", row, "red", "材料压了五天")
    made = {
        "complaint.made": ComplaintMade("TS1", "ABCD2345", "complaint", "窗口中午没有人。"),
        "disclosure.asked": DisclosureAsked("SQ1", "ABCD2345", "巴图", "152523195603020027", "13800000000", "名单"),
    }
    for kind, told in made.items():
        family = kind.partition(".")[0]
        served.centre.say("", kind, f"{family}:00aa", told)
    guard.add_clerk(served.centre, "head", "主任", PASSWORD, "办公室", frozenset({Role.SUPERVISOR}))
    day = served.centre.today()
    named = Disclosing("主任", day=day, due=days.due(day, served.centre.publications.holidays))
    served.centre.say("head", "disclosure.registered", "disclosure:00aa", named)
    served.centre.say("head", "disclosure.assigned", "disclosure:00aa", Disclosing("主任", HERE))
    served.centre.say("wulan", "complaint.assigned", "complaint:00aa", Said("乌兰", HERE))
    return {"case": number, "card": card.partition(":")[2], "complaint": "00aa", "disclosure": "00aa"}


def test_the_table_with_bodies_is_what_happens(served: Served, things: dict[str, str]) -> None:
    """What names a thing is asked for by each role at each body. What names none says the same to every body: one of
    them asks in turn, and who may not come in at all is told so by `test_who_may`."""
    wrong = []
    for role in Role:
        for body, code in BODIES.items():
            if role is Role.EDITOR and body != "abroad":
                continue  # below a banner nobody edits its list; refused when the account is made
            account = f"{role.value}-{body}"
            guard.add_clerk(served.centre, account, "名", PASSWORD, code, frozenset({role}))
            token = guard.log_in(served.centre, account, PASSWORD)
            visitor = guard.visitor(served.centre, token)
            assert visitor
            with httpx.Client(base_url=served.address, cookies={guard.COOKIE: token}) as client:
                for at, row in enumerate(TABLE):
                    told = expected(row, role.value, sees=body == "own")
                    is_turn = list(BODIES)[at % len(BODIES)] == body and told != "shut" and TABLE[row] != "public"
                    if row in _LEFT or not (whose(row) or is_turn):
                        continue
                    if (found := asked_for(client, row, things, visitor.csrf)) != told:
                        wrong.append(f"{row} {account}: {found}, not {told}")
    assert wrong == []


def asked_for(client: httpx.Client, row: str, things: dict[str, str], csrf: str) -> str:
    """What comes of a row for whoever holds the client: open, shut, absent."""
    method, path = row.split()
    if thing := whose(row):
        path = re.sub(r"\{(?:intake_no|key)\}", things[thing], path, count=1)
    path = re.sub(r"\{[^}]*\}", "x", path)
    answer = client.request(method, path, data={"csrf": csrf, "seen": "0"} if method == "POST" else None)
    assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR, row
    if answer.status_code == httpx.codes.FORBIDDEN and NOT_YOURS in answer.text:
        return "shut"
    is_absent = answer.status_code == httpx.codes.NOT_FOUND and ABSENT.search(answer.text)
    return "absent" if whose(row) and is_absent else "open"


def test_a_township_handles_what_was_devolved_to_it_and_nothing_of_a_bureaus(
    served: Served, number: str, sessions: dict[str, httpx.Client], desk: Desk
) -> None:
    """The same gacha takes in a case that lies before a bureau: not the township's to see, list or move."""
    seed = load.seed()
    item = next(one for one in seed.items if one.item_name == "农村牧区宅基地审批")
    theirs = msgspec.structs.replace(
        item, version=item.version + 1, exercised_by=Exercise(Exerciser.BODY, BUREAU.code), org_name=BUREAU.name
    )
    publishing.catalogue(served.centre, "", msgspec.structs.replace(seed, version="10", items=(theirs,)))
    sync(desk)
    draft = full_draft(desk, task_code=item.task_code, fields={}, person=called("牧乙"))
    ticks = tuple(DraftMaterial(one.code, True, one.originals, one.copies) for one in theirs.materials)
    other = desk.register(msgspec.structs.replace(draft, materials=ticks)).intake_no
    sync(desk)
    own = sessions["own"]
    listed = own.get("/cases?tab=all").text
    assert number in listed
    assert other not in listed
    assert other in sessions["department"].get("/cases?tab=all").text
    assert own.get(f"/cases/{other}").status_code == httpx.codes.NOT_FOUND
    press(served, own, other, "accept")
    assert served.centre.case(other)[0].accepted is None
    for act in ("accept", "review", "grant"):
        press(served, own, number, act)
    case = served.centre.case(number)[0]
    assert case.state == "granted"
    assert case.accepted.org == "洪格尔苏木人民政府"


def press(served: Served, client: httpx.Client, number: str, act: str) -> None:
    """A move by a clerk who saw all that there is."""
    found = guard.visitor(served.centre, client.cookies[guard.COOKIE])
    assert found
    seen = str(served.centre.case(number)[1])
    typed = {"csrf": found.csrf, "seen": seen, "reasons": "依法", "document_no": ""}
    if act == "grant":
        typed |= hidden_in(client.post(f"/cases/{number}/decision/grant", data=typed).text)
    client.post(f"/cases/{number}/{act}", data=typed)


def test_nobody_of_a_township_edits_the_banners_list(served: Served, number: str) -> None:
    editor = frozenset({Role.EDITOR})
    with pytest.raises(RefusedError, match="不能编辑全旗的目录"):
        guard.add_clerk(served.centre, "bian", "编辑", PASSWORD, HERE, editor)
    guard.add_clerk(served.centre, "bian", "编辑", PASSWORD, "编辑部", editor)
    with served.centre.database.write() as db:
        people.set_clerk(db, "bian", body=HERE, org="洪格尔苏木人民政府")  # as it was given before
    routes = [row.split() for row in TABLE if TABLE[row] == "editor"]
    with logged_in(served, "bian") as client:
        answers = {path: client.request(method, re.sub(r"\{[^}]*\}", "x", path)).status_code for method, path in routes}
    assert {path for path, status in answers.items() if status != httpx.codes.FORBIDDEN} == set()
    with served.centre.database.read() as db, pytest.raises(RefusedError):
        served.centre.judge().must_allow_step(db, "bian", "life:x", "life.returned", Said("编辑", text="退"), [])
