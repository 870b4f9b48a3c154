"""The centre: what it writes, what it refuses, and the clerk's pages over real HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import msgspec
import pytest
import sqlalchemy as sa
from conftest import HERDER, PASSWORD, Served, both_databases, full_draft, sync
from office import find, hidden, hidden_in

from db.centre import part_rows, rows, schema
from db.centre.box import place_of_entry
from db.centre.database import HEAD, Database
from db.centre.lists import case_rows
from desk.app.open_desk import Desk
from desk.centre.node import projection
from desk.law import numbers
from desk.log import chain, events
from desk.log.files import FileRef
from desk.log.keys import NodeKeys
from desk.store.entries import Fact
from desk.sync.outcome import Outcome
from desk.sync.protocol import wire

pytestmark = both_databases


@pytest.fixture
def number(desk: Desk) -> str:
    made = desk.register(full_draft(desk)).intake_no
    sync(desk)
    return made


@pytest.fixture
def clerk(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.address, follow_redirects=True) as client:
        assert client.post("/login", data={"account": "wulan", "password": PASSWORD}).status_code == 200
        yield client


def test_a_clerk_accepts_and_the_desk_hears(desk: Desk, number: str, clerk: httpx.Client) -> None:
    assert HERDER.name in clerk.get("/cases").text
    page = clerk.get(f"/cases/{number}").text
    assert HERDER.id_number not in page
    assert numbers.grouped(number) in page
    done = clerk.post(f"/cases/{number}/accept", data=hidden_in(page) | {"document_no": "苏左受字〔2026〕1号"}).text
    assert "已受理" in done
    assert sync(desk).received == 1
    view = desk.case(number)
    assert (view.row.state_name, view.case.accepted.document_no) == ("已受理", "苏左受字〔2026〕1号")
    assert view.case.history[-1].author == "乌兰"
    assert desk.store.tables() == rebuilt(desk)


def rebuilt(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    desk.store.rebuild()
    return desk.store.tables()


def test_the_second_clerk_is_told_and_nothing_is_overwritten(number: str, clerk: httpx.Client, served: Served) -> None:
    seen = hidden(clerk, f"/cases/{number}")
    clerk.post(f"/cases/{number}/accept", data=seen)
    late = clerk.post(f"/cases/{number}/not-accept", data=seen | {"reasons": "材料不符"})
    assert late.status_code == 409
    assert "刚刚被别人办理过" in late.text
    assert served.centre.case(number)[0].state == "accepted"


@pytest.mark.parametrize(
    ("act", "reasons", "state"),
    [("not-accept", "不属于本机关", "not_accepted"), ("supplement", "户口簿\n银行卡", "supplement_asked")],
)
def test_other_answers(number: str, clerk: httpx.Client, served: Served, act: str, reasons: str, state: str) -> None:
    seen = hidden(clerk, f"/cases/{number}")
    assert clerk.post(f"/cases/{number}/{act}", data=seen | {"reasons": " "}).status_code == 409
    clerk.post(f"/cases/{number}/{act}", data=seen | {"reasons": reasons})
    assert served.centre.case(number)[0].state == state


def test_doors_are_shut(number: str, clerk: httpx.Client, served: Served) -> None:
    assert clerk.post(f"/cases/{number}/accept", data={"csrf": "x", "seen": "2"}).status_code == 403
    assert clerk.post(f"/cases/{number}/dance", data=hidden(clerk, f"/cases/{number}")).status_code == 409
    assert clerk.get("/cases/no-such").status_code == 404
    with httpx.Client(base_url=served.address) as stranger:
        for path in ("/staff", "/cases", f"/cases/{number}"):
            assert stranger.get(path).status_code == 303
        assert stranger.post(f"/cases/{number}/accept", data={"csrf": "x", "seen": "2"}).status_code == 303
    answer = clerk.get("/cases")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    cookie = next(iter(clerk.cookies.jar))
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert served.centre.case(number)[0].state == "arrived"


def test_five_wrong_passwords_lock_the_account(served: Served) -> None:
    with httpx.Client(base_url=served.address) as client:
        for _ in range(5):
            assert client.post("/login", data={"account": "wulan", "password": "x"}).status_code == 403
        locked = client.post("/login", data={"account": "wulan", "password": PASSWORD})
        unknown = client.post("/login", data={"account": "nobody", "password": PASSWORD})
    assert locked.status_code == unknown.status_code == 403


def test_typed_things_are_text_on_the_page(desk: Desk, clerk: httpx.Client) -> None:
    made = desk.register(full_draft(desk, note="<script>alert(1)</script>")).intake_no
    sync(desk)
    page = clerk.get(f"/cases/{made}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    for text in ("%", "_", "'", "<b>", "\\", "阿拉坦"):
        assert find(clerk, text).status_code == 200


def test_case_numbers_run_on(make_desk: Callable[..., Desk], served: Served) -> None:
    desk = make_desk()
    made = [desk.register(full_draft(desk, at)).intake_no for at in range(3)]
    sync(desk)
    given = [served.centre.case(one)[0].case_no for one in made]
    assert [one[14:20] for one in given] == ["000001", "000002", "000003"]
    assert all(one.startswith("15252320261124") for one in given)


def test_rebuild_is_equal_and_verify_finds_a_changed_byte(number: str, served: Served) -> None:
    with served.centre.database.read() as db:
        before = case_rows.cases_table(db)
    served.centre.rebuild()
    with served.centre.database.read() as db:
        assert case_rows.cases_table(db) == before
    served.centre.verify()
    entry = schema.entry
    with served.centre.database.write() as db:
        asked = sa.select(*rows.ENCODED).where(entry.c.subject == number, entry.c.node.endswith("-01"))
        row = db.execute(asked).first()
        plain = rows.opened(db, row).replace("阿拉坦".encode(), "阿拉旦".encode())
        changed = served.centre.database.box.seal(plain, place_of_entry(row.node, row.seq))
        db.execute(
            sa.update(entry).where(entry.c.subject == number, entry.c.kind == "case.collected").values(encoded=changed)
        )
    with pytest.raises(chain.BrokenLogError):
        served.centre.verify()


@pytest.mark.parametrize("body", [b"", b"x", b"DBS1" + b"\0" * 100, b"{" * 1000])
def test_junk_is_answered_with_proof_and_no_fault(served: Served, body: bytes) -> None:
    nonce = "00" * 16
    for path in (wire.BATCHES, wire.ENROL):
        answer = httpx.post(served.address + path, content=body, headers={wire.NONCE_HEADER: nonce})
        assert 400 <= answer.status_code < 500
        public = served.centre.keys.public().sign
        proof = answer.headers[wire.PROOF_HEADER]
        assert wire.answer_proved(public, proof, nonce, path, answer.status_code, answer.content)


def test_too_large_and_a_feed_that_is_not_ones_own(desk: Desk, served: Served) -> None:
    big = httpx.post(served.address + wire.BATCHES, content=b"\0" * (9 << 20))
    assert big.status_code == 413
    path = f"{wire.FEED}?after=0"
    proof = wire.prove_ask(NodeKeys.make(), "n", path)
    headers = {wire.NODE_HEADER: desk.identity.node, wire.NONCE_HEADER: "n", wire.PROOF_HEADER: proof}
    assert httpx.get(served.address + path, headers=headers).status_code == 403
    for after in ("x", "-1", "1" * 40, "", "１"):
        assert httpx.get(f"{served.address}{wire.FEED}?after={after}", headers=headers).status_code == 400


def test_a_newer_schema_is_left_alone(served: Served) -> None:
    from db.errors import NewerSchemaError

    with served.centre.database.write() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerSchemaError):
        Database(str(served.centre.database.engine.url), served.centre.database.box)
    with served.centre.database.write() as db:
        db.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{HEAD}'")


def test_a_name_that_no_database_likes_blocks_nobody(desk: Desk, served: Served) -> None:
    odd = msgspec.structs.replace(HERDER, name="阿拉坦\0其其格", phone="13900000\0001")
    told = desk.case(desk.register(full_draft(desk, 1)).intake_no).case.collected
    number = desk.case(desk.register(full_draft(desk, 2)).intake_no).case.intake_no
    with desk.store.write() as db:
        written = msgspec.structs.replace(told, applicant=odd)
        desk.store.append(db, desk.identity.node, "suhe", [Fact("case.collected", f"{number[:20]}9990", written)])
    assert sync(desk).outcome is Outcome.DONE
    assert desk.sync_status().waiting == 0
    assert served.centre.case(f"{number[:20]}9990")[0].collected.applicant == odd
    before = served.centre.rebuild()
    assert before == 3


def test_a_picture_under_an_odd_name_blocks_nobody(served: Served) -> None:
    good = FileRef("a" * 64, "b\0.jpg", 1)
    odd = [FileRef("a\0b", "a.jpg", 1), FileRef("A" * 64, "a.jpg", 1), FileRef("b" * 64, "a", -1)]
    told = events.PaperSigned("回执", "d" * 64, (good, *odd, FileRef("c" * 64, "a.jpg", 1 << 63)))
    for _ in range(2):  # known the second time
        with served.centre.database.write() as db:
            projection.note_files(db, [told])
            assert part_rows.file_state(db, ["a" * 64, "A" * 64, "b" * 64, "c" * 64]) == {"a" * 64: 0}
            assert rows.about(db, ["a\0b"]) == {"a\0b": []}


@pytest.mark.parametrize("subject", ["x\0y", "x\ny", "\u202ex"])
def test_an_entry_about_nothing_that_can_be_named_is_none(served: Served, subject: str) -> None:
    told = {"node": "n", "seq": 1, "prev": chain.GENESIS, "time": "t", "author": "x", "kind": "case.seen", "rank": 1}
    made = chain.make(**told, subject="x", data={}).entry
    with pytest.raises(chain.BrokenLogError):  # of another's making
        chain.read(msgspec.json.encode(msgspec.structs.replace(made, subject=subject)), chain.GENESIS)
    assert served.centre.verify()
