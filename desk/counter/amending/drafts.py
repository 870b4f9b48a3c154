"""An application that was taken in, as the draft that it would be today."""

from __future__ import annotations

from desk.log import events
from desk.store.snapshots import Draft, DraftMaterial


def as_draft(collected: events.Collected, materials: tuple[events.TakenMaterial, ...], task_code: str) -> Draft:
    """The draft of `collected` with `materials`, for the item `task_code`; it has no id."""
    return Draft(
        "",
        applicant=collected.applicant,
        applicant_id=collected.applicant_id,
        proxy=collected.proxy,
        task_code=task_code,
        situation=collected.situation,
        fields=dict(collected.fields),
        materials=tuple(_tick(one) for one in materials),
        note=collected.note,
    )


def _tick(one: events.TakenMaterial) -> DraftMaterial:
    here = not one.missing
    return DraftMaterial(one.code, here, one.originals, one.copies, one.missing, one.files, here and one.returned)
