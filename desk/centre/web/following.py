"""What the forms for everybody share: who sent too much of late, a trap for programs, and whose code opens what."""

from __future__ import annotations

import msgspec
from fastapi import Request

from db.centre import records
from desk.centre.node.centre_node import Centre
from desk.centre.run import guard
from desk.centre.web.frame import asker
from desk.errors import RefusedError
from desk.folds.office import complaints, disclosure

_FAMILIES: dict[str, type[complaints.Complaint | disclosure.Disclosure]] = {
    "complaint": complaints.Complaint,
    "disclosure": disclosure.Disclosure,
}


def must_wait(request: Request, what: str) -> None:
    """Raises RefusedError where this address sent too much of late."""
    if request.app.state.asks[what].wait(asker(request)):
        raise RefusedError("这个地址提交得太多了。", "没有提交。", "请过一会儿再来，或打电话。")


def no_trap(website: str) -> None:
    """The field `website` is a trap for programs: nobody sees it."""
    if website.strip():
        raise RefusedError("没有提交成功。", "", "请不要用程序填表。")


def followed(centre: Centre, number: str, code: str) -> complaints.Complaint | disclosure.Disclosure | None:
    """The record with this number when the code is its own; one answer for every other case."""
    family = "disclosure" if number.startswith("SQ") else "complaint"
    with centre.database.read() as db:
        kept = records.one_record(db, family, number) if number else None
    if kept is None:
        return None
    found = msgspec.json.decode(kept["data"], type=_FAMILIES[family])
    expected = found.made.code if isinstance(found, complaints.Complaint) else found.asked.code
    return found if guard.same(expected, code.strip().upper()) and expected else None
