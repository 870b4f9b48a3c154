"""What the counter does besides registering: hand over, rate, supplement, visits, envelopes, drives, rolls, people."""

from __future__ import annotations

import datetime as dt
import gc
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import HERDER, PASSWORD, POINT, Served, SetClock, full_draft, item_code, sync
from office import stood
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from desk.app import opening, practice
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment
from desk.counter import case_sheets
from desk.counter.handling import brought
from desk.counter.rolls import RollDraft, RollLine
from desk.errors import CancelledError, RefusedError, SurroundingsError
from desk.folds.case import State
from desk.law.deadline import Warn
from desk.log import receipt_code
from desk.log.events import Accepted, Act, Person, SupplementAsked
from desk.log.events import Served as ServedResult
from desk.papers import paper_list
from desk.store.snapshots import Account, CaseQuery, DraftMaterial
from desk.sync.outcome import Outcome
from desk.words import spreadsheet

OTHERS = (
    Person("那顺乌力吉", "111", "152523197108150018", "13900000002", "二组"),
    Person("查干巴拉", "111", "152523198811230030", "", "三组"),
)


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


def same_after_rebuild(desk: Desk) -> None:
    before = desk.store.tables()
    desk.store.rebuild()
    assert desk.store.tables() == before


def move(served: Served, number: str, *kinds: str) -> None:
    """A clerk's moves at the centre."""
    for kind in kinds:
        _, seen = served.centre.case(number)
        served.centre.act("wulan", kind, number, Act("乌兰", "综合窗口", "依法"), seen)


@pytest.fixture
def granted(desk: Desk, served: Served) -> str:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    move(served, number, "case.accepted", "case.granted", "case.returning")
    sync(desk)
    return number


class TestHandOver:
    def test_the_result_comes_back_is_handed_over_and_rated(self, desk: Desk, granted: str) -> None:
        assert [one.intake_no for one in desk.trips.results()] == [granted]
        assert desk.trips.arrived((granted,)) == 1
        assert desk.today().to_hand_over == 1
        desk.handling.serve(granted, ServedResult(recipient="阿拉坦其其格", how="直接送达", documents=("低保证",)))
        desk.handling.rate(granted, 4, "很快")
        case = desk.case(granted).case
        assert (case.state, case.served.recipient, case.rated.score) == (State.SERVED, "阿拉坦其其格", 4)
        assert "很快" not in "".join(line.note for line in case.history)
        note = text_of(desk.papers.served_note(granted).pdf)
        assert "送达回证" in note
        assert "低保证" in note
        assert HERDER.id_number not in note
        same_after_rebuild(desk)

    def test_someone_else_needs_a_reason(self, desk: Desk, granted: str) -> None:
        with pytest.raises(RefusedError, match="他人代领"):
            desk.handling.serve(granted, ServedResult(recipient="那顺", relation="子女"))
        desk.handling.serve(granted, ServedResult(recipient="那顺", relation="子女", reasons="本人卧病"))

    def test_one_case_one_rating(self, desk: Desk, granted: str) -> None:
        desk.handling.rate(granted, 1)
        with pytest.raises(RefusedError, match="已经评价"):
            desk.handling.rate(granted, 5)
        with pytest.raises(RefusedError):
            desk.handling.rate(granted, 6)
        assert desk.case(granted).case.rated.score == 1


class TestSupplements:
    def test_what_was_asked_for_is_brought_and_goes_to_the_centre_again(self, desk: Desk, served: Served) -> None:
        number = desk.register(full_draft(desk)).intake_no
        sync(desk)
        _, seen = served.centre.case(number)
        asked = SupplementAsked("乌兰", "综合窗口", ("诊断书",))
        served.centre.act("wulan", "case.supplement_asked", number, asked, seen)
        sync(desk)
        assert [need.why for need in desk.today().needs] == ["supplement"]
        late = brought(desk.case(number).case.materials[0], 1, 1)
        desk.handling.add_materials(number, (late,))
        assert desk.case(number).case.state is State.SUPPLEMENTED
        sync(desk)
        assert served.centre.case(number)[0].state is State.ARRIVED
        sync(desk)
        assert desk.case(number).case.state is State.ARRIVED
        assert len(set(served.centre.case(number)[0].case_no.split())) == 1

    def test_a_material_that_may_follow_is_added_without_moving_the_case(self, desk: Desk) -> None:
        draft = full_draft(desk)
        ticks = (*draft.materials[:-1], DraftMaterial(draft.materials[-1].code, missing="下次带来"))
        number = desk.register(full_draft(desk, 1, materials=ticks)).intake_no
        (missing,) = [one for one in desk.case(number).case.materials if one.missing]
        desk.handling.add_materials(number, (brought(missing, 0, 1),))
        case = desk.case(number).case
        assert case.state is State.COLLECTED
        assert not [one for one in case.materials if one.missing]
        with pytest.raises(RefusedError):
            desk.handling.add_materials(number, ())


class TestVisits:
    def test_a_visit_is_booked_shown_and_ended(self, desk: Desk) -> None:
        code = item_code(desk, "婚姻登记")
        made = desk.visits.book("那顺", "139", code, dt.date(2026, 11, 26), "上午")
        assert [one.booked.name for one in desk.today().visits] == ["那顺"]
        assert "2026-11-26" in text_of(desk.papers.visit_slip(made).pdf)
        with pytest.raises(RefusedError, match="原因"):
            desk.visits.end(made.id, kept=False)
        desk.visits.end(made.id, kept=True)
        assert desk.visits.booked() == ()
        same_after_rebuild(desk)

    @pytest.mark.parametrize(("day", "words"), [("2026-11-23", "过了"), ("2026-11-28", "休息日")])
    def test_not_on_a_day_that_is_past_or_free(self, desk: Desk, day: str, words: str) -> None:
        with pytest.raises(RefusedError, match=words):
            desk.visits.book("那顺", "", item_code(desk, "婚姻登记"), dt.date.fromisoformat(day), "上午")


class TestTrips:
    def test_an_envelope_is_sealed_handed_over_and_taken_over_with_a_difference(self, desk: Desk) -> None:
        numbers = tuple(
            desk.register(full_draft(desk, at, person)).intake_no for at, person in enumerate((HERDER, *OTHERS))
        )
        (going,) = desk.trips.going()
        assert {one.intake_no for one in going.cases} == set(numbers)
        bundle = desk.trips.seal(going.destination, numbers[:2], "A-17")
        assert [desk.case(number).case.state for number in numbers] == [State.IN_TRANSIT] * 2 + [State.COLLECTED]
        assert len(desk.trips.going()[0].cases) == 1
        with pytest.raises(RefusedError):
            desk.trips.seal(going.destination, numbers[:1], "")
        with pytest.raises(RefusedError, match="状态"):
            desk.trips.take_over(bundle.id, "乌兰", "窗口", ())
        desk.trips.hand_over(bundle.id, "巴特尔", "13900000009")
        desk.trips.take_over(bundle.id, "乌兰", "窗口", ("少一份复印件",))
        after = desk.trips.bundle(bundle.id)
        assert (after.state, after.taken.differences) == ("taken", ("少一份复印件",))
        said = text_of(desk.papers.manifest(after).pdf)
        for part in ("移交清单", bundle.sealed.number, "巴特尔", "乌兰", "少一份复印件", "A-17"):
            assert part in said
        trip = desk.trips.drive(dt.date(2026, 11, 24), 210, (bundle.id,))
        assert (trip.made.saved_trips, trip.made.saved_kilometres) == (2, 420)
        assert desk.trips.totals(2026).saved_kilometres == 420
        assert "420" in text_of(desk.papers.trip_ledger(desk.trips.trips(), 2026).pdf)
        same_after_rebuild(desk)

    def test_papers_follow_a_case_that_went_by_network(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        sync(desk)
        (going,) = desk.trips.going()
        bundle = desk.trips.seal(going.destination, (number,), "")
        case = desk.case(number).case
        assert (case.state, case.bundle, case.conflicts) == (State.ARRIVED, bundle.sealed.number, ())

    @pytest.mark.parametrize("kilometres", [0, 3001])
    def test_a_drive_needs_a_distance_and_an_envelope(self, desk: Desk, kilometres: int) -> None:
        with pytest.raises(RefusedError):
            desk.trips.drive(dt.date(2026, 11, 24), kilometres, ())


def roll_of(desk: Desk, people: int) -> RollDraft:
    from desk.law import id_numbers

    lines = []
    for at in range(people):
        digits = f"1525231970{at % 12 + 1:02d}{at % 28 + 1:02d}{at:03d}"
        check = next(
            c for c in "0123456789X" if not hasattr(id_numbers.facts("111", digits + c, dt.date(2026, 11, 24)), "text")
        )
        lines.append(RollLine(f"牧户{chr(0x4E00 + at)}", digits + check, "", f"{at} 组", {}))
    code = item_code(desk, "草原生态保护补助奖励（禁牧补助、草畜平衡奖励）")
    item = desk.item(code)
    fields = {one.code: one.choices[0] if one.choices else "120" for one in item.fields}
    import msgspec

    return RollDraft(code, "2026 草补名册", 2026, tuple(msgspec.structs.replace(one, values=fields) for one in lines))


class TestRolls:
    def test_a_whole_gacha_is_taken_in_at_once_and_is_next_years_roll(self, desk: Desk) -> None:
        draft = roll_of(desk, 60)
        assert desk.rolls.check(draft) == {}
        far: list[int] = []
        roll = desk.rolls.take(draft, lambda one: far.append(one.done), lambda: False)
        assert len({one.intake_no for one in roll.taken.rows}) == 60
        assert desk.count_cases(CaseQuery(task_code=draft.task_code)) == 60
        assert far
        assert desk.rolls.last(draft.task_code) == draft.lines
        assert desk.trips.going() == ()
        (kept,) = desk.rolls.listed()
        notice = text_of(desk.papers.roll_notice(kept).pdf)
        assert "公示" in notice
        assert draft.lines[0].id_number not in notice
        numbers = tuple(one.intake_no for one in kept.taken.rows)
        assert "签字册" in text_of(desk.papers.roll_sheet(draft.title, "草补", draft.lines, numbers).pdf)
        same_after_rebuild(desk)

    def test_one_wrong_row_and_nothing_is_registered(self, desk: Desk) -> None:
        draft = roll_of(desk, 3)
        import msgspec

        lines = (*draft.lines[:2], msgspec.structs.replace(draft.lines[2], id_number=draft.lines[0].id_number))
        wrong = msgspec.structs.replace(draft, lines=lines)
        assert list(desk.rolls.check(wrong)) == [2]
        with pytest.raises(RefusedError, match="1 行"):
            desk.rolls.take(wrong, lambda _one: None, lambda: False)
        with pytest.raises(CancelledError):
            desk.rolls.take(draft, lambda _one: None, lambda: True)
        assert desk.count_cases(CaseQuery()) == 0

    def test_receipts_of_a_roll_come_in_one_file(self, desk: Desk) -> None:
        roll = desk.rolls.take(roll_of(desk, 5), lambda _one: None, lambda: False)
        paper = desk.papers.roll_receipts(roll, "A5", lambda _one: None, lambda: False)
        assert len(PdfReader(io.BytesIO(paper.pdf)).pages) == 5
        with pytest.raises(CancelledError):
            desk.papers.roll_receipts(roll, "A5", lambda _one: None, lambda: True)

    @pytest.mark.parametrize("kind", ["xlsx", "utf-8-sig", "gb18030"])
    def test_rows_come_from_a_spreadsheet(self, desk: Desk, tmp_path: Path, kind: str) -> None:
        table = [["姓名", "身份证号", "电话", "住址"], ["阿拉坦其其格", HERDER.id_number, "13900000001", "一组"]]
        if kind == "xlsx":
            place, book = tmp_path / "名册.xlsx", Workbook()
            for line in table:
                book.active.append(line)
            book.save(place)
        else:
            place = tmp_path / "名册.csv"
            place.write_bytes("\n".join(",".join(line) for line in table).encode(kind))
        (line,) = desk.rolls.from_sheet(place, roll_of(desk, 1).task_code)
        assert (line.name, line.id_number, line.address) == ("阿拉坦其其格", HERDER.id_number, "一组")

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xff\xfe\x00\x01", b"a,b\n1,2"])
    def test_a_file_that_is_no_roll_is_refused_in_words(self, desk: Desk, tmp_path: Path, content: bytes) -> None:
        for suffix in (".xlsx", ".csv"):
            place = tmp_path / f"x{suffix}"
            place.write_bytes(content)
            with pytest.raises(RefusedError):
                desk.rolls.from_sheet(place, roll_of(desk, 1).task_code)

    def test_a_zip_bomb_is_refused(self, desk: Desk, tmp_path: Path) -> None:
        place = tmp_path / "bomb.xlsx"
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/worksheets/sheet1.xml", b" " * (40 << 20))
        with pytest.raises(RefusedError):
            desk.rolls.from_sheet(place, roll_of(desk, 1).task_code)


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
            desk.people.reveal(person_id, " ")
        assert desk.people.reveal(person_id, "核对身份证").replace(" ", "") == HERDER.id_number
        view = desk.people.view(person_id)
        assert [(one.officer, one.reasons) for one in view.seen] == [("苏和", "核对身份证")]
        held = text_of(desk.papers.held_about(view, desk.cases(CaseQuery(person_id=person_id))).pdf)
        assert "核对身份证" in held


class TestPapers:
    def test_a_copy_is_the_same_paper_under_a_mark(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        first = desk.papers.receipt(number)
        copy = desk.papers.copy(first.sha256)
        assert "补打第 1 次" in text_of(copy.pdf)
        assert "补打第 2 次" in text_of(desk.papers.copy(first.sha256).pdf)
        assert desk.papers.kept(first.sha256).pdf == first.pdf
        assert len([line for line in desk.case(number).case.history if line.kind == "paper.printed"]) == 2

    def test_the_notice_before_filing_lists_everything_once(self, desk: Desk) -> None:
        draft = full_draft(desk, materials=())
        said = text_of(desk.papers.advance_notice(draft).pdf)
        assert "一次性告知单" in said
        for material in desk.item(draft.task_code).materials:
            assert material.name[:6] in said
        assert desk.count_cases(CaseQuery()) == 0

    def test_a_booklet_has_contents_with_the_right_pages(self, desk: Desk) -> None:
        items = [row.item for row in desk.items()][:3]
        codes = tuple(one.task_code for one in items)
        made = desk.papers.booklet(codes, "zh", lambda _far: None, lambda: False)
        pages = PdfReader(io.BytesIO(made.pdf)).pages
        contents = pages[1].extract_text()
        for item in items:
            names = [page.extract_text()[:200] for page in pages[2:]]
            start = next(at for at, words in enumerate(names, 3) if item.item_name in words)
            assert str(start) in contents

    def test_the_ledger_the_kit_and_the_deadline_sheet(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        assert "代办登记台账" in text_of(desk.papers.ledger(desk.cases(CaseQuery()), "全部").pdf)
        kit = text_of(desk.papers.handover_kit().pdf)
        assert "交接" in kit
        assert HERDER.name in kit
        sheet = text_of(desk.papers.deadline_sheet(number, desk.case(number).clocks[0]).pdf)
        assert "工作日" in sheet

    def test_mongolian_stands_in_its_columns_when_it_was_written(self, desk: Desk) -> None:
        code = item_code(desk)
        before = desk.papers.guide(code, "both").pdf
        assert before == desk.papers.guide(code).pdf
        desk.mongolian.keep(code, {"name": "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ", "reviewer": "乌兰"})
        both, alone = (PdfReader(io.BytesIO(desk.papers.guide(code, one).pdf)) for one in ("both", "mn"))
        assert len(both.pages) == len(PdfReader(io.BytesIO(before)).pages) + 1
        assert len(alone.pages) == 1
        faces = [str(one.get_object()["/BaseFont"]) for one in alone.pages[0]["/Resources"]["/Font"].values()]
        assert any("Mongolian" in face for face in faces)


class TestOtherPapers:
    def test_the_organs_papers_come_only_after_the_organ_acted(self, desk: Desk, served: Served) -> None:
        number = desk.register(full_draft(desk)).intake_no
        assert [key for key, _ in paper_list.offered(desk.case(number).case)] == ["entrusted", "rating-slip"]
        with pytest.raises(RefusedError, match="还不能出"):
            desk.papers.case_paper(number, "accepted")
        sync(desk)
        _, seen = served.centre.case(number)
        told = Accepted("乌兰", "综合窗口", "苏左受字〔2026〕9号")
        served.centre.act("wulan", "case.accepted", number, told, seen)
        stood(served, number, "case.extended", Act("乌兰", "综合窗口", "依法"))
        move(served, number, "case.refused")
        sync(desk)
        view = desk.case(number)
        offered = dict(paper_list.offered(view.case))
        assert list(offered) == ["entrusted", "accepted", "extended", "decided", "rating-slip"]
        for key, title in offered.items():
            paper = desk.papers.case_paper(number, key, view.clocks)
            said = text_of(paper.pdf)
            assert title.partition("（")[0] in said
            assert HERDER.id_number not in said
            assert desk.papers.case_paper(number, key, view.clocks).pdf == paper.pdf
        said = text_of(desk.papers.case_paper(number, "accepted", view.clocks).pdf)
        assert "苏左受字〔2026〕9号" in said
        assert "副本" in said
        assert "不予" in text_of(desk.papers.case_paper(number, "decided").pdf)
        assert desk.case(number).case.state is State.REFUSED

    def test_missing_papers_are_promised_and_supplements_told_completely(self, desk: Desk, served: Served) -> None:
        draft = full_draft(desk)
        ticks = (*draft.materials[:-1], DraftMaterial(draft.materials[-1].code, missing="下次带来"))
        number = desk.register(full_draft(desk, 1, materials=ticks)).intake_no
        assert "下次带来" in text_of(desk.papers.case_paper(number, "promised").pdf)
        sync(desk)
        _, seen = served.centre.case(number)
        asked = SupplementAsked("乌兰", "综合窗口", ("诊断书", "户口本复印件"))
        served.centre.act("wulan", "case.supplement_asked", number, asked, seen)
        sync(desk)
        said = text_of(desk.papers.case_paper(number, "supplement").pdf)
        assert "诊断书" in said
        assert "户口本复印件" in said

    @pytest.mark.parametrize("key", list(paper_list.FORMS))
    def test_a_paper_filled_in_by_hand_is_kept_and_numbered(self, desk: Desk, key: str) -> None:
        typed = {one.key: f"{one.name}的<b>内容</b>" for one in paper_list.FORMS[key].asked}
        said = text_of(desk.papers.form(key, typed).pdf)
        assert paper_list.FORMS[key].title in said
        assert "<b>" in said
        with pytest.raises(RefusedError):
            desk.papers.form(key, {})
        same_after_rebuild(desk)

    def test_the_months_results_name_nobody(self, desk: Desk) -> None:
        desk.register(full_draft(desk))
        said = text_of(desk.papers.results(desk.cases(CaseQuery()), "2026-11").pdf)
        assert "公示" in said
        assert HERDER.name not in said


class TestListsAndSheets:
    def test_filters_by_warning_agent_and_date(self, desk: Desk, tell: SetClock) -> None:
        desk.register(full_draft(desk))
        tell.at += dt.timedelta(days=40)
        desk.register(full_draft(desk, 2, OTHERS[0]))
        tell.at += dt.timedelta(days=1)
        due = desk.cases(CaseQuery(sort="due_on", descending=False))[0].due_on
        tell.at = dt.datetime.fromisoformat(f"{due}T09:00:00+08:00") + dt.timedelta(days=1)
        (red,) = desk.cases(CaseQuery(warning="red"))
        assert red.warning is Warn.RED
        assert desk.count_cases(CaseQuery(agent="苏和")) == 2
        assert desk.count_cases(CaseQuery(agent="别人")) == 0
        assert desk.agent_names() == ("苏和",)
        assert next(need.why for need in desk.today().needs) == "red"

    def test_a_scanned_receipt_finds_its_case(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        desk.register(full_draft(desk, 2, OTHERS[0]))
        code = receipt_code.make(desk.identity.keys, number)
        (row,) = desk.cases(CaseQuery(text=code))
        assert row.intake_no == number
        assert desk.cases(CaseQuery(text='""')) == ()

    def test_a_sheet_has_every_row_and_no_formula(self, desk: Desk, tmp_path: Path) -> None:
        desk.register(full_draft(desk, 1, Person("阿拉坦", "111", HERDER.id_number, "", "=HYPERLINK(1)")))
        place = tmp_path / "办件.xlsx"
        assert desk.cases_to(place, CaseQuery(), lambda _one: None, lambda: False) == 1
        sheet = load_workbook(place).active
        assert [cell.value for cell in sheet[1]] == list(case_sheets.CASE_COLUMNS)
        assert sheet["C2"].value == "阿拉坦"
        evil = spreadsheet.workbook([("x", ("a",), [("=1+1",)])])
        assert load_workbook(io.BytesIO(evil)).active["A2"].data_type == "s"
        with pytest.raises(CancelledError):
            desk.cases_to(tmp_path / "none.xlsx", CaseQuery(), lambda _one: None, lambda: True)
        assert not (tmp_path / "none.xlsx").exists()

    def test_a_workbook_that_breaks_off_leaves_nothing_open(self) -> None:
        def breaks() -> Iterator[tuple[str]]:
            yield ("b",)
            raise LookupError

        with pytest.raises(LookupError):
            spreadsheet.workbook([("x", ("a",), [("a",)]), ("y", ("b",), breaks())])
        gc.collect()  # what was left open would complain now, and fail this test

    def test_figures_count_what_there_is(self, desk: Desk, granted: str) -> None:
        desk.handling.serve(granted, ServedResult(recipient="本人"))
        desk.handling.rate(granted, 5)
        view = desk.figures.view(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
        assert (view.total, view.ended, view.rated, len(view.months)) == (1, 1, 1, 12)
        assert view.times[0].on_time == 1
        assert HERDER.name not in text_of(desk.papers.figures(view).pdf)


class TestFilesBackupsAgents:
    def test_a_picture_is_kept_by_its_hash_and_only_if_it_is_one(self, desk: Desk) -> None:
        data = b"\xff\xd8\xff" + b"x" * 100
        ref = desk.pictures.keep(data, "证.jpg")
        assert desk.pictures.read(ref.sha256) == data
        with pytest.raises(RefusedError, match="不是图片"):
            desk.pictures.keep(b"MZ evil", "x.jpg")
        with pytest.raises(RefusedError):
            desk.pictures.read("0" * 64)

    def test_a_backup_opens_with_the_password_and_takes_the_place_of_a_lost_database(
        self, desk: Desk, tmp_path: Path, tell: SetClock
    ) -> None:
        from desk.counter.office import backups

        number = desk.register(full_draft(desk)).intake_no
        for nowhere in ("alt", str(tmp_path / "stick")):
            with pytest.raises(SurroundingsError, match="第二份"):
                desk.backups.make(nowhere)
        assert not list(tmp_path.rglob("daiban-*"))
        (tmp_path / "stick").mkdir()
        made = desk.backups.make(str(tmp_path / "stick"))
        assert not desk.backups.due()
        folder = desk.folder
        desk.close()
        (folder / "desk.db").write_bytes(b"broken" * 1000)
        aside = backups.restore(folder, Path(made.path), tell())
        assert (aside / "desk.db").read_bytes().startswith(b"broken")
        again = opening.open_desk(folder, "suhe", PASSWORD, tell)
        assert again.case(number).row.applicant_name == HERDER.name
        again.close()
        assert list((tmp_path / "stick").rglob("desk.db"))

    def test_old_backups_make_room(self, desk: Desk, tell: SetClock) -> None:
        for _ in range(24):
            desk.backups.make()
            tell.at += dt.timedelta(days=1)
        assert 7 <= len(desk.backups.listed()) <= 11

    def test_a_second_agent_opens_the_same_desk_and_the_last_cannot_be_closed(self, desk: Desk, tell: SetClock) -> None:
        desk.agents.add("bater", "巴特尔", "a fine password")
        with pytest.raises(RefusedError, match="已经有了"):
            desk.agents.add("bater", "巴特尔", "a fine password")
        with pytest.raises(RefusedError, match="正在使用"):
            desk.agents.close("suhe", "调离")
        desk.agents.change_password(PASSWORD, "another one 2026")
        folder = desk.folder
        desk.close()
        other = opening.open_desk(folder, "bater", "a fine password", tell, fresh="a finer password")
        other.agents.close("suhe", "调离，已交接")
        with pytest.raises(RefusedError, match="最后一个"):
            other.agents.close("bater", "走了")
        other.close()
        with pytest.raises(RefusedError):
            opening.open_desk(folder, "suhe", "another one 2026", tell)


class TestStartingWithoutACentre:
    def test_a_desk_works_alone_and_keeps_its_log_when_it_is_enrolled(
        self, tmp_path: Path, served: Served, tell: SetClock
    ) -> None:
        from conftest import CHEAP, POINT_NAME

        folder = tmp_path / "alone"
        opening.create_alone(folder, POINT, POINT_NAME, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=tell)
        desk = opening.open_desk(folder, "suhe", PASSWORD, tell)
        number = desk.register(full_draft(desk)).intake_no
        assert sync(desk).outcome is Outcome.NOT_ENROLLED
        wrong = enrolment.enrol_code(served.centre, "152523202201", "别处")
        with pytest.raises(Exception, match="另一个代办点"):
            desk.enrol(served.address, wrong)
        desk.enrol(served.address, enrolment.enrol_code(served.centre, POINT, POINT_NAME))
        assert sync(desk).outcome is Outcome.DONE
        assert served.centre.case(number)[0].case_no
        assert desk.identity.node == number[:12] + "-" + number[12:14]
        desk.close()

    def test_practice_is_marked_and_never_synced(self, desk: Desk, tell: SetClock) -> None:
        trial = practice.open_practice(desk.folder, desk.office, desk.account, tell)
        rows = trial.cases(CaseQuery())
        assert len(rows) == 3
        assert "练习" in text_of(trial.papers.receipt(rows[0].intake_no).pdf)
        assert sync(trial).outcome is Outcome.NOT_ENROLLED
        assert trial.case(rows[0].intake_no).case.collected.practice
        trial.close()
        again = practice.open_practice(desk.folder, desk.office, desk.account, tell)
        assert again.count_cases(CaseQuery()) == 3
        again.close()
        assert desk.count_cases(CaseQuery()) == 0


def test_an_old_database_is_brought_up_and_filled_from_its_log(make_desk: Callable[..., Desk], tell: SetClock) -> None:
    desk = make_desk()
    number = desk.register(full_draft(desk)).intake_no
    before = desk.store.tables()
    with desk.store.write() as db:
        db.conn.execute("UPDATE case_row SET agent = '', applicant_sort = ''")
        db.conn.execute("INSERT INTO local (key, value) VALUES ('stale', x'31')")
    folder = desk.folder
    desk.close()
    again = opening.open_desk(folder, "suhe", PASSWORD, tell)
    assert again.store.tables() == before
    assert again.case(number).row.agent == "苏和"
    again.close()
