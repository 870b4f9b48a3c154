"""An organisation as applicant: its code, who answers for it, and where that is seen and handed over."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from conftest import HERDER, Served, full_draft, sync
from counter_steps import same_after_rebuild, text_of
from office import logged_in

from desk.app.open_desk import Desk
from desk.centre.watch import handing_over
from desk.errors import RefusedError
from desk.log import events
from desk.log.events import Person

COOPERATIVE = Person(
    "乌日尼勒图牧民专业合作社", "001", "93152523MA0NAAAA4A", "13900000001", "二组", representative="巴图孟克"
)


@pytest.fixture
def whole(desk: Desk) -> Person:
    from desk.law import check_digits

    body = COOPERATIVE.id_number[:17]
    return msgspec.structs.replace(COOPERATIVE, id_number=body + check_digits.organisation(body))


def test_who_answers_for_it_is_kept_printed_corrected_and_handed_over(
    desk: Desk, served: Served, whole: Person, tmp_path: Path
) -> None:
    number = desk.register(full_draft(desk, person=whole)).intake_no
    assert desk.case(number).case.collected.applicant == whole
    assert "巴图孟克" in text_of(desk.papers.receipt(number).pdf)
    sync(desk)
    with logged_in(served, "wulan") as browser:
        case = browser.get(f"/cases/{number}").text
    assert "<dt>法定代表人</dt><dd>巴图孟克</dd>" in case
    desk.corrections.correct(number, {"applicant.representative": "巴图\u200b孟和"}, "换届", in_book=True)
    sync(desk)
    assert served.centre.case(number)[0].collected.applicant.representative == "巴图孟和"
    assert desk.people.person(desk.people.search("乌日尼勒图")[0].id).representative == "巴图孟和"
    _, place = handing_over.export(served.centre, tmp_path)
    row = json.loads((place / "application.ndjson").read_bytes().splitlines()[0])
    assert row["legal_representative"] == "巴图孟和"
    same_after_rebuild(desk)


def test_without_it_the_case_is_taken_all_the_same(desk: Desk, whole: Person) -> None:
    draft = full_draft(desk, person=msgspec.structs.replace(whole, representative=""))
    told = [one for one in desk.check(draft) if one.field == "applicant.representative"]
    assert [one.blocking for one in told] == [False]
    desk.register(draft)
    with pytest.raises(RefusedError):
        desk.register(full_draft(desk, 2, msgspec.structs.replace(whole, representative="巴图1")))


def test_of_a_person_nothing_is_kept_of_it(desk: Desk) -> None:
    person = msgspec.structs.replace(HERDER, representative="某人")
    number = desk.register(full_draft(desk, person=person)).intake_no
    assert desk.case(number).case.collected.applicant.representative == ""


def test_entries_of_before_are_read() -> None:
    old = b'{"person":{"name":"\xe5\xb7\xb4\xe5\x9b\xbe","id_type":"111"}}'
    told = events.decode("person.recorded", msgspec.Raw(old))
    assert isinstance(told, events.PersonRecorded)
    assert told.person.representative == ""
