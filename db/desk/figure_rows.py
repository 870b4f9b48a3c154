"""What the page of figures counts, over cases collected in a span of days (YYYY-MM-DD, both included)."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

_LASTED = "julianday(substr(ended_at, 1, 10)) - julianday(substr(collected_at, 1, 10))"
_SINCE = "collected_at >= ? AND collected_at <= ?"


def per_month(db: Database, since: str, until: str) -> dict[str, int]:
    """How many cases by month (YYYY-MM)."""
    return _grouped(db, "substr(collected_at, 1, 7)", _SINCE, since, until)


def per_item(db: Database, since: str, until: str) -> dict[str, int]:
    """How many cases by name of their item, in the order of names."""
    return _grouped(db, "item_name", _SINCE, since, until)


def per_state(db: Database, since: str, until: str) -> dict[str, int]:
    """How many cases by state."""
    return _grouped(db, "state", _SINCE, since, until)


def per_window(db: Database, since: str, until: str) -> dict[str, int]:
    """How many cases by the desk that took them in, in the order of names."""
    return _grouped(db, "node", _SINCE, since, until)


def day_at_windows(db: Database, day: str) -> list[dict[str, Any]]:
    """How many cases each window took in of each item on a day: `node`, `task_code`, `item_name`, `n`."""
    sql = (
        f"SELECT node, task_code, min(item_name) AS item_name, count(*) AS n FROM case_row WHERE {_SINCE} "
        "GROUP BY node, task_code"
    )
    return list(db.query(sql, [day, day + "~"]))


def at_windows(db: Database) -> dict[str, dict[str, Any]]:
    """By desk whose window has them: how many cases are `open` there, and how many of them lie there `new`."""
    sql = "SELECT window, count(*) AS open, sum(passed_at <> '') AS new FROM case_row WHERE open GROUP BY window"
    return {row["window"]: row for row in db.query(sql)}


def ratings(db: Database, first: str, last: str) -> list[tuple[str, int]]:
    """The marks (1 to 5) that people gave in the months (YYYY-MM) from `first` to `last`, each with its month, as they
    came."""
    sql = (
        "SELECT substr(min(entry.time), 1, 7) AS month, min(entry.arrival) AS came, rating "
        "FROM case_row CROSS JOIN entry ON entry.subject = case_row.intake_no AND entry.kind = 'case.rated' "
        "WHERE rating > 0 GROUP BY case_row.intake_no HAVING month >= ? AND month <= ? ORDER BY came"
    )
    return [(row["month"], row["rating"]) for row in db.query(sql, [first, last])]


def rated(db: Database, since: str, until: str) -> int:
    """How many of the cases were rated."""
    sql = f"SELECT count(*) AS n FROM case_row WHERE {_SINCE} AND rating > 0"
    return int(next(db.query(sql, [since, until + "~"]))["n"])


def _grouped(db: Database, what: str, where: str, since: str, until: str) -> dict[Any, int]:
    sql = f"SELECT {what} AS name, count(*) AS n FROM case_row WHERE {where} GROUP BY 1"
    return {row["name"]: row["n"] for row in db.query(sql, [since, until + "~"])}


def item_times(db: Database, since: str, until: str) -> list[dict[str, Any]]:
    """How long ended cases took in calendar days: `item_name`, `n`, `mean`, `longest`, `on_time`; most cases first."""
    sql = (
        f"SELECT item_name, count(*) AS n, avg({_LASTED}) AS mean, max({_LASTED}) AS longest, "
        "sum(due_on = '' OR substr(ended_at, 1, 10) <= due_on) AS on_time "
        f"FROM case_row WHERE ended_at <> '' AND {_SINCE} GROUP BY item_name ORDER BY n DESC"
    )
    return list(db.query(sql, [since, until + "~"]))
