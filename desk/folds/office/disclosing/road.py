"""A case of a point that asks for disclosure is handled as a request, so that there is one road whether it came by the
point or by the page."""

from __future__ import annotations

from desk.folds.office.findings import subject

REGIME = "disclosure"  # of the items whose cases these are
# Steps of the case that its request takes for it.
DECIDED_THERE = frozenset(
    {
        "case.accepted", "case.not_accepted", "case.supplement_asked", "case.reviewed", "case.suspended",
        "case.resumed", "case.extended", "case.granted", "case.refused", "case.returned",
    }
)  # fmt: skip


def subject_of(intake_no: str) -> str:
    """The request that a case is handled as."""
    return subject("disclosure", f"case|{intake_no}")
