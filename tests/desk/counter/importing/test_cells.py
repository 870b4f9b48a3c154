"""One cell by its meaning: what is kept of it and what is said."""

from __future__ import annotations

import datetime as dt

import pytest

from desk.counter.importing import cells, targets
from desk.words import tidying
from desk.words.sheets.grid import Cell
from desk.words.sheets.headings import Target, matched

TODAY = dt.date(2026, 11, 24)
AREA = Target("values.area", "面积", "number", unit="亩")
STOCK = Target("values.stock", "年末存栏", "head", unit="羊单位")
KIND = Target("values.kind", "残疾类别", "choice", choices=("80—99 周岁", "100 周岁以上", "肢体"))


def read(text: str, target: Target, *, numeric: bool = False) -> tuple[str, str]:
    value, said = cells.read(Cell(text, numeric=numeric), target, TODAY)
    return value, " ".join(kind.value + ":" + words for kind, words, _ in said)


@pytest.mark.parametrize(
    ("text", "right", "said"),
    [
        ("张三", "张三", ""),
        (" 张　三 ", "张三", "空格"),
        ("Bayar  Bat", "Bayar Bat", ""),
        *((f"阿拉坦{dot}其其格", "阿拉坦·其其格", "间隔号") for dot in tidying.DOTS),
        ("阿拉坦.其其格", "阿拉坦·其其格", "间隔号"),
        ("⻢\u2f2d", "马山", "马"),
        ("王\ue863", "王䶮", "U+E863"),
        ("王\ue81e", "王\u9fb4", "U+E81E"),
        ("王\ue816", "王\U00020087", "U+E816"),
        ("王\ue000", "王\ue000", "wrong:姓名里有别的电脑认不得的字 U+E000"),
        ("李\u200b四", "李四", "U+200B"),
        ("李四（户主）", "李四", "doubt:姓名后面的“（户主）”没有取"),
        ("ᠪᠠᠲᠤ\u180eᠠ", "ᠪᠠᠲᠤ\u180eᠠ", ""),
    ],
)
def test_names(text: str, right: str, said: str) -> None:
    value, words = read(text, targets.NAME)
    assert value == right
    assert said in words
    assert bool(said) == bool(words)


@pytest.mark.parametrize(
    ("text", "numeric", "right", "said"),
    [
        ("152523196001100016", False, "152523196001100016", ""),
        ("１５２５２３１９６００１１０００１６", False, "152523196001100016", "mended"),
        ("152523-19600110-0016", False, "152523196001100016", "mended"),
        ("15252319530413004x", False, "15252319530413004X", ""),
        ("15252319530413004×", False, "15252319530413004X", "mended"),
        ("152523196001100017", False, "152523196001100017", "wrong:最后一位校验不符"),
        ("152523196503080000", True, "", "wrong:号码被表格程序当成数字"),
        ("1.52523E+17", False, "", "wrong:号码被表格程序当成数字"),
        ("1.52E17", False, "", "wrong:号码被表格程序当成数字"),
        ("152523600110001", True, "152523600110001", "wrong:这是 15 位的老号码"),
    ],
)
def test_identity_numbers(text: str, numeric: bool, right: str, said: str) -> None:
    value, words = read(text, targets.ID_NUMBER, numeric=numeric)
    assert value == right
    assert words.startswith(said)
    assert bool(said) == bool(words)


def test_a_number_cut_to_noughts_is_refused_even_where_its_check_digit_fits() -> None:
    from desk.law import id_numbers

    numbers = [f"1525231965{month:02d}{day:02d}{last:04d}" for month in range(1, 13) for day in (1, 8) for last in (0,)]
    fitting = [one for one in numbers if isinstance(id_numbers.facts("111", one, TODAY), id_numbers.IdFacts)]
    assert fitting
    for one in fitting:
        assert read(one, targets.ID_NUMBER, numeric=True) == ("", read("1.5E+17", targets.ID_NUMBER)[1])
        assert read(one, targets.ID_NUMBER)[1].startswith("doubt:号码末三位是 000")


@pytest.mark.parametrize(
    ("text", "right", "said"),
    [
        ("13900000000", "13900000000", ""),
        ("13900000000.0", "13900000000", "mended"),
        ("139 0000 0000", "13900000000", "mended"),
        ("139-0000-0000", "13900000000", "mended"),
        ("+8613900000000", "13900000000", "mended"),
        ("（0482）4212345", "0482-4212345", "mended"),
        ("0482-4212345", "0482-4212345", ""),
        ("0482-4212345 13900000000", "13900000000", "doubt:一格里有 2 个电话"),
        ("13900000000、13900000001", "13900000000", "doubt:一格里有 2 个电话"),
        ("无", "", ""),
        ("1390000000", "1390000000", "wrong:手机号应为 11 位"),
        ("问邻居", "问邻居", "wrong:电话“问邻居”读不出来"),
    ],
)
def test_telephones(text: str, right: str, said: str) -> None:
    value, words = read(text, targets.PHONE)
    assert value == right
    assert words.startswith(said)
    assert bool(said) == bool(words)


@pytest.mark.parametrize(
    ("text", "target", "right", "said"),
    [
        ("120", AREA, "120", ""),
        ("120.50", AREA, "120.5", ""),
        ("1,200", AREA, "1200", "mended"),
        ("1,20", AREA, "1,20", "wrong"),
        ("１２０亩", AREA, "120", "mended"),
        ("8公顷", AREA, "8", "wrong:“8公顷”带了单位“公顷”，这里应按亩填"),
        ("三千零五", AREA, "3005", "mended"),
        ("两万", AREA, "20000", "mended"),
        ("约120", AREA, "约120", "wrong"),
        ("30只", STOCK, "30", "mended"),
        ("30.5", STOCK, "30.5", "wrong"),
        ("30头", STOCK, "30", "wrong:“30头”带了单位“头”，这里应按羊单位填"),
        ("#REF!", AREA, "", "wrong:公式出错"),
        ("80-99周岁", KIND, "80—99 周岁", "mended"),
        ("肢体残疾", KIND, "肢体残疾", "wrong"),
        ("2024.5.1", targets.DAY, "2024-05-01", ""),
        ("2024年5月1日", targets.DAY, "2024-05-01", ""),
        ("20240501", targets.DAY, "2024-05-01", ""),
        ("2024年5月", targets.DAY, "2024-05", ""),
        ("2024年", targets.DAY, "2024", ""),
        ("2024-02-30", targets.DAY, "2024-02-30", "wrong:没有"),
        ("去年", targets.DAY, "去年", "wrong"),
    ],
)
def test_numbers_choices_and_days(text: str, target: Target, right: str, said: str) -> None:
    value, words = read(text, target)
    assert value == right
    assert words.startswith(said)
    assert bool(said) == bool(words)


def test_every_private_code_of_gbk_has_a_character() -> None:
    table = tidying.private_codes()
    assert [hex(code) for code in range(0xE815, 0xE865) if chr(code) not in table] == []
    assert not any(tidying.is_private(char) for char in table.values())


@pytest.mark.parametrize(
    ("headings", "right"),
    [
        (["序号", "姓　名", "身份证\n号码", "草畜平衡面积（亩）"], ["", "name", "id_number", "values.b"]),
        (["户主姓名", "户主身份证号", "联系方式"], ["name", "id_number", "phone"]),
        (["姓名", "联系人姓名", "证件号码", "联系人电话", "手机号码"], ["name", "", "id_number", "", "phone"]),
        (["姓名", "银行卡号", "身份证号", "开户行"], ["name", "", "id_number", ""]),
        (["*姓名：", "身份证号（18位）", "家庭住址(嘎查、组)"], ["name", "id_number", "address"]),
        (["姓名", "电话1", "电话2", "证件号"], ["name", "phone", "", "id_number"]),
    ],
)
def test_headings_are_taken_by_meaning_each_for_one_thing(headings: list[str], right: list[str]) -> None:
    wanted = (*targets.ROLL, Target("values.b", "草畜平衡面积", "number", ("草畜平衡面积",), ("草畜平衡面积",), "亩"))
    found = matched(headings, wanted)
    assert [found.get(at, "") for at in range(len(headings))] == right


def test_a_roll_of_people_knows_the_head_of_the_household() -> None:
    headings = ["组别", "户主", "户主身份证号", "姓名", "与户主关系", "公民身份号码", "电话", "住址"]
    found = matched(headings, targets.PEOPLE)
    keys = ["group", "head", "head_id", "name", "relation", "id_number", "phone", "address"]
    assert [found.get(at, "") for at in range(8)] == keys
