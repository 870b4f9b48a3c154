"""更正 at the centre: a clerk finds a slip in a case that came here. An entry of our own log with its reason that goes
down to the point; the application as the herder wrote it stays in the history."""

from __future__ import annotations

from collections.abc import Mapping

from desk.centre.node.centre_node import Centre, Own, must_have_seen
from desk.counter.amending import correctable
from desk.counter.amending.correctable import Correctable, Writer
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.law.catalogue.item import Item


def offered(centre: Centre, case: cases.Case) -> tuple[Correctable, ...]:
    """What this centre can correct of a case now; nothing of one that came to another centre."""
    return correctable.offered(case, _item(centre, case), centre.node)


def correct(
    centre: Centre, author: str, officer: str, intake_no: str, right: Mapping[str, str], why: str, seen: int
) -> None:
    """Put `right`, by the fields of `offered`, in the name of `officer`; `seen` as in `Centre.act`. Raises RefusedError
    when it is not this clerk's or this centre's to do, or a value may not stand there; nothing is written then."""
    if not why.strip():
        raise RefusedError("请写明更正的原因。", correctable.KEPT)
    with centre.database.write() as db:
        entries = centre.about(db, [intake_no])[intake_no]
        case = cases.fold(entries)
        if case is None:
            raise RefusedError("没有这件办件。")
        must_have_seen(entries, seen)
        centre.judge().must_be_ours(case)
        centre.judge().must_allow_correction(db, author, case)
        by = Writer(officer, centre.node, centre.today())
        told = correctable.correction(case, _item(centre, case), right, why.strip(), by)
        own = Own(author, "case.corrected", intake_no, told, case.collected.point_code)
        made = centre.add(db, [own], {intake_no: entries})
        centre.project(db, {intake_no: [*entries, made[0].entry]})


def _item(centre: Centre, case: cases.Case) -> Item | None:
    taken = case.collected.item
    return centre.publications.item(taken.task_code, taken.version)
