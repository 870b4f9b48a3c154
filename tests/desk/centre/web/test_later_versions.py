"""The next version of an item is published on the day on which it begins: until then the one of today stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from conftest import PASSWORD, Served, SetClock, full_draft, item_code, sync
from office import hidden, hidden_in, logged_in

from desk import clock
from desk.app.open_desk import Desk
from desk.centre.commands import run_centre
from desk.centre.node import centre_node, publishing
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.errors import RefusedError
from desk.law.catalogue import load

SEED = load.seed()


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "bian", "其木格", PASSWORD, "政务服务局", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as made:
        yield made


def uploaded(client: httpx.Client, data: bytes) -> httpx.Response:
    csrf = hidden(client, "/catalogue")
    return client.post("/catalogue/preview", data=csrf, files={"file": ("x.json", data, "application/json")})


def with_items(*items: object) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(SEED, version="旗2027-1", items=items))


def test_a_version_of_a_later_day_leaves_the_one_of_today_in_force(
    served: Served, desk: Desk, editor: httpx.Client, tell: SetClock
) -> None:
    item = desk.item(item_code(desk))
    day = tell.at.date() + dt.timedelta(30)
    coming = msgspec.structs.replace(item, version=item.version + 1, effective_from=day, hours="上午")
    new = msgspec.structs.replace(item, task_code="NEW-1", item_name="新的事项", effective_from=day)
    page = uploaded(editor, with_items(coming))
    for words in ("不能发布", f"从 {day} 起实施", f"请到 {day} 再发布"):
        assert words in page.text
    assert 'action="/catalogue/publish"' not in page.text
    with pytest.raises(RefusedError, match="今天就停办"):
        publishing.catalogue(served.centre, "bian", load.load(with_items(coming)))
    assert sync(desk).received == 0
    assert desk.register(full_draft(desk)).intake_no
    # what nothing stands in the way of may be told before its day
    done = editor.post("/catalogue/publish", data=hidden_in(uploaded(editor, with_items(item, new)).text))
    assert "已发布目录" in done.text
    tell.at += dt.timedelta(30)
    editor.cookies.set(guard.COOKIE, guard.log_in(served.centre, "bian", PASSWORD))
    done = editor.post("/catalogue/publish", data=hidden_in(uploaded(editor, with_items(coming)).text))
    assert "已发布目录" in done.text
    sync(desk)
    assert desk.item(item.task_code).hours == "上午"
    assert desk.register(full_draft(desk, 2)).intake_no


def test_a_version_of_a_later_day_is_refused_at_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["--data", str(tmp_path / "centre")]
    assert run_centre([*here, "init", "--code", "152523", "--name", "中心"]) == 0
    past, day = dt.date(2020, 1, 1), clock.now().date() + dt.timedelta(40)
    stands = msgspec.structs.replace(SEED.items[0], version=2, effective_from=past, filed_on=past)
    coming = msgspec.structs.replace(stands, version=3, effective_from=day)
    file = tmp_path / "catalogue.json"
    for item, status in ((stands, 0), (coming, 1)):
        file.write_bytes(with_items(item))
        assert run_centre([*here, "publish", "--catalogue", str(file)]) == status
    told = capsys.readouterr().err
    assert f"请到 {day} 再发布" in told
    assert "现行版本继续有效" in told
    centre = centre_node.Centre(tmp_path / "centre")
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
    assert centre.publications.items[stands.task_code] == stands
    centre.close()
