"""The list that a case was opened from: its query goes along in the address of the case's pages and forms, so that the
way back leads to the same place, in every window by itself and without script."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from fastapi import Request

_MOST = 4000  # characters of a query; a longer one is none of our lists


def _query(request: Request) -> str:
    told = request.query_params.get("back", "")
    return urlencode(parse_qsl(told)) if len(told) <= _MOST else ""


def carried(request: Request) -> str:
    """What the addresses of a case's pages and forms end in; "" where it was opened from elsewhere."""
    query = _query(request)
    return f"?{urlencode({'back': query})}" if query else ""


def list_of(request: Request, intake_no: str) -> str:
    """The address of the list, at the line of this case."""
    query = _query(request)
    return f"/cases?{query}#at-{intake_no}" if query else "/cases"


def facts(request: Request, intake_no: str) -> dict[str, str]:
    """Both, for the template of a case."""
    return {"kept": carried(request), "list_at": list_of(request, intake_no)}
