"""The banner's register at its centre: prepared as drafts, published by what changed, carried to every desk; cases lie
before who is competent, also those of desks of before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import httpx
import msgspec
import pytest
from banner import BUREAU, HERE, THERE, TODAY, publish_towns, published, redraft, seeded, stands, towns
from conftest import PASSWORD, Served, SetClock, both_databases, full_draft, item_code, sync
from office import logged_in

from db.centre import people, rows
from db.centre.lists import case_rows
from desk.app.open_desk import Desk
from desk.centre.node import bodies
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.errors import RefusedError
from desk.law.bodies.body import ended, renamed
from desk.law.catalogue import load
from desk.law.catalogue.item import Item
from desk.log import centre_events, chain, events
from desk.store.snapshots import Draft, DraftMaterial


def row(served: Served, number: str) -> dict[str, object]:
    with served.centre.database.read() as db:
        found = case_rows.one_case(db, number)
    assert found
    return dict(found)


@both_databases
def test_a_banner_is_seeded_as_drafts_and_published_at_once(served: Served, desk: Desk) -> None:
    count = bodies.seed_drafts(served.centre, "152523")
    assert published(served) == 0
    assert bodies.seed_drafts(served.centre, "152523") == 0
    assert bodies.publish(served.centre, "bian") == count > 60
    sync(desk)
    assert len(desk.session.bodies) == count
    assert desk.session.bodies.get(THERE) == stands(served, THERE)


def test_one_changed_field_sends_one_entry(served: Served, desk: Desk) -> None:
    seeded(served)
    sync(desk)
    before = published(served)
    redraft(served, msgspec.structs.replace(stands(served, THERE), enquiry_phone="0479-2512345"))
    assert bodies.publish(served.centre, "bian") == 1
    assert published(served) == before + 1
    sync(desk)
    known = desk.session.bodies.get(THERE)
    assert known
    assert known.enquiry_phone == "0479-2512345"
    assert bodies.publish(served.centre, "bian") == 0


def test_a_draft_that_somebody_else_changed_is_not_overwritten(served: Served) -> None:
    seeded(served)
    seen = bodies.mark(stands(served, THERE))
    redraft(served, msgspec.structs.replace(stands(served, THERE), hours="全年"))
    with pytest.raises(RefusedError, match="别人改过"):
        bodies.keep(served.centre, msgspec.structs.replace(stands(served, THERE), hours="周一"), seen)
    bodies.drop(served.centre, THERE)
    assert stands(served, THERE).hours == ""


def test_unsound_drafts_are_kept_and_not_published(served: Served) -> None:
    seeded(served)
    before = published(served)
    wrong = msgspec.structs.replace(stands(served, THERE), enquiry_phone="见公示栏")
    told = bodies.keep(served.centre, wrong, bodies.mark(stands(served, THERE)))
    assert [one.field for one in told] == ["enquiry_phone"]
    with pytest.raises(RefusedError, match="查干敖包镇人民政府：咨询电话"):
        bodies.publish(served.centre, "bian")
    assert published(served) == before
    bodies.drop(served.centre, THERE)
    redraft(served, ended(stands(served, THERE), TODAY))  # and nobody goes on for those below
    with pytest.raises(RefusedError, match="下级机构"):
        bodies.publish(served.centre, "bian")


def test_a_case_lies_before_the_town_of_its_point_also_of_a_desk_of_before(served: Served, desk: Desk) -> None:
    item = desk.item(item_code(desk, "最低生活保障审核确认"))
    publish_towns(served, item.task_code)
    sync(desk)
    number = desk.register(full_draft(desk)).intake_no  # it knows no bodies yet
    sync(desk)
    assert row(served, number)["body"] == item.org_name
    seeded(served)
    assert (row(served, number)["body"], row(served, number)["org"]) == (HERE, "洪格尔苏木人民政府")


@both_databases
def test_a_case_of_an_item_of_before_lies_before_the_body_of_that_name(served: Served, desk: Desk) -> None:
    number = desk.register(veterinary(desk)).intake_no
    sync(desk)
    org = str(row(served, number)["org"])
    served.centre.act("wulan", "case.returned", number, events.Act("乌兰", org, "材料不对"), 2)
    seeded(served, msgspec.structs.replace(BUREAU, name=org))
    assert row(served, number)["body"] == BUREAU.code
    with served.centre.database.read() as db:
        before = case_rows.cases_table(db)
    served.centre.rebuild()
    with served.centre.database.read() as db:
        assert case_rows.cases_table(db) == before


def veterinary(desk: Desk) -> Draft:
    """A licence of the banner's bureau for farming."""
    item = desk.item(item_code(desk, "动物防疫条件合格证核发"))
    ticks = tuple(DraftMaterial(one.code, True, one.originals, one.copies) for one in item.materials)
    return full_draft(desk, 7, task_code=item.task_code, materials=ticks, fields={})


def clerk_of(served: Served, account: str, org: str) -> None:
    guard.add_clerk(served.centre, account, "其木格", PASSWORD, org, frozenset({Role.CLERK}))


def sees(served: Served, account: str, number: str) -> bool:
    with logged_in(served, account) as client:
        shown: httpx.Response = client.get(f"/cases/{number}")
        assert (number[:12] in client.get("/cases?tab=all").text) == (shown.status_code == httpx.codes.OK)
    return shown.status_code == httpx.codes.OK


def test_a_town_sees_its_own_cases_and_not_another_towns(served: Served, desk: Desk, tell: SetClock) -> None:
    item = desk.item(item_code(desk))
    publish_towns(served, item.task_code)
    seeded(served)
    sync(desk)
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    clerk_of(served, "here", "洪格尔苏木人民政府")
    clerk_of(served, "there", THERE)  # by its code
    assert sees(served, "here", number)
    assert not sees(served, "there", number)
    # 洪格尔苏木 is merged into 查干敖包镇: what it had goes with it, and its people keep what they had.
    tell.at += dt.timedelta(1)
    redraft(served, ended(stands(served, HERE), TODAY + dt.timedelta(1), THERE))
    bodies.publish(served.centre, "bian")
    assert sees(served, "there", number)
    assert sees(served, "here", number)
    sync(desk)
    after = desk.register(full_draft(desk, 2)).intake_no  # and its people go with it
    sync(desk)
    assert row(served, after)["body"] == THERE
    assert sees(served, "here", after)


def test_a_renamed_department_keeps_its_people_and_its_cases(served: Served, desk: Desk) -> None:
    number = desk.register(veterinary(desk)).intake_no
    sync(desk)
    org = str(row(served, number)["org"])
    clerk_of(served, "min", org)
    seeded(served, msgspec.structs.replace(BUREAU, name=org))
    assert sees(served, "min", number)
    redraft(served, renamed(stands(served, BUREAU.code), "苏尼特左旗民政和退役军人事务局", TODAY))
    bodies.publish(served.centre, "bian")
    assert sees(served, "min", number)
    with logged_in(served, "min") as client:
        assert "苏尼特左旗民政和退役军人事务局" in client.get("/cases").text
    assert row(served, number)["org"] == org


def test_accounts_are_matched_once_by_name_and_others_keep_their_words(served: Served) -> None:
    clerk_of(served, "min", "苏尼特左旗民政局")
    clerk_of(served, "lin", "林草局")
    seeded(served, BUREAU)
    with served.centre.database.read() as db:
        kept = {one["account"]: (one["org"], one["body"]) for one in people.clerks(db)}
    assert kept["min"] == ("苏尼特左旗民政局", BUREAU.code)
    assert kept["lin"] == ("林草局", "")
    guard.change_clerk(served.centre, "lin", frozenset({Role.CLERK}), "苏尼特左旗民政局", ())
    with served.centre.database.read() as db:
        found = people.one_clerk(db, "lin")
    assert found
    assert found["body"] == BUREAU.code


def test_bodies_that_came_before_a_desk_knew_them_are_read_after_its_upgrade(
    served: Served, make_desk: Callable[..., Desk]
) -> None:
    seeded(served)
    desk = make_desk()
    sync(desk)
    count = len(desk.session.bodies)
    with desk.store.write() as db:  # as a program of before left it: the entries in the log, no rows
        db.conn.execute("DELETE FROM record_row WHERE kind = 'body'")
        db.conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'bodies'")
    desk.close()
    assert len(make_desk().session.bodies) == count > 0


def test_a_desk_of_the_former_version_reads_what_it_knows(served: Served, desk: Desk) -> None:
    """What a program of before reads of a published item: the struct that it had, which takes no unknown field."""
    item = desk.item(item_code(desk))
    publish_towns(served, item.task_code)
    with served.centre.database.read() as db:
        told = [chain.decoded(one) for one in rows.encoded_after(db, served.centre.node, 0, 10_000, 1 << 30)]
    *_, entry = (one for one in told if one.kind == "item.published" and one.subject == f"item:{item.task_code}")
    fields = [one for one in _fields(Item) if one[0] != "exercised_by"]
    was = msgspec.defstruct("Item", fields, forbid_unknown_fields=True)
    former = msgspec.defstruct("ItemPublished", [("item", was), ("catalogue", str), ("withdrawn", bool, False)])
    assert msgspec.json.decode(entry.data, type=former).item.task_code == item.task_code
    now = events.decode(entry.kind, entry.data)
    assert isinstance(now, centre_events.ItemPublished)
    assert now.whole == towns(load.by_code(item.task_code))


def _fields(struct: type[msgspec.Struct]) -> list[tuple[object, ...]]:
    found = msgspec.structs.fields(struct)
    return [(one.name, one.type) if one.required else (one.name, one.type, one.default) for one in found]
