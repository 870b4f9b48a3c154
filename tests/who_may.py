"""The one table of who may open which page: roles, or "public". `test_who_may` holds the service to it."""

READ = "clerk chief supervisor reviewer"
HANDLE = "clerk chief"
STAFF = "clerk chief supervisor editor reviewer admin"
WATCH = "supervisor admin"
WRITE = "chief supervisor editor"

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
    "GET /writings/{key}": WRITE,
    "POST /writings/{key}/text": WRITE,
    "POST /writings/{key}/send": WRITE,
    "POST /writings/{key}/{act}": "supervisor editor",
    "GET /catalogue": "editor",
    "POST /catalogue/preview": "editor",
    "POST /catalogue/publish": "editor",
    "POST /catalogue/holidays": "editor",
    "POST /catalogue/holidays/publish": "editor",
    "POST /catalogue/notice": "editor",
}
