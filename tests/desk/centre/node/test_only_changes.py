"""Only changes travel: what an editor changed is what desks are sent, and nothing besides."""

from __future__ import annotations

import msgspec
from banner import BUREAU, redraft, seeded
from conftest import Served, SetClock, sync
from judged import WRITER, adjusted, editors, publish

from desk.app.open_desk import Desk
from desk.centre.drafting import approving, item_drafts, peoples_words
from desk.centre.node import bodies, publishing
from desk.law import holidays
from desk.law.catalogue import load

SEED = load.seed()


def test_one_changed_thing_sends_one_entry(served: Served, desk: Desk, tell: SetClock) -> None:
    editors(served)
    seeded(served, BUREAU)
    publishing.catalogue(served.centre, "", SEED)
    sync(desk)
    assert publishing.catalogue(served.centre, "", SEED) == 0
    adjusted(served)
    publish(served)
    assert sync(desk).received == 1  # the item; its life stays here
    redraft(served, msgspec.structs.replace(BUREAU, enquiry_phone="0479-2512345"))
    bodies.publish(served.centre, "bian")
    assert sync(desk).received == 1  # of more than a hundred bodies
    table = holidays.seed()
    new = msgspec.structs.replace(table, version="旗", days_off=table.days_off | {tell.at.date()})
    publishing.holidays(served.centre, "bian", new)
    publishing.holidays(served.centre, "bian", new)
    assert sync(desk).received == 1
    peoples_words.add(served.centre, "bian", SEED.items[0].task_code, "吃低保")
    assert sync(desk).received == 1
    assert sync(desk).received == 0


def test_a_telephone_of_forty_items_sends_forty(served: Served, desk: Desk) -> None:
    editors(served)
    codes = list(dict.fromkeys(one.task_code for one in SEED.items))[:40]
    approving.correct(served.centre, WRITER, {code: {"enquiry_phone": "0479-7654321"} for code in codes})
    assert sync(desk).received == 40
    assert {desk.item(code).enquiry_phone for code in codes} == {"0479-7654321"}


def test_what_comes_in_again_as_it_stands_is_no_draft(served: Served) -> None:
    editors(served)
    assert item_drafts.bring(served.centre, WRITER.account, "a.json", SEED.items) == 0
