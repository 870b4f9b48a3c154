"""Proxies in the environment that cannot be used: told by name, noted once, never a breakdown."""

from __future__ import annotations

import pytest
from conftest import full_draft, sync

from desk.app.open_desk import Desk
from desk.sync.outcome import Outcome

ODD = [
    ("ALL_PROXY", "socks5://127.0.0.1:1"),
    ("HTTP_PROXY", "http://u:p#w@127.0.0.1:1"),
    ("HTTPS_PROXY", "gopher://127.0.0.1:1"),
]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(("name", "value"), ODD)
def test_a_proxy_that_cannot_be_used_is_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    desk.set_centre_address("http://192.0.2.1")
    monkeypatch.setenv(name, value)
    result = sync(desk)
    assert result.outcome is Outcome.OFFLINE
    assert name in result.happened
    assert "p#w" not in result.happened
    assert "没有丢失" in result.kept
    assert desk.sync_status().history[0].text == result.happened


def test_a_list_of_exceptions_may_hold_a_bare_address(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "::1,127.0.0.1")
    assert sync(desk).outcome is Outcome.DONE


def test_tries_that_fail_alike_are_one_line(desk: Desk, served: object) -> None:
    assert sync(desk).outcome is Outcome.DONE
    well = desk.sync_status().last_ok
    desk.set_centre_address("http://127.0.0.1:9")
    for _ in range(60):
        assert sync(desk).outcome is Outcome.OFFLINE
    status = desk.sync_status()
    assert [(line.outcome, line.times) for line in status.history] == [(Outcome.OFFLINE, 60), (Outcome.DONE, 1)]
    assert status.history[0].since < status.history[0].time
    assert status.last_ok == well
    desk.set_centre_address(served.address)
    desk.register(full_draft(desk))
    assert sync(desk).outcome is Outcome.DONE
    assert [line.times for line in desk.sync_status().history] == [1, 60, 1]
