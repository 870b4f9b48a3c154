"""The editor makes the static site at the centre: how far it is is told, it can be given up, it is taken as a ZIP."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from conftest import PASSWORD, Served
from office import hidden, logged_in

from desk.centre.drafting import site_making
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.publication import manifest

PATH = "/catalogue/site"


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "bian", "其木格", PASSWORD, "政务服务局", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as made:
        yield made


def ended(served: Served) -> site_making.State:
    until = time.monotonic() + 30
    while (stands := site_making.state(served.centre)).is_running and time.monotonic() < until:
        time.sleep(0.02)
    return stands


def test_it_is_made_taken_and_given_up(served: Served, editor: httpx.Client, tmp_path: Path) -> None:
    assert "还没有生成过" in editor.get(PATH).text
    assert editor.get(f"{PATH}.zip").status_code == 404
    token = hidden(editor, PATH)
    assert "正在生成" in editor.post(PATH, data=token).text
    assert editor.post(PATH, data=token).status_code == 409
    assert ended(served) == site_making.State()
    first = editor.get(f"{PATH}.zip").content
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        packed.extractall(tmp_path / "site")
    assert manifest.check(tmp_path / "site", served.centre.keys.public().sign).items > 100
    assert "重新生成" in editor.get(PATH).text

    editor.post(PATH, data=token)
    editor.post(f"{PATH}/stop", data=token)
    assert "已停下" in ended(served).words
    assert "已停下" in editor.get(PATH).text
    assert editor.get(f"{PATH}.zip").content == first
