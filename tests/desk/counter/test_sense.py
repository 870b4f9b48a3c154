"""An item's conditions at the counter: said beside the field, asked before taking in, overruled with a reason that is
kept with the case here and at the centre."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest
from conftest import HERDER, Served, SetClock, called, full_draft, item_code, move, sync
from counter_steps import roll_of, same_after_rebuild

from desk.app.open_desk import Desk
from desk.centre.node import publishing
from desk.counter.asking import sense
from desk.counter.asking.sense import Unmet
from desk.errors import AskedError
from desk.law import check_digits, conditions
from desk.law.catalogue import load
from desk.law.catalogue.item import Fact, Line, LineTest
from desk.law.conditions import Answer, Verdict
from desk.log.events import PersonRecorded
from desk.log.import_events import PastCase
from desk.store.entries import Fact as Said
from desk.store.snapshots import CaseQuery, Draft, DraftMaterial

OLD_AGE = "80 周岁以上老年人高龄津贴"
RELIEF, SUPPORT = "最低生活保障审核确认", "特困人员救助供养认定"
GRASS = "草原生态保护补助奖励（禁牧补助、草畜平衡奖励）"


def draft_of(desk: Desk, name: str, at: int = 1, **changes: object) -> Draft:
    item = desk.item(item_code(desk, name))
    assert item is not None
    ticks = tuple(DraftMaterial(one.code, True, max(1, one.originals), one.copies) for one in item.materials)
    fields = {
        one.code: one.choices[0] if one.choices else {"date": "2026-10-08"}.get(one.kind, "3") for one in item.fields
    }
    return full_draft(desk, at, task_code=item.task_code, materials=ticks, fields=fields, **changes)


def numbered(digits: str) -> str:
    return digits + check_digits.resident(digits)


def refused(desk: Desk, draft: Draft) -> list[Unmet]:
    with pytest.raises(AskedError) as caught:
        desk.register(draft)
    return [one for one in caught.value.questions if isinstance(one, Unmet)]


def with_reasons(draft: Draft, unmet: list[Unmet], why: str) -> Draft:
    return msgspec.structs.replace(draft, answers={one.key: why for one in unmet})


class TestSaid:
    def test_beside_the_number_and_never_blocking(self, desk: Desk) -> None:
        found = [one for one in desk.check(draft_of(desk, OLD_AGE)) if one.field == "applicant.id_number"]
        assert [(one.blocking, "不符合“年满 80 周岁”，依据老年人权益保障法§33：" in one.text) for one in found] == [
            (False, True)
        ]
        assert "2036 年满 80 周岁" in found[0].text

    def test_what_is_not_known_is_a_question_beside_the_field(self, desk: Desk) -> None:
        nowhere = msgspec.structs.replace(HERDER, address="")
        found = [one for one in desk.check(draft_of(desk, RELIEF, person=nowhere)) if one.field == "applicant.address"]
        assert [one.text for one in found] == ["要问清：具有本旗户籍并共同生活的家庭？"]
        assert not found[0].blocking

    def test_a_date_in_the_form(self, desk: Desk) -> None:
        draft = draft_of(desk, "临时占用草原审核")
        late = msgspec.structs.replace(draft, fields=draft.fields | {"until": "2029-01-01"})
        assert [one.field for one in desk.check(late)] == ["fields.until"]

    def test_nothing_is_said_of_who_fits(self, desk: Desk) -> None:
        assert desk.check(draft_of(desk, RELIEF)) == ()

    def test_nothing_is_asked_before_somebody_is_named(self, desk: Desk) -> None:
        nobody = draft_of(desk, SUPPORT, person=msgspec.structs.replace(HERDER, id_number=""))
        assert desk.sense(nobody) == ()
        assert [one.verdict for one in desk.sense(draft_of(desk, SUPPORT))] == [Verdict.NOT_KNOWN]


class TestAsked:
    def test_not_met_is_asked_and_goes_with_a_reason(self, desk: Desk) -> None:
        draft = draft_of(desk, OLD_AGE)
        unmet = refused(desk, draft)
        assert [one.answer.line.text for one in unmet] == ["年满 80 周岁"]
        assert desk.count_cases(CaseQuery()) == 0
        number = desk.register(with_reasons(draft, unmet, "旗里放宽到 70 岁")).intake_no
        kept = desk.case(number).case
        (told,) = kept.collected.overruled
        assert (told.text, told.basis, told.reason) == ("年满 80 周岁", "老年人权益保障法§33", "旗里放宽到 70 岁")
        assert told.known == unmet[0].answer.words
        assert kept.history[0].note == "条件“年满 80 周岁”不符，仍收件：旗里放宽到 70 岁"
        same_after_rebuild(desk)

    def test_a_blank_reason_is_none(self, desk: Desk) -> None:
        draft = draft_of(desk, OLD_AGE)
        assert refused(desk, with_reasons(draft, refused(desk, draft), "  "))

    def test_a_reason_counts_for_that_person_alone(self, desk: Desk) -> None:
        draft = draft_of(desk, OLD_AGE)
        answered = with_reasons(draft, refused(desk, draft), "旗里放宽")
        others = [called("斯琴"), msgspec.structs.replace(HERDER, name="乌云", id_number=numbered("15252319560302005"))]
        for other in others:  # the second is of the same age
            assert refused(desk, msgspec.structs.replace(answered, applicant=other))

    def test_who_fits_is_taken_in_at_once_with_nothing_kept(self, desk: Desk) -> None:
        old = msgspec.structs.replace(HERDER, id_number=numbered("15252319400302002"))
        number = desk.register(draft_of(desk, OLD_AGE, person=old)).intake_no
        assert desk.case(number).case.collected.overruled == ()

    def test_what_is_not_known_asks_along_but_stops_nothing(self, desk: Desk) -> None:
        assert desk.register(draft_of(desk, SUPPORT)).intake_no  # whether 低保 is had elsewhere nobody knows
        elsewhere = msgspec.structs.replace(called("斯琴"), address="河北省张北县")
        with pytest.raises(AskedError) as caught:
            desk.register(draft_of(desk, SUPPORT, 2, person=elsewhere))
        kinds = [type(one) for one in caught.value.questions]
        assert kinds == [Unmet, Answer]

    def test_it_reaches_the_centre(self, desk: Desk, served: Served) -> None:
        draft = draft_of(desk, OLD_AGE)
        number = desk.register(with_reasons(draft, refused(desk, draft), "旗里放宽")).intake_no
        sync(desk)
        assert served.centre.case(number)[0].collected.overruled[0].reason == "旗里放宽"


class TestFromTheRecords:
    def test_not_together_with_another_item(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        (unmet,) = refused(desk, draft_of(desk, SUPPORT))
        assert unmet.answer.words == f"2026-11-24 办过“{RELIEF}”（收件号尾号 {number[20:]}）。"
        assert [sense.words(one) for one in desk.sense(draft_of(desk, SUPPORT))] == [sense.words(unmet.answer)]

    def test_once_a_year(self, desk: Desk, tell: SetClock) -> None:
        desk.register(draft_of(desk, GRASS))
        tell.at += dt.timedelta(20)  # no longer a double
        assert [one.answer.line.text for one in refused(desk, draft_of(desk, GRASS, 2))] == ["同一年度没有重复申报"]
        tell.at += dt.timedelta(30)
        assert desk.register(draft_of(desk, GRASS, 3)).intake_no  # another year

    @pytest.mark.parametrize("end", ["case.refused", "case.granted"])
    def test_what_was_refused_does_not_count(self, desk: Desk, served: Served, end: str) -> None:
        number = desk.register(full_draft(desk)).intake_no
        sync(desk)
        move(served, number, "case.accepted", end, "case.returning", "case.served", "case.concluded")
        sync(desk)
        verdicts = [one.verdict for one in desk.sense(draft_of(desk, SUPPORT))]
        assert verdicts == [Verdict.NOT_KNOWN if end == "case.refused" else Verdict.NOT_MET]

    def test_a_void_case_does_not_count(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        desk.handling.act(number, "case.voided", "写错了")
        assert [one.verdict for one in desk.sense(draft_of(desk, SUPPORT))] == [Verdict.NOT_KNOWN]

    def test_an_old_ledger_counts(self, desk: Desk) -> None:
        say(desk, PastCase(HERDER.name, RELIEF, "旧台账", "苏和", HERDER.id_number, "2019", "已办"))
        (answer,) = desk.sense(draft_of(desk, SUPPORT))
        assert answer.words == f"2019 办过“{RELIEF}”（旧台账）。"

    def test_an_old_ledger_that_says_no_does_not(self, desk: Desk) -> None:
        say(desk, PastCase(HERDER.name, RELIEF, "旧台账", "苏和", HERDER.id_number, "2019", "不予批准"))
        assert [one.verdict for one in desk.sense(draft_of(desk, SUPPORT))] == [Verdict.NOT_KNOWN]

    def test_one_of_the_household_had_it(self, desk: Desk) -> None:
        home = "农村牧区宅基地审批"
        son = called("巴特尔")
        desk.register(draft_of(desk, home))
        head = desk.people.search(HERDER.name, 1)[0].id
        for person in (HERDER, son):
            subject = head if person is HERDER else "b" * 32
            with desk.store.write() as db:
                recorded = PersonRecorded(msgspec.structs.replace(person, household=head))
                desk.session.append(db, Said("person.recorded", subject, recorded))
        unmet = refused(desk, draft_of(desk, home, 2, person=son))
        assert [one.answer.line.text for one in unmet] == ["一户只有一处宅基地"]


def say(desk: Desk, past: PastCase) -> None:
    with desk.store.write() as db:
        desk.session.append(db, Said("past.recorded", "a" * 32, past))


def test_a_roll_says_that_nobody_was_asked(desk: Desk, tell: SetClock) -> None:
    for _ in range(2):
        roll = desk.rolls.take(roll_of(desk, 2), lambda _far: None, lambda: False)
        tell.at += dt.timedelta(9)
    told = [desk.case(row.intake_no).case.collected.overruled for row in roll.taken.rows]
    assert [[one.reason for one in case] for case in told] == [[sense.BY_ROLL]] * 2


def test_lines_that_the_centre_published_are_asked(desk: Desk, served: Served) -> None:
    seed = load.seed()
    item = next(one for one in seed.items if one.item_name == RELIEF)
    line = Line("n1", Fact.FIELD, LineTest.AT_LEAST, "5", "家里有五口人", "试行办法", of="members")
    new = msgspec.structs.replace(item, version=item.version + 1, holds=(line,))
    publishing.catalogue(served.centre, "", msgspec.structs.replace(seed, version="9", items=(new,)))
    sync(desk)
    desk.catch_up()
    assert [one.answer.line for one in refused(desk, full_draft(desk))] == [line]


def test_the_draft_keeps_the_reason(desk: Desk, make_desk: Callable[..., Desk]) -> None:
    draft = draft_of(desk, OLD_AGE)
    desk.save_draft(with_reasons(draft, refused(desk, draft), "旗里放宽"))
    desk.close()
    again = make_desk()
    (kept,) = [row.draft for row in again.drafts() if row.draft.id == draft.id]
    assert again.register(kept).intake_no


def test_basis_in_words() -> None:
    line = Line("a", Fact.AGE, LineTest.AT_LEAST, "80", "年满 80 周岁", "老年人权益保障法", "§33")
    assert conditions.basis(line) == "老年人权益保障法§33"
