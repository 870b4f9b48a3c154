"""What a test writes at a desk: drafts with nothing wrong in them, of people who can be told apart.

No server and no pytest is imported here: programs that tests start read this in a tenth of the time that the fixtures
take, and there are many of them.
"""

from __future__ import annotations

import hashlib
import uuid

import msgspec

from db import vault
from desk.app.open_desk import Desk
from desk.log.events import Person
from desk.store.snapshots import Draft, DraftMaterial

CHEAP = vault.Cost(1, 8 * 1024, 1)
PASSWORD = "a good password"
POINT, POINT_NAME = "152523202202", "乌日尼勒图嘎查便民代办点"
HERDER = Person("阿拉坦其其格", "111", "152523195603020027", "13900000001", "乌日尼勒图嘎查一组")


def item_code(desk: Desk, name: str = "最低生活保障审核确认") -> str:
    return next(row.item.task_code for row in desk.items() if row.item.item_name == name)


def called(name: str) -> Person:
    """Somebody of that name, with an identity number of their own."""
    if name == HERDER.name:
        return HERDER
    drawn = int.from_bytes(hashlib.sha256(name.encode()).digest())
    digits = f"152523{1930 + drawn % 70}{1 + drawn % 12:02d}{1 + drawn % 28:02d}{drawn % 1009 % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = "10X98765432"[sum(int(one) * weight for one, weight in zip(digits, weights, strict=True)) % 11]
    return msgspec.structs.replace(HERDER, name=name, id_number=digits + check)


def full_draft(desk: Desk, number: int = 1, person: Person = HERDER, **changes: object) -> Draft:
    """A draft with nothing wrong in it; another id each time, as each page has."""
    item = desk.item(item_code(desk))
    assert item is not None
    ticks = tuple(
        DraftMaterial(one.code, True, one.originals, one.copies, given_back=one.returned) for one in item.materials
    )
    facts = {"applicant": person, "task_code": item.task_code, "fields": {"members": "3"}, "materials": ticks}
    facts["again"] = "另一户成员"  # of tests that take the same in twice
    return Draft(f"draft-{number}-{uuid.uuid4().hex}", **(facts | changes))


def sync(desk: Desk):
    return desk.sync(lambda _far: None, lambda: False)
