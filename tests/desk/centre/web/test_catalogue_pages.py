"""The catalogue editor's page: what would change is seen first, what is published reaches a desk."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import time
from collections.abc import Callable, Iterator

import httpx
import msgspec
import pypdf
import pytest
from conftest import PASSWORD, Served, both_databases, full_draft, item_code, sync
from judged import OTHER, filed, taken_over, waiting
from office import hidden, hidden_in, logged_in

from db.centre.lists import case_rows
from desk.app.open_desk import Desk
from desk.centre.drafting import approving, day_tables
from desk.centre.node import centre_node, publishing, redating
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.errors import RefusedError
from desk.law import holidays
from desk.law.catalogue import changes, load, rules, versions
from desk.law.catalogue.item import Catalogue, Item, Limit, Regime, Unit
from desk.log import events
from desk.log.centre_events import ItemPublished

SEED, LIVES = load.seed(), "/catalogue/lives"
REGIMES = {one.code: one for one in SEED.regimes}
TODAY = dt.date(2026, 11, 24)
# No law of its own: the clocks of a test.
DIBAO = Regime(
    "dibao", "低保", "示例", Limit(15, Unit.WORKDAY), Limit(3, Unit.WORKDAY), silence_note="示例", sample=True
)


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    with client(served, "bian") as made:
        yield made


def client(served: Served, account: str, role: Role = Role.EDITOR) -> httpx.Client:
    guard.add_clerk(served.centre, account, "其木格", PASSWORD, "政务服务局", frozenset({role}))
    return logged_in(served, account)


def row(served: Served, number: str) -> dict[str, object]:
    with served.centre.database.read() as db:
        return dict(case_rows.one_case(db, number))


def uploaded(client: httpx.Client, data: bytes, path: str = "/catalogue/preview") -> httpx.Response:
    csrf = hidden(client, "/catalogue")
    return client.post(path, data=csrf, files={"file": ("x.json", data, "application/json")})


def form_of(page: str) -> dict[str, str]:
    """The hidden fields of the forms of a page."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def with_items(*items: object) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(SEED, version="旗2026-12", items=items))


def changed() -> Catalogue:
    """The seed with its first item in a new version, its last gone, one added."""
    first = msgspec.structs.replace(SEED.items[0], version=SEED.items[0].version + 1, hours="上午", place="二楼")
    new = msgspec.structs.replace(SEED.items[1], task_code="NEW-1", item_name="新的事项", filed_no="")
    return msgspec.structs.replace(SEED, version="旗2026-12", items=(first, *SEED.items[1:-1], new))


# -- rules -------------------------------------------------------------------------------------------------------


def test_what_changes() -> None:
    known = versions.offered(SEED.items)
    found = changes.compare(known, changed(), REGIMES, TODAY)
    assert [one.item_name for one in found.new] == ["新的事项"]
    assert [(one.after.task_code, one.fields) for one in found.changed] == [
        (SEED.items[0].task_code, ("版本", "办理地点", "办理时间"))
    ]
    assert found.gone == (SEED.items[-1],)
    assert (found.same, found.faults) == (len(SEED.items) - 2, ())
    shut = {code: msgspec.structs.replace(one, withdrawn=True) for code, one in known.items()}
    again = changes.compare(shut, changed(), REGIMES, TODAY)
    assert again.gone == ()
    quiet = msgspec.structs.replace(SEED.items[0], hours="上午")
    quietly = changes.compare(known, msgspec.structs.replace(SEED, items=(quiet,)), REGIMES, TODAY)
    assert "版本号却没有加大" in quietly.faults[0]
    assert (found.new_regimes, found.changed_regimes) == ((), ())


def test_regimes_that_change_and_faulty_ones() -> None:
    known = versions.offered(SEED.items)
    faster = msgspec.structs.replace(SEED.regimes[0], notice=Limit(2, Unit.WORKDAY))
    new = msgspec.structs.replace(SEED, regimes=(faster, *SEED.regimes[1:], DIBAO))
    found = changes.compare(known, new, REGIMES, TODAY)
    assert found.new_regimes == (DIBAO,)
    assert [(one.after, one.fields) for one in found.changed_regimes] == [(faster, ("受理或一次告知",))]
    odd = msgspec.structs.replace(DIBAO, basis="", silence="maybe")
    told = "；".join(rules.lint(msgspec.structs.replace(SEED, regimes=(*SEED.regimes, DIBAO, odd))))
    for words in ("“dibao”重复", "没有写依据", "逾期后果"):
        assert words in told


def test_every_field_has_a_name() -> None:
    fields = set(type(SEED.items[0]).__struct_fields__) - {"task_code"}
    assert fields == set(changes.FIELD_NAMES)
    assert set(Regime.__struct_fields__) == set(changes.REGIME_NAMES)


def test_days_that_change_and_faults_of_a_table() -> None:
    table = holidays.seed()
    day, year = dt.date(2026, 7, 15), (*table.years, 2031)
    new = msgspec.structs.replace(table, years=year, days_off=table.days_off | {day})
    found = changes.compare_days(table, new)
    assert (found.off, found.years, found.off_gone, found.any()) == ((day,), (2031,), (), True)
    assert not changes.compare_days(table, table).any()
    assert changes.day_faults(new) == []
    bad = msgspec.structs.replace(
        table, version=" ", workdays=table.workdays | {min(table.days_off), dt.date(1999, 1, 2)}
    )
    assert len(changes.day_faults(bad)) == 3
    assert changes.day_faults(msgspec.structs.replace(table, years=(), days_off=frozenset(), workdays=frozenset()))


# -- pages -------------------------------------------------------------------------------------------------------


@both_databases
def test_a_new_catalogue_reaches_a_desk(served: Served, desk: Desk, editor: httpx.Client) -> None:
    listed = editor.get("/catalogue").text
    assert f"{len({one.task_code for one in SEED.items})} 项" in listed
    code = item_code(desk)
    shown = editor.get("/catalogue", params={"text": code}).text
    assert "最低生活保障" in shown
    assert "没有符合条件" in editor.get("/catalogue", params={"text": "没有这项"}).text
    new = changed()
    page = uploaded(editor, msgspec.json.encode(new))
    assert page.status_code == 200
    for words in ("新增 1", "有变化 1", "办理地点、办理时间", SEED.items[-1].item_name, "未备案"):
        assert words in page.text
    assert sync(desk).received == 0  # looking publishes nothing
    bare = hidden_in(page.text) | {"withdraw": "1"}
    assert "要选调整原因" in editor.post("/catalogue/take", data=bare).text
    why = {"reason": "cancelled", "document": "旗政发〔2026〕9号", "note": "不再办"}
    page = uploaded(editor, msgspec.json.encode(new))
    done = editor.post("/catalogue/take", data=hidden_in(page.text) | {"withdraw": "1"} | why)
    assert "已提出下架 1 项" in done.text
    assert sync(desk).received == 0  # nobody publishes alone
    taken_over(served)
    approving.end(served.centre, OTHER, SEED.items[-1].task_code, filed(served))
    assert sync(desk).received == 3  # the item that changed, the new one, the one that is gone
    assert desk.item(SEED.items[0].task_code).hours == "上午"
    assert desk.item("NEW-1").item_name == "新的事项"
    gone = SEED.items[-1].task_code
    assert gone not in {row.item.task_code for row in desk.items()}
    again = editor.post("/catalogue/take", data=hidden_in(page.text))
    assert (again.status_code, "重新上传" in again.text) == (409, True)
    assert "已下架" in editor.get("/catalogue", params={"text": gone, "only": "shut"}).text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "没有选文件"),
        (b"{", "无法识读"),
        (b"\xff\xfe", "无法识读"),
        (b"[" * 100_000, "无法识读"),
        (msgspec.json.encode(msgspec.structs.replace(SEED, items=())), "没有事项"),
    ],
)
def test_what_is_no_catalogue(editor: httpx.Client, data: bytes, words: str) -> None:
    answer = uploaded(editor, data)
    assert (answer.status_code, words in answer.text) == (409, True)
    if data:
        answer = uploaded(editor, data, "/catalogue/holidays")
        assert (answer.status_code, "无法识读" in answer.text) == (409, True)


def test_a_faulty_catalogue_is_shown_and_not_published(served: Served, editor: httpx.Client) -> None:
    item = SEED.items[0]
    page = uploaded(editor, with_items(item, msgspec.structs.replace(item, version=3, legal_basis=())))
    assert "不能发布" in page.text
    assert "没有设定依据" in page.text
    assert "有效期重叠" in page.text
    assert 'action="/catalogue/take"' not in page.text
    shy = msgspec.structs.replace(item, item_name="<img src=x>", version=9)
    assert "<img src=x" not in uploaded(editor, with_items(shy)).text


def test_two_editors_bring_what_each_looked_at(served: Served, editor: httpx.Client) -> None:
    item = SEED.items[0]
    nine, ten = (msgspec.structs.replace(item, version=at, hours=f"第{at}版") for at in (9, 10))
    mine = hidden_in(uploaded(editor, with_items(nine)).text)
    with client(served, "other") as other:
        theirs = hidden_in(uploaded(other, with_items(ten)).text)
        assert "已收为草稿 1 条" in other.post("/catalogue/take", data=theirs).text
    assert [one.draft.item.hours for one in waiting(served)] == ["第10版"]
    assert "已收为草稿 1 条" in editor.post("/catalogue/take", data=mine).text
    (last,) = waiting(served)
    assert (last.draft.item.hours, last.draft.hands) == ("第9版", ("bian",))
    undone = editor.post(f"/catalogue/imports/{last.run}/undo", data=hidden(editor, "/catalogue/drafts"))
    assert "又回来了" in undone.text  # the other's draft waits again
    assert [one.draft.item.hours for one in waiting(served)] == ["第10版"]


def confirmed(served: Served, editor: httpx.Client) -> str:
    """Another editor holds the table that waits against its document, after its writer tried; what is told."""
    mine = editor.post(f"{LIVES}/days", data=hidden(editor, LIVES) | {"days": seen_days(editor)})
    assert (mine.status_code, "自己不能核对" in mine.text) == (409, True)
    with contextlib.suppress(RefusedError):
        guard.add_clerk(served.centre, "other", "其木格", PASSWORD, "政务服务局", frozenset({Role.EDITOR}))
    with logged_in(served, "other") as other:
        assert other.post(f"{LIVES}/days", data=hidden(other, LIVES) | {"days": "x"}).status_code == 409
        return other.post(f"{LIVES}/days", data=hidden(other, LIVES) | {"days": seen_days(other)}).text


def seen_days(who: httpx.Client) -> str:
    return who.get(LIVES).text.partition('name="days" value="')[2].partition('"')[0]


def test_a_table_that_waits_is_sent_back_replaced_and_not_outrun(served: Served, editor: httpx.Client) -> None:
    seed = holidays.seed()
    first, second = (
        msgspec.structs.replace(seed, version=f"第{at}稿", days_off=seed.days_off | {dt.date(2026, 7, 14 + at)})
        for at in (1, 2)
    )
    day_tables.propose(served.centre, "bian", first)
    assert "2026-07-15" in editor.get(LIVES).text
    with client(served, "other") as other:
        with pytest.raises(RefusedError, match="别人送来的"):
            day_tables.propose(served.centre, "other", second)
        assert "已退回节假日表" in other.post(f"{LIVES}/no-days", data=hidden(other, LIVES)).text
        assert "节假日表待核对" not in other.get(LIVES).text
        day_tables.propose(served.centre, "bian", first)
        day_tables.propose(served.centre, "bian", second)  # the own one again
        publishing.holidays(served.centre, "", first)  # meanwhile, by whoever sits at the server's own rows
        late = other.post(f"{LIVES}/days", data=hidden(other, LIVES) | {"days": seen_days(other)})
        assert (late.status_code, "又发布了别的" in late.text) == (409, True)
    assert served.centre.publications.holidays.version == "第1稿"
    with pytest.raises(RefusedError, match="没有不同"):
        day_tables.propose(served.centre, "bian", first)


@both_databases
def test_holidays_and_notices_reach_a_desk(served: Served, desk: Desk, editor: httpx.Client) -> None:
    table = msgspec.structs.replace(
        holidays.seed(), version="2026+旗", days_off=holidays.seed().days_off | {dt.date(2026, 7, 15)}
    )
    page = uploaded(editor, msgspec.json.encode(table), "/catalogue/holidays")
    assert "2026-07-15" in page.text
    told = editor.post("/catalogue/holidays/publish", data=hidden_in(page.text)).text
    assert "节假日表 2026+旗 等另一位目录编辑" in told
    assert "2026+旗" in confirmed(served, editor)
    csrf = hidden(editor, "/catalogue")
    for typed in ({"title": "停电"}, {"text": "x"}, {"title": "停电", "text": "x", "until": "2026-11-01"}):
        answer = editor.post("/catalogue/notice", data=csrf | typed)
        assert answer.status_code == 409
    assert "停电" in answer.text  # what was typed is still there
    typed = {"title": "停电通知", "text": "周五上午停电。", "until": "2026-12-01"}
    assert "停电通知" in editor.post("/catalogue/notice", data=csrf | typed).text
    assert sync(desk).received == 2
    assert desk.session.holidays.version == "2026+旗"
    assert [one.title for one in desk.today().notices] == ["停电通知"]


@both_databases
def test_a_banners_own_holiday_is_entered_comes_down_and_is_named(
    served: Served, desk: Desk, editor: httpx.Client
) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    csrf = hidden(editor, "/catalogue")
    for typed in ({"name": "那达慕"}, {"name": "那达慕", "days": "七月", "basis": "x"}, {"days": "2026-12-01"}):
        assert editor.post("/catalogue/holidays/local", data=csrf | typed).status_code == 409
    typed = {"name": "那达慕", "days": "2026-12-01、2026-12-02", "basis": "苏左政发〔2026〕9 号"}
    page = editor.post("/catalogue/holidays/local", data=csrf | typed)
    assert "2026-12-02" in page.text
    assert editor.post("/catalogue/holidays/publish", data=hidden_in(page.text)).status_code == 200
    confirmed(served, editor)
    sync(desk)
    said = "".join(line for one in desk.case(number).clocks for line in one.lines)
    assert "2026-12-01 那达慕放假" in "".join(desk.promise(item_code(desk)).lines)
    assert said
    seed = msgspec.structs.replace(holidays.seed(), version="国办-2026.2")
    page = uploaded(editor, msgspec.json.encode(seed), "/catalogue/holidays")
    assert "国办-2026.2+那达慕2026" in page.text  # the State Council's next table keeps the banner's days
    page = editor.post("/catalogue/holidays/local", data=csrf | {"gone": "2026-12-01 那达慕"})
    editor.post("/catalogue/holidays/publish", data=hidden_in(page.text))
    confirmed(served, editor)
    assert [str(one.on) for one in served.centre.publications.holidays.local] == ["2026-12-02"]


@both_databases
def test_another_table_moves_the_days_of_open_cases(
    served: Served, desk: Desk, editor: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [desk.register(full_draft(desk, at)).intake_no for at in range(5)]
    sync(desk)
    for number in numbers[:4]:
        served.centre.act("wulan", "case.accepted", number, events.Accepted("乌兰", "民政局"), 2)
    served.centre.act("wulan", "case.refused", numbers[3], events.Act("乌兰", "民政局", "不符合条件"), 3)
    before = {number: row(served, number) for number in numbers}
    due = dt.date.fromisoformat(str(before[numbers[0]]["due"]))
    seed = holidays.seed()
    january = dt.date(due.year, 1, 1)
    festivals = {day for at in range(365) if holidays.festival(day := january + dt.timedelta(at))}
    table = msgspec.structs.replace(
        seed, version="2027+旗", years=(*seed.years, due.year), days_off=seed.days_off | festivals | {due}
    )
    monkeypatch.setattr(redating, "PIECE", 2)
    page = uploaded(editor, msgspec.json.encode(table), "/catalogue/holidays")
    editor.post("/catalogue/holidays/publish", data=hidden_in(page.text))
    assert all(row(served, number)["due"] == before[number]["due"] for number in numbers)  # not before it is confirmed
    told = confirmed(served, editor)
    assert ("按新表重算" in told, "在后台" in told) == (True, False)
    after = {number: row(served, number) for number in numbers}
    assert all(str(after[number]["due"]) > due.isoformat() for number in numbers[:3])
    assert after[numbers[3]]["ended_day"] == before[numbers[3]]["ended_day"]
    with served.centre.database.read() as db:
        kept = case_rows.cases_table(db)
        assert not redating.waits(db)
    served.centre.rebuild()
    with served.centre.database.read() as db:
        assert case_rows.cases_table(db) == kept


def test_the_background_goes_on_where_it_was_stopped(
    served: Served, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in range(5):
        desk.register(full_draft(desk, at))
    sync(desk)
    monkeypatch.setattr(redating, "PIECE", 2)
    monkeypatch.setattr(redating, "EVERY", 0.01)
    publishing.holidays(served.centre, "", msgspec.structs.replace(holidays.seed(), version="2027"))
    assert redating.piece(served.centre)  # two of five, then the service ended
    with watching.beside(served.centre, redating.run):
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with served.centre.database.read() as db:
                if not redating.waits(db):
                    break
            time.sleep(0.02)
    with served.centre.database.read() as db:
        assert not redating.waits(db)


# -- legal clocks ------------------------------------------------------------------------------------------------


def under(regime: Regime, version: int) -> tuple[Catalogue, Item]:
    """A catalogue of one item, which goes by `regime`; and the item."""
    item = next(one for one in SEED.items if one.item_name == "最低生活保障审核确认")
    item = msgspec.structs.replace(item, regime=regime.code, version=version, statutory_limit=None)
    others = (one for one in SEED.regimes if one.code != regime.code)
    return msgspec.structs.replace(SEED, version=f"旗{version}", regimes=(*others, regime), items=(item,)), item


@both_databases
def test_a_new_regime_reaches_clocks_desks_and_guides(
    served: Served, desk: Desk, make_desk: Callable[..., Desk], editor: httpx.Client
) -> None:
    new, item = under(DIBAO, 9)
    page = uploaded(editor, msgspec.json.encode(new))
    for words in ("时限规则：新增 1", "dibao", "告知 3 个工作日", "决定 15 个工作日"):
        assert words in page.text
    told = 1 + 1  # the clocks that are new, and the item
    taken = editor.post("/catalogue/take", data=hidden_in(page.text)).text
    assert "已收为草稿 1 条" in taken
    assert "时限规则 1 条" in taken
    assert any("时限规则“dibao”不存在" in words for one in waiting(served) for words in one.faults)
    own = editor.post("/catalogue/lives/clocks", data=form_of(editor.get("/catalogue/lives").text))
    assert "送来的人自己不能核对" in own.text
    taken_over(served)
    assert sync(desk).received == told
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    found = row(served, number)
    assert found["notice_due"] == "2026-11-27"  # three working days after the 24th
    assert "低保：示例" in text_of(editor.get(f"/items/{item.task_code}/guide.pdf").content)
    assert "示例" in editor.get(f"/items/{item.task_code}").text
    assert [one.name for one in desk.case(number).clocks][1:] == ["法定：受理或一次告知补正", "法定：作出决定"]
    assert "低保：示例" in text_of(desk.papers.guide(item.task_code).pdf)
    later = make_desk("later")  # enrolled afterwards, and from the beginning of the feed
    sync(later)
    assert later.session.regime(item) == DIBAO
    later.store.rebuild()
    later.session.refresh()
    assert later.session.regime(item) == DIBAO


@both_databases
def test_a_changed_regime_moves_the_days_of_open_cases(served: Served, desk: Desk, editor: httpx.Client) -> None:
    first, _item = under(DIBAO, 9)
    publishing.catalogue(served.centre, "bian", first)
    sync(desk)
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    slower = msgspec.structs.replace(DIBAO, notice=Limit(5, Unit.WORKDAY))
    page = uploaded(editor, msgspec.json.encode(msgspec.structs.replace(first, regimes=(*SEED.regimes, slower))))
    for words in ("有变化 1", "受理或一次告知", "现行：告知 3 个工作日"):
        assert words in page.text
    assert "时限规则 1 条" in editor.post("/catalogue/take", data=hidden_in(page.text)).text
    taken_over(served)
    assert row(served, number)["notice_due"] == "2026-12-01"
    sync(desk)
    assert {one.name: one.on for one in desk.case(number).clocks}["法定：受理或一次告知补正"] == dt.date(2026, 12, 1)
    other = centre_node.Centre(served.centre.folder, str(served.centre.database.engine.url.render_as_string(False)))
    case, _ = other.case(number)  # as another process shows it
    assert other.publications.law(case).regime == slower
    other.close()


def test_an_unknown_regime_is_said_and_breaks_nothing(served: Served, desk: Desk, editor: httpx.Client) -> None:
    """What an older centre published: the item alone."""
    _, item = under(DIBAO, 9)
    told = ItemPublished(item, "旗9")
    with served.centre.database.write() as db:
        served.centre.add(db, [centre_node.Own("", "item.published", f"item:{item.task_code}", told, "*")])
    sync(desk)
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    assert (row(served, number)["notice_due"], row(served, number)["due"]) == ("", "")
    assert any("还没有收到" in one.words for one in desk.case(number).clocks)
    asks = "请咨询洪格尔苏木人民政府"
    assert f"时限依据 {asks}" in text_of(desk.papers.guide(item.task_code).pdf)
    assert asks in text_of(editor.get(f"/items/{item.task_code}/guide.pdf").content)
    assert f"<dt>时限依据</dt><dd>{asks}" in editor.get(f"/items/{item.task_code}").text
    with client(served, "super", Role.SUPERVISOR) as super_:
        assert "法定时限不知道" in super_.get(f"/cases/{number}").text
    watching.watch(served.centre)


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_it_is_the_editors_page(served: Served, editor: httpx.Client) -> None:
    with client(served, "super", Role.SUPERVISOR) as super_:
        assert super_.get("/catalogue").status_code == 403
    assert editor.post("/catalogue/take", data={"csrf": "x"}).status_code == 403
