"""What is to be done next with a case at the point: one thing for each state, which its page offers first."""

from __future__ import annotations

from enum import StrEnum

from desk.folds.case import Case, State


class NextAct(StrEnum):
    """The acts that can come first."""

    RECEIPT = "receipt"  # the herder is still at the counter
    BRING = "bring"  # what was missing or asked for comes
    SYNC = "sync"  # it is the centre's turn: send what waits, hear how far it is
    AT_POINT = "at_point"
    SERVE = "serve"
    RATE = "rate"
    CONCLUDE = "conclude"
    AGAIN = "again"  # closed: a new one like it


_BY_STATE = {
    State.SUPPLEMENT_ASKED: NextAct.BRING,
    State.RETURNING: NextAct.AT_POINT,
    State.AT_POINT: NextAct.SERVE,
}
_GONE = (State.NOT_ACCEPTED, State.RETURNED, State.WITHDRAWN, State.VOID, State.ARCHIVED)
_UNREAD = (State.ARRIVED, State.PRE_CHECK)  # what is missing can still be laid to it before it is looked at


def next_act(case: Case, *, receipt: bool, unsent: bool, syncs: bool) -> NextAct:
    """`receipt`: one was made; `unsent`: something of the case waits here; `syncs`: this desk has a centre to sync
    with."""
    if case.state in _BY_STATE:
        return _BY_STATE[case.state]
    if case.state in _GONE:
        return NextAct.AGAIN
    if case.state in (State.SERVED, State.CONCLUDED):
        return _after_hand_over(case)
    if case.state is State.COLLECTED and not receipt:
        return NextAct.RECEIPT
    lacks = any(one.missing for one in case.materials)
    if lacks and not case.decided_at and (case.state in _UNREAD or not (unsent and syncs)):
        return NextAct.BRING
    return NextAct.SYNC if syncs else NextAct.RECEIPT


def _after_hand_over(case: Case) -> NextAct:
    """The herder is asked once, then it is closed."""
    if case.rated is None:
        return NextAct.RATE
    return NextAct.CONCLUDE if case.state is State.SERVED else NextAct.AGAIN
