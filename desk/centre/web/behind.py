"""From a figure to the cases behind it: the address of their list, what it asks for, and how a list says so."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from db.centre import case_rows
from desk.centre import figuring
from desk.centre.periods import Period
from desk.centre.web.frame import Asked
from desk.oversight.appraisal import POOR

_YES = {"1": "yes", "no": "no"}
# What narrows the cases of a period to those of one count.
FIGURES: dict[str, dict[str, str]] = {
    "arrived": {},
    "supplemented": {"supplemented": "1"},
    "first": {"supplemented": "no"},
    "ended": {"on": "ended"},
    "on_time": {"on": "ended", "late": "no"},
    "late": {"on": "ended", "late": "1"},
    "in_promise": {"on": "ended", "promise": "1"},
    "granted": {"on": "ended", "outcome": "granted"},
    "refused": {"on": "ended", "outcome": "refused"},
    "not_accepted": {"on": "ended", "outcome": "not_accepted"},
    "rated": {"on": "ended", "rated": "1"},
    "poor": {"on": "ended", "poor": "1"},
}
_OUTCOMES = {"granted": "准予", "refused": "不予", "not_accepted": "不予受理"}


def asked(
    since: Asked = "",
    until: Asked = "",
    on: Asked = "",
    late: Asked = "",
    promise: Asked = "",
    supplemented: Asked = "",
    rated: Asked = "",
    poor: Asked = "",
    outcome: Asked = "",
    agent: Asked = "",
) -> dict[str, str]:
    """A dependency: what an address asks for, without what makes no sense."""
    found = {
        "since": _day(since),
        "until": _day(until),
        "on": "ended" if on == "ended" else "",
        "late": late if late in _YES else "",
        "promise": promise if promise in _YES else "",
        "supplemented": supplemented if supplemented in _YES else "",
        "rated": "1" if rated == "1" else "",
        "poor": "1" if poor == "1" else "",
        "outcome": outcome if outcome in _OUTCOMES else "",
        "agent": agent,
    }
    return {name: value for name, value in found.items() if value}


def _day(text: str) -> str:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return ""
    return day.isoformat() if 2000 <= day.year < 9000 else ""


def told(wanted: dict[str, str]) -> case_rows.Behind | None:
    """The same for the database; None when nothing is asked for."""
    if not wanted:
        return None
    return figuring.behind(
        since=wanted.get("since", ""),
        until=wanted.get("until", ""),
        on=wanted.get("on", "arrived"),
        late=_YES.get(wanted.get("late", ""), ""),
        promise=_YES.get(wanted.get("promise", ""), ""),
        supplemented=_YES.get(wanted.get("supplemented", ""), ""),
        rated=wanted.get("rated", ""),
        poor=POOR if wanted.get("poor") else 0,
        outcome=wanted.get("outcome", ""),
        agent=wanted.get("agent", ""),
    )


def words(wanted: dict[str, str], org: str, place: str) -> str:
    """The same for people."""
    day = "办结" if wanted.get("on") == "ended" else "到件"
    span = ""
    if wanted.get("since") or wanted.get("until"):
        span = f"{wanted.get('since', '')} 至 {wanted.get('until', '')} {day}"
    yes_no = {
        "late": ("超期", "按时"),
        "promise": ("承诺内", "超过承诺"),
        "supplemented": ("要求过补正", "没有要求补正"),
    }
    parts = [span, "" if org in ("", case_rows.NONE) else org, figuring.place_name(place) if place else ""]
    if agent := wanted.get("agent"):
        parts.append("未写代办员" if agent == case_rows.NONE else f"代办员 {agent}")
    parts += [yes_no[name][wanted[name] == "no"] for name in yes_no if name in wanted]
    parts += [_OUTCOMES.get(wanted.get("outcome", ""), "")]
    parts.append("差评" if wanted.get("poor") else "有评价" if wanted.get("rated") else "")
    return "，".join(one for one in parts if one)


def link(figure: str, period: Period, **narrowed: str) -> str:
    """Where the cases of a count are listed; `narrowed`: org, place, task, agent."""
    wanted = {"tab": "all", "since": period.since, "until": period.until, **FIGURES[figure], **narrowed}
    return "/cases?" + urlencode({name: value for name, value in wanted.items() if value})
