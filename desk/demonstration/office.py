"""What the centre does: its clerk moves cases as the page for them does, the watch looks every evening."""

from __future__ import annotations

import datetime as dt

from db.centre import records
from desk.app import demo
from desk.centre.node import acting, publishing
from desk.centre.node.centre_node import Centre
from desk.centre.watch import watching
from desk.demonstration.roads import CENTRE
from desk.demonstration.stories import Story
from desk.folds import case as cases
from desk.folds.case_acts import Said
from desk.law import deadline
from desk.log.centre_events import NoticePublished
from desk.log.office_events import Said as Spoken

_REASONS = {"case.granted": "申请材料齐全，符合条件。", "case.refused": "不符合条件。"}
_UNTIL = {"case.supplement_asked": 10, "case.suspended": 25}  # working days

_ANSWERED_AFTER = 2  # days
_LEFT_OPEN = ("over", "silent")  # rules whose cards wait for whoever looks at the demonstration
_CLERK, _WATCHER = (demo.CLERK_NAME, demo.CLERK_ORG), (demo.WATCHER_NAME, demo.WATCHER_ORG)
_Step = tuple[str, str, Spoken]
# family and state -> what is said next, and by whom
_STEPS: dict[tuple[str, str], tuple[_Step, ...]] = {
    ("card", "raised"): (("card.explained", demo.CLERK, Spoken(*_CLERK, "已督促承办单位，当日补办。")),),
    ("card", "explained"): (("card.answered", demo.WATCHER, Spoken(*_WATCHER, "情况属实，已改正。", "accepted")),),
    ("complaint", "made"): (
        ("complaint.answered", demo.CLERK, Spoken(*_CLERK, "已把要补的材料合成一张清单，一次告知，并电话道歉。")),
    ),
    ("complaint", "answered"): (
        ("complaint.called_back", demo.WATCHER, Spoken(*_WATCHER, "电话回访，本人认可。", "yes")),
        ("complaint.closed", demo.WATCHER, Spoken(*_WATCHER, "")),
    ),
}


def move(centre: Centre, number: str, step: str, story: Story) -> bool:
    """Take a step of the centre's; False where the case is not there yet."""
    found = centre.case(number)
    if found is None:
        return False
    case, seen = found
    kind = CENTRE[step]
    if kind not in cases.allowed(case.state, cases.Side.CENTRE):
        return False
    until = _until(centre, kind)
    approved = demo.CLERK_NAME if kind == "case.extended" else ""
    reasons = story.words if step in ("not-accept", "supplement", "refuse", "suspend", "extend", "send-back") else ""
    said = Said(reasons or _REASONS.get(kind, ""), until=until, approved=approved)
    centre.act(demo.CLERK, kind, number, acting.made(centre, kind, case, said, demo.CLERK_NAME), seen)
    return True


def _until(centre: Centre, kind: str) -> dt.date | None:
    days = _UNTIL.get(kind, 0)
    return deadline.working_day_after(centre.today(), days, centre.publications.holidays) if days else None


def tell_all(centre: Centre, title: str, text: str) -> None:
    """A notice to all points."""
    publishing.notice(centre, demo.CLERK, NoticePublished(title, text, centre.name))


def evening(centre: Centre) -> None:
    """The watch of supervision looks, as it does every minute of a served centre; then cards and ratings of former days
    go a step further."""
    watching.watch(centre)
    before = (centre.today() - dt.timedelta(_ANSWERED_AFTER)).isoformat()
    with centre.database.read() as db:
        rows = [row for one in _STEPS for row in records.record_data(db, one[0], state=one[1])]
    for row in rows:
        if row["day"] < before and row["kind"] not in _LEFT_OPEN:
            for kind, account, said in _STEPS[row["family"], row["state"]]:
                centre.say(account, kind, row["id"], said)
