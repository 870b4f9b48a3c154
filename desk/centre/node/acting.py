"""What stands behind a clerk's move: the organ whose act it is, and by which law."""

from __future__ import annotations

from desk.centre.node.centre_node import Centre
from desk.folds import case_acts, organs
from desk.folds.case import Case
from desk.folds.case_acts import By, Said
from desk.log import events


def made(centre: Centre, kind: str, case: Case, said: Said, officer: str, department: str = "") -> events.Data:
    """The data of a move by `officer` (of `department`, where the case names no organ) out of what was said."""
    law = centre.publications.law(case)
    org = centre.lies(case).org or department
    organ = organs.of_case(case, org, centre.publications.bodies, centre.today())
    by = By(officer, org, centre.name, organs.remedy(organ, law, accepted=False))
    return case_acts.made(kind, case, law, said, by)
