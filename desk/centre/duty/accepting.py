"""Many cases accepted at once, and that undone: which they were is kept for whoever did it, until the next time."""

from __future__ import annotations

import msgspec

from db.centre import rows
from desk.centre.node.centre_node import Centre
from desk.errors import RefusedError
from desk.law import numbers
from desk.log.events import Act

WHY = "批量受理后撤销"


class Undone(msgspec.Struct, frozen=True):
    """How many were taken back, and why each of the others was not."""

    count: int
    refused: tuple[str, ...]


class _Lot(msgspec.Struct, frozen=True):
    """The cases by number, with how many entries told of each when it had been accepted."""

    cases: dict[str, int] = {}


def _key(account: str) -> str:
    return f"accepted.{account}"


def keep(centre: Centre, account: str, accepted: dict[str, int]) -> None:
    """These were accepted just now; each with how many entries tell of it."""
    with centre.database.touch() as db:
        rows.set_value(db, _key(account), msgspec.json.encode(_Lot(accepted)).decode())


def waiting(centre: Centre, account: str) -> int:
    """How many of the last lot could still be taken back, as far as nobody went on with them."""
    with centre.database.read() as db:
        return len(_lot(rows.value(db, _key(account))).cases)


def _lot(text: str) -> _Lot:
    return msgspec.json.decode(text, type=_Lot) if text else _Lot()


def undo(centre: Centre, account: str, officer: str) -> Undone:
    """Take the last lot back: what somebody went on with, or whose notice is out, stays accepted. Raises RefusedError
    where there is none."""
    with centre.database.read() as db:
        lot = _lot(rows.value(db, _key(account)))
    if not lot.cases:
        raise RefusedError("没有可以撤销的批量受理。", "没有改动。")
    count, refused = 0, list[str]()
    for number, seen in lot.cases.items():
        found = centre.case(number)
        org = found[0].accepted.org if found and found[0].accepted else ""
        try:
            centre.act(account, "case.unaccepted", number, Act(officer, org, WHY), seen)
            count += 1
        except RefusedError as error:
            refused.append(f"{numbers.grouped(number)}：{error.happened}")
    keep(centre, account, {})
    return Undone(count, tuple(refused))
