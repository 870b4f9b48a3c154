"""What clerks do with cases: lists, bulk, every move with its rule, envelopes, looks at numbers, departments."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import re
from collections.abc import Callable, Iterator

import httpx
import msgspec
import pytest
from conftest import HERDER, PASSWORD, POINT, Served, SetClock, both_databases, full_draft, item_code, sync
from office import decide, drawn, find, hidden_in, publish_bands

from db.centre import rows, schema
from db.centre.lists import case_rows, record_lists
from desk.app.open_desk import Desk
from desk.centre.node import centre_node
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.centre.web import looks, work
from desk.centre.web.frame import PAGE
from desk.errors import RefusedError
from desk.folds.case import State
from desk.law import deadline, holidays
from desk.log import chain, events
from desk.log.events import Person
from desk.store.snapshots import Draft, DraftMaterial
from desk.sync.outcome import Outcome

pytestmark = both_databases
Log = Callable[[str], httpx.Client]
LICENCE = "动物防疫条件合格证核发"  # 20 working days by law, silence means that it is accepted


def draft_of(desk: Desk, name: str) -> Draft:
    item = desk.item(item_code(desk, name))
    ticks = tuple(DraftMaterial(one.code, True, one.originals, one.copies) for one in item.materials)
    return full_draft(desk, 7, task_code=item.task_code, materials=ticks, fields={})


@pytest.fixture
def numbers(desk: Desk) -> list[str]:
    made = [desk.register(full_draft(desk, at)).intake_no for at in range(3)]
    sync(desk)
    return made


@pytest.fixture
def log_in(served: Served) -> Iterator[Log]:
    opened: list[httpx.Client] = []

    def go(account: str = "wulan") -> httpx.Client:
        client = httpx.Client(base_url=served.address, follow_redirects=True)
        opened.append(client)
        assert client.post("/login", data={"account": account, "password": PASSWORD}).status_code == 200
        return client

    yield go
    for one in opened:
        one.close()


def hidden(client: httpx.Client, number: str) -> dict[str, str]:
    return hidden_in(client.get(f"/cases/{number}").text)


def act(client: httpx.Client, number: str, what: str, **typed: str) -> httpx.Response:
    if what in ("grant", "refuse"):
        return decide(client, number, what, **typed)
    return client.post(f"/cases/{number}/{what}", data=hidden(client, number) | typed)


def state(served: Served, number: str) -> State:
    return served.centre.case(number)[0].state


def row(served: Served, number: str) -> dict[str, object]:
    with served.centre.database.read() as db:
        return dict(case_rows.one_case(db, number))


def test_the_list_is_narrowed(served: Served, desk: Desk, numbers: list[str], log_in: Log) -> None:
    clerk = log_in()
    shown = clerk.get("/cases").text
    assert all(number in shown for number in numbers)
    assert "待受理 <b>3</b>" in shown
    act(clerk, numbers[0], "accept")
    assert numbers[0] not in clerk.get("/cases").text
    assert numbers[0] in clerk.get("/cases", params={"tab": "review"}).text
    for text in (HERDER.name[:3], HERDER.id_number, HERDER.phone, numbers[0], numbers[0][:16]):
        assert numbers[0] in find(clerk, text).text, text
    for text in ("没有这个人", "152523195603020028", "13900000002"):
        assert numbers[0] not in find(clerk, text).text, text
    assert numbers[0] in clerk.get("/cases", params={"mine": "1", "tab": "all"}).text
    assert numbers[1] not in clerk.get("/cases", params={"mine": "1", "tab": "all"}).text


def test_red_and_yellow(served: Served, numbers: list[str], log_in: Log, tell: SetClock) -> None:
    due = dt.date.fromisoformat(str(row(served, numbers[0])["next_due"]))
    clerk = log_in()
    assert "超期 0" in clerk.get("/cases").text
    tell.at = dt.datetime.combine(due, dt.time(9), tell.at.tzinfo)
    clerk = log_in()
    assert "临近 3" in clerk.get("/cases").text
    tell.at += dt.timedelta(1)
    clerk = log_in()
    assert "超期 3" in clerk.get("/cases").text
    assert numbers[0] in clerk.get("/cases", params={"clock": "red", "tab": "all"}).text


def test_several_are_accepted_at_once(served: Served, numbers: list[str], log_in: Log) -> None:
    clerk = log_in()
    act(clerk, numbers[2], "not-accept", reasons="不属于本机关")
    token = hidden(clerk, numbers[0])["csrf"]
    told = clerk.post("/cases/accept", data={"csrf": token, "number": numbers})
    assert told.status_code == 409
    assert "已受理 2 件" in told.text
    assert [state(served, one) for one in numbers] == [State.ACCEPTED, State.ACCEPTED, State.NOT_ACCEPTED]
    assert clerk.post("/cases/accept", data={"csrf": token}).status_code == 409


def test_how_many_were_accepted_is_told_in_the_same_list(numbers: list[str], log_in: Log) -> None:
    clerk = log_in()
    sent = {"csrf": hidden(clerk, numbers[0])["csrf"], "number": numbers[:2], "back": "tab=todo&order=-name"}
    done = clerk.post("/cases/accept", data=sent)
    assert "已受理 2 件。" in done.text
    assert "order=-name" in str(done.url)
    assert "done=" not in done.text  # no link of the page says it again


def test_a_supplement_is_asked_once_then_only_by_the_chief(
    served: Served, desk: Desk, numbers: list[str], log_in: Log
) -> None:
    clerk = log_in()
    act(clerk, numbers[0], "supplement", missing="居民户口簿", reasons="银行卡")
    assert served.centre.case(numbers[0])[0].supplement.missing == ("居民户口簿", "银行卡")
    sync(desk)
    desk.handling.add_materials(numbers[0], desk.case(numbers[0]).case.materials[:1])
    sync(desk)
    assert state(served, numbers[0]) is State.ARRIVED
    refused = act(clerk, numbers[0], "supplement", reasons="又一份")
    assert (refused.status_code, "首席代表" in refused.text) == (409, True)
    guard.add_clerk(served.centre, "chief", "巴图", PASSWORD, "综合窗口", frozenset({Role.CHIEF}))
    chief = log_in("chief")
    assert act(chief, numbers[0], "supplement", reasons="又一份").status_code == 200
    asked = served.centre.case(numbers[0])[0].supplement
    assert (asked.approved_by, row(served, numbers[0])["supplements"]) == ("巴图", 2)


def test_a_special_procedure_stops_the_clock(served: Served, numbers: list[str], log_in: Log, tell: SetClock) -> None:
    clerk = log_in()
    number = numbers[0]
    act(clerk, number, "accept")
    before = str(row(served, number)["due"])
    assert act(clerk, number, "suspend", reasons="组织听证").status_code == 409
    until = (tell.at + dt.timedelta(20)).date().isoformat()
    act(clerk, number, "suspend", reasons="组织听证", until=until, basis="听证")
    stopped = row(served, number)
    assert (stopped["state"], stopped["next_due"], stopped["suspended_until"]) == ("suspended", "", until)
    tell.at += dt.timedelta(14)
    clerk = log_in()
    act(clerk, number, "resume")
    after = str(row(served, number)["due"])
    counted = dt.date.fromisoformat(after) - dt.date.fromisoformat(before)
    assert counted >= dt.timedelta(14)


def test_an_extension_needs_the_head_and_comes_once(
    served: Served, desk: Desk, numbers: list[str], log_in: Log
) -> None:
    clerk = log_in()
    number = desk.register(draft_of(desk, LICENCE)).intake_no
    sync(desk)
    for one in (number, numbers[0]):
        act(clerk, one, "accept")
    whole = {"reasons": "案情复杂", "approved": "局长"}
    assert "首席代表" in act(clerk, number, "extend", **whole).text
    guard.add_clerk(served.centre, "chief", "巴图", PASSWORD, "综合窗口", frozenset({Role.CHIEF}))
    chief = log_in("chief")
    assert act(chief, number, "extend", reasons="案情复杂").status_code == 409
    assert act(chief, number, "extend", approved="局长").status_code == 409
    assert "没有规定延期" in act(chief, numbers[0], "extend", **whole).text  # a benefit: the law knows none
    assert act(chief, number, "extend", **whole).status_code == 200
    arrived = dt.date(2026, 11, 24)
    assert row(served, number)["due"] == deadline.working_day_after(arrived, 30, holidays.seed()).isoformat()
    assert state(served, number) is State.EXTENDED
    assert act(chief, number, "extend", **whole).status_code == 409


def test_what_is_late_is_not_made_timely(
    served: Served, desk: Desk, numbers: list[str], log_in: Log, tell: SetClock
) -> None:
    number = desk.register(draft_of(desk, LICENCE)).intake_no
    sync(desk)
    guard.add_clerk(served.centre, "chief", "巴图", PASSWORD, "综合窗口", frozenset({Role.CHIEF}))
    act(log_in("chief"), number, "accept")
    due = dt.date.fromisoformat(str(row(served, number)["due"]))
    tell.at = dt.datetime.combine(due + dt.timedelta(1), dt.time(9), tell.at.tzinfo)
    chief = log_in("chief")
    late = act(chief, number, "extend", reasons="案情复杂", approved="局长")
    assert (late.status_code, "已经过了" in late.text) == (409, True)
    past = act(chief, number, "suspend", reasons="听证", until="2020-01-01")
    assert (past.status_code, "今天以前" in past.text) == (409, True)
    act(chief, number, "grant")
    assert (row(served, number)["on_time"], row(served, number)["in_promise"]) == ("no", "no")


def test_silence_is_acceptance_and_its_clock_runs(
    served: Served, desk: Desk, numbers: list[str], log_in: Log, tell: SetClock
) -> None:
    number = desk.register(draft_of(desk, LICENCE)).intake_no
    sync(desk)
    due = deadline.working_day_after(dt.date(2026, 11, 24), 20, holidays.seed())
    assert row(served, number)["due"] == due.isoformat()
    assert row(served, numbers[0])["due"] == ""  # the regime of a benefit says nothing of silence
    tell.at = dt.datetime.combine(due + dt.timedelta(1), dt.time(9), tell.at.tzinfo)
    watching.watch(served.centre)
    with served.centre.database.read() as db:
        cards = record_lists.listed(db, record_lists.Wanted("card"), 0, 50)
    assert {"deemed", "over"} <= {one["kind"] for one in cards if one["about"] == number}


def test_a_supplement_can_come_to_the_window(
    served: Served, desk: Desk, numbers: list[str], log_in: Log, tell: SetClock
) -> None:
    clerk, number = log_in(), numbers[0]
    first = row(served, number)
    assert "没有在等补正" in act(clerk, number, "supplemented", missing="居民户口簿").text
    act(clerk, number, "supplement", missing="居民户口簿", until="2026-12-01")
    waiting = row(served, number)
    assert (waiting["next_due"], waiting["suspended_until"]) == ("", "2026-12-01")
    tell.at += dt.timedelta(14)
    clerk = log_in()
    assert "补正材料交到窗口" in clerk.get(f"/cases/{number}").text
    act(clerk, number, "supplemented", missing="居民户口簿")
    after = row(served, number)
    assert state(served, number) is State.ARRIVED
    assert (after["case_no"], after["arrived_at"]) == (first["case_no"], first["arrived_at"])  # it came once
    assert str(after["promised"]) > str(first["promised"])  # what the herder took is no delay of the office
    assert "补正材料交到中心窗口：居民户口簿" in clerk.get(f"/cases/{number}").text
    sync(desk)
    assert desk.case(number).case.state is State.ARRIVED
    served.centre.verify()


def test_papers_without_an_envelope_are_seen(served: Served, desk: Desk, numbers: list[str], tell: SetClock) -> None:
    assert {row(served, one)["flags"] for one in numbers} == {"unbundled"}
    desk.trips.seal("旗中心", (numbers[0],), "F1")
    sync(desk)
    assert [row(served, one)["flags"] for one in numbers] == ["", "unbundled", "unbundled"]
    tell.at += dt.timedelta(9)
    sync(desk)
    desk.register(full_draft(desk, 9))
    sync(desk)
    watching.watch(served.centre)
    with served.centre.database.read() as db:
        cards = record_lists.listed(db, record_lists.Wanted("card", kind="unbundled"), 0, 50)
    assert {one["about"] for one in cards} == set(numbers[1:])


def test_certificates_made_after_the_decision_are_kept(served: Served, numbers: list[str], log_in: Log) -> None:
    clerk, number = log_in(), numbers[0]
    act(clerk, number, "accept")
    act(clerk, number, "grant")
    assert row(served, number)["deliver_due"] == "2026-12-08"  # ten working days
    assert "2026-12-08" in clerk.get("/cases", params={"tab": "all", "text": number}).text
    for step, name in (("certify", "证.pdf"), ("return-result", "函.pdf")):
        made = clerk.post(
            f"/cases/{number}/{step}",
            data=hidden(clerk, number),
            files={"result": (name, b"%PDF-1.7 " + name.encode(), "application/pdf")},
        )
        assert made.status_code == 200
        assert name in made.text
    results = served.centre.case(number)[0].results
    assert [one.name for one in results] == ["证.pdf", "函.pdf"]
    assert clerk.get(f"/cases/{number}/files/{results[0].sha256}").content == "%PDF-1.7 证.pdf".encode()


def test_a_band_is_one_of_the_items(served: Served, desk: Desk, log_in: Log) -> None:
    publish_bands(served)
    sync(desk)
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    clerk = log_in()
    act(clerk, number, "accept")
    assert "从轻" in clerk.get(f"/cases/{number}").text
    for wrong in ("", "b3"):
        assert act(clerk, number, "refuse", reasons="不符合", band=wrong).status_code == 409, wrong
    assert "裁量档次：b1 从轻；不符合" in act(clerk, number, "refuse", reasons="不符合", band="b1").text


def test_refusing_needs_reasons_and_a_result_must_be_a_document(
    served: Served, numbers: list[str], log_in: Log
) -> None:
    clerk = log_in()
    number = numbers[0]
    act(clerk, number, "accept")
    assert act(clerk, number, "refuse").status_code == 409
    bad = decide(clerk, number, "grant", {"result": ("a.exe", b"MZ...", "application/pdf")})
    assert (bad.status_code, state(served, number)) == (409, State.ACCEPTED)
    late = clerk.post(
        f"/cases/{number}/grant",
        data=hidden(clerk, number) | {"seen": "1"},
        files={"result": ("决定书.pdf", b"%PDF-1.7 late", "application/pdf")},
    )
    with served.centre.database.read() as db:
        lost = rows.one_file(db, hashlib.sha256(b"%PDF-1.7 late").hexdigest())
    assert (late.status_code, state(served, number), lost) == (409, State.ACCEPTED, None)  # nothing half kept
    paper = {"result": ("决定书.pdf", b"%PDF-1.7 x", "application/pdf")}
    good = decide(clerk, number, "refuse", paper, reasons="收入超过标准")
    assert good.status_code == 200
    decision = served.centre.case(number)[0].decision
    assert (decision.reasons, decision.files[0].name) == ("收入超过标准", "决定书.pdf")
    kept = clerk.get(f"/cases/{number}/files/{decision.files[0].sha256}")
    assert (kept.content, kept.headers["content-type"]) == (b"%PDF-1.7 x", "application/pdf")
    assert row(served, number)["on_time"] == "yes"


def test_a_decision_is_made_from_the_page_that_showed_it(served: Served, numbers: list[str], log_in: Log) -> None:
    clerk, number = log_in(), numbers[0]
    act(clerk, number, "accept")
    typed = {"reasons": "收入超过标准"}
    straight = clerk.post(f"/cases/{number}/refuse", data=hidden(clerk, number) | typed)
    assert (straight.status_code, "先在确认页上看清" in straight.text) == (409, True)
    shown = hidden_in(clerk.post(f"/cases/{number}/decision/refuse", data=hidden(clerk, number) | typed).text)
    assert shown["shown"]
    other = hidden_in(clerk.post(f"/cases/{numbers[1]}/decision/refuse", data=hidden(clerk, number) | typed).text)
    for what, said in (
        ("refuse", typed | {"reasons": "别的理由"}),
        ("grant", typed),
        ("refuse", typed | {"shown": other.get("shown", "")}),
    ):
        assert clerk.post(f"/cases/{number}/{what}", data=shown | said).status_code == 409, said
    again = log_in()  # another session saw nothing
    mine = hidden(again, number) | {"shown": shown["shown"]} | typed
    assert again.post(f"/cases/{number}/refuse", data=mine).status_code == 409
    assert state(served, number) is State.ACCEPTED
    for code in (200, 409):  # once
        assert clerk.post(f"/cases/{number}/refuse", data=shown | typed).status_code == code
    assert state(served, number) is State.REFUSED


def test_an_envelope_is_taken_over_by_its_code(served: Served, desk: Desk, numbers: list[str], log_in: Log) -> None:
    clerk = log_in()
    assert clerk.post(f"/cases/{numbers[0]}/papers", data=hidden(clerk, numbers[0])).status_code == 409
    sealed = desk.trips.seal("旗中心", (numbers[0],), "F1")
    sync(desk)
    number = sealed.sealed.number
    token = hidden(clerk, numbers[0])
    wrong = clerk.post(f"/cases/{numbers[0]}/papers", data=token | {"number": "Z1"})
    assert wrong.status_code == 409
    taken = clerk.post(
        f"/cases/{numbers[0]}/papers", data=token | {"number": f"DBZ1.{number}.sig", "reasons": "少一张复印件"}
    )
    assert "与清单不符 1 项</span>：少一张复印件" in taken.text
    assert f'action="/cases/{numbers[0]}/papers"' not in taken.text
    sync(desk)
    bundle = next(one for one in desk.trips.bundles() if one.id == sealed.id)
    assert (bundle.state, bundle.taken.receiver, bundle.taken.differences) == ("taken", "乌兰", ("少一张复印件",))
    assert clerk.post(f"/cases/{numbers[0]}/papers", data=token | {"number": number}).status_code == 409


def test_a_look_at_a_number_is_an_entry_first(served: Served, numbers: list[str], log_in: Log) -> None:
    clerk = log_in()
    token = hidden(clerk, numbers[0])
    assert HERDER.id_number not in clerk.get(f"/cases/{numbers[0]}").text
    assert clerk.post(f"/cases/{numbers[0]}/number", data=token).status_code == 409
    shown = clerk.post(f"/cases/{numbers[0]}/number", data=token | {"reasons": "核对银行卡户名"})
    assert HERDER.id_number in shown.text
    assert "核对银行卡户名" in clerk.get("/looks").text
    served.centre.verify()


def test_a_look_at_the_telephone_number_leaves_a_trace_too(served: Served, numbers: list[str], log_in: Log) -> None:
    clerk = log_in()
    token = hidden(clerk, numbers[0]) | {"which": "phone"}
    assert HERDER.phone not in clerk.get(f"/cases/{numbers[0]}").text
    assert clerk.post(f"/cases/{numbers[0]}/number", data=token).status_code == 409
    shown = clerk.post(f"/cases/{numbers[0]}/number", data=token | {"reasons": "约上门时间"}).text
    assert HERDER.phone in shown
    assert HERDER.id_number not in shown
    looks = clerk.get("/looks").text
    assert "约上门时间" in looks
    assert "电话号码" in looks


def with_a_card(desk: Desk) -> tuple[str, events.FileRef]:
    """A case with a picture of identity cards, and that picture."""
    draft, ref = full_draft(desk), desk.pictures.keep(drawn("red"), "身份证.jpg")
    names = {one.code: one.name for one in desk.item(draft.task_code).materials}
    ticks = [
        msgspec.structs.replace(one, files=(ref,)) if "身份证" in names[one.code] else one for one in draft.materials
    ]
    return desk.register(msgspec.structs.replace(draft, materials=tuple(ticks))).intake_no, ref


def test_an_ofd_reaches_the_clerk_as_the_file_that_was_given(served: Served, desk: Desk, log_in: Log) -> None:
    draft, data = full_draft(desk), b"PK\3\4 a signed licence"
    with pytest.raises(RefusedError, match="OFD"):
        desk.pictures.keep(data, "licence.docx")
    ref = desk.pictures.keep(data, "草原使用证.ofd")
    first, *rest = draft.materials
    taken = msgspec.structs.replace(draft, materials=(msgspec.structs.replace(first, files=(ref,)), *rest))
    number = desk.register(taken).intake_no
    sync(desk)
    sync(desk)
    clerk = log_in()
    assert "打开 草原使用证.ofd" in clerk.get(f"/cases/{number}/view/{ref.sha256}").text
    kept = clerk.get(f"/cases/{number}/files/{ref.sha256}")
    assert (kept.content, kept.headers["content-type"]) == (data, "application/ofd")
    assert kept.headers["content-disposition"].startswith("attachment")
    assert "max-age" in kept.headers["cache-control"] or "no-store" in kept.headers["cache-control"]


def test_a_picture_of_an_identity_card_leaves_a_trace_once_a_day(
    served: Served, desk: Desk, tell: SetClock, log_in: Log
) -> None:
    number, card = with_a_card(desk)
    sync(desk)
    assert sync(desk).outcome is Outcome.DONE
    guard.add_clerk(served.centre, "other", "乙", PASSWORD, "综合窗口")

    def looks() -> list[tuple[str, str]]:
        with served.centre.database.read() as db:
            found = [chain.decoded(one) for one in rows.own_of_kind(db, served.centre.node, "person.seen", 100)]
        return [(one.author, events.decode(one.kind, one.data).what) for one in found]

    clerk = log_in()
    assert f"/files/{card.sha256}" not in clerk.get(f"/cases/{number}").text  # not shown until it is opened
    assert "会留痕" in clerk.get(f"/cases/{number}").text
    for _ in range(3):
        answer = clerk.get(f"/cases/{number}/files/{card.sha256}")
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    what = "图片：全家人居民身份证"
    assert looks() == [("wulan", what)]
    log_in("other").get(f"/cases/{number}/files/{card.sha256}")
    assert looks() == [("other", what), ("wulan", what)]
    tell.at += dt.timedelta(1)
    log_in().get(f"/cases/{number}/files/{card.sha256}")
    assert [one for one, _ in looks()] == ["wulan", "other", "wulan"]
    assert what in log_in().get("/looks").text
    served.centre.verify()


def test_looks_are_paged_and_ones_own_are_found_behind_others(
    served: Served, numbers: list[str], log_in: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard.add_clerk(served.centre, "own", "甲", PASSWORD, "民政局")
    guard.add_clerk(served.centre, "watch", "乙", PASSWORD, "监察室", frozenset({Role.SUPERVISOR}))
    with served.centre.database.write() as db:
        for account, count in (("own", 60), ("wulan", 240)):
            seen = [
                centre_node.Own(
                    account, "person.seen", f"seen:{account}", events.PersonSeen(account, f"{account} {at}."), ""
                )
                for at in range(count)
            ]
            served.centre.add(db, seen)
    for account, count in (("own", 60), ("watch", 300)):
        client, path, found = log_in(account), "/looks", []
        while path:
            page = client.get(path).text
            found += re.findall(r'data-label="原因">([^<]+)<', page)
            onward = re.search(r'rel="next" href="([^"]+)"', page)
            path = onward[1] if onward else ""
        assert len(found) == len(set(found)) == count, account
    monkeypatch.setattr(looks, "_AT_ONCE", 10)
    monkeypatch.setattr(looks, "_MOST", 100)
    page = log_in("own").get("/looks").text  # so many were read, and none is one's own: it says so and leads on
    assert "这一段里没有" in page
    assert 'rel="next"' in page


def test_numbers_do_not_stand_in_the_database(served: Served, numbers: list[str]) -> None:
    """Neither identity number nor telephone nor address, in any column of any table."""
    secrets = (HERDER.id_number, HERDER.phone, HERDER.address)
    with served.centre.database.read() as db:
        for table in schema.META.sorted_tables:
            for found in db.exec_driver_sql(f"SELECT * FROM {table.name}"):
                for value in found:
                    data = bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
                    assert not any(one.encode() in data for one in secrets), table.name


def test_departments_see_their_own(served: Served, numbers: list[str], log_in: Log) -> None:
    org = str(row(served, numbers[0])["org"])
    assert org
    guard.add_clerk(served.centre, "own", "甲", PASSWORD, org)
    guard.add_clerk(served.centre, "other", "乙", PASSWORD, "林草局")
    own, other = log_in("own"), log_in("other")
    assert numbers[0] in own.get("/cases").text
    assert numbers[0] not in other.get("/cases").text
    assert other.get(f"/cases/{numbers[0]}").status_code == 404
    token = re.search(r'name="csrf" value="([^"]*)"', other.get("/account").text).group(1)
    refused = other.post(f"/cases/{numbers[0]}/accept", data={"csrf": token, "seen": "2"})
    assert (refused.status_code, state(served, numbers[0])) == (404, State.ARRIVED)


def test_desks_page(served: Served, desk: Desk, numbers: list[str], log_in: Log, tell: SetClock) -> None:
    guard.add_clerk(served.centre, "boss", "管", PASSWORD, "中心", frozenset({Role.ADMIN}))
    boss = log_in("boss")
    page = boss.get("/desks").text
    assert f"{POINT}-01" in page
    assert "洪格尔苏木" in page
    assert "个久未同步" not in page
    tell.at += dt.timedelta(8)
    boss = log_in("boss")
    assert "1 个久未同步" in boss.get("/desks").text
    token = re.search(r'name="csrf" value="([^"]*)"', boss.get("/desks").text).group(1)
    given = boss.post("/desks/code", data={"csrf": token, "point": POINT, "name": "新点"}).text
    assert re.search(r"[A-Z2-9]{8}-[A-Z2-7]{4,}", given)
    assert boss.post(f"/desks/{POINT}-01/revoke", data={"csrf": token}).status_code == 409
    assert "已停用" in boss.post(f"/desks/{POINT}-01/revoke", data={"csrf": token, "reasons": "丢失"}).text
    assert boss.get(f"/cases/{numbers[0]}").status_code == 403


def test_a_second_factor_counts_once(served: Served, tell: SetClock) -> None:
    import pyotp

    address = guard.begin_second(served.centre, "wulan", PASSWORD)
    totp = pyotp.parse_uri(address)
    assert guard.log_in(served.centre, "wulan", PASSWORD)  # not asked for before it was proved
    guard.finish_second(served.centre, "wulan", totp.at(tell.at))
    tell.at += dt.timedelta(minutes=2)
    code = totp.at(tell.at)
    guard.begin_second(
        served.centre, "wulan", PASSWORD
    )  # another telephone, never finished: the former one still counts
    for wrong in ("", "000000" if code != "000000" else "111111"):
        with pytest.raises(Exception, match="动态码"):
            guard.log_in(served.centre, "wulan", PASSWORD, wrong)
    assert guard.log_in(served.centre, "wulan", PASSWORD, code)
    with pytest.raises(Exception, match="动态码"):
        guard.log_in(served.centre, "wulan", PASSWORD, code)


def test_what_is_looked_for_stands_in_no_address(served: Served, desk: Desk, log_in: Log) -> None:
    mine = [desk.register(full_draft(desk, at)).intake_no for at in range(PAGE + 5)]
    sync(desk)
    guard.add_clerk(served.centre, "other", "乙", PASSWORD, "综合窗口")
    clerk = log_in()
    asked: list[httpx.URL] = []
    clerk.event_hooks["request"] = [lambda one: asked.append(one.url)]
    first = find(clerk, f" {HERDER.id_number} ", "tab=all&order=name")
    assert (first.status_code, first.url.path) == (200, "/cases")
    assert f'value="{HERDER.id_number}"' in first.text
    assert f"共 {len(mine)} 件" in first.text
    onward = html.unescape(re.search(r'rel="next" href="([^"]+)"', first.text)[1])
    second = clerk.get(onward)
    shown = [re.findall(r'class="row" href="/cases/(\d+)', one.text) for one in (first, second)]
    assert sorted(shown[0] + shown[1]) == sorted(mine)
    assert len(shown[1]) == 5
    assert "order=name" in onward
    sort = re.search(r'href="(/cases\?[^"]*order=due[^"]*)">最近时限', second.text)[1]
    assert f"共 {len(mine)} 件" in clerk.get(html.unescape(sort)).text
    for secret in (HERDER.id_number, HERDER.id_number[:6]):
        assert not any(secret in str(one) for one in asked)
    find_ = first.url.params["find"]
    assert log_in("other").get("/cases", params={"find": find_}).status_code == 409  # another's search is not opened
    for wrong in (find_[:-4], find_[::-1], "x", "%00", "字", "eyJhIjoxfQ"):
        answer = clerk.get("/cases", params={"find": wrong})
        assert answer.status_code == 409
        assert "已经失效" in answer.text
    assert "text=" not in clerk.get("/cases").text


def test_the_list_tells_of_what_its_reader_sees(
    served: Served, desk: Desk, numbers: list[str], log_in: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "_EVERY", 0.05)
    guard.add_clerk(served.centre, "own", "甲", PASSWORD, str(row(served, numbers[0])["org"]))
    guard.add_clerk(served.centre, "other", "乙", PASSWORD, "林草局")
    clerk = log_in()

    def heard(account: str, happens: Callable[[], object]) -> bool:
        """Whether a list that is open tells of news within a second of what happens."""
        with log_in(account).stream("GET", "/events") as stream:
            lines = stream.iter_lines()
            assert next(lines).startswith("retry")
            happens()
            return any("changed" in line for _, line in zip(range(40), lines, strict=False))

    def sent() -> None:
        desk.register(full_draft(desk, 9))
        sync(desk)

    look = {"reasons": "核对"} | hidden(clerk, numbers[1])
    assert heard("own", lambda: act(clerk, numbers[0], "accept"))
    assert not heard("other", lambda: act(clerk, numbers[1], "accept"))
    assert not heard("own", lambda: clerk.post(f"/cases/{numbers[1]}/number", data=look))  # no case moved
    assert heard("own", sent)
    assert heard("wulan", lambda: act(clerk, numbers[2], "accept"))


def test_persons_of_one_name_are_two(served: Served, desk: Desk, log_in: Log) -> None:
    other = Person(HERDER.name, "111", "152523196001010037", "13900000009", "二组")
    first = desk.register(full_draft(desk, 1)).intake_no
    second = desk.register(full_draft(desk, 2, other)).intake_no
    sync(desk)
    found = find(log_in(), other.id_number).text
    assert second in found
    assert first not in found
