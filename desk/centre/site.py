"""The application: the API for desks and the pages, behind one set of security headers."""

from __future__ import annotations

import functools
import os
import re
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from starlette.types import Receive, Scope, Send

from desk import __version__, clock
from desk.centre import api
from desk.centre.desk_door import DeskDoor, is_asked
from desk.centre.middleware import LOGIN, Door, Heads, Safe
from desk.centre.node.centre_node import Centre
from desk.centre.run import health
from desk.centre.run.hosts import probing
from desk.centre.run.limits import Limits, asks
from desk.centre.run.settings import Settings
from desk.centre.visits import Visits
from desk.centre.web import (
    acts,
    analysis,
    appraisal,
    bodies,
    body_items,
    case,
    catalogue,
    catalogue_law,
    catalogue_lines,
    catalogue_local,
    catalogue_results,
    catalogue_sample,
    catalogue_site,
    catalogue_texts,
    catalogue_words,
    commissions,
    complaints,
    decisions,
    desks,
    disclosure_reply,
    disclosure_taking,
    disclosure_year,
    disclosures,
    faults,
    finding,
    frame,
    item_bulk,
    item_drafts,
    item_editor,
    item_export,
    item_import,
    kept_pages,
    list_books,
    lives,
    local_asks,
    login,
    looks,
    lot_files,
    lots,
    open_data,
    organ_papers,
    posts,
    programs,
    public,
    public_asks,
    public_disclosure,
    public_guides,
    public_heads,
    public_points,
    public_powers,
    public_rating,
    public_results,
    qr_codes,
    running,
    supervision,
    supervision_rules,
    unlocks,
    users,
    walks,
    work,
    writings,
)
from desk.law import deadline

_HERE = Path(__file__).parent
SAFE = {
    "Content-Security-Policy": frame.POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# The order matters where a path with a name in it could take another's place.
PAGES = (
    public.router,
    public_guides.router,
    public_heads.router,
    public_points.router,
    open_data.router,
    public_powers.router,
    public_rating.router,
    public_results.router,
    public_asks.router,
    public_disclosure.router,
    login.router,
    kept_pages.router,
    health.router,
    finding.router,
    work.router,
    desks.router,
    programs.router,
    unlocks.router,
    running.router,
    users.router,
    posts.router,
    appraisal.router,
    analysis.router,
    supervision_rules.router,
    supervision.router,
    list_books.router,
    complaints.router,
    organ_papers.router,
    disclosure_reply.router,
    disclosure_taking.router,
    disclosure_year.router,
    disclosures.router,
    faults.router,
    lot_files.router,
    lots.router,
    commissions.router,
    writings.router,
    catalogue.router,
    catalogue_law.router,
    catalogue_sample.router,
    catalogue_lines.router,
    catalogue_local.router,
    catalogue_results.router,
    local_asks.router,
    catalogue_site.router,
    catalogue_texts.router,
    catalogue_words.router,
    item_export.router,
    item_import.router,
    item_bulk.router,
    item_drafts.router,
    item_editor.router,
    lives.router,
    body_items.router,
    bodies.router,
    case.router,
    looks.router,
    decisions.router,
    walks.router,
    acts.router,
)


@functools.cache
def templates() -> Jinja2Templates:
    """What pages are drawn with, the same for all centres of a process."""
    made = Jinja2Templates(_HERE / "templates")
    made.env.filters |= {"qr": qr_codes.qr, "minute": clock.minute, "workdays": deadline.workdays}
    return made


def static() -> StaticFiles:
    """Style sheets and scripts, which are no centre's."""
    return StaticFiles(directory=_HERE / "static")


class Site(FastAPI):
    """The application of one centre: pages by FastAPI, which of what desks ask knows the description alone."""

    desks: DeskDoor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the service's beginning and end."""
        if is_asked(scope):
            await self.desks(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def app(centre: Centre, settings: Settings | None = None, name: str = "") -> Site:
    """The ASGI application of `centre`, run as `settings` say (None: as by default). `name`: what it is called among
    the centres of one service."""
    how = settings or Settings()
    site = Site(title="代办台中心", version=__version__, docs_url=None, redoc_url=None, redirect_slashes=False)
    site.state.centre, site.state.settings = centre, how
    shared = Path(os.environ[health.SHARED], name) if os.environ.get(health.SHARED) else None
    if shared is not None:
        shared.mkdir(mode=0o700, exist_ok=True)
    site.state.limits, site.state.watch = Limits(how, shared, centre.database), health.Watch(centre, how)
    site.state.heads, site.state.asks = {}, asks(shared, centre.database)
    site.state.probe = probing.Probe(centre)
    site.state.templates = templates()
    pages = (route for one in PAGES for route in one.routes)
    # The routes as they are: what includes a router builds each of its routes once more, for each centre.
    site.router.routes.extend([*api.router.routes, *pages])
    site.mount("/static", static(), "static")
    for kind, handler in frame.HANDLERS.items():
        site.add_exception_handler(kind, handler)

    site.add_middleware(Heads)
    visits = Visits(centre, how, site.state.watch)
    site.desks = DeskDoor(site, visits, SAFE)
    site.add_middleware(Door, centre=centre, limits=site.state.limits, visits=visits, forms=open_forms())
    site.add_middleware(Safe, centre=centre, heads=SAFE)
    return site


def open_forms() -> list[re.Pattern[str]]:
    """The paths of the forms that anybody may post, without a session's token."""
    return [
        route.path_regex
        for router in PAGES
        for route in router.routes
        if isinstance(route, APIRoute)
        and "POST" in (route.methods or ())
        and route.path != LOGIN
        and not _is_guarded(route)
    ]


def _is_guarded(route: APIRoute) -> bool:
    inside = (frame.signed_in.__qualname__, frame.posted.__qualname__)
    names = (getattr(one.call, "__qualname__", "") for one in route.dependant.dependencies)
    return any(name.startswith(inside) for name in names)
