"""Practice 练习: a desk of made-up people in a folder of its own, marked on every paper, never synced."""

from __future__ import annotations

import secrets
from pathlib import Path

import msgspec

from db import vault
from db.files import write_whole
from desk import clock
from desk.app import opening
from desk.app.demo import PEOPLE
from desk.app.open_desk import Desk
from desk.counter.office import accounts
from desk.store.account import Account
from desk.store.snapshots import Draft, DraftMaterial, Office

FOLDER = "practice"
_LIGHT = vault.Cost(1, 8 * 1024, 1)  # it guards nothing
_KEY_FILE = "practice.key"
_ITEM = "最低生活保障审核确认"


def open_practice(folder: Path, office: Office, account: Account, tell: clock.Clock = clock.now) -> Desk:
    """The practice desk beside the real one in `folder`; made with a few people and a case when it is opened first."""
    place = folder / FOLDER
    secret = place / _KEY_FILE
    fresh = not accounts.accounts(place)
    if fresh:
        place.mkdir(parents=True, exist_ok=True)
        write_whole(secret, secrets.token_urlsafe(12).encode())
        opening.create_alone(
            place,
            office.point_code,
            office.point_name,
            account,
            secret.read_text("utf-8"),
            phone=office.phone,
            practice=True,
            cost=_LIGHT,
            tell=tell,
        )
    known = accounts.accounts(place)[0].account
    desk = opening.open_desk(place, known, secret.read_text("utf-8"), tell)
    if fresh:
        _fill(desk)
    return desk


def _fill(desk: Desk) -> None:
    item = next((row.item for row in desk.items() if row.item.item_name == _ITEM and not row.refusal), None)
    if item is None:
        return
    ticks = tuple(
        DraftMaterial(one.code, here=True, originals=one.originals, copies=one.copies, given_back=one.returned)
        for one in item.materials
    )
    for at, person in enumerate(PEOPLE):
        draft = Draft(f"practice-{at}", person, task_code=item.task_code, fields={"members": "3"}, materials=ticks)
        desk.register(msgspec.structs.replace(draft, note="练习"))
