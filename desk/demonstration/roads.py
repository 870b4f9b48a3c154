"""What becomes of a case after it was taken in: steps with days between them, written as a line of words.

`accept review grant+2 return` is four moves of the centre, the third two working days after the second; without a
number it is one day, and none for what is done on the spot.
"""

from __future__ import annotations

from typing import NamedTuple

CENTRE = {
    "pre-check": "case.pre_checked",
    "accept": "case.accepted",
    "not-accept": "case.not_accepted",
    "supplement": "case.supplement_asked",
    "review": "case.reviewed",
    "suspend": "case.suspended",
    "extend": "case.extended",
    "grant": "case.granted",
    "refuse": "case.refused",
    "certify": "case.certifying",
    "return": "case.returning",
    "archive": "case.archived",
    "send-back": "case.returned",
}
DESK = {
    "at": "case.at_point",
    "serve": "case.served",
    "conclude": "case.concluded",
    "withdraw": "case.withdrawn",
    "void": "case.voided",
    "bring": "",
    "correct": "",
    "rate5": "",
    "rate4": "",
    "rate3": "",
    "rate2": "",
}
_AT_ONCE = ("rate", "correct", "void")

DECIDED = "accept review grant+2 return"
HERE = f"{DECIDED} at"
SERVED = f"{HERE} serve"
CLOSED = f"{SERVED} rate5 conclude+2"
KEPT = f"{CLOSED} archive+2"


class Step(NamedTuple):
    """One step: `wait` working days after the one before."""

    name: str
    wait: int

    @property
    def at_centre(self) -> bool:
        """Whether the centre takes it."""
        return self.name in CENTRE


def steps(road: str) -> tuple[Step, ...]:
    """The steps of a road; KeyError for a word that there is not."""
    return tuple(_step(word) for word in road.split())


def _step(word: str) -> Step:
    name, _, wait = word.partition("+")
    if name not in CENTRE and name not in DESK:
        raise KeyError(name)
    return Step(name, int(wait) if wait else int(not name.startswith(_AT_ONCE)))
