"""照此重办: a new case's draft out of an old one, pictures too."""

from __future__ import annotations

import msgspec

from desk.counter import checks
from desk.counter.amending.drafts import as_draft
from desk.counter.session import Session, new_id
from desk.errors import RefusedError
from desk.store.entries import fold_case
from desk.store.snapshots import Draft


def again(session: Session, intake_no: str) -> Draft:
    """A draft like the case `intake_no`, under an id of its own. What was given back then is to be looked at anew.
    Raises RefusedError when there is no such case; an item that is no more is left to be chosen."""
    with session.store.read() as db:
        case = fold_case(db, intake_no)
    if case is None:
        raise RefusedError("没有找到这件办件。", "没有改动。")
    item = session.find(case.collected.item.task_code)
    draft = as_draft(case.collected, case.materials, item.task_code if item else "")
    if item is None:
        return msgspec.structs.replace(draft, id=new_id(), materials=())
    known = {one.code for one in checks.wanted(item, draft)}
    fields = {field.code for field in item.fields}
    return msgspec.structs.replace(
        draft,
        id=new_id(),
        fields={code: words for code, words in draft.fields.items() if code in fields},
        materials=tuple(msgspec.structs.replace(one, given_back=False) for one in draft.materials if one.code in known),
    )
