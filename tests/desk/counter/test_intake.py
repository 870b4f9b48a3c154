"""Taking a case in: what is refused beside its field, what is kept exactly, and what survives a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from conftest import HERDER, PASSWORD, full_draft, item_code, sync

from desk.app.open_desk import Desk
from desk.errors import RefusedError
from desk.law import numbers
from desk.log.events import Person, Proxy
from desk.store.snapshots import CaseQuery, Draft, DraftMaterial
from desk.words import tidying

NASTY = "<b>&\"'</b> 😀 ]]> {{x}} %s 'or 1=1--"


def with_person(desk: Desk, **changes: object) -> Draft:
    return full_draft(desk, person=msgspec.structs.replace(HERDER, **changes))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "applicant.name"),
        ({"name": "   "}, "applicant.name"),
        ({"name": "<b>巴图</b>"}, "applicant.name"),
        ({"name": "巴图😀"}, "applicant.name"),
        ({"name": "巴\ue000图"}, "applicant.name"),
        ({"name": "阿" * 101}, "applicant.name"),
        ({"id_number": ""}, "applicant.id_number"),
        ({"id_number": "152523195603020028"}, "applicant.id_number"),
        ({"phone": "12"}, "applicant.phone"),
        ({"phone": "139000000011"}, "applicant.phone"),
        ({"address": "x" * 201}, "applicant.address"),
        ({"address": "a\x07b"}, "applicant.address"),
    ],
)
def test_bad_people_are_refused_beside_the_field(desk: Desk, changes: dict[str, str], field: str) -> None:
    with pytest.raises(RefusedError) as caught:
        desk.register(with_person(desk, **changes))
    assert field in [one.field for one in caught.value.problems]
    assert desk.count_cases(CaseQuery()) == 0
    assert len(desk.drafts()) == 1  # what was typed is kept


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"task_code": ""}, "task_code"),
        ({"task_code": "no such"}, "task_code"),
        ({"fields": {}}, "fields.members"),
        ({"fields": {"members": "三口多"}}, "fields.members"),
        ({"fields": {"members": "3", "stock": "1.5"}}, "fields.stock"),
        ({"materials": ()}, "materials.form"),
        ({"note": "x" * 2001}, "note"),
        ({"proxy": Proxy(Person(""), "子女")}, "proxy.name"),
        ({"proxy": Proxy(HERDER, "子女")}, "proxy.id_number"),
        ({"proxy": Proxy(Person("巴图", "111", "152523197001010017"))}, "proxy.relation"),
    ],
)
def test_bad_drafts_are_refused_beside_the_field(desk: Desk, changes: dict[str, object], field: str) -> None:
    with pytest.raises(RefusedError) as caught:
        desk.register(full_draft(desk, **changes))
    assert field in [one.field for one in caught.value.problems]


@pytest.mark.parametrize("name", ["婚姻登记", "牲畜改良站登记"])
def test_what_needs_the_person_and_what_is_not_in_force_take_no_case(desk: Desk, name: str) -> None:
    with pytest.raises(RefusedError) as caught:
        desk.register(full_draft(desk, task_code=item_code(desk, name)))
    assert caught.value.problems[0].field == "task_code"


def test_odd_but_true_is_kept_exactly(desk: Desk) -> None:
    name = "阿拉坦其其格扎格达苏荣" * 5 + "·巴图额尔"
    assert len(name) == 60
    person = Person(name, "111", HERDER.id_number, HERDER.phone, NASTY)
    done = desk.register(full_draft(desk, person=person, note=NASTY + "\n1900-01-01"))
    taken = desk.case(done.intake_no).case.collected
    assert (taken.applicant.name, taken.applicant.address, taken.note) == (name, NASTY, NASTY + "\n1900-01-01")


def test_every_kind_of_middle_dot_becomes_the_standards_own(desk: Desk) -> None:
    done = desk.register(full_draft(desk, person=msgspec.structs.replace(HERDER, name="阿卜・杜 拉")))
    assert desk.case(done.intake_no).case.collected.applicant.name == "阿卜·杜 拉"


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("name", "巴\x00图", "巴图"),
        ("name", "巴\u200b图\ufeff", "巴图"),
        ("name", "巴　 图", "巴图"),
        ("name", "⽩\u2f2d", "白山"),
        ("name", "王\ue863", "王䶮"),
        ("name", "王\ue816", "王\U00020087"),
        *(("name", f"阿卜{dot}杜拉", "阿卜·杜拉") for dot in tidying.DOTS + "."),
        ("id_number", "\u202a１５２５２３１９５６０３０２００２７\u202c", HERDER.id_number),
        ("id_number", "'152523-19560302-0027", HERDER.id_number),
        ("phone", "１３９０００００００１", "13900000001"),
        ("phone", "139-0000-0001", "13900000001"),
        ("phone", "+86 139 0000 0001\u200e", "13900000001"),
        ("phone", "（0479）4212345", "0479-4212345"),
        ("phone", "(0479)4212345转801", "0479-4212345-801"),
        ("phone", "0479—4212345", "0479-4212345"),
        ("phone", "无", ""),
        ("address", "满都拉图镇\u200b　 ⽩音嘎查", "满都拉图镇 白音嘎查"),
    ],
)
def test_what_is_pasted_and_scanned_is_set_right(desk: Desk, field: str, typed: str, kept: str) -> None:
    done = desk.register(with_person(desk, **{field: typed}))
    taken = desk.case(done.intake_no).case.collected.applicant
    assert taken == msgspec.structs.replace(HERDER, **{field: kept})


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("name", "巴\ue000图", "U+E000"),
        ("name", "巴图7", "“7”"),
        ("id_number", "15252319560302OO27", "“O”"),
        ("id_number", "15252319560302002х", "U+0425"),
        ("id_number", "91350100M000100Y43", "统一社会信用代码"),
        ("id_number", "H01234567", "改证件种类"),
        ("phone", "1390000000l", "“l”"),
        ("phone", "13900000001/13900000002", "2 个电话"),
        ("phone", "问邻居", "问邻居"),
    ],
)
def test_what_is_refused_names_what_is_odd(desk: Desk, field: str, typed: str, told: str) -> None:
    with pytest.raises(RefusedError) as caught:
        desk.register(with_person(desk, **{field: typed}))
    problem = next(one for one in caught.value.problems if one.field == f"applicant.{field}")
    assert told in problem.text


def test_numbers_run_on_and_check(desk: Desk) -> None:
    made = [desk.register(full_draft(desk, number)).intake_no for number in range(1, 4)]
    assert all(numbers.is_intake_no(one) for one in made)
    assert [numbers.serial(one) for one in made] == [1, 2, 3]
    wrong = made[0][:-1] + str((int(made[0][-1]) + 1) % 10)
    assert not numbers.is_intake_no(wrong)


def test_the_same_person_is_one_person(desk: Desk) -> None:
    desk.register(full_draft(desk, 1))
    desk.register(full_draft(desk, 2, msgspec.structs.replace(HERDER, phone="13911112222")))
    people = desk.people.search("altqqg")
    assert [(one.cases, one.phone_masked) for one in people] == [(2, "139****2222")]


def test_a_draft_becomes_one_case_however_often_it_is_sent(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    draft = full_draft(desk)
    number = desk.register(draft).intake_no
    for _ in range(2):  # before and after a restart
        with pytest.raises(RefusedError, match=number[20:]):
            desk.register(draft)
        assert [row.intake_no for row in desk.cases(CaseQuery())] == [number]
        assert desk.drafts() == ()
        desk.close()
        desk = make_desk()


def test_a_draft_that_became_a_case_is_not_kept_again(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    draft = full_draft(desk)
    desk.save_draft(draft)
    desk.register(draft)
    for _ in range(2):
        desk.save_draft(msgspec.structs.replace(draft, note="typed a moment too late"))
        assert desk.drafts() == ()
        desk.close()
        desk = make_desk()


def test_missing_materials_are_kept_with_reason_and_date(desk: Desk) -> None:
    whole = full_draft(desk).materials
    ticks = tuple(DraftMaterial("kin", missing="下次带来") if one.code == "kin" else one for one in whole)
    done = desk.register(full_draft(desk, materials=ticks))
    (missing,) = [one for one in desk.case(done.intake_no).case.collected.materials if one.missing]
    assert (missing.name, missing.missing, str(missing.until)) == ("近亲属备案表", "下次带来", "2026-12-01")


def test_void_wants_a_reason_and_stays_visible(desk: Desk) -> None:
    number = desk.register(full_draft(desk)).intake_no
    with pytest.raises(RefusedError):
        desk.handling.act(number, "case.voided", " ")
    desk.handling.act(number, "case.voided", "重复登记")
    view = desk.case(number)
    assert (view.row.state_name, view.case.history[-1].note) == ("作废", "重复登记")
    with pytest.raises(RefusedError):
        desk.handling.act(number, "case.accepted", "x")


def test_rebuild_makes_equal_tables(desk: Desk) -> None:
    for number in range(1, 4):
        done = desk.register(full_draft(desk, number, msgspec.structs.replace(HERDER, phone=f"1390000000{number}")))
        desk.papers.receipt(done.intake_no)
    sync(desk)
    before = desk.store.tables()
    assert len(before["case_row"]) == 3
    desk.store.rebuild()
    assert desk.store.tables() == before
    assert desk.store.verify(desk.identity.node) == 10


_REGISTER = """
import json, os, sys
sys.path.insert(0, os.getcwd())
from pathlib import Path
from desk.app import opening
from desk.store.snapshots import Draft
import msgspec
folder, password, draft = sys.argv[1:]
desk = opening.open_desk(Path(folder), "suhe", password)
done = desk.register(msgspec.json.decode(draft, type=Draft))
print(json.dumps(done.intake_no), flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_killed_between_saved_and_sync_the_case_is_there_once_and_syncs_once(
    make_desk: Callable[..., Desk], served: object, tmp_path: Path
) -> None:
    desk = make_desk()
    draft = msgspec.json.encode(full_draft(desk)).decode()
    desk.close()
    command = [sys.executable, "-c", _REGISTER, str(tmp_path / "desk"), PASSWORD, draft]
    env = os.environ | {"PYTHONUTF8": "1"}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=env)
    assert done.returncode == -signal.SIGKILL, done.stderr
    number = json.loads(done.stdout)
    again = make_desk()
    assert [row.intake_no for row in again.cases(CaseQuery())] == [number]
    assert again.drafts() == ()
    assert sync(again).sent == 3
    assert sync(again).sent == 0
    assert again.case(number).row.at_centre
    assert len(served.centre.case(number)[0].history) == 2
