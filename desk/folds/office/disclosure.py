"""Requests for disclosure 依申请公开 as a family of the office's records; what they are, their days and their rules
stand in `disclosing`."""

from __future__ import annotations

from desk.folds.office.disclosing.days import LIMIT, LONGER, due, later
from desk.folds.office.disclosing.grounds import ANSWERS, BY_CODE
from desk.folds.office.disclosing.request import OPEN, SENT, STATES, Disclosure, fold, line
from desk.folds.office.disclosing.rules import begins, refusal
from desk.folds.office.office_record import Family

__all__ = [
    "ANSWERS", "BY_CODE", "FAMILY", "LIMIT", "LONGER", "OPEN", "SENT", "STATES", "Disclosure", "due", "fold", "later",
    "line",
]  # fmt: skip

FAMILY = Family(fold, line, Disclosure, STATES, refusal, begins)
