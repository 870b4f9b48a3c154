"""Whether the service lives, whether it can work, and what it counted: for whoever watches the machine."""

from __future__ import annotations

import shutil
import time
from collections.abc import Awaitable, Callable

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from db.centre import case_rows
from desk.centre.seat import Centre

router = APIRouter(include_in_schema=False)
_LEAST_FREE = 200 << 20  # bytes of disk below which nothing should be taken in
_NEAR = frozenset({"127.0.0.1", "::1"})


class Metrics:
    """The counters of one process; no personal data, no addresses, routes by their template."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "daiban_requests_total", "Answers by route and status", ["route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "daiban_request_seconds",
            "Time to answer by route",
            ["route"],
            registry=self.registry,
            buckets=(0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10),
        )
        self.open = Gauge("daiban_open_cases", "Open cases by state", ["state"], registry=self.registry)

    async def measured(self, request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        """Answer and count."""
        begin = time.perf_counter()
        answer = await call(request)
        route = getattr(request.scope.get("route"), "path", "other")
        self.requests.labels(route, str(answer.status_code)).inc()
        self.seconds.labels(route).observe(time.perf_counter() - begin)
        return answer


@router.get("/healthz")
async def alive() -> Response:
    """The process lives."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
async def ready(request: Request) -> Response:
    """The database answers and there is room on the disk; 503 with the reason when not."""
    centre: Centre = request.app.state.centre

    def look() -> str:
        if shutil.disk_usage(centre.folder).free < _LEAST_FREE:
            return "disk"
        try:
            with centre.database.read() as db:
                db.execute(sa.text("SELECT 1"))
        except sa.exc.SQLAlchemyError:
            return "database"
        return ""

    wrong = await run_in_threadpool(look)
    return JSONResponse({"ready": not wrong, "wrong": wrong}, 503 if wrong else 200)


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """For Prometheus, from this machine only."""
    if (request.client.host if request.client else "") not in _NEAR or "x-forwarded-for" in request.headers:
        return PlainTextResponse("", 404)
    centre: Centre = request.app.state.centre
    kept: Metrics = request.app.state.metrics

    def count() -> bytes:
        with centre.database.read() as db:
            found = case_rows.overview(db, case_rows.Asked(ended="no"))
        kept.open.clear()
        for row in found:
            kept.open.labels(row["state"]).inc(row["count"])
        return generate_latest(kept.registry)

    return Response(await run_in_threadpool(count), media_type=CONTENT_TYPE_LATEST)
