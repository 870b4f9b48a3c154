"""Who asks is heard, though it has nothing to say; and whatever is asked of a centre, it proves that it answered."""

from __future__ import annotations

import datetime as dt
import secrets
from pathlib import Path

import httpx
import pytest
import zxingcpp
from conftest import PASSWORD, POINT, POINT_NAME, Served, SetClock, both_databases, full_draft, sync
from PIL import Image
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from test_courier import carry, hand_in

from db.centre import rows
from db.centre.lists import record_lists
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.sync import enrol
from desk.sync.outcome import Outcome
from desk.sync.protocol import wire


def last_seen(served: Served, desk: Desk) -> dt.datetime:
    with served.centre.database.read() as db:
        return dt.datetime.fromisoformat(rows.one_node(db, desk.identity.node)["last_seen"])


def silent(served: Served) -> bool:
    """Whether the watch has raised a card for a desk that is silent."""
    watching.watch(served.centre)
    with served.centre.database.read() as db:
        return bool(record_lists.count(db, record_lists.Wanted("card", kind="silent")))


@both_databases
def test_a_desk_with_nothing_new_is_heard(desk: Desk, served: Served, tell: SetClock) -> None:
    desk.register(full_draft(desk))
    sync(desk)
    tell.at += dt.timedelta(days=20)
    now = tell.at
    with served.centre.database.write():  # a long batch of another desk: the chain is somebody else's
        if served.centre.database.is_postgres:
            assert sync(desk).outcome is Outcome.DONE
    assert sync(desk).outcome is Outcome.DONE
    assert last_seen(served, desk) >= now
    assert not silent(served)
    seen = last_seen(served, desk)
    tell.at += dt.timedelta(minutes=50)
    sync(desk)
    assert last_seen(served, desk) == seen  # not at each
    tell.at += dt.timedelta(minutes=20)
    sync(desk)
    assert last_seen(served, desk) > seen
    tell.at += dt.timedelta(days=30)
    assert silent(served)


def test_so_is_one_that_asks_by_stick(desk: Desk, served: Served, tell: SetClock, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.register(full_draft(desk))
    sync(desk)
    tell.at += dt.timedelta(days=20)
    carry(desk, stick)
    hand_in(served, stick)
    assert last_seen(served, desk) > tell.at - dt.timedelta(minutes=1)


ASKED = [
    ("GET", "/v1/nothing", 404),
    ("GET", "/v1", 404),
    ("GET", "/v1/", 404),
    ("GET", "/v1/batches", 404),
    ("PUT", "/v1/hello", 404),
    ("HEAD", "/v1/hello", 404),
    ("OPTIONS", "/v1/hello", 404),
    ("SEARCH", "/v1/letters", 404),
    ("POST", "/v1/feed", 404),
    ("GET", "/v1/hello/", 404),
    ("DELETE", "/v1/files", 404),
    ("GET", "/v1/feed?after=x", 400),
    ("GET", "/v1/feed", 403),
    ("POST", "/v1/enrol", 400),
    ("POST", "/v1/files", 400),
    ("GET", "/v1/hello", 200),
]


@pytest.mark.parametrize(("method", "path", "status"), ASKED)
def test_every_answer_has_its_proof(served: Served, method: str, path: str, status: int) -> None:
    nonce = secrets.token_hex(16)
    answer = httpx.request(method, served.address + path, headers={wire.NONCE_HEADER: nonce}, trust_env=False)
    assert answer.status_code == status
    key, proof = served.centre.keys.public().sign, answer.headers[wire.PROOF_HEADER]
    assert wire.answer_proved(key, proof, nonce, path.partition("?")[0], status, answer.content)
    if method != "HEAD" and status != 200:
        code = answer.json()["code"]
        assert wire.PROBLEMS[code][0] == status


# -- the code of enrolment ---------------------------------------------------------------------------------------


def scanned(svg: str) -> str:
    drawn = QSvgRenderer(QByteArray(svg.encode()))
    image = QImage(drawn.defaultSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    drawn.render(painter)
    painter.end()
    picture = Image.frombytes("RGBX", (image.width(), image.height()), bytes(image.constBits())).convert("L")
    (found,) = zxingcpp.read_barcodes(picture)
    return str(found.text)


@pytest.mark.usefixtures("qapp")
def test_the_code_can_be_scanned_from_the_page(served: Served) -> None:
    guard.add_clerk(served.centre, "admin", "管理", PASSWORD, "办公室", frozenset({Role.ADMIN}))
    with httpx.Client(base_url=served.address, trust_env=False, follow_redirects=True) as visitor:
        visitor.cookies.set(guard.COOKIE, guard.log_in(served.centre, "admin", PASSWORD))
        page = visitor.get("/desks").text
        csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
        page = visitor.post("/desks/code", data={"csrf": csrf, "point": POINT, "name": POINT_NAME}).text
    code = page.partition('<strong class="code">')[2].partition("<")[0]
    svg = page.partition('<div class="qr">')[2].partition("</div>")[0]
    assert "<script" not in svg
    assert "style=" not in svg
    assert scanned(svg) == code
    once, fingerprint = enrol.split_code(code)
    assert (len(once), len(fingerprint)) == (8, 12)


def test_a_code_with_more_or_less_of_the_fingerprint(served: Served, desk: Desk) -> None:
    whole = served.centre.keys.public().fingerprint()
    for length in (8, 12, 16):
        once = enrolment.enrol_code(served.centre, POINT, POINT_NAME).partition("-")[0]
        desk.enrol(served.address, f"{once}-{whole[:length]}".lower())
    for wrong in (whole[:7], whole + "A", whole[:11] + ("A" if whole[11] != "A" else "B")):
        once = enrolment.enrol_code(served.centre, POINT, POINT_NAME).partition("-")[0]
        with pytest.raises(Exception, match=r"样子不对|不是发入网码的那个中心"):
            desk.enrol(served.address, f"{once}-{wrong}")
