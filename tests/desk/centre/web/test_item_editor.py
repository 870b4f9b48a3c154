"""The form of a draft: rows without script, what the checks say beside each field, two people at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import msgspec
import pytest
from browsing import form_of
from conftest import Served
from judged import ITEM, OTHER, WRITER, adjusted, editors, publish, waiting
from office import logged_in

from desk.centre.node import publishing
from desk.law.catalogue import load
from desk.law.catalogue.item import Item

GRASS = next(one for one in load.seed().items if len(one.materials) > 2 and one.task_code != ITEM.task_code)
PLACE = "/catalogue/drafts/k"


@pytest.fixture
def writer(served: Served) -> Iterator[httpx.Client]:
    editors(served)
    with logged_in(served, WRITER.account) as client:
        yield client


def press(client: httpx.Client, held: dict[str, str], do: str, **more: object) -> httpx.Response:
    return client.post(f"{PLACE}/rows", data=held | {"do": do} | more)


def names(page: str) -> list[str]:
    held = form_of(page)
    return [text for name, text in held.items() if re.fullmatch(r"materials\.\d+\.name", name)]


def item(served: Served) -> Item:
    (one,) = waiting(served)
    return one.draft.item


def beside(page: str, key: str) -> str:
    return page.partition(f'id="said-{key}"')[2].partition("</div>")[0]


def test_rows_are_added_moved_and_removed_without_script(served: Served, writer: httpx.Client) -> None:
    adjusted(served)
    before = [one.name for one in ITEM.materials]
    held = form_of(writer.get(PLACE).text) | {"place": "还没有存的"}
    page = press(writer, held, "add:materials").text
    assert names(page) == [*before, ""]
    held = form_of(page) | {f"materials.{len(before)}.name": "照片"}
    page = press(writer, held, f"up:materials:{len(before)}").text
    assert names(page) == [*before[:-1], "照片", before[-1]]
    page = press(writer, form_of(page), "remove:materials:0").text
    assert names(page) == [*before[1:-1], "照片", before[-1]]
    assert form_of(page)["place"] == "还没有存的"  # nothing that was typed is lost
    assert [one.name for one in item(served).materials] == before  # and nothing kept yet
    assert "草稿已存" in writer.post(PLACE, data=form_of(page)).text
    kept = {one.name: one for one in item(served).materials}
    assert list(kept) == [*before[1:-1], "照片", before[-1]]
    assert kept[before[-1]] == ITEM.materials[-1]  # to the letter
    assert item(served).place == "还没有存的"


def test_rows_are_copied_from_an_item_that_is_looked_for(served: Served, writer: httpx.Client) -> None:
    adjusted(served)
    held = form_of(writer.get(PLACE).text)
    page = press(writer, held | {"find.materials": GRASS.item_name}, "find:materials").text
    assert f'value="open:materials:{GRASS.task_code}"' in page
    page = press(writer, form_of(page), f"open:materials:{GRASS.task_code}").text
    assert GRASS.materials[1].name in page
    page = press(writer, form_of(page), f"take:materials:{GRASS.task_code}", pick=["1", "2"]).text
    assert names(page) == [one.name for one in (*ITEM.materials, *GRASS.materials[1:3])]
    writer.post(PLACE, data=form_of(page))
    made = item(served).materials
    assert len({one.code for one in made}) == len(made)
    last = [(one.name, one.originals, one.copies, one.need, one.issuer) for one in made[-2:]]
    assert last == [(one.name, one.originals, one.copies, one.need, one.issuer) for one in GRASS.materials[1:3]]


def test_with_script_only_the_list_is_drawn(served: Served, writer: httpx.Client) -> None:
    adjusted(served)
    held = form_of(writer.get(PLACE).text) | {"find.steps": "caoyuan"}
    answer = writer.post(f"{PLACE}/rows", data=held | {"do": "find:steps"}, headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith('<fieldset class="rows of-steps"')
    assert "<html" not in answer.text


def test_what_stands_beside_the_form_is_renewed_as_it_is_typed(served: Served, writer: httpx.Client) -> None:
    adjusted(served)
    held = form_of(writer.get(PLACE).text)
    typed = held | {"place": "三楼东头", "visits_note": "", "visits": "2", "steps.0.limit": "不久"}
    live = writer.post(f"{PLACE}/preview", data=typed).text
    assert "三楼东头" in re.sub(r"<[^>]+>", "", live)  # the printed guide says it
    assert "没有写原因" in beside(live, "visits_note")
    assert 'id="said-steps" hx-swap-oob="true"' in live
    assert "<ins>三楼东头</ins>" in live  # word by word beside what stands
    assert "第 1 行，时限：“不久”不是期限" in beside(live, "steps")
    assert item(served).place == ITEM.place


def test_what_the_checks_say_stands_beside_its_field_and_stays(served: Served, writer: httpx.Client) -> None:
    adjusted(served)
    held = form_of(writer.get(PLACE).text)
    law = {"legal_basis.0.law": "中华人民共和国草原法", "legal_basis.0.article": "§900"}
    saved = writer.post(PLACE, data=held | law | {"visits": "1", "visits_note": "", "promised_limit": "99 个月"})
    assert "草稿已存" in saved.text
    assert "草原法§900" in beside(saved.text, "legal_basis")
    assert "没有写原因" in beside(saved.text, "visits_note")
    assert "没有写原因" in beside(writer.get(PLACE).text, "visits_note")
    assert "没有写原因" in writer.get("/catalogue/drafts").text


def at_row(page: str, key: str, at: object) -> str:
    return page.partition(f'id="said-{key}-{at}"')[2].partition("</div>")[0]


def test_what_the_checks_say_of_a_cell_stands_at_its_row(served: Served, writer: httpx.Client) -> None:
    adjusted(served)
    held = form_of(writer.get(PLACE).text)
    last = len(ITEM.materials)
    held |= {"materials.900.name": "", "materials.900.copies": "1"}  # an empty row is no entry and is counted over
    held |= {
        "materials.901.name": "其他材料",
        "materials.901.situation": "没有这种情形",
        "materials.901.need": "required",
    }
    held |= {"fees.0.name": "工本费", "fees.0.standard": "9 元", "fees.0.basis": ""}
    held |= {"legal_basis.900.law": "草原法", "legal_basis.900.article": "§900", "legal_basis.900.text": "x"}
    held |= {"steps.0.limit": "不久"}
    live = writer.post(f"{PLACE}/preview", data=held).text
    assert "时限：“不久”不是期限" in at_row(live, "steps", 0)
    assert "材料名称：不得有“其他材料”兜底" in at_row(live, "materials", 901)  # as the rows are numbered in the window
    assert "只在这个情形要：材料所属情形不存在" in at_row(live, "materials", 901)
    assert [at for at in range(last) if "refused" in at_row(live, "materials", at)] == []
    assert "refused" not in at_row(live, "materials", 900)
    assert "依据：收费没有依据" in at_row(live, "fees", 0)
    assert "条款：引用草原法§900" in at_row(live, "legal_basis", 900)
    assert f"第 {last + 2} 行，材料名称：不得有“其他材料”" in beside(live, "materials")
    page = writer.post(f"{PLACE}/rows", data=held | {"do": "add:faq"}).text  # drawn again, rows are numbered anew
    assert "不得有“其他材料”兜底" in at_row(page, "materials", last + 1)
    cell = page.partition(f'id="materials-{last + 1}-name"')[2].partition(">")[0]
    assert f'aria-invalid="true" aria-describedby="said-materials-{last + 1}"' in cell
    assert "aria-invalid" not in page.partition('id="materials-0-name"')[2].partition(">")[0]
    mended = held | {"materials.901.name": "照片", "materials.901.situation": ""}
    assert "refused" not in at_row(writer.post(f"{PLACE}/preview", data=mended).text, "materials", 901)


def test_a_form_that_is_refused_comes_back_as_it_was_typed(served: Served, writer: httpx.Client) -> None:
    adjusted(served)
    held = form_of(writer.get(PLACE).text)
    typed = held | {"steps.0.limit": "不久", "rights": "甲\n乙", "fees.7.name": "工本费", "fees.7.standard": "9 元"}
    answer = writer.post(PLACE, data=typed | {"none.materials": "1"})
    assert answer.status_code == 409
    back = form_of(answer.text)
    assert (back["steps.0.limit"], back["rights"].strip(), back["fees.0.standard"]) == ("不久", "甲\n乙", "9 元")
    assert "写了内容，又勾了" in beside(answer.text, "materials")
    assert "读不出来，没有保存" in answer.text


def test_two_at_once_are_told_and_nothing_of_either_is_lost(served: Served, writer: httpx.Client) -> None:
    adjusted(served)
    held = form_of(writer.get(PLACE).text)
    with logged_in(served, OTHER.account) as other:
        theirs = form_of(other.get(PLACE).text) | {
            "place": "二楼",
            "hours": "全天",
            "materials.0.usage_note": "当面核对",
        }
        assert "草稿已存" in other.post(PLACE, data=theirs).text
    answer = writer.post(PLACE, data=held | {"place": "三楼", "result_name": "证书"})
    assert answer.status_code == 409
    assert "已放进别人改的：办理时间、申请材料" in answer.text
    assert "别人存的：二楼" in answer.text.partition('id="other-place"')[2].partition("</p>")[0]
    back = form_of(answer.text)
    told = (back["place"], back["hours"], back["result_name"], back["materials.0.usage_note"])
    assert told == ("三楼", "全天", "证书", "当面核对")
    assert item(served).place == "二楼"
    assert "草稿已存" in writer.post(PLACE, data=back).text
    made = item(served)
    assert (made.place, made.hours, made.result_name, made.materials[0].usage_note) == (
        "三楼",
        "全天",
        "证书",
        "当面核对",
    )


@pytest.mark.parametrize("is_known", [True, False])
def test_what_was_typed_outlives_its_draft(served: Served, writer: httpx.Client, is_known: bool) -> None:
    code = adjusted(served) if is_known else adjusted(served, task_code="NM152523-99-001")
    held = form_of(writer.get(PLACE).text)
    writer.post(f"{PLACE}/drop", data={"csrf": held["csrf"]})
    answer = writer.post(PLACE, data=held | {"place": "三楼"})
    assert (answer.status_code, "原来的草稿刚刚发布或删掉了" in answer.text) == (409, True)
    back = form_of(answer.text)
    assert (back["place"], back["materials.0.name"]) == ("三楼", ITEM.materials[0].name)
    (one,) = waiting(served)
    assert "草稿已存" in writer.post(f"/catalogue/drafts/{one.key}", data=back).text
    made = item(served)
    assert (made.task_code, made.place, len(made.materials)) == (code, "三楼", len(ITEM.materials))


def test_a_form_of_very_many_rows_is_read(served: Served, writer: httpx.Client) -> None:
    adjusted(served)
    held = form_of(writer.get(PLACE).text)
    row = dict.fromkeys(("code", "copies", "source", "issuer", "usage_note", "situation"), "") | {"need": "required"}
    many = {f"materials.{at}.{key}": text for at in range(10, 150) for key, text in row.items()}
    many |= {f"materials.{at}.name": f"材料{at}" for at in range(10, 150)}
    assert len(many) > 1000  # more than the framework reads by itself
    assert "草稿已存" in writer.post(PLACE, data=held | many).text
    assert len(item(served).materials) == len(ITEM.materials) + 140


def test_a_form_of_another_session_changes_nothing(served: Served, writer: httpx.Client) -> None:
    adjusted(served)
    held = form_of(writer.get(PLACE).text) | {"csrf": "x", "place": "别处"}
    for path in (PLACE, f"{PLACE}/rows", f"{PLACE}/preview"):
        answer = writer.post(path, data=held)
        assert (answer.status_code, "页面已过期" in answer.text) == (403, True)
    assert item(served).place == ITEM.place


# -- begun by hand -----------------------------------------------------------------------------------------------


def begin(client: httpx.Client, **said: str) -> httpx.Response:
    form = form_of(client.get("/catalogue/drafts").text)
    return client.post("/catalogue/drafts/begin", data={"csrf": form["csrf"]} | said)


def test_a_new_item_is_begun_with_its_name(served: Served, writer: httpx.Client) -> None:
    assert "没有写事项名称" in begin(writer, name=" ").text
    page = begin(writer, name="牧草种子经营许可", org="旗林业和草原局")
    assert "草稿已起好" in page.text
    assert form_of(page.text)["org_name"] == "旗林业和草原局"
    made = item(served)
    assert (made.item_name, made.version, made.task_code[:8]) == ("牧草种子经营许可", 1, "NM152523")
    again = begin(writer, name="牧草种子经营许可", org="旗林业和草原局")
    assert (again.status_code, "草稿已经有了" in again.text) == (409, True)
    assert "目录里已有" in begin(writer, name=ITEM.item_name).text


def test_the_next_version_begins_with_what_stands_and_is_not_sent_unchanged(
    served: Served, writer: httpx.Client
) -> None:
    page = begin(writer, code=ITEM.task_code, version=str(ITEM.version)).text
    assert "与现行的一样，还没有改动" in page
    (one,) = waiting(served)
    assert (one.draft.item.version, one.draft.before, one.draft.fields) == (ITEM.version + 1, ITEM.version, ())
    path = f"/catalogue/drafts/{one.key}"
    assert "草稿已存" in writer.post(path, data=form_of(page) | {"result_name": "结婚证"}).text
    (one,) = waiting(served)
    assert (one.draft.fields, one.faults) == (("办理结果",), ())


def test_back_to_an_earlier_version(served: Served, writer: httpx.Client) -> None:
    newer = msgspec.structs.replace(ITEM, version=ITEM.version + 1, result_name="电子证", place="新楼")
    publishing.catalogue(served.centre, "", msgspec.structs.replace(load.seed(), items=(newer,)))
    assert "退回这一版" in writer.get(f"/catalogue/life/{ITEM.task_code}").text
    begin(writer, code=ITEM.task_code, version=str(ITEM.version))
    (one,) = waiting(served)
    assert set(one.draft.fields) == {"办理结果", "办理地点"}
    made = one.draft.item
    assert (made.version, made.result_name, made.place) == (ITEM.version + 2, ITEM.result_name, ITEM.place)
    publish(served)
    assert waiting(served) == []
    assert served.centre.publications.items[ITEM.task_code].place == ITEM.place


def test_what_waited_is_back_when_another_is_undone(served: Served, writer: httpx.Client) -> None:
    adjusted(served, place="三楼")
    begin(writer, code=ITEM.task_code, version=str(ITEM.version))
    (one,) = waiting(served)
    assert one.draft.item.place == ITEM.place
    form = form_of(writer.get("/catalogue/drafts").text)
    assert "又回来了" in writer.post(f"/catalogue/imports/{one.run}/undo", data={"csrf": form["csrf"]}).text
    assert item(served).place == "三楼"
    assert begin(writer, code="nothing", version="1").status_code == 409
