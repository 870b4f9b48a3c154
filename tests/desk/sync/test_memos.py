"""Government information composed at a desk goes the centre's road, and what becomes of it comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from banner import seeded
from browsing import form_of
from conftest import PASSWORD, Served, sync
from counter_steps import same_after_rebuild
from office import logged_in

from db.centre import records
from desk import doors
from desk.app.open_desk import Desk
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.counter.office.memos import Typed
from desk.errors import RefusedError
from desk.log.files import FileRef
from desk.log.local_events import Memo
from desk.log.office_events import Said
from desk.store.entries import Fact

TOWN = "152523202000"
NEWS = Typed("接羔保育顺利", "工作动态", "今春产羔两万只，<b>成活率</b>九成八。\n草料充足。")


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "bian", "编辑", PASSWORD, "编辑部", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as client:
        yield client


def item_of(served: Served) -> str:
    """The address of the one item that the centre has."""
    with served.centre.database.read() as db:
        (row,) = records.record_data(db, "info", 0)
    return f"/writings/{row['id']}"


def press(editor: httpx.Client, address: str, act: str, text: str = "") -> str:
    """Press a button of an item's page; the page that follows."""
    return editor.post(f"{address}/{act}", data=form_of(editor.get(address).text) | {"text": text}).text


def states(desk: Desk) -> list[tuple[str, str]]:
    return [(one.state_name, one.answer.partition("：")[2]) for one in desk.memos.all()]


def test_it_is_written_off_line_adopted_and_told(
    served: Served, editor: httpx.Client, make_desk: Callable[..., Desk]
) -> None:
    seeded(served)
    town = make_desk("town", TOWN)
    town.memos.keep_draft(NEWS)
    town.close()
    town = make_desk("town", TOWN)
    assert town.memos.draft() == NEWS
    town.memos.send(town.memos.draft())
    assert (town.memos.draft(), states(town)) == (Typed(), [("等同步送出", "")])
    sync(town)
    assert states(town) == [("等中心处理", "")]
    sync(town)  # once, however often it comes
    address = item_of(served)
    listed = editor.get("/writings?tab=info").text
    assert "洪格尔苏木便民服务中心" in listed
    assert "待编辑" in listed
    assert "&lt;b&gt;成活率" in editor.get(address).text
    press(editor, address, "adopt", "写得好")
    sync(town)
    assert states(town) == [("已采用", "写得好")]
    press(editor, address, "circulate")
    sync(town)
    same_after_rebuild(town)
    town.close()
    assert states(make_desk("town", TOWN)) == [("已通报", "")]


def test_a_refusal_comes_back_with_its_reason_to_that_counter_alone(
    served: Served, editor: httpx.Client, make_desk: Callable[..., Desk]
) -> None:
    village, town = make_desk("village"), make_desk("town", TOWN)
    village.memos.send(NEWS)
    sync(village)
    address = item_of(served)
    assert "请写明退回的原因" in press(editor, address, "return")
    assert "已退回" in press(editor, address, "return", "请写清数字的出处")
    assert "这一步现在不能办" in press(editor, address, "adopt")
    sync(village), sync(town)
    assert states(village) == [("已退回", "请写清数字的出处")]
    assert town.memos.all() == ()


def test_what_is_not_taken(served: Served, make_desk: Callable[..., Desk]) -> None:
    desk = make_desk("village")
    for typed in (Typed("", "工作动态", "正文"), Typed("标题", "工作动态", " "), Typed("题" * 121, "工作动态", "正文")):
        with pytest.raises(RefusedError):
            desk.memos.send(typed)
    with desk.store.write() as db:  # what no window writes
        desk.session.append(db, Fact("memo.sent", "memo:../x", Memo("题" * 200, "文", "?", "苏和")))
        desk.session.append(db, Fact("memo.sent", "memo:abc", Memo("题" * 200, "文", "?", "苏和")))
        desk.session.append(db, Fact("memo.answered", "memo:abc", Said("苏和", verdict="adopted")))
    sync(desk)
    assert item_of(served) == "/writings/info:abc"
    assert {one.state for one in desk.memos.all()} == {"sent"}


JPG, PDF = b"\xff\xd8\xff" + b"j" * 3000, b"%PDF-1.7 " + b"p" * 200_000


def test_what_is_attached_is_kept_travels_and_is_seen_at_the_centre(
    served: Served, editor: httpx.Client, make_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    town = make_desk("town", TOWN)
    (tmp_path / "接羔.jpg").write_bytes(JPG)
    (tmp_path / "统计表.pdf").write_bytes(PDF)
    files = town.memos.attach(tmp_path / "接羔.jpg")
    files = town.memos.attach(tmp_path / "统计表.pdf", files)
    assert town.memos.attach(tmp_path / "统计表.pdf", files) == files  # the same once
    town.memos.keep_draft(msgspec.structs.replace(NEWS, files=files))
    town.close()
    town = make_desk("town", TOWN)
    (tmp_path / "接羔.jpg").unlink()
    assert [one.name for one in town.memos.draft().files] == ["接羔.jpg", "统计表.pdf"]
    town.memos.send(town.memos.draft())
    sync(town)
    address = item_of(served)
    page = editor.get(address).text
    for ref, data in zip(files, (JPG, PDF), strict=True):
        assert f'href="{address}/files/{ref.sha256}"' in page
        answer = editor.get(f"{address}/files/{ref.sha256}")
        assert answer.content == data
        assert answer.headers["content-disposition"].startswith("attachment")  # nothing of it is opened as a page
    assert "接羔.jpg" in page
    assert editor.get(f"{address}/files/{'0' * 64}").status_code == 404
    editor.post(f"{address}/text", data=form_of(page) | {"title": "改过的标题", "text": "改过"})
    assert "统计表.pdf" in editor.get(address).text  # an editor's words change nothing of them
    assert [one.name for one in town.memos.all()[0].memo.files] == ["接羔.jpg", "统计表.pdf"]
    same_after_rebuild(town)


def test_what_is_no_attachment_or_one_too_many_is_refused(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    town = make_desk("town", TOWN)
    files: tuple[FileRef, ...] = ()
    for number in range(doors.ATTACHED.things):
        (tmp_path / f"{number}.pdf").write_bytes(PDF + bytes([number]))
        files = town.memos.attach(tmp_path / f"{number}.pdf", files)
    (tmp_path / "六.pdf").write_bytes(PDF)
    (tmp_path / "a.exe").write_bytes(b"MZ")
    (tmp_path / "a.html").write_text("<script>")
    cases = (
        ("六.pdf", files, "最多 5 个"),
        ("a.exe", (), "不是图片"),
        ("a.html", (), "不是图片"),
        (".", (), "不是文件"),
    )
    for name, beside, why in cases:
        with pytest.raises(RefusedError, match=why):
            town.memos.attach(tmp_path / name, beside)


def test_what_another_program_names_is_bounded_at_the_centre(
    served: Served, editor: httpx.Client, make_desk: Callable[..., Desk]
) -> None:
    town = make_desk("town", TOWN)
    good = FileRef("a" * 64, "../../etc/<b>.pdf\n", 10, "text/html")
    facts = (("A" * 64, "a", 1), ("../x", "a", 1), ("b" * 64, "a", 9 << 20), ("c" * 64, "a", -1))
    odd = tuple(FileRef(*one) for one in facts)
    many = tuple(FileRef(f"{at:064x}", "n" * 500, 1) for at in range(50))
    with town.store.write() as db:
        told = Memo(NEWS.title, NEWS.text, NEWS.sort, "某人", (good, *odd, *many))
        town.session.append(db, Fact("memo.sent", f"memo:{'d' * 32}", told))
    sync(town)
    with served.centre.database.read() as db:
        (row,) = records.record_data(db, "info", 0)
    page = editor.get(item_of(served)).text
    assert page.count("还没有到中心") == doors.ATTACHED.things
    assert "....etc&lt;b&gt;.pdf" in page
    assert "n" * 101 not in page
    assert editor.get(f"{item_of(served)}/files/{'a' * 64}").status_code == 404
    assert row
