"""Rolls for a whole gacha: from a file, from last year, from the book, taken in at once."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import msgspec
import pytest
from conftest import HERDER, Served, SetClock, sync
from counter_steps import roll_of, same_after_rebuild, text_of
from openpyxl import Workbook
from pypdf import PdfReader

from desk.app.open_desk import Desk
from desk.counter.importing.preview import Choices
from desk.counter.rolls import RollDraft, RollLine
from desk.errors import AskedError, CancelledError, RefusedError
from desk.folds.case import State
from desk.store.snapshots import CaseQuery


def from_sheet(desk: Desk, place: Path) -> tuple[RollLine, ...]:
    book = desk.imports.open(place, lambda _far: None, lambda: False)
    return desk.rolls.lines_of(desk.rolls.look_at(book, roll_of(desk, 1).task_code, Choices()))


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
        (line,) = from_sheet(desk, place)
        assert (line.name, line.id_number, line.address) == ("阿拉坦其其格", HERDER.id_number, "一组")

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xff\xfe\x00\x01", b"a,b\n1,2"])
    def test_a_file_that_is_no_roll_is_refused_in_words(self, desk: Desk, tmp_path: Path, content: bytes) -> None:
        for suffix in (".xlsx", ".csv"):
            place = tmp_path / f"x{suffix}"
            place.write_bytes(content)
            with pytest.raises(RefusedError):
                from_sheet(desk, place)

    def test_a_zip_bomb_is_refused(self, desk: Desk, tmp_path: Path) -> None:
        place = tmp_path / "bomb.xlsx"
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/worksheets/sheet1.xml", b" " * (40 << 20))
        with pytest.raises(RefusedError):
            from_sheet(desk, place)

    def test_650_rows_come_in_and_are_taken(self, desk: Desk) -> None:
        place = Path(__file__).parent / "office_files" / "rows_650.xlsx"
        lines = from_sheet(desk, place)
        assert len(lines) == 650
        draft = RollDraft(roll_of(desk, 1).task_code, "六百五十户", 2026, lines)
        assert len(desk.rolls.take(draft, lambda _one: None, lambda: False).taken.rows) == 650
        again = msgspec.structs.replace(draft, again="第二批")
        with pytest.raises(RefusedError, match="650 户，今天的收件号只剩 349 个"):
            desk.rolls.take(again, lambda _one: None, lambda: False)
        assert desk.count_cases(CaseQuery()) == 650

    def test_5000_rows_come_in_and_are_taken_as_far_as_the_day_has_numbers(self, desk: Desk, tmp_path: Path) -> None:
        many = roll_of(desk, 5000)
        place = tmp_path / "a.csv"
        rows = "".join(f"{one.name},{one.id_number},{one.address}\n" for one in many.lines)
        place.write_text(f"姓名,身份证号,住址\n{rows}", encoding="utf-8")
        lines = from_sheet(desk, place)
        assert [(one.name, one.id_number) for one in lines] == [(one.name, one.id_number) for one in many.lines]
        assert desk.rolls.check(many) == {}
        room = desk.rolls.before(many).room
        assert room == 999
        now, rest = many.lines[:room], many.lines[room:]
        part = msgspec.structs.replace(many, lines=now)
        assert len(desk.rolls.take(part, lambda _one: None, lambda: False, rest).taken.rows) == 999
        kept = desk.rolls.draft()
        assert (kept.title, kept.lines) == (many.title, rest)

    def test_a_roll_that_was_taken_is_asked_about_when_it_comes_again(self, desk: Desk, tell: SetClock) -> None:
        draft = roll_of(desk, 5)
        desk.rolls.take(draft, lambda _one: None, lambda: False)
        longer = roll_of(desk, 7)
        before = desk.rolls.before(longer)
        assert before.twice == (0, 1, 2, 3, 4)
        assert before.last is not None
        with pytest.raises(AskedError, match="5 户"):
            desk.rolls.take(longer, lambda _one: None, lambda: False)
        assert desk.count_cases(CaseQuery()) == 5
        assert desk.rolls.draft() == RollDraft()
        why = msgspec.structs.replace(longer, again="第二批补贴")
        roll = desk.rolls.take(why, lambda _one: None, lambda: False)
        assert "第二批补贴" in desk.case(roll.taken.rows[0].intake_no).case.history[0].note
        assert desk.case(roll.taken.rows[6].intake_no).case.history[0].note == ""
        tell.at += dt.timedelta(8)
        assert desk.rolls.before(longer).twice == ()

    def test_a_roll_is_undone_whole_until_some_of_it_was_sent(self, desk: Desk, served: Served) -> None:
        draft = roll_of(desk, 5)
        roll = desk.rolls.take(draft, lambda _one: None, lambda: False)
        with pytest.raises(RefusedError, match="原因"):
            desk.rolls.undo(roll.id, " ")
        undone = desk.rolls.undo(roll.id, "取错了名册")
        assert undone.state == "undone"
        for row in roll.taken.rows:
            case = desk.case(row.intake_no).case
            assert case.state is State.VOID
            assert "取错了名册" in case.history[-1].note
        with pytest.raises(RefusedError, match="已经撤销"):
            desk.rolls.undo(roll.id, "再撤一次")
        assert desk.rolls.last(draft.task_code) == ()
        assert desk.rolls.before(draft).twice == ()
        same_after_rebuild(desk)
        again = desk.rolls.take(draft, lambda _one: None, lambda: False)
        sync(desk)
        found = served.centre.case(roll.taken.rows[0].intake_no)
        assert found is not None
        assert found[0].state is State.VOID
        with pytest.raises(RefusedError, match="5 户已经送出"):
            desk.rolls.undo(again.id, "太晚了")
        assert desk.case(again.taken.rows[0].intake_no).case.state is not State.VOID

    def test_rows_with_something_wrong_come_into_the_roll_to_be_mended(self, desk: Desk) -> None:
        lines = from_sheet(desk, Path(__file__).parent / "office_files" / "id_sci.csv")
        assert [line.id_number for line in lines][:2] == ["", "152523196102110029"]
