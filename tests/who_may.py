"""The one table of who may open which page: roles, or "public". `test_who_may` holds the service to it."""

READ = "clerk chief supervisor reviewer"
HANDLE = "clerk chief"
STAFF = "clerk chief supervisor editor reviewer admin"
WATCH = "supervisor admin"
ANSWER = "clerk chief supervisor"
DISCLOSE = "chief supervisor"

# The desks' door: who may is decided by keys, and tested with the protocol.
API = {
    "GET /v1/hello",
    "POST /v1/enrol",
    "POST /v1/batches",
    "POST /v1/letters",
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
    "GET /check": "public",
    "GET /query": "public",
    "GET /published": "public",
    "GET /open/results.json": "public",
    "GET /open/items.json": "public",
    "GET /ratings": "public",
    "GET /complain": "public",
    "POST /complain": "public",
    "GET /complain/{number}": "public",
    "GET /answers": "public",
    "GET /disclosure": "public",
    "POST /disclosure": "public",
    "GET /disclosure/{number}": "public",
    "GET /login": "public",
    "POST /login": "public",
    "POST /logout": STAFF,
    "GET /staff": STAFF,
    "GET /account": STAFF,
    "POST /account/password": STAFF,
    "POST /account/second": STAFF,
    "POST /account/second/finish": STAFF,
    "GET /cases": READ,
    "POST /cases/accept": HANDLE,
    "GET /events": READ,
    "GET /cases/{intake_no}": READ,
    "GET /cases/{intake_no}/files/{sha256}": READ,
    "GET /cases/{intake_no}/view/{sha256}": READ,
    "POST /cases/{intake_no}/number": READ,
    "GET /looks": READ,
    "POST /cases/{intake_no}/papers": HANDLE,
    "POST /cases/{intake_no}/{act}": HANDLE,
    "GET /desks": WATCH,
    "POST /desks/code": "admin",
    "POST /desks/{node}/revoke": "admin",
    "GET /supervision": READ,
    "GET /supervision/live": READ,
    "GET /supervision/rules": READ,
    "GET /supervision/cases": READ,
    "GET /supervision/cards/{key}": READ,
    "POST /supervision/cards/{key}/{step}": ANSWER,
    "POST /supervision/raise": "supervisor",
    "GET /complaints": READ,
    "GET /complaints/{key}": READ,
    "POST /complaints/{key}/look": ANSWER,
    "POST /complaints/{key}/{step}": ANSWER,
    "GET /disclosures": DISCLOSE,
    "GET /disclosures/{key}": DISCLOSE,
    "POST /disclosures/{key}/look": DISCLOSE,
    "POST /disclosures/{key}/{step}": DISCLOSE,
}
