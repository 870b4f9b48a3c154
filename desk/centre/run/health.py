"""For whoever watches the service: does the process live, can it work, and its figures for Prometheus.

Figures carry no names and no addresses. Several processes add theirs up through PROMETHEUS_MULTIPROC_DIR.
"""

from __future__ import annotations

import hmac
import logging
import os
import shutil
import time
from collections.abc import Iterator

import prometheus_client as prometheus
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from db.centre import counts
from db.centre.database import is_current
from desk.centre.node.centre_node import Centre

SHARED = "PROMETHEUS_MULTIPROC_DIR"
_TOKEN = "DAIBAN_CENTRE_METRICS"  # noqa: S105 - the variable's name
_KEPT_SECONDS = 15.0  # that figures of the whole database are good for
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_log = logging.getLogger("desk.centre")
router = APIRouter(include_in_schema=False)


class Watch:
    """The figures of one application."""

    def __init__(self, centre: Centre) -> None:
        self._own = prometheus.CollectorRegistry()
        self._whole = _Whole(centre)
        self._requests = prometheus.Counter(
            "daiban_requests", "Requests by route and status.", ("method", "route", "status"), registry=self._own
        )
        self._seconds = prometheus.Histogram(
            "daiban_request_seconds", "How long answers took.", ("route",), registry=self._own, buckets=_SECONDS
        )
        self._refused = prometheus.Counter(
            "daiban_refused", "Problems that desks were answered with.", ("route", "code"), registry=self._own
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def refused(self, route: str, code: str) -> None:
        """A desk was told no."""
        self._refused.labels(route, code).inc()

    def text(self) -> bytes:
        """Everything, as Prometheus reads it. Raises DBAPIError."""
        registry = self._own
        if os.environ.get(SHARED):
            registry = prometheus.CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        whole = prometheus.CollectorRegistry()
        whole.register(self._whole)
        return prometheus.generate_latest(registry) + prometheus.generate_latest(whole)


class _Whole(Collector):
    """Figures of the database, which are the same whichever process is asked."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._at, self._figures = float("-inf"), (0, dict[str, int](), 0)

    def collect(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        """The figures, at most some seconds old."""
        if time.monotonic() - self._at > _KEPT_SECONDS:
            with self._centre.database.read() as db:
                self._figures = counts.taken(db), counts.open_by_state(db), counts.sessions(db, self._centre.now())
            self._at = time.monotonic()
        taken, states, sessions = self._figures
        yield CounterMetricFamily("daiban_entries_taken", "Entries taken in from desks.", value=taken)
        cases = GaugeMetricFamily("daiban_open_cases", "Cases that are not finished.", labels=["state"])
        for state, count in sorted(states.items()):
            cases.add_metric([state], count)
        yield cases
        yield GaugeMetricFamily("daiban_sessions", "Staff who are logged in.", value=sessions)


@router.get("/healthz")
async def lives() -> Response:
    """The process lives."""
    return JSONResponse({"ok": True})


@router.get("/readyz")
def ready(request: Request) -> Response:
    """The centre can work: its database answers, the schema is ours, its disk and the database's have room."""
    centre: Centre = request.app.state.centre
    database, schema, room = True, False, True
    try:
        with centre.database.read() as db:
            schema = is_current(db)
        room = centre.database.has_room()
    except (DBAPIError, PoolTimeoutError):
        database = False
    free = shutil.disk_usage(centre.folder).free >> 20
    said = {"database": database, "schema": schema, "disk": room and free >= request.app.state.settings.disk_free_mb}
    good = all(said.values())
    return JSONResponse({"ok": good, **said}, 200 if good else 503)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Figures; to this machine alone, or to whoever knows the token."""
    if not (_is_here(request) or _knows_token(request)):
        raise HTTPException(403)
    try:
        text = request.app.state.watch.text()
    except (DBAPIError, PoolTimeoutError):
        return Response(status_code=503)
    return Response(text, media_type=prometheus.CONTENT_TYPE_LATEST)


def _is_here(request: Request) -> bool:
    """Whether a program of this machine asks; a proxy that we do not know speaks for others."""
    host = request.client.host if request.client else ""
    return host in ("127.0.0.1", "::1") and not request.scope["state"].get("unknown_proxy", False)


def _knows_token(request: Request) -> bool:
    token = os.environ.get(_TOKEN, "")
    said = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(said.encode(), token.encode())
