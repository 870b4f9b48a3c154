"""Each request as a visit: who asks behind which proxy, and, when it was answered, the figures and the log's line.

The line names the route's template, never a path or a query, and the account only as a mark that needs the key.
"""

from __future__ import annotations

import functools
import ipaddress
import logging
from collections.abc import Sequence

from starlette.types import Scope

from desk.centre.node.centre_node import Centre
from desk.centre.run.health import Watch
from desk.centre.run.settings import Settings

_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})  # asked every few seconds
_METHODS = frozenset({"GET", "POST", "HEAD"})
_OF_PROXIES = frozenset({b"x-forwarded-for", b"x-forwarded-proto", b"forwarded"})
_log = logging.getLogger("desk.centre.access")


class Proxies:
    """Whom we believe about others: the proxies before us, as addresses or networks."""

    def __init__(self, trusted: Sequence[str]) -> None:
        self._networks = [ipaddress.ip_network(one, strict=False) for one in trusted]
        self._is_ours = functools.lru_cache(maxsize=1024)(self._is_within)

    def who(self, scope: Scope) -> None:
        """Believe a proxy of ours about the visitor's address and the scheme, and nobody else."""
        told = [(name, value.decode("latin-1")) for name, value in scope["headers"] if name in _OF_PROXIES]
        said = ",".join(value for name, value in told if name == b"x-forwarded-for")
        chain = [one.strip() for one in said.split(",") if one.strip()]
        client = scope.get("client") or ("", 0)
        scope["state"]["encrypted"] = scope["scheme"] == "https"  # by us, and not by a proxy that says so itself
        if not self._is_ours(client[0]):
            scope["state"]["unknown_proxy"] = bool(chain) or any(name == b"forwarded" for name, _ in told)
            return
        scheme = next((value.strip() for name, value in told if name == b"x-forwarded-proto"), "")
        if scheme in ("http", "https"):
            scope["scheme"] = scheme
        outside = next((one for one in reversed(chain) if not self._is_ours(one)), chain[0] if chain else "")
        if outside:
            scope["client"] = (outside, 0)

    def _is_within(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._networks)


class Visits:
    """The visits to one centre."""

    def __init__(self, centre: Centre, settings: Settings, watch: Watch) -> None:
        self._centre, self._watch = centre, watch
        self._proxies = Proxies(settings.trusted_proxies)

    def begin(self, scope: Scope) -> None:
        """Somebody comes."""
        scope.setdefault("state", {})
        self._proxies.who(scope)

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        """It was answered."""
        route = getattr(scope.get("route"), "path", "")
        if not route:
            route = "/static" if scope["path"].startswith("/static/") else "—"
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._watch.answered(method, route, status, seconds)
        account = scope["state"].get("account", "")
        facts = {"route": route, "method": method, "status": status, "ms": round(seconds * 1000, 1)}
        if account:
            facts["account"] = self._centre.database.box.index(account)[:12]
        quiet = route in _QUIET or route == "/static"
        _log.log(logging.DEBUG if quiet else logging.INFO, "request", extra=facts)
