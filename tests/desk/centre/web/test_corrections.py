"""更正 at the centre: by whom, of what, how it comes down to the desk, and what stands on the page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from conftest import HERDER, PASSWORD, Served, both_databases, full_draft, sync
from office import hidden_in

from desk.app.open_desk import Desk
from desk.centre.node import correcting
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.log import chain, events
from desk.log.events import Change, Corrected

pytestmark = both_databases
Log = Callable[[str], httpx.Client]


@pytest.fixture
def number(desk: Desk) -> str:
    made = desk.register(full_draft(desk)).intake_no
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


def correct(client: httpx.Client, number: str, why: str, **right: str) -> httpx.Response:
    seen = hidden_in(client.get(f"/cases/{number}").text)
    named = {"field": [one.replace("__", ".") for one in right], "value": list(right.values())}
    return client.post(f"/cases/{number}/correct", data=seen | named | {"reasons": why})


def test_a_clerk_puts_several_values_right_with_one_reason_and_the_desk_is_told(
    desk: Desk, served: Served, number: str, log_in: Log
) -> None:
    former = desk.papers.receipt(number)
    client = log_in()
    right = {"applicant__name": "阿勒坦其其格", "applicant__phone": "13911112222", "fields__members": ""}
    page = correct(client, number, "与身份证不符，已电话问过本人", **right).text
    for words in ("阿勒坦其其格", "139****2222", "与身份证不符", "更正过", "<del>阿拉坦其其格</del>"):
        assert words in page
    assert "13911112222" not in page
    sync(desk)
    case = desk.case(number).case
    assert (case.collected.applicant.name, case.collected.applicant.phone) == ("阿勒坦其其格", "13911112222")
    assert case.collected.fields == {"members": "3"}  # what was left empty stays
    line = next(one for one in case.history if one.kind == "case.corrected")
    assert cases.is_centre(line.node)
    assert line.corrected is not None
    assert (len(line.corrected.changes), line.refused) == (2, "")
    assert desk.people.search("altqqg")[0].name == HERDER.name  # the book is the desk's own
    (need,) = [one for one in desk.today().needs if one.why == "corrected"]
    assert "中心更正了姓名、电话" in need.words
    receipt = desk.papers.receipt(number)
    assert receipt.sha256 != former.sha256
    assert not [one for one in desk.today().needs if one.why == "corrected"]


@pytest.mark.parametrize(
    ("right", "why", "words"),
    [
        ({"applicant__phone": "12"}, "写错了", "7 到 20"),
        ({"materials__form__returned": "否"}, "没有退", "不能更正"),
        ({"applicant__id_number": "152523198003020019"}, "写错了", "不能更正"),
        ({"applicant__phone": "13911112222"}, " ", "原因"),
        ({}, "没有改什么", "与原来一样"),
    ],
)
def test_what_may_not_be_is_refused_and_what_was_typed_stays(
    served: Served, number: str, log_in: Log, right: dict[str, str], why: str, words: str
) -> None:
    answer = correct(log_in(), number, why, **right)
    assert answer.status_code == 409
    assert words in answer.text
    if "applicant__phone" in right:
        assert re.search(f'name="value" value="{right["applicant__phone"]}"', answer.text)
    found = served.centre.case(number)
    assert found is not None
    assert found[0].collected.applicant == HERDER


def test_after_the_decision_only_telephone_and_address(desk: Desk, served: Served, number: str, log_in: Log) -> None:
    for kind, data in (
        ("case.accepted", events.Accepted("乌兰", "民政局")),
        ("case.granted", events.Act("乌兰", "民政局")),
    ):
        served.centre.act("wulan", kind, number, data, served.centre.case(number)[1])
    case, _ = served.centre.case(number)
    assert [one.field for one in correcting.offered(served.centre, case)] == ["applicant.phone", "applicant.address"]
    client = log_in()
    assert correct(client, number, "写错了", fields__members="4").status_code == 409
    assert correct(client, number, "换了号", applicant__phone="13911112222").status_code == 200


def test_who_watches_only_and_who_was_too_late_change_nothing(served: Served, number: str) -> None:
    right = {"applicant.phone": "13911112222"}
    _, seen = served.centre.case(number)
    with pytest.raises(RefusedError, match="岗位"):
        correcting.correct(served.centre, "nobody", "无名", number, right, "写错了", seen)
    with pytest.raises(RefusedError, match="过时"):
        correcting.correct(served.centre, "wulan", "乌兰", number, right, "写错了", seen - 1)


@pytest.mark.parametrize(
    ("node", "field", "before", "after", "words"),
    [
        ("150000000000-00", "applicant.phone", HERDER.phone, "13911112222", "上级的记录不生效"),
        ("", "materials.form.returned", "否", "是", "代办点作出"),
    ],
)
def test_another_centre_and_what_only_the_counter_saw_are_not_in_force(
    served: Served, number: str, node: str, field: str, before: str, after: str, words: str
) -> None:
    with served.centre.database.read() as db:
        entries = served.centre.about(db, [number])[number]
    told = Corrected("某人", "写错了", (Change(field, "电话", before, after),))
    made = chain.make(
        node=node or served.centre.node, seq=900, prev=chain.GENESIS, time=dt.datetime.now(dt.UTC).isoformat(),
        author="x", kind="case.corrected", subject=number, rank=99, data=told,
    )  # fmt: skip
    case = cases.fold([*entries, made.entry])
    assert case is not None
    assert words in case.conflicts[-1].refused
    assert case.collected.applicant == HERDER
