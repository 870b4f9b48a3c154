"""Another banner than the demonstration's, from nothing: its bodies, a list and guides as offices send them, judged,
published, and printed as each town and village needs them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from browsing import form_of
from conftest import CHEAP, PASSWORD, Served, SetClock, full_draft, level, sync
from counter_steps import text_of
from judged import WRITER, editors, publish, waiting
from office import hidden_in, logged_in
from office_documents import docx, xlsx

from desk.app import opening
from desk.centre.exchange import enrolment
from desk.centre.node import bodies, redating
from desk.law.catalogue import load
from desk.law.catalogue.item import Item
from desk.store.account import Account
from desk.store.snapshots import DraftMaterial

BANNER = "152524"
TOWNS = ("152524100", "152524200")
VILLAGES = ("152524100201", "152524100202", "152524200201", "152524200202")
REAL = Path(__file__).parent.parent / "desk" / "law" / "item_tables"
OFFICES = {
    "区农业农村局": ("农牧局", "《中华人民共和国草原法》第四十条"),
    "区民政局": ("民政局", "《中华人民共和国老年人权益保障法》第三十三条"),
    "区人社局": ("人力资源和社会保障局", "《中华人民共和国社会保险法》第十六条"),
    "区残联": ("残疾人联合会", "《中华人民共和国残疾人保障法》第四十六条"),
}
SAMPLE = {one.item_name for one in load.seed().items}
TOWN, PAPERS = "苏木乡镇人民政府", "1.申请表\n2.身份证（原件1份，复印件1份）"
FIELDS = {
    "issuer": "实施主体", "legal_basis_raw": "设定依据", "conditions_raw": "受理条件", "materials_raw": "申请材料",
    "steps_raw": "办理流程", "place_raw": "办理地点", "hours_raw": "办理时间", "phone": "咨询电话",
}  # fmt: skip
ALL = {
    "all.proxy_mode": "可代办", "all.visits": "1", "all.visits_note": "递交材料", "all.regime": "行政许可",
    "all.item_type": "公共服务事项", "all.exercise_level": "县级", "all.promised_limit": "10个工作日",
    "all.approved_by": "右旗编办", "all.filed_no": "右编备〔2026〕1号", "all.filed_on": "2026-11-01",
}  # fmt: skip


@pytest.fixture
def banner(tmp_path: Path, tell: SetClock) -> Iterator[Served]:
    with level(tmp_path / "centre", BANNER, "苏尼特右旗政务服务中心", tell) as made:
        editors(made)
        yield made


@pytest.fixture
def editor(banner: Served) -> Iterator[httpx.Client]:
    with logged_in(banner, WRITER.account) as client:
        yield client


def real_list(folder: Path) -> tuple[Path, list[str]]:
    """Sixty items of a list as a county published it, under this banner's bodies; every third is the towns'."""
    with (REAL / "real_list.csv").open(encoding="gb18030", newline="") as lines:
        found = [line for line in csv.DictReader(lines) if line["部门"] in OFFICES]
    names = list(dict.fromkeys(line["事项名称"] for line in found))[:60]
    by = {line["事项名称"]: OFFICES[line["部门"]] for line in found}
    rows = [
        [at, name, TOWN if at % 3 == 0 else f"苏尼特右旗{by[name][0]}", by[name][1], PAPERS, "0479-7221234"]
        for at, name in enumerate(names, 1)
    ]
    head = ["序号", "事项名称", "实施主体", "设定依据", "申请材料", "联系的电话"]
    lines = [["苏尼特右旗代办帮办事项清单"], head, *rows, ["注：本清单自公布之日起施行。"]]
    return xlsx(folder / "事项清单.xlsx", {"清单": lines}, ["A1:F1"]), names


def guides(folder: Path, names: list[str]) -> list[Path]:
    """Twelve documents with what real guides say, a document an item."""
    told = json.loads((REAL / "real_guides.json").read_bytes())["items"]
    rich = [one for one in told if "materials_raw" in one or "steps_raw" in one]
    return [
        docx(folder / f"指南{at}.docx", f"{name}办事指南", _table(name, rich[at % len(rich)]))
        for at, name in enumerate(names)
    ]


def _table(name: str, told: dict[str, object]) -> list[list[str]]:
    texts = [(words, told[key]) for key, words in FIELDS.items() if key in told and key != "issuer"]
    return [["事项名称", name], *([words, _text(text)] for words, text in texts)]


def _text(told: object) -> str:
    return told if isinstance(told, str) else "\n".join(map(str, told)) if isinstance(told, list) else str(told)


def brought_in(editor: httpx.Client, path: Path, **more: str) -> str:
    """A file looked at and taken as drafts, as the pages ask for it; what the last page says."""
    token = {"csrf": hidden_in(editor.get("/catalogue/drafts").text)["csrf"]}
    looked = editor.post("/catalogue/import", data=token, files={"file": (path.name, path.read_bytes())}).text
    if more:
        looked = editor.post("/catalogue/import/again", data=form_of(looked) | more).text
    taken = editor.post("/catalogue/import/take", data=form_of(looked) | more)
    assert taken.status_code == 200, taken.text
    return taken.text


def test_from_nothing_to_the_paper_in_each_village(
    banner: Served, editor: httpx.Client, tmp_path: Path, tell: SetClock
) -> None:
    _seeded(banner, editor)
    path, names = real_list(tmp_path)
    assert "已收为草稿 60 条" in brought_in(editor, path, **ALL, **{"means.0": "enquiry_phone"})
    assert [one.faults for one in waiting(banner) if one.faults] == []
    assert len(publish(banner)) == 60
    guided = [one for one in names if one not in SAMPLE][:12]
    for document in guides(tmp_path, guided):
        assert "已收为草稿 1 条" in brought_in(editor, document)
    assert len(waiting(banner)) == 12
    faults = [(one.draft.item.item_name, one.faults) for one in waiting(banner) if one.faults]
    assert faults == []
    assert len(publish(banner)) == 12
    assert waiting(banner) == []  # and the pages have heard of it
    offered = {one.item_name: one for one in banner.centre.publications.items.values() if one.item_name in names}
    assert len(offered) == 60
    assert {one.version for name, one in offered.items() if name in guided} == {2}
    towns = offered[names[2]]  # the third is the towns'
    _printed_for_each(banner, towns)
    _taken_in(banner, towns, tmp_path, tell)


def _seeded(banner: Served, editor: httpx.Client) -> None:
    """Bodies by the table of divisions, with a telephone and a place for each that people go to."""
    token = {"csrf": hidden_in(editor.get("/bodies").text)["csrf"]}
    assert "已起草" in editor.post("/bodies/seed", data=token | {"banner": BANNER}).text
    with banner.centre.database.read() as db:
        register = bodies.board(banner.centre, db).whole
    for at, place in enumerate(TOWNS):
        town = register.get(f"{place}000-ZF")
        assert town
        put = msgspec.structs.replace(town, enquiry_phone=f"0479-72200{at}0", address=f"{town.name}办公楼")
        bodies.keep(banner.centre, put, bodies.mark(town))
    assert "已发布" in editor.post("/bodies/publish", data=token).text
    while redating.piece(banner.centre):
        pass


def _printed_for_each(banner: Served, item: Item) -> None:
    """The guide of what the towns exercise names the herder's own town, for two towns and two villages of each."""
    with banner.centre.database.read() as db:
        register = bodies.board(banner.centre, db).whole
    said = {}
    with httpx.Client(base_url=banner.address, trust_env=False, timeout=60) as herder:
        for place in (*TOWNS, *VILLAGES):
            town = register.get(f"{place[:9]}000-ZF")
            assert town
            answer = herder.get(f"/items/{item.task_code}/guide.pdf", params={"place": place})
            said[place] = text_of(answer.content)
            assert town.name in said[place]
            assert town.enquiry_phone in said[place]
    assert said[TOWNS[0]] != said[TOWNS[1]]


def _taken_in(banner: Served, item: Item, folder: Path, tell: SetClock) -> None:
    """A village of it enrols, has the sixty items, prints the guide and takes a case in, which lies before its town."""
    village = VILLAGES[2]
    code = enrolment.enrol_code(banner.centre, village, "")
    account = Account("suhe", "苏和")
    opening.create_desk(folder / "desk", banner.address, code, account, PASSWORD, cost=CHEAP, tell=tell)
    desk = opening.open_desk(folder / "desk", "suhe", PASSWORD, tell)
    try:
        sync(desk)
        assert item.item_name in [row.item.item_name for row in desk.items()]
        assert "桑宝拉格苏木" in text_of(desk.papers.guide(item.task_code).pdf)
        ticks = tuple(DraftMaterial(one.code, True, one.originals, one.copies) for one in item.materials)
        number = desk.register(full_draft(desk, task_code=item.task_code, materials=ticks, fields={})).intake_no
        sync(desk)
        case, _ = banner.centre.case(number)
        assert banner.centre.lies(case).body == f"{village[:9]}000-ZF"
    finally:
        desk.close()
