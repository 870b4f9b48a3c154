"""`desk enrol`: the place is found by code, pinyin, initials, banner, parts of the path, other spellings, at any level,
and held against the centre's code."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CHEAP, PASSWORD, Served

from db import vault
from desk.app import opening
from desk.app.commands import run_enrol
from desk.centre.exchange import enrolment

VILLAGE, TOWN, BANNER, SPELT = "152523202202", "152523202000", "152523000000", "152523202201"
FOUND = [
    ("152523202202", VILLAGE),
    ("wurinileitu sunitezuoqi", VILLAGE),
    ("sntzq wrnlt", VILLAGE),
    ("乌日尼勒图 苏尼特左旗", VILLAGE),
    ("洪格尔苏木 乌日尼勒图", VILLAGE),
    ("苏尼特左旗洪格尔苏木乌日尼勒图嘎查", VILLAGE),
    ("苏尼特左旗 巴音洪格尔", SPELT),  # written 巴彦洪格尔
    ("苏尼特左旗 洪格尔苏木", TOWN),
    ("152523202", TOWN),
    ("152523", BANNER),
]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening a vault costs the tests little."""
    monkeypatch.setattr(vault, "Cost", lambda *given: vault_cost(*given) if given else CHEAP)
    monkeypatch.setenv("DAIBAN_PASSWORD", PASSWORD)


vault_cost = vault.Cost


def enrol(folder: Path, *options: str) -> int:
    return run_enrol(["--data", str(folder), "--name", "苏和", *options])


@pytest.mark.parametrize(("typed", "code"), FOUND)
def test_a_place_without_a_centre(tmp_path: Path, typed: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert enrol(tmp_path / "desk", "--place", typed) == 0
    assert "还没有入网" in capsys.readouterr().out
    desk = opening.open_desk(tmp_path / "desk", "agent", PASSWORD)
    assert (desk.identity.point_code, desk.identity.enrolled, desk.identity.banner) == (code, False, "苏尼特左旗")
    desk.close()


def test_a_place_is_held_against_the_centres_code(
    served: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = enrolment.enrol_code(served.centre, VILLAGE, "乌日尼勒图嘎查便民代办点")
    asked = ("--address", served.address, "--code", code)
    assert enrol(tmp_path / "desk", *asked, "--place", "苏尼特左旗 巴音洪格尔") == 1
    assert "另一个代办点" in capsys.readouterr().err
    assert not (tmp_path / "desk").exists()
    assert enrol(tmp_path / "desk", *asked, "--place", "sntzq wrnlt") == 0  # the code was not used up
    assert "锡林郭勒盟苏尼特左旗洪格尔苏木乌日尼勒图嘎查" in capsys.readouterr().out
    desk = opening.open_desk(tmp_path / "desk", "agent", PASSWORD)
    assert (desk.identity.point_code, desk.identity.enrolled) == (VILLAGE, True)
    desk.close()


def test_what_is_several_places_or_none_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert enrol(tmp_path / "desk", "--place", "巴音") == 1
    told = capsys.readouterr().err
    assert "“巴音”有很多处" in told
    assert "150927218  乌兰察布市察哈尔右翼中旗巴音乡" in told
    assert enrol(tmp_path / "desk", "--place", "nowhere") == 1
    assert "没有找到" in capsys.readouterr().err
    for wrong in ((), ("--code", "x"), ("--address", "x", "--place", "152523")):
        with pytest.raises(SystemExit):
            enrol(tmp_path / "desk", *wrong)
    assert not (tmp_path / "desk").exists()
