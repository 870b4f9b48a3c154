"""The book of people: names that sound alike, merging, looking at a number."""

from __future__ import annotations

import subprocess

import msgspec
import pytest
from conftest import HERDER, full_draft
from counter_steps import same_after_rebuild, text_of

from desk.app.open_desk import Desk
from desk.counter.asking.looks import What
from desk.errors import AskedError, RefusedError
from desk.log.events import Person, Proxy
from desk.store.snapshots import CaseQuery


class TestPeople:
    def test_another_spelling_is_found_and_two_records_become_one_and_two_again(self, desk: Desk) -> None:
        one = Person("额尔敦其其格", "111", "152523195603020027")
        other = Person("额尔登其其格", "111", "152523197108150018")
        for at, person in enumerate((one, other)):
            desk.register(full_draft(desk, at, person))
        found = desk.people.search("额尔敦其其格")
        assert [(row.name, row.alike) for row in found] == [("额尔敦其其格", False), ("额尔登其其格", True)]
        kept, gone = found
        assert [row.id for row in desk.people.view(kept.id).doubles] == [gone.id]
        desk.people.merge(kept.id, gone.id, "户口本核对")
        assert [row.id for row in desk.people.search("额尔登")] == [kept.id]
        assert desk.people.view(kept.id).row.cases == 2
        assert desk.count_cases(CaseQuery(person_id=kept.id)) == 2
        again = desk.register(full_draft(desk, 9, other)).intake_no
        assert desk.case(again).case.collected.applicant_id == kept.id
        same_after_rebuild(desk)
        with pytest.raises(RefusedError):
            desk.people.merge(gone.id, kept.id)
        desk.people.unmerge(gone.id)
        assert {row.id for row in desk.people.search("额尔")} == {kept.id, gone.id}
        same_after_rebuild(desk)

    def test_an_alias_finds_the_person(self, desk: Desk) -> None:
        desk.register(full_draft(desk))
        person_id = desk.people.search("altqqg")[0].id
        desk.people.add_alias(person_id, "阿勒坦其其格")
        assert desk.people.search("阿勒坦")[0].id == person_id
        with pytest.raises(RefusedError):
            desk.people.add_alias(person_id, "阿勒坦其其格")
        desk.people.drop_alias(person_id, "阿勒坦其其格")
        assert desk.people.view(person_id).aliases == ()

    def test_a_full_number_is_shown_only_for_a_reason_that_is_kept(self, desk: Desk) -> None:
        desk.register(full_draft(desk))
        person_id = desk.people.search("altqqg")[0].id
        with pytest.raises(RefusedError, match="原因"):
            desk.looks.person(person_id, What.ID_NUMBER, " ")
        shown = desk.looks.person(person_id, What.ID_NUMBER, "核对身份证")
        assert shown.replace(" ", "") == HERDER.id_number
        view = desk.people.view(person_id)
        assert [(one.officer, one.reasons) for one in view.seen] == [("苏和", "核对身份证")]
        held = text_of(desk.papers.held_about(view, desk.cases(CaseQuery(person_id=person_id))).pdf)
        assert "核对身份证" in held
        assert {one.what for one in desk.people.view(person_id).seen if "第四十五条" in one.reasons} == set(What)

    def test_the_telephone_of_an_open_case_is_noted_and_asks_nothing(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        person_id = desk.people.search("altqqg")[0].id
        assert desk.looks.person(person_id, What.PHONE) == HERDER.phone
        assert desk.looks.case(number, "applicant", What.PHONE) == HERDER.phone
        with pytest.raises(AskedError):
            desk.looks.case(number, "applicant", What.ID_NUMBER)
        desk.handling.act(number, "case.withdrawn", "不办了")
        with pytest.raises(AskedError, match="原因"):
            desk.looks.person(person_id, What.PHONE)
        with pytest.raises(AskedError, match="原因"):
            desk.looks.case(number, "applicant", What.PHONE)
        assert desk.looks.case(number, "applicant", What.PHONE, "通知领回材料") == HERDER.phone
        seen = [(one.what, one.reasons) for one in desk.people.view(person_id).seen]
        assert seen == [("电话", "通知领回材料"), ("电话", ""), ("电话", "")]

    def test_who_came_for_the_applicant_can_be_rung_too(self, desk: Desk) -> None:
        came = Person("那顺乌力吉", "111", "152523198003020019", "13900000007")
        number = desk.register(full_draft(desk, proxy=Proxy(came, "子女"))).intake_no
        assert desk.looks.case(number, "proxy", What.PHONE) == "13900000007"
        seen = desk.people.view(desk.people.search("那顺")[0].id).seen
        assert [(one.what, one.why) for one in seen] == [("电话", "电话：有在办件，联系办事人")]


def test_a_name_in_mongolian_is_found_by_its_shape_and_printed_beside_the_chinese_one(desk: Desk) -> None:
    desk.register(full_draft(desk))
    (person,) = desk.people.search("阿拉坦")
    assert desk.people.write_in_mongolian(person.id, " ᠪᠠᠲᠤ ") == ""
    assert desk.people.view(person.id).name_mn == "ᠪᠠᠲᠤ"
    for asked in ("ᠪᠠᠲᠤ", "ᠪᠠᠳᠤ", "ᠪᠠᠳᠦ"):  # letters of one shape
        assert [one.id for one in desk.people.search(asked)] == [person.id]
    with pytest.raises(RefusedError, match="只能有蒙古文"):
        desk.people.write_in_mongolian(person.id, "巴图")
    applicant = msgspec.structs.replace(full_draft(desk).applicant, name_mn=desk.people.view(person.id).name_mn)
    number = desk.register(full_draft(desk, applicant=applicant)).intake_no
    pdf = desk.papers.receipt(number, "A5").pdf
    said = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    assert "阿拉坦其其格ᠪᠠᠲᠤ" in "".join(said.split())
    assert desk.people.write_in_mongolian(person.id, "") == "ᠪᠠᠲᠤ"
