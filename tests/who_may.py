"""The one table of who may open which page: roles, or "public". `test_who_may` holds the service to it."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi.routing import APIRoute

READ = "clerk chief supervisor reviewer"
HANDLE = "clerk chief"
STAFF = "clerk chief supervisor editor reviewer admin"
WATCH = "supervisor admin"
WRITE = "chief supervisor editor"
ANSWER = "clerk chief supervisor"
DISCLOSE = "chief supervisor"
UNLOCK = "clerk chief admin"

# The desks' door: who may is decided by keys, and tested with the protocol.
API = {
    "GET /v1/hello",
    "POST /v1/enrol",
    "POST /v1/batches",
    "POST /v1/letters",
    "POST /v1/relay",
    "POST /v1/files",
    "POST /v1/files/state",
    "GET /v1/feed",
}

TABLE = {
    "GET /": "public",
    "GET /items": "public",
    "GET /items/{code}": "public",
    "GET /items/{code}/flow.svg": "public",
    "GET /items/{code}/guide.pdf": "public",
    "GET /powers": "public",
    "GET /powers/{code}": "public",
    "GET /open/powers.csv": "public",
    "GET /open/powers.json": "public",
    "GET /points": "public",
    "GET /open": "public",
    "GET /open/points.csv": "public",
    "GET /open/points.json": "public",
    "GET /open/results.csv": "public",
    "GET /check": "public",
    "GET /query": "public",
    "POST /query": "public",
    "GET /fonts/mongolian.ttf": "public",
    "GET /published": "public",
    "GET /open/results.json": "public",
    "GET /open/items.json": "public",
    "GET /open/items.csv": "public",
    "GET /open/catalogue.json": "public",
    "GET /open/catalogue.schema.json": "public",
    "GET /ratings": "public",
    "GET /heads": "public",
    "GET /heads.json": "public",
    "GET /rate": "public",
    "POST /rate": "public",
    "GET /complain": "public",
    "POST /complain": "public",
    "GET /follow": "public",
    "POST /follow": "public",
    "GET /answers": "public",
    "GET /disclosure": "public",
    "POST /disclosure": "public",
    "GET /login": "public",
    "POST /login": "public",
    "POST /logout": STAFF,
    "GET /staff": STAFF,
    "GET /account": STAFF,
    "POST /account/password": STAFF,
    "POST /account/sessions/end": STAFF,
    "POST /account/pass": STAFF,
    "POST /account/second": STAFF,
    "POST /account/second/finish": STAFF,
    "GET /kept": STAFF,
    "POST /kept": STAFF,
    "POST /kept/drop": STAFF,
    "GET /cases": READ,
    "POST /cases/find": READ,
    "POST /cases/accept": HANDLE,
    "POST /cases/accept/undo": HANDLE,
    "GET /events": READ,
    "GET /cases/{intake_no}": READ,
    "GET /cases/{intake_no}/files/{sha256}": READ,
    "GET /cases/{intake_no}/papers/{key}.ofd": READ,
    "GET /cases/{intake_no}/papers/{key}.pdf": READ,
    "GET /cases/{intake_no}/view/{sha256}": READ,
    "POST /cases/{intake_no}/number": READ,
    "GET /looks": READ,
    "POST /cases/{intake_no}/papers": HANDLE,
    "POST /cases/{intake_no}/correct": HANDLE,
    "POST /cases/{intake_no}/decision/{verdict}": HANDLE,
    "POST /cases/{intake_no}/opine": HANDLE,
    "POST /cases/{intake_no}/assign": HANDLE,
    "POST /cases/{intake_no}/issue/{key}": HANDLE,
    "POST /cases/{intake_no}/seal/{key}": HANDLE,
    "POST /cases/{intake_no}/{act}": HANDLE,
    "GET /posts": UNLOCK,
    "POST /posts": UNLOCK,
    "POST /posts/away": UNLOCK,
    "POST /posts/back": UNLOCK,
    "GET /supervision/appraisal": "chief supervisor",
    "GET /supervision/appraisal.xlsx": "chief supervisor",
    "GET /supervision/appraisal/cards": "chief supervisor",
    "GET /supervision/analysis": "chief supervisor",
    "GET /supervision/analysis/steps": "chief supervisor",
    "GET /supervision/analysis.xlsx": "chief supervisor",
    "GET /supervision/report.pdf": "chief supervisor",
    "GET /healthz": "public",
    "GET /readyz": "public",
    "GET /metrics": "public",
    "GET /running": "admin",
    "GET /users": "admin",
    "POST /users": "admin",
    "POST /users/{account}/change": "admin",
    "POST /users/{account}/disable": "admin",
    "POST /users/{account}/enable": "admin",
    "POST /users/{account}/password": "admin",
    "POST /users/{account}/pass": "admin",
    "POST /users/{account}/reset-second": "admin",
    "GET /desks": WATCH,
    "GET /unlocks": UNLOCK,
    "POST /unlocks": UNLOCK,
    "POST /unlocks/file": UNLOCK,
    "GET /unlocks/{key}": UNLOCK,
    "POST /unlocks/{key}/{step}": UNLOCK,
    "POST /desks/code": "admin",
    "POST /desks/{node}/revoke": "admin",
    "POST /desks/heads": "admin",
    "POST /desks/{node}/let": "admin",
    "GET /supervision": READ,
    "GET /supervision.xlsx": READ,
    "GET /supervision/live": READ,
    "GET /supervision/rules": READ,
    "GET /supervision/cases": READ,
    "GET /supervision/cards/{key}": READ,
    "POST /supervision/cards/{key}/{step}": ANSWER,
    "POST /supervision/raise": "supervisor",
    "GET /complaints": READ,
    "GET /complaints.xlsx": READ,
    "GET /complaints/new": DISCLOSE,
    "POST /complaints/new": DISCLOSE,
    "GET /complaints/{key}": READ,
    "POST /complaints/{key}/look": ANSWER,
    "POST /complaints/{key}/{step}": ANSWER,
    "GET /disclosures": DISCLOSE,
    "GET /disclosures/{key}": DISCLOSE,
    "GET /disclosures/{key}/papers/{which}.ofd": DISCLOSE,
    "GET /disclosures/{key}/papers/{which}.pdf": DISCLOSE,
    "POST /disclosures/{key}/look": DISCLOSE,
    "POST /disclosures/{key}/{step}": DISCLOSE,
    "GET /lots": "chief supervisor reviewer",
    "POST /lots": "reviewer",
    "GET /lots/{key}": "chief supervisor reviewer",
    "POST /lots/{key}/close": "reviewer",
    "GET /lots/{key}/files/{intake_no}": "reviewer",
    "POST /lots/{key}/files/{intake_no}": "reviewer",
    "GET /lots/{key}/results.xlsx": "chief supervisor reviewer",
    "GET /writings": WRITE,
    "POST /writings/reports": WRITE,
    "POST /writings/info": WRITE,
    "GET /writings/{key}/files/{sha256}": WRITE,
    "GET /writings/{key}": WRITE,
    "POST /writings/{key}/text": WRITE,
    "POST /writings/{key}/send": WRITE,
    "POST /writings/{key}/{act}": "supervisor editor",
    "GET /catalogue": "editor",
    "POST /catalogue/preview": "editor",
    "POST /catalogue/take": "editor",
    "POST /catalogue/sample/take": "editor",
    "POST /catalogue/sample/leave": "editor",
    "POST /catalogue/holidays": "editor",
    "POST /catalogue/holidays/local": "editor",
    "POST /catalogue/holidays/publish": "editor",
    "POST /catalogue/notice": "editor",
    "GET /catalogue/drafts": "editor",
    "GET /catalogue/drafts/{key}": "editor",
    "POST /catalogue/drafts/{key}": "editor",
    "POST /catalogue/drafts/{key}/drop": "editor",
    "POST /catalogue/drafts/{key}/rows": "editor",
    "POST /catalogue/drafts/{key}/preview": "editor",
    "POST /catalogue/drafts/send": "editor",
    "GET /catalogue/bulk": "editor",
    "POST /catalogue/bulk": "editor",
    "POST /catalogue/bulk/{key}/undo": "editor",
    "POST /catalogue/drafts/begin": "editor",
    "GET /catalogue/lives": "editor",
    "POST /catalogue/lives/{what}": "editor",
    "GET /catalogue/life/{code}": "editor",
    "POST /catalogue/import": "editor",
    "POST /catalogue/import/again": "editor",
    "POST /catalogue/import/take": "editor",
    "POST /catalogue/imports/{run}/undo": "editor",
    "GET /catalogue/export.xlsx": "editor",
    "GET /catalogue/export.csv": "editor",
    "GET /catalogue/export.json": "editor",
    "GET /catalogue/law": "editor",
    "POST /catalogue/law/open": "editor",
    "GET /catalogue/conditions/{code}": "editor",
    "POST /catalogue/conditions/{code}": "editor",
    "GET /catalogue/texts/{code}": "editor",
    "POST /catalogue/texts/{code}": "editor",
    "POST /catalogue/texts/{code}/take": "editor",
    "GET /catalogue/site": "editor",
    "POST /catalogue/site": "editor",
    "POST /catalogue/site/stop": "editor",
    "GET /catalogue/site.zip": "editor",
    "GET /local": HANDLE,
    "GET /local/{code}": HANDLE,
    "POST /local/{code}": HANDLE,
    "GET /catalogue/local": "editor",
    "POST /catalogue/local/publish": "editor",
    "POST /catalogue/local/refuse": "editor",
    "POST /catalogue/local/back": "editor",
    "GET /catalogue/results": "editor",
    "POST /catalogue/results": "editor",
    "GET /catalogue/words": "editor",
    "POST /catalogue/words": "editor",
    "POST /catalogue/words/gone": "editor",
    "POST /catalogue/words/drop": "editor",
    "GET /bodies": "editor",
    "POST /bodies/seed": "editor",
    "POST /bodies/publish": "editor",
    "GET /bodies/items": "editor",
    "POST /bodies/items": "editor",
    "GET /bodies/{key}": "editor",
    "POST /bodies/{key}": "editor",
    "POST /bodies/{key}/{step}": "editor",
}


def flat(routes: object) -> Iterator[APIRoute]:
    """Every route of an application, those of its routers too."""
    for route in routes:  # type: ignore[attr-defined]
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "effective_route_contexts"):
            yield from (one for one in route.original_router.routes if isinstance(one, APIRoute))


# Whose a thing is that a route names: who does not see its body is told that there is none. All other routes are the
# same for each body.
WHOSE = {
    "/cases/{intake_no}": "case",
    "/supervision/cards/{key}": "card",
    "/complaints/{key}": "complaint",
    "/disclosures/{key}": "disclosure",
}
WATCHES = ("supervisor", "reviewer")  # see the things of all bodies of their banner


def whose(row: str) -> str:
    """What thing with a body a row of `TABLE` names; "" for none."""
    path = row.split()[1]
    return next((thing for begin, thing in WHOSE.items() if path.startswith(begin)), "")


def expected(row: str, role: str, *, sees: bool) -> str:
    """What somebody with this role finds at this row, whose body `sees` the thing or does not: open, shut, absent."""
    if TABLE[row] == "public":
        return "open"
    if role not in TABLE[row].split():
        return "shut"
    return "open" if sees or role in WATCHES or not whose(row) else "absent"
