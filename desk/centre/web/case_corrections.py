"""更正 on the page of a case: what was put right, by whom and why; and the form in which a clerk puts it right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desk import clock
from desk.centre.node import correcting
from desk.centre.node.centre_node import Centre
from desk.counter.amending.correctable import Correctable
from desk.folds import amendments
from desk.folds import case as cases
from desk.law import id_numbers
from desk.log import history_words
from desk.log.events import Change

_GROUPS = (("applicant", "申请人"), ("proxy", "代办人"), ("fields", "填写的内容"), ("materials", "材料份数"))


def facts(centre: Centre, case: cases.Case, typed: Mapping[str, str], *, may: bool) -> dict[str, Any]:
    """What the page needs; `typed` is what stands in a form that was refused, the reason under ""."""
    lines = [line for line in case.history if line.kind == "case.corrected"]
    return {
        "corrections": [_correction(line) for line in reversed(lines)],
        "corrected": {one.field for line in lines if not line.refused for one in _changes(line)},
        "correctable": _groups(correcting.offered(centre, case), typed) if may else [],
        "correction_why": typed.get("", ""),
        "is_correcting": bool(typed),
    }


def _correction(line: cases.HistoryLine) -> dict[str, Any]:
    changes = [
        {
            "name": one.name,
            "before": history_words.shown(one, one.before),
            "after": history_words.shown(one, one.after),
        }
        for one in _changes(line)
    ]
    where = "中心" if cases.is_centre(line.node) else "代办点"
    return {
        "changes": changes,
        "why": line.corrected.reasons if line.corrected else "",
        "who": f"{where} · {line.author or '系统'}",
        "time": clock.second(line.time),
        "refused": line.refused,
    }


def _changes(line: cases.HistoryLine) -> tuple[Change, ...]:
    return line.corrected.changes if line.corrected else ()


def _groups(known: tuple[Correctable, ...], typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """The values in the order of the page; a telephone is masked, as everywhere on it."""
    made = []
    for room, words in _GROUPS:
        rows = [_row(one, typed) for one in known if one.field.partition(".")[0] == room]
        if rows:
            made.append({"words": words, "rows": rows, "open": any(one["typed"] for one in rows)})
    return made


def _row(one: Correctable, typed: Mapping[str, str]) -> dict[str, Any]:
    is_phone = one.field.endswith(".phone")
    now = id_numbers.masked_phone(one.value) if is_phone else one.value
    return {
        "field": one.field,
        "name": one.name,
        "now": now or "空",
        "choices": one.choices,
        "typed": typed.get(one.field, ""),
        "is_number": one.field.startswith("materials.") and not one.field.endswith(f".{amendments.UNTIL}"),
    }
