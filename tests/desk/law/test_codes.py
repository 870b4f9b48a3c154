"""验回执: genuine or not, off line by command, and on the centre's page; numbers of the organ's documents."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import msgspec
import pypdfium2 as pdfium
import pytest
from conftest import HERDER, PASSWORD, POINT, Served, SetClock, full_draft, sync

from desk.app.commands import run_check
from desk.app.open_desk import Desk
from desk.counter import code_check
from desk.errors import RefusedError
from desk.log import events, receipt_code
from desk.log.keys import NodeKeys


def photograph(pdf: bytes, place: Path) -> Path:
    page = pdfium.PdfDocument(pdf)[0].render(scale=203 / 72).to_pil().rotate(3, expand=True, fillcolor="white")
    page.save(place)
    return place


def code_of(desk: Desk, number: str) -> str:
    return receipt_code.make(desk.identity.keys, number)


@pytest.fixture
def number(desk: Desk) -> str:
    return desk.register(full_draft(desk)).intake_no


def test_a_receipt_of_this_desk_is_genuine_and_its_case_is_known(desk: Desk, number: str, tmp_path: Path) -> None:
    place = photograph(desk.papers.receipt(number).pdf, tmp_path / "a.jpg")
    verdict = desk.codes.judge(code_check.read_picture(place))
    assert verdict.genuine
    assert verdict.intake_no == number
    assert "2026-11-24" in verdict.words
    assert "代办点收件" in verdict.words or "已收" in verdict.words


def forged(code: str) -> list[str]:
    head, number, signature = code.split(".")
    other = "0" if number[-2] != "0" else "1"
    return [
        "",
        "x",
        "DBR1..",
        f"{head}.{number}.",
        f"{head}.{number}.{'A' * len(signature)}",
        f"{head}.{number[:-2]}{other}{number[-1]}.{signature}",
        f"{head}.{number}.{signature[::-1]}",
        f"DBR2.{number}.{signature}",
        code + ".x",
        receipt_code.make(NodeKeys.make(), number),
        "DBR1." + "9" * 5000,
        "'; DROP TABLE node; --",
    ]


def test_no_forgery_is_genuine(desk: Desk, number: str) -> None:
    for one in forged(code_of(desk, number)):
        assert not desk.codes.judge(one).genuine, one


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a" + b"\0" * 40, b"\xff\xd8\xff\xe0" + b"x" * 900])
def test_a_picture_that_is_none_is_refused_in_words(tmp_path: Path, data: bytes) -> None:
    place = tmp_path / "a.png"
    place.write_bytes(data)
    with pytest.raises(RefusedError, match=r"打不开|没有找到"):
        code_check.read_picture(place)


def test_the_command_says_it_off_line_with_the_public_key_alone(
    desk: Desk, number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, code = desk.identity.keys.public().sign.hex(), code_of(desk, number)
    assert run_check([code, "--key", key]) == 0
    assert "是真的" in capsys.readouterr().out
    assert run_check([str(photograph(desk.papers.receipt(number, "80mm").pdf, tmp_path / "b.png")), "--key", key]) == 0
    assert run_check([code, "--key", NodeKeys.make().public().sign.hex()]) == 2
    assert "不是真的" in capsys.readouterr().err
    assert run_check([code, "--key", "zz"]) == 1
    assert "公钥" in capsys.readouterr().err


def test_the_command_finds_the_key_in_the_desk(desk: Desk, number: str, tmp_path: Path) -> None:
    code, folder = code_of(desk, number), desk.folder
    key = desk.identity.keys.public().sign.hex()
    desk.close()
    run = [sys.executable, "-m", "desk", "check", "--data", str(folder)]
    environment = {"DAIBAN_PASSWORD": PASSWORD, "PATH": "", "HOME": str(tmp_path), "PYTHONUTF8": "1"}
    done = subprocess.run([*run, code], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "本机有这件办件" in done.stdout) == (0, True), done.stderr
    done = subprocess.run([*run, "--print-key"], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == key


def test_the_centres_page_tells_anyone_without_a_name(served: Served, desk: Desk, number: str) -> None:
    code = code_of(desk, number)
    with httpx.Client(base_url=served.address, trust_env=False) as visitor:
        page = visitor.get("/check")
        assert page.status_code == 200
        assert "验回执" in page.text
        said = visitor.get("/check", params={"code": code}).text
        assert "是真的" in said
        assert "还没有收到" in said
        sync(desk)
        said = visitor.get("/check", params={"code": code}).text
        assert "中心已接收" in said or "办件现在的状态" in said
        assert "阿拉坦其其格" not in said
        assert "152523195603020027" not in said
        for one in forged(code):
            answer = visitor.get("/check", params={"code": one})
            assert answer.status_code in (200, 422)
            assert "是真的。" not in answer.text


@pytest.mark.parametrize(("point", "words"), [("152523202203", "不是真的"), (POINT, "是真的。")])
def test_another_desk_signs_for_its_own_point_and_for_no_other(
    served: Served, make_desk: Callable[..., Desk], number: str, point: str, words: str
) -> None:
    other = make_desk("other", point)
    with httpx.Client(base_url=served.address, trust_env=False) as visitor:
        said = visitor.get("/check", params={"code": code_of(other, number)}).text
    assert words in said


def test_every_document_of_the_organ_gets_a_number_of_its_kind(
    served: Served, make_desk: Callable[..., Desk], tell: SetClock
) -> None:
    desk = make_desk()
    numbers = [desk.register(full_draft(desk, at)).intake_no for at in range(3)]
    sync(desk)
    accepted = events.Accepted("乌兰", "中心")
    for at, kind, data in (
        (0, "case.accepted", accepted),
        (1, "case.accepted", accepted),
        (2, "case.supplement_asked", events.SupplementAsked("乌兰", "中心", ("户口簿",))),
    ):
        _, seen = served.centre.case(numbers[at])  # type: ignore[misc]
        served.centre.act("wulan", kind, numbers[at], data, seen)
    sync(desk)
    found = [desk.case(number).case.history[-1].document_no for number in numbers]
    assert found == [
        f"苏尼特左旗洪格尔苏木人民政府{word}〔2026〕{at}号" for word, at in (("受", 1), ("受", 2), ("补", 1))
    ]
    layer = pdfium.PdfDocument(desk.papers.case_paper(numbers[2], "supplement").pdf)[0].get_textpage()
    assert "补〔2026〕1号" in layer.get_text_range()
    assert io.BytesIO  # the page was read from memory


def test_a_rare_name_reaches_the_centre_as_it_was_typed(served: Served, desk: Desk) -> None:
    name = "阿𡉃𰻝𫝆\U00032500"
    number = desk.register(full_draft(desk, person=msgspec.structs.replace(HERDER, name=name))).intake_no
    sync(desk)
    found = served.centre.case(number)
    assert found is not None
    assert found[0].collected.applicant.name == name
