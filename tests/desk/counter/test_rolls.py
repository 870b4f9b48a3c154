"""Rolls for a whole gacha: from a file, from last year, from the book, taken in at once."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from conftest import HERDER
from counter_steps import roll_of, same_after_rebuild, text_of
from openpyxl import Workbook
from pypdf import PdfReader

from desk.app.open_desk import Desk
from desk.counter.importing.preview import Choices
from desk.counter.rolls import RollDraft, RollLine
from desk.errors import CancelledError, RefusedError
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
        with pytest.raises(RefusedError, match="650 户，今天的收件号只剩 349 个"):
            desk.rolls.take(draft, lambda _one: None, lambda: False)
        assert desk.count_cases(CaseQuery()) == 650

    def test_5000_rows_are_refused_with_their_number(self, desk: Desk, tmp_path: Path) -> None:
        place = tmp_path / "a.csv"
        place.write_text("姓名,身份证号\n" + "张三,152523196001100016\n" * 5000, encoding="utf-8")
        with pytest.raises(RefusedError, match="5000 行，一次最多 999 行"):
            from_sheet(desk, place)

    def test_rows_with_something_wrong_come_into_the_roll_to_be_mended(self, desk: Desk) -> None:
        lines = from_sheet(desk, Path(__file__).parent / "office_files" / "id_sci.csv")
        assert [line.id_number for line in lines][:2] == ["", "152523196102110029"]
