"""A forgotten password: by telephone and by stick, by two people, each look an entry before it is shown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import CHEAP, PASSWORD, Served, SetClock, full_draft, sync
from office import Log, browsers, hidden, rows

from db import vault
from db.centre import rows as node_rows
from desk.app import forgotten, opening
from desk.app.open_desk import Desk
from desk.centre.commands import run_centre
from desk.centre.exchange import courier as centre_courier
from desk.centre.exchange import unlocking
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.counter.office import backups
from desk.errors import RefusedError
from desk.store.account import Account
from desk.sync.protocol import unlock
from desk.sync.protocol.seal import seal

NEW = "a new password"
SUHE = Account("suhe", "苏和")
WHY = "打回登记的电话，听得出是苏和本人"
CHIEF, ADMIN = unlocking.By("chief", "名chief"), unlocking.By("admin", "名admin")


@pytest.fixture
def staff(served: Served) -> Iterator[Log]:
    for account, role in (("chief", Role.CHIEF), ("admin", Role.ADMIN), ("watch", Role.SUPERVISOR)):
        guard.add_clerk(served.centre, account, f"名{account}", PASSWORD, "综合窗口", frozenset({role}))
    with browsers(served) as go:
        yield go


@pytest.fixture
def shut(desk: Desk) -> Path:
    """A desk that was synced and shut, with a case in it."""
    desk.register(full_draft(desk))
    sync(desk)
    desk.close()
    return desk.folder


def steps(served: Served) -> list[tuple[str, str]]:
    """Kind and account of what was done with the one request."""
    (row,) = rows(served, "unlock")
    return [(one.kind, one.account) for one in unlocking.one(served.centre, str(row["id"])).history]


def asked_for(served: Served, shut: Path) -> str:
    made = unlocking.by_code(served.centre, forgotten.help_for(shut).code, "苏和")
    return unlocking.ask(served.centre, CHIEF, made, WHY)


def told(served: Served, shut: Path) -> str:
    """The digits that the centre reads out."""
    subject = asked_for(served, shut)
    unlocking.say(served.centre, ADMIN, "unlock.confirmed", subject, WHY)
    return unlocking.answer_code(served.centre, CHIEF, subject)


def test_by_telephone_two_of_the_staff_and_the_agent_is_in_again(
    served: Served, staff: Log, shut: Path, tell: SetClock
) -> None:
    code = forgotten.help_for(shut).code
    assert re.fullmatch(r"\d{5} \d{5} \d{5}", code)
    one, other = staff("wulan"), staff("chief")
    page = one.post("/unlocks", data=hidden(one, "/unlocks") | {"code": code, "name": "苏和", "reasons": WHY})
    place = page.url.path
    assert "乌日尼勒图嘎查便民代办点" in page.text
    assert "待另一人确认" in page.text
    early = one.post(f"{place}/show", data=hidden(one, place))
    assert (early.status_code, "答复码</h2>" in early.text) == (409, False)
    other.post(f"{place}/confirm", data=hidden(other, place) | {"text": "我也认得苏和"})
    shown = one.post(f"{place}/show", data=hidden(one, place))
    answer = " ".join(re.findall(r'class="code">(\d{5})<', shown.text))
    assert len(answer.split()) == 8
    assert steps(served) == [
        ("unlock.made", "wulan"), ("unlock.asked", "wulan"), ("unlock.confirmed", "chief"), ("unlock.shown", "wulan"),
    ]  # fmt: skip

    key = forgotten.key_by_code(shut, answer, tell)
    desk = forgotten.open_again(shut, SUHE, key, NEW, tell, CHEAP)
    assert desk.sync_status().waiting == 1
    assert "agent.password_set" in {kind for kind, *_ in log_of(desk)}
    sync(desk)
    desk.close()
    with pytest.raises(RefusedError, match="账号或密码不对"):
        opening.open_desk(shut, "suhe", PASSWORD, tell)
    opening.open_desk(shut, "suhe", NEW, tell).close()
    # What was read aloud is worth nothing now, and the new way back is at the centre.
    assert forgotten.help_for(shut).code != code
    with pytest.raises(RefusedError, match="打不开本机"):
        forgotten.key_by_code(shut, answer, tell)
    assert forgotten.key_by_code(shut, told(served, shut), tell)


def log_of(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.read() as db:
        return [(row["kind"], row["subject"]) for row in db.query("SELECT kind, subject FROM entry")]


def test_who_asked_cannot_confirm_and_nobody_else_has_the_answer(served: Served, staff: Log, shut: Path) -> None:
    subject = asked_for(served, shut)
    with pytest.raises(RefusedError, match="自己不能确认"):
        unlocking.say(served.centre, CHIEF, "unlock.confirmed", subject, WHY)
    for account in ("wulan", "watch", "nobody"):
        with pytest.raises(RefusedError, match="不归您的岗位"):
            unlocking.say(served.centre, unlocking.By(account, "某"), "unlock.confirmed", subject, WHY)
    with pytest.raises(RefusedError, match="不能这样办"):
        unlocking.answer_code(served.centre, CHIEF, subject)
    unlocking.say(served.centre, ADMIN, "unlock.confirmed", subject, WHY)
    for account in ("wulan", "", "watch"):
        with pytest.raises(RefusedError, match="只给提出和确认"):
            unlocking.answer_code(served.centre, unlocking.By(account, "某"), subject)
    assert [kind for kind, _ in steps(served)] == ["unlock.made", "unlock.asked", "unlock.confirmed"]
    unlocking.answer_code(served.centre, ADMIN, subject)


def test_the_answer_is_had_for_two_days(served: Served, staff: Log, shut: Path, tell: SetClock) -> None:
    subject = asked_for(served, shut)
    unlocking.say(served.centre, ADMIN, "unlock.confirmed", subject, WHY)
    tell.at += dt.timedelta(days=1)
    unlocking.answer_code(served.centre, CHIEF, subject)
    tell.at += dt.timedelta(days=1)
    with pytest.raises(RefusedError, match="已过两天"):
        unlocking.answer_code(served.centre, CHIEF, subject)


def test_no_entry_no_answer(served: Served, staff: Log, shut: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the entry cannot be written nothing is shown."""
    subject = asked_for(served, shut)
    unlocking.say(served.centre, ADMIN, "unlock.confirmed", subject, WHY)

    def full(*_args: object, **_facts: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(served.centre, "append", full)
    with pytest.raises(OSError, match="full"):
        unlocking.answer_code(served.centre, CHIEF, subject)


def test_what_is_read_aloud_is_nothing_without_the_vault(served: Served, staff: Log, shut: Path) -> None:
    answer = told(served, shut)
    secret = unlock.read_digits(answer, unlock.SECRET, "答复码")
    kept = vault.read(shut)
    assert kept is not None
    assert kept.back is not None
    key = vault.recover(kept.back, secret.encode())
    opened = unlock.opened(kept.back.sealed, served.centre.keys)
    assert (opened.key, opened.secret) == (b"", secret)
    assert key not in msgspec.json.encode(opened) + kept.back.sealed
    assert not kept.recovery  # no sealed copy of the key itself lies there any more


def test_wrong_digits_are_named_and_whole_wrong_codes_are_counted(
    served: Served, staff: Log, shut: Path, tell: SetClock
) -> None:
    answer = told(served, shut)
    groups = answer.split()
    wrong = f"{(int(groups[2][0]) + 1) % 10}{groups[2][1:]}"
    for typed, words in (
        (" ".join([*groups[:2], wrong, *groups[3:]]), "第 3 组"),
        (" ".join([groups[1], groups[0], *groups[2:]]), "第 1 组"),
        (" ".join(groups[:7]), "应有 8 组"),
        (answer.replace(groups[0], "abcde"), "只有数字"),
    ):
        for _ in range(3):  # none of these counts
            with pytest.raises(RefusedError, match=words):
                forgotten.key_by_code(shut, typed, tell)
    other = unlock.spelt("1" * unlock.SECRET)
    for _ in range(forgotten.TRIES):
        with pytest.raises(RefusedError, match="打不开本机"):
            forgotten.key_by_code(shut, other, tell)
    with pytest.raises(RefusedError, match="10 分钟"):
        forgotten.key_by_code(shut, answer, tell)
    tell.at += dt.timedelta(minutes=forgotten.MINUTES, seconds=1)
    assert forgotten.key_by_code(shut, answer, tell)


def test_by_stick_the_courier_waits_for_two_people(
    served: Served, staff: Log, shut: Path, tmp_path: Path, tell: SetClock
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    request = forgotten.ask_by_stick(shut, SUHE, stick, tell)
    (line,) = centre_courier.exchange(served.centre, stick)
    assert line.good
    assert "两位同事" in line.words
    with pytest.raises(RefusedError, match="没有中心对这次申请的答复"):
        forgotten.key_by_stick(shut, stick)
    one, other = staff("chief"), staff("admin")
    place = "/unlocks/" + rows(served, "unlock")[0]["id"].partition(":")[2]
    one.post(f"{place}/ask", data=hidden(one, place) | {"text": WHY})
    (line,) = centre_courier.exchange(served.centre, stick)
    assert "待另一人确认" in line.words
    other.post(f"{place}/confirm", data=hidden(other, place) | {"text": WHY})
    (line,) = centre_courier.exchange(served.centre, stick)
    assert line.good
    assert "已答复" in line.words
    assert steps(served)[-1] == ("unlock.shown", "")
    answer = request.with_suffix(unlock.ANSWERED)
    desk = forgotten.open_again(shut, SUHE, forgotten.key_by_stick(shut, stick), NEW, tell, CHEAP)
    assert desk.backups.make()
    desk.close()
    assert answer.exists()
    assert not (shut / forgotten.FILE).exists()
    assert not list((shut / backups.FOLDER).rglob(forgotten.FILE))
    with pytest.raises(RefusedError):
        forgotten.key_by_stick(shut, stick)


def test_by_stick_a_page_takes_the_request_and_gives_the_answer(
    served: Served, staff: Log, shut: Path, tmp_path: Path, tell: SetClock
) -> None:
    request = forgotten.ask_by_stick(shut, SUHE, tmp_path, tell)
    one, other = staff("chief"), staff("admin")
    with request.open("rb") as file:
        page = one.post("/unlocks/file", data=hidden(one, "/unlocks") | {"reasons": WHY}, files={"file": file})
    place = page.url.path
    other.post(f"{place}/confirm", data=hidden(other, place) | {"text": WHY})
    got = one.post(f"{place}/file", data=hidden(one, place))
    name = re.search(r"''(\S+)", got.headers["content-disposition"])[1]
    assert request.with_suffix(unlock.ANSWERED).name == name
    request.with_name(name).write_bytes(got.content)
    assert forgotten.key_by_stick(shut, tmp_path)
    junk = one.post("/unlocks/file", data=hidden(one, "/unlocks") | {"reasons": WHY}, files={"file": b"{}"})
    assert (junk.status_code, "不是忘记密码的申请文件" in junk.text) == (409, True)
    # Another stick that the desk writes asks anew, even where the first was refused.
    tell.at += dt.timedelta(days=5)
    forgotten.ask_by_stick(shut, SUHE, tmp_path, tell)
    (line,) = centre_courier.exchange(served.centre, tmp_path)
    assert "两位同事" in line.words


def test_at_the_keyboard_of_the_server_two_people_too(
    served: Served, staff: Log, shut: Path, tell: SetClock, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setenv("DAIBAN_PASSWORD", PASSWORD)
    monkeypatch.setenv("DAIBAN_PASSWORD_CONFIRM", PASSWORD)
    base = ["--data", str(served.centre.folder), "unlock"]
    code = forgotten.help_for(shut).code
    by = ["--asks", "wulan", "--name", "苏和", "--why", WHY]
    assert run_centre([*base, code, *by, "--confirms", "wulan"]) == 1
    assert run_centre([*base, code, *by, "--confirms", "watch"]) == 1
    assert rows(served, "unlock") == []
    capsys.readouterr()
    assert run_centre([*base, code, *by, "--confirms", "chief"]) == 0
    assert forgotten.key_by_code(shut, capsys.readouterr().out.splitlines()[-1], tell)
    monkeypatch.setenv("DAIBAN_PASSWORD_CONFIRM", "wrong")
    request = forgotten.ask_by_stick(shut, SUHE, tmp_path, tell)
    assert run_centre([*base, str(request), *by, "--confirms", "chief"]) == 1
    monkeypatch.setenv("DAIBAN_PASSWORD_CONFIRM", PASSWORD)
    assert run_centre([*base, str(request), *by, "--confirms", "chief"]) == 0
    assert forgotten.key_by_stick(shut, tmp_path)


def test_an_older_vault_goes_by_stick_and_gets_a_new_way_back(
    served: Served, staff: Log, shut: Path, tmp_path: Path, tell: SetClock
) -> None:
    kept = vault.read(shut)
    key = vault.unlock(kept, "suhe", PASSWORD)
    sealed = seal(b"daiban recovery 1\0" + key, served.centre.keys.public().seal)
    vault.write(shut, msgspec.structs.replace(kept, back=None, recovery=sealed))
    assert (forgotten.help_for(shut).code, forgotten.help_for(shut).by_stick) == ("", True)
    with pytest.raises(RefusedError, match="答复码"):
        forgotten.key_by_code(shut, unlock.spelt("1" * unlock.SECRET), tell)
    request = forgotten.ask_by_stick(shut, SUHE, tmp_path, tell)
    made = unlocking.by_file(served.centre, request.read_bytes())
    subject = unlocking.ask(served.centre, CHIEF, made, WHY)
    unlocking.say(served.centre, ADMIN, "unlock.confirmed", subject, WHY)
    with pytest.raises(RefusedError, match="没有能念的答复码"):
        unlocking.answer_code(served.centre, CHIEF, subject)
    answer = unlocking.answer_file(served.centre, CHIEF, subject)
    request.with_suffix(unlock.ANSWERED).write_bytes(answer)
    assert forgotten.key_by_stick(shut, tmp_path) == key
    opening.open_desk(shut, "suhe", PASSWORD, tell).close()  # as at any login
    assert forgotten.help_for(shut).code
    assert not vault.read(shut).recovery


def test_a_desk_without_a_centre_is_told_what_to_do(tmp_path: Path, tell: SetClock) -> None:
    opening.create_alone(tmp_path, "152523202202", "点", SUHE, PASSWORD, cost=CHEAP, tell=tell)
    opening.open_desk(tmp_path, "suhe", PASSWORD, tell).close()
    found = forgotten.help_for(tmp_path)
    assert (found.code, found.by_stick) == ("", False)
    assert "另一位代办员" in found.words
    with pytest.raises(RefusedError, match="没有留下"):
        forgotten.ask_by_stick(tmp_path, SUHE, tmp_path, tell)


def test_a_desk_cannot_pass_off_another_points_way_back_as_its_own(
    served: Served, staff: Log, shut: Path, make_desk: Callable[..., Desk]
) -> None:
    """Who steals a PC and has a desk of their own elsewhere would otherwise ring in the name of that one."""
    other = make_desk("other", "152523203201")
    stolen, mine = vault.read(shut).back, vault.read(other.folder)
    vault.write(other.folder, msgspec.structs.replace(mine, back=msgspec.structs.replace(stolen, mark=b"")))
    with served.centre.database.touch() as db:
        node_rows.set_node(db, shut_node(served), heartbeat="")
    other.register(full_draft(other))
    sync(other)
    with pytest.raises(RefusedError, match="冒用"):
        unlocking.by_code(served.centre, forgotten.help_for(shut).code, "某")


def shut_node(served: Served) -> str:
    with served.centre.database.read() as db:
        return next(str(one["name"]) for one in node_rows.nodes(db) if one["point_code"] == "152523202202")


def test_a_given_password_opens_nothing_before_its_owner_chose_another(desk: Desk, tell: SetClock) -> None:
    desk.agents.add("bater", "巴特尔", "given by suhe")
    folder = desk.folder
    desk.close()
    for fresh, words in (("", "别人设的"), ("given by suhe", "不一样"), ("short", "至少 8 位")):
        with pytest.raises(RefusedError, match=words):
            opening.open_desk(folder, "bater", "given by suhe", tell, fresh=fresh)
    with pytest.raises(RefusedError, match="账号或密码不对"):
        opening.open_desk(folder, "bater", "no such one", tell, fresh="a password of mine")
    opened = opening.open_desk(folder, "bater", "given by suhe", tell, CHEAP, fresh="a password of mine")
    assert ("agent.password_set", "bater") in log_of(opened)
    opened.close()
    opening.open_desk(folder, "bater", "a password of mine", tell).close()
    with pytest.raises(RefusedError, match="账号或密码不对"):
        opening.open_desk(folder, "bater", "given by suhe", tell)
    opening.open_desk(folder, "suhe", PASSWORD, tell).close()
