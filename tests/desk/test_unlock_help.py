"""A township helps a village's agent who forgot the password: it passes on and reads out; two at the centre decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import msgspec
import pytest
from conftest import CHEAP, PASSWORD, Served, SetClock, full_draft, sync
from office import Log, browsers, hidden, rows

from desk.app import forgotten
from desk.app.open_desk import Desk
from desk.centre.exchange import helping as at_the_centre
from desk.centre.exchange import unlocking
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.errors import RefusedError
from desk.store.account import Account
from desk.sync.protocol import helping
from desk.sync.protocol.envelope import BatchError

TOWN, OTHER_TOWN = "152523202000", "152523203000"
WHY, SAID = "打回登记的电话，听得出是苏和", "苏木来电，另打苏和本人电话核实"


@pytest.fixture
def staff(served: Served) -> Iterator[Log]:
    for account, role in (("chief", Role.CHIEF), ("admin", Role.ADMIN)):
        guard.add_clerk(served.centre, account, f"名{account}", PASSWORD, "综合窗口", frozenset({role}))
    with browsers(served) as go:
        yield go


@pytest.fixture
def asked(make_desk: Callable[..., Desk], served: Served) -> tuple[Desk, Desk, str]:
    """A township's desk, a village's that is shut, and the code on its screen."""
    town, village = make_desk("town", TOWN), make_desk("village")
    village.register(full_draft(village))
    sync(village), sync(town)
    village.close()
    return town, village, forgotten.help_for(village.folder).code


def test_two_at_the_centre_agree_and_the_township_reads_it_out(
    asked: tuple[Desk, Desk, str], served: Served, staff: Log, tell: SetClock, make_desk: Callable[..., Desk]
) -> None:
    town, village, code = asked
    (made,) = town.unlock_help.pass_on(code, "苏和", WHY).requests
    assert (made.state_name, made.agent, made.is_ready) == ("待核实", "苏和", False)
    with pytest.raises(RefusedError, match="已经转报过"):
        town.unlock_help.pass_on(code, "苏和", WHY)
    one, other = staff("chief"), staff("admin")
    place = "/unlocks/" + rows(served, "unlock")[0]["id"].partition(":")[2]
    page = one.get(place).text
    assert all(words in page for words in ("苏木乡镇转报", town.identity.node, WHY))
    with pytest.raises(RefusedError):  # nobody agreed
        town.unlock_help.answer(made.subject)
    one.post(f"{place}/ask", data=hidden(one, place) | {"text": SAID})
    with pytest.raises(RefusedError):  # one alone
        town.unlock_help.answer(made.subject)
    assert "提出的人自己不能确认" in one.post(f"{place}/confirm", data=hidden(one, place) | {"text": SAID}).text
    other.post(f"{place}/confirm", data=hidden(other, place) | {"text": SAID})
    town.close()
    town = make_desk("town", TOWN)
    assert [request.is_ready for request in town.unlock_help.listed().requests] == [True]
    digits = town.unlock_help.answer(made.subject)
    record = unlocking.one(served.centre, made.subject)
    told = [(step.kind, step.officer, step.org) for step in record.history if step.kind == "unlock.shown"]
    assert told == [("unlock.shown", "苏和", "乌日尼勒图嘎查便民代办点")]
    key = forgotten.key_by_code(village.folder, digits, tell)
    forgotten.open_again(village.folder, Account("suhe", "苏和"), key, "a new password", tell, CHEAP).close()
    assert (record.made.officer, record.made.helper) == ("乌日尼勒图嘎查便民代办点 苏和", town.identity.node)
    tell.at += dt.timedelta(days=3)
    with pytest.raises(RefusedError, match="不再有效"):
        town.unlock_help.answer(made.subject)


def test_only_its_own_villages_and_only_what_it_asked(
    asked: tuple[Desk, Desk, str], served: Served, staff: Log, make_desk: Callable[..., Desk]
) -> None:
    town, _, code = asked
    other, far = make_desk("other", OTHER_TOWN), make_desk("far", "152523202203")
    with pytest.raises(RefusedError, match="不是本苏木乡镇"):
        other.unlock_help.pass_on(code, "苏和", WHY)
    with pytest.raises(RefusedError, match="第 1 组"):
        town.unlock_help.pass_on(f"{code[:4]}{(int(code[4]) + 1) % 10}{code[5:]}", "苏和", WHY)
    with pytest.raises(RefusedError, match="怎样核实"):
        town.unlock_help.pass_on(code, "苏和", " ")
    with pytest.raises(BatchError):
        at_the_centre.answer(served.centre, far.identity.node, msgspec.json.encode(helping.Ask("苏和")))
    by = unlocking.By("chief", "名chief")
    subject = unlocking.ask(served.centre, by, unlocking.by_code(served.centre, code, "苏和"), SAID)
    unlocking.say(served.centre, unlocking.By("admin", "名admin"), "unlock.confirmed", subject, SAID)
    (seen,) = town.unlock_help.listed().requests  # the centre was asked directly: told, and read out there
    assert (seen.state_name, seen.is_ready) == ("已同意", False)
    with pytest.raises(RefusedError, match="由中心念"):
        town.unlock_help.answer(subject)
    assert other.unlock_help.listed().requests == ()
