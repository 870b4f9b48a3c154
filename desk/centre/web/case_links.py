"""From a figure to the cases behind it: the address of their list, what it asks for, and how a list says so."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from db.centre.lists import case_rows
from desk.centre.watch import figuring
from desk.centre.watch.periods import Period
from desk.centre.web.frame import Asked
from desk.folds.office.appraisal import POOR

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
    open_after: Asked = "",
) -> dict[str, str]:
    """A dependency: what an address asks for, without what makes no sense."""
    narrowed = {
        "since": day(since),
        "until": day(until),
        "on": "ended" if on == "ended" else "",
        "late": late if late in _YES else "",
        "promise": promise if promise in _YES else "",
        "supplemented": supplemented if supplemented in _YES else "",
        "rated": "1" if rated == "1" else "",
        "poor": "1" if poor == "1" else "",
        "outcome": outcome if outcome in _OUTCOMES else "",
        "agent": agent,
        "open_after": day(open_after),
    }
    return {name: value for name, value in narrowed.items() if value}


def day(text: str) -> str:
    """A day in an address, "" for what is none."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        return ""
    return found.isoformat() if 2000 <= found.year < 9000 else ""


def behind(wanted: dict[str, str]) -> case_rows.Behind | None:
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
        open_after=wanted.get("open_after", ""),
    )


def words(wanted: dict[str, str], org: str, place: str) -> str:
    """The same for people."""
    what = "办结" if wanted.get("on") == "ended" else "到件"
    span = f"{wanted['open_after']} 下班时在办" if "open_after" in wanted else ""
    if wanted.get("since") or wanted.get("until"):
        span = f"{wanted.get('since', '')} 至 {wanted.get('until', '')} {what}"
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
    return _list("/cases", tab="all", since=period.since, until=period.until, **FIGURES[figure], **narrowed)


def _list(path: str, **asked: str) -> str:
    return f"{path}?" + urlencode({name: value for name, value in asked.items() if value})


# The figures of a report -> what narrows the cases of its span.
_REPORTED: dict[str, str] = {
    "到件": "arrived",
    "办结": "ended",
    "按期办结": "on_time",
    "超期办结": "late",
    "按期办结率": "on_time",
    "补正": "supplemented",
    "一次齐全率": "first",
    "收到评价": "rated",
    "参评率": "rated",
    "差评": "poor",
}
_COLOURS = {"黄牌": "yellow", "红牌": "red"}


def reported(name: str, since: str, until: str, org: str) -> str:
    """Where the cases, cards or complaints are listed that a figure of a report counts; "" for none."""
    span = {"since": since, "until": until, "org": org}
    if name in _REPORTED:
        return _list("/cases", tab="all", **span, **FIGURES[_REPORTED[name]])
    if name == "期末在办":
        return _list("/cases", tab="all", open_after=until, org=org)
    if name in _COLOURS:
        return _list("/supervision", state="all", colour=_COLOURS[name], **span)
    if name in ("投诉和建议", "投诉已办结"):
        return _list("/complaints", state="closed" if name == "投诉已办结" else "all", **span)
    return ""
