"""A Patroni that loses acknowledged pushes is refused at the start; one that does not answer is doubted aloud."""

from __future__ import annotations

import json

import pytest
from conftest import Served, serving
from fastapi import FastAPI, Response

from desk.centre import serving as service
from desk.centre.run.hosts import patroni
from desk.centre.run.settings import Settings, checked
from desk.errors import RefusedError


def answering(body: str, status: int = 200) -> FastAPI:
    """As the REST API of a Patroni answers: 503 with the same body where it is no leader."""
    made = FastAPI()
    made.get("/patroni")(lambda: Response(body, status, media_type="application/json"))
    return made


def of(version: str) -> str:
    return json.dumps({"state": "running", "role": "replica", "patroni": {"version": version, "scope": "daiban"}})


@pytest.mark.parametrize(("version", "status"), [("4.1.0", 200), ("4.1.5", 503), ("5.0", 200), ("10.2.1", 200)])
def test_a_new_one_is_taken_in_whatever_state(version: str, status: int) -> None:
    with serving(answering(of(version), status)) as address:
        assert patroni.must_be_new_enough([f"{address}/"]) == []


@pytest.mark.parametrize("version", ["3.0.2", "4.0.9", "0.1"])
def test_with_an_old_one_nothing_is_started(served: Served, version: str) -> None:
    with serving(answering(of(version))) as address, pytest.raises(RefusedError, match=f"{version}，早于 4.1"):
        service.serve(served.centre, "", Settings(port=0, patroni=(address,)))


@pytest.mark.parametrize("body", ["", "{", "[]", '{"patroni": {}}', of("four"), of("४.१"), "x" * 100_000])
def test_what_cannot_be_learnt_is_said(body: str, caplog: pytest.LogCaptureFixture) -> None:
    with serving(answering(body)) as address:
        doubts = patroni.must_be_new_enough([address, "http://127.0.0.1:9", "http://"])
    assert [one.partition(" 的 Patroni")[0] for one in doubts] == [
        f"没有问到 {one}" for one in (address, "http://127.0.0.1:9", "http://")
    ]
    assert [one.levelname for one in caplog.records] == ["WARNING"] * 3


def test_an_address_that_is_none_is_refused_by_the_settings() -> None:
    with pytest.raises(RefusedError, match="patroni"):
        checked({"patroni": ["db1:8008"]}, "配置里")
