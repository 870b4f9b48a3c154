"""A limit that is counted backwards, from the register page to the case: quarantine is declared three days before the
animals leave."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from conftest import HERDER, Served, SetClock, full_draft, item_code, sync
from counter_steps import text_of
from office import logged_in
from PySide6.QtWidgets import QLabel, QWidget

from desk.app.open_desk import Desk
from desk.centre.node import publishing
from desk.law.catalogue import load
from desk.law.catalogue.item import Elsewhere, Limit, StatedLimits, Unit
from desk.store.snapshots import Draft, DraftMaterial
from ui.pages.register import RegisterPage
from ui.window import MainWindow

KEEP = os.environ.get("DAIBAN_PICTURES", "")
LAST = "最迟申报检疫"


def moving(desk: Desk, leave: str) -> Draft:
    code = item_code(desk, "动物产地检疫申报")
    item = desk.item(code)
    assert item is not None
    ticks = tuple(DraftMaterial(one.code, True, one.originals, one.copies) for one in item.materials)
    form = {"species": "绵羊", "count": "120", "leave": leave, "to": "锡林浩特"}
    return full_draft(desk, task_code=code, situation="local", fields=form, materials=ticks)


def named(root: QWidget, name: str) -> str:
    found = root.findChild(QLabel, name)
    assert found is not None
    return found.text() if not found.isHidden() else ""


def test_the_register_page_warns_while_the_date_is_typed(window: MainWindow, settle: Callable[[], None]) -> None:
    window.open("register")
    settle()
    page = window.page("register")
    assert isinstance(page, RegisterPage)
    for leave, words in (
        ("2026-12-05", f"{LAST}：2026-12-02（星期三），还剩 6 个工作日"),
        ("2026-11-27", f"{LAST}：2026-11-24（星期二），今天到期"),
        ("2026-11-26", f"{LAST}：2026-11-23（星期一），已超 1 个工作日"),
    ):
        page.show_draft(moving(window.desk, leave))
        page._say_what_is_missing()
        assert named(page, "register-stated").startswith(words)
    if KEEP:
        page.findChild(QLabel, "register-stated").parentWidget().setFixedWidth(640)
        settle()
        page.due.grab().save(f"{KEEP}/register-stated.png")
    page.show_draft(moving(window.desk, ""))
    page._say_what_is_missing()
    assert named(page, "register-stated").startswith("申报检疫要在启运日期前 3 日")
    page.show_draft(full_draft(window.desk))
    page._say_what_is_missing()
    assert named(page, "register-stated") == ""


def test_case_receipt_guide_and_centre_tell_it_and_today_warns(
    window: MainWindow, settle: Callable[[], None], served: Served, tell: SetClock
) -> None:
    desk = window.desk
    number = desk.register(moving(desk, "2026-11-30")).intake_no  # three days before is Friday, 27 November
    (line,) = [one for one in desk.case(number).clocks if one.name == LAST]
    assert line.words == "2026-11-27（星期五），还剩 3 个工作日"
    assert [one.why for one in desk.today().needs if one.why == "before"] == []
    tell.at = tell.at.replace(day=26)
    (need,) = [one for one in desk.today().needs if one.why == "before"]
    assert need.words.startswith(f"{LAST} 2026-11-27，还剩 1 个工作日")
    assert LAST + "2026-11-27（星期五）" in "".join(text_of(desk.papers.receipt(number).pdf).split())
    sheet = text_of(desk.papers.deadline_sheet(number, line).pdf)
    assert "提前 3 日" in sheet
    assert "申报检疫要在启运日期前 3 日" in text_of(desk.papers.guide(item_code(desk, "动物产地检疫申报")).pdf)
    for page in ("case", "today"):
        window.open(page, **({"intake_no": number} if page == "case" else {}))
        settle()
        if KEEP:
            window.grab().save(f"{KEEP}/stated-{page}.png")
            Path(f"{KEEP}/receipt.pdf").write_bytes(desk.papers.receipt(number).pdf)
            Path(f"{KEEP}/sheet.pdf").write_bytes(desk.papers.deadline_sheet(number, line).pdf)
            Path(f"{KEEP}/guide.pdf").write_bytes(desk.papers.guide(item_code(desk, "动物产地检疫申报")).pdf)
    sync(desk)
    assert [one.why for one in desk.today().needs if one.why == "before"] == []
    (done,) = [one for one in desk.case(number).clocks if one.name == LAST]
    assert done.words.endswith("2026-11-26 已到中心")
    with logged_in(served, "wulan") as client:
        assert LAST in client.get(f"/cases/{number}").text
        assert "提前办理" in client.get(f"/items/{item_code(desk, '动物产地检疫申报')}").text


def test_an_item_published_with_a_limit_reaches_the_desk(served: Served, desk: Desk) -> None:
    item = desk.item(item_code(desk, "动物产地检疫申报"))
    assert item is not None
    assert item.stated is not None
    ask = msgspec.structs.replace(item.stated, ask="农牧局 0479-1234567")
    newer = msgspec.structs.replace(item, version=item.version + 1, stated=ask)
    new = msgspec.structs.replace(load.seed(), version="次", items=(newer,))
    publishing.catalogue(served.centre, "bian", new)
    sync(desk)
    assert desk.item(item.task_code) == newer


@pytest.mark.parametrize("domicile", ["152524100200", ""])
def test_papers_for_another_banner_are_told_at_the_counter(
    desk: Desk, domicile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = full_draft(desk, person=msgspec.structs.replace(HERDER, division=domicile))
    item = desk.item(draft.task_code)
    assert item is not None
    there = Elsewhere("通办规程", Limit(1, Unit.WORKDAY), Limit(3, Unit.WORKDAY), Limit(5, Unit.WORKDAY))
    stated = msgspec.structs.replace(item, stated=StatedLimits(elsewhere=there))
    monkeypatch.setattr(desk.session, "find", lambda _code: stated)
    told = [(one.name, str(one.on)) for one in desk.ahead(draft)]
    both = [("通办：推送到办理地", "2026-11-25"), ("通办：寄出纸质材料", "2026-11-27")]
    assert told == (both if domicile else [])
