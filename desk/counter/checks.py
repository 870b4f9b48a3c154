"""What must hold before a case is taken in: pure checks of a draft, each problem named by its field.

What people type, paste and scan is read by the rules of `as_written`: what has one right way is kept in that way, the
rest is kept exactly or refused beside its field, with the character that is odd.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Mapping

import msgspec

from desk.errors import Problem
from desk.law import id_numbers
from desk.law.catalogue import rules
from desk.law.catalogue.item import Field as FormField
from desk.law.catalogue.item import Item, Material, Need, ProxyMode
from desk.log.events import Person, Proxy
from desk.store.snapshots import Draft, DraftMaterial
from desk.words import as_written, tidying
from desk.words.as_written import Kind, Read

NAME_MOST = 100
TEXT_MOST = 200
NOTE_MOST = 2000
COPIES_MOST = 99
_NUMBER_MOST = 12
_NAME_EXTRAS = frozenset("· -'’()（）.")


def tidy_name(name: str) -> str:
    """A name as it is stored."""
    return as_written.name(name).value


def tidy_phone(phone: str) -> str:
    """A telephone as it is stored."""
    return as_written.phone(phone).value


def tidy_person(person: Person) -> Person:
    """A person as stored."""
    return msgspec.structs.replace(
        person,
        name=tidy_name(person.name),
        id_number=id_numbers.tidy(person.id_number),
        phone=tidy_phone(person.phone),
        address=as_written.words(person.address).value,
        representative=tidy_name(person.representative) if person.id_type == id_numbers.ORGANISATION else "",
    )


def tidy_fields(item: Item, typed: Mapping[str, str]) -> dict[str, str]:
    """The values of the item's form as they are stored; empty ones are left out."""
    kinds = {field.code: field for field in item.fields}
    tidy = {
        code: read_field(kinds[code], text).value if code in kinds else text.strip() for code, text in typed.items()
    }
    return {code: value for code, value in tidy.items() if value}


def read_field(field: FormField, text: str) -> Read:
    """A value of a form as it is kept, and what is to be said of it."""
    match field.kind:
        case "number" | "hectares" | "head":
            return as_written.number(text, field.unit, whole=field.kind == "head")
        case "date":
            return as_written.day(text)
        case _:
            return Read(text.strip())


def check(draft: Draft, item: Item | None, today: dt.date) -> tuple[Problem, ...]:
    """Everything wrong with `draft`, in the order of the page."""
    return tuple(_all(draft, item, today))


def _all(draft: Draft, item: Item | None, today: dt.date) -> Iterator[Problem]:
    if item is None:
        yield Problem("task_code", "请先选择要办的事项。")
    else:
        yield from _item(item, today)
    yield from _person(draft.applicant, "applicant", today)
    if draft.proxy is not None:
        yield from _proxy(draft.proxy, draft.applicant, today)
    if item is not None:
        for field in item.fields:
            yield from _field(field, draft.fields.get(field.code, ""))
        ticked = {one.code: one for one in draft.materials}
        for material in wanted(item, draft):
            yield from _material(material, ticked.get(material.code), today)
    yield from _text("note", draft.note, NOTE_MOST)


def _item(item: Item, today: dt.date) -> Iterator[Problem]:
    refusal = rules.in_force(item, today)
    if refusal:
        yield Problem("task_code", refusal)
    elif item.proxy_mode is ProxyMode.PRESENCE:
        yield Problem("task_code", "这件事须本人到场办理，代办点不能收件。可打印服务指南，告知要带的材料。")


def _person(person: Person, where: str, today: dt.date) -> Iterator[Problem]:
    yield from _name(person.name, f"{where}.name", person.id_type)
    if not person.id_number.strip():
        yield Problem(f"{where}.id_number", "请填写证件号码。")
    else:
        facts = id_numbers.facts(person.id_type, person.id_number, today)
        if isinstance(facts, Problem):
            yield Problem(f"{where}.id_number", facts.text)
        elif facts.warning:
            yield Problem(f"{where}.id_number", facts.warning, blocking=False)
    if person.id_type == id_numbers.ORGANISATION:
        yield from _representative(person.representative, f"{where}.representative")
    yield from _phone(person.phone, f"{where}.phone")
    yield from _text(f"{where}.address", person.address, TEXT_MOST)


def _proxy(proxy: Proxy, applicant: Person, today: dt.date) -> Iterator[Problem]:
    yield from _person(proxy.person, "proxy", today)
    if not proxy.relation.strip():
        yield Problem("proxy.relation", "请选代办人与申请人的关系。")
    number = id_numbers.tidy(proxy.person.id_number)
    if number and number == id_numbers.tidy(applicant.id_number):
        yield Problem("proxy.id_number", "代办人和申请人的证件号码相同。本人来办的，不用填代办人。")


def wanted(item: Item, draft: Draft) -> tuple[Material, ...]:
    """What this draft is asked to bring: by situation, and by whether somebody came for the applicant."""
    return (rules.on_behalf if draft.proxy is not None else rules.checklist)(item, draft.situation)


def _representative(name: str, where: str) -> Iterator[Problem]:
    if tidy_name(name):
        yield from _name(name, where, id_numbers.RESIDENT)
    else:
        yield Problem(where, "请尽量填写法定代表人（负责人）姓名，上级系统要这一项。", blocking=False)


def _name(name: str, where: str, id_type: str) -> Iterator[Problem]:
    name, of_people = tidy_name(name), id_type != id_numbers.ORGANISATION
    if not name:
        yield Problem(where, "请填写姓名。" if of_people else "请填写单位名称。")
    elif len(name) > NAME_MOST:
        yield Problem(where, f"姓名最多 {NAME_MOST} 个字，现在是 {len(name)} 个。")
    else:
        odd = next((char for char in name if not (_fits_name(char) or (char.isdigit() and not of_people))), "")
        if odd:
            yield Problem(where, f"姓名里不能有{tidying.shown(odd)}，请按证件上的写法填写。")


def _fits_name(char: str) -> bool:
    if 0x20000 <= ord(char) <= 0x3FFFF:  # Han characters, also those newer than this Python's tables (GB 18030-2022)
        return True
    return char in _NAME_EXTRAS or unicodedata.category(char)[0] in "LM" or char in "\u202f\u180e\u200c\u200d"


def _phone(phone: str, where: str) -> Iterator[Problem]:
    read = as_written.phone(phone)
    doubt = next((one for one in read.notes if one.kind is not Kind.MENDED), None)
    if doubt is not None:
        yield Problem(where, f"{doubt.text}{doubt.todo}")
    elif not read.value:
        yield Problem(where, "没有电话就无法通知取件，请尽量填写（可填家人或邻居的）。", blocking=False)


def _text(where: str, text: str, most: int) -> Iterator[Problem]:
    if len(text) > most:
        yield Problem(where, f"最多 {most} 个字，现在是 {len(text)} 个。")
    odd = next((char for char in text if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"), "")
    if odd:
        yield Problem(where, f"有不能保存的字符（U+{ord(odd):04X}），请删去。")


def _field(field: FormField, text: str) -> Iterator[Problem]:
    where, text = f"fields.{field.code}", text.strip()
    if not text:
        if field.required:
            yield Problem(where, f"请填写“{field.name}”。")
        return
    read = read_field(field, text)
    wrong = next((one for one in read.notes if one.kind is Kind.WRONG), None)
    if wrong is not None:
        yield Problem(where, f"{wrong.text}{wrong.todo}")
    elif field.kind in ("number", "hectares", "head") and len(read.value) > _NUMBER_MOST:
        yield Problem(where, f"数字最多 {_NUMBER_MOST} 位，现在是 {len(read.value)} 位。")
    elif field.kind == "choice" and text not in field.choices:
        yield Problem(where, "请从列出的选项里选一个。")
    else:
        yield from _text(where, text, TEXT_MOST)


def follow_fault(text: str, today: dt.date) -> str:
    """Why a material cannot follow on the day that was typed; "" where it can, or no day was said."""
    read = as_written.day_ahead(text, today)
    wrong = next((one for one in read.notes if one.kind is Kind.WRONG), None)
    if wrong is not None:
        return f"{wrong.text}{wrong.todo}"
    return "补来的日子不能在今天以前。" if read.value and read.value < today.isoformat() else ""


def _material(material: Material, ticked: DraftMaterial | None, today: dt.date) -> Iterator[Problem]:
    where = f"materials.{material.code}"
    if ticked is None or not ticked.here:
        reason = ticked.missing.strip() if ticked else ""
        if material.need is Need.REQUIRED and not reason:
            yield Problem(where, f"“{material.name}”是必要材料：请收齐后勾选，或写明没有的原因。")
        elif material.need is Need.MAY_FOLLOW and not reason:
            yield Problem(where, f"“{material.name}”可以后补，请写明何时补来。", blocking=False)
        yield from _text(where, reason, TEXT_MOST)
        if wrong := follow_fault(ticked.until if ticked else "", today):
            yield Problem(where, wrong)
        return
    if not (0 <= ticked.originals <= COPIES_MOST and 0 <= ticked.copies <= COPIES_MOST):
        yield Problem(where, f"份数应在 0 到 {COPIES_MOST} 之间。")
    elif ticked.originals + ticked.copies == 0 and not material.electronic:
        yield Problem(where, f"“{material.name}”勾选了却是 0 份，请填份数。")
    elif ticked.originals < material.originals or ticked.copies < material.copies:
        yield Problem(
            where, f"“{material.name}”要求原件 {material.originals} 份、复印件 {material.copies} 份。", blocking=False
        )
