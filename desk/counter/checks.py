"""What must hold before a case is taken in: pure checks of a draft, each problem named by its field.

Everything that people type is kept exactly or refused beside its field; nothing is silently changed but white space
at the ends and the middle dot of names (民委发〔2016〕33号: the separator is U+00B7).
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator

import msgspec

from desk.errors import Problem
from desk.law import id_numbers
from desk.law.catalogue import rules
from desk.law.catalogue.item import Field as FormField
from desk.law.catalogue.item import Item, Material, Need, ProxyMode
from desk.log.events import Person, Proxy
from desk.store.snapshots import Draft, DraftMaterial
from desk.words import tidying

NAME_MOST = 100
TEXT_MOST = 200
NOTE_MOST = 2000
COPIES_MOST = 99
_DOTS = str.maketrans(dict.fromkeys(tidying.DOTS, tidying.MIDDLE_DOT))
_NAME_EXTRAS = frozenset("· -'’()（）.")


def tidy_name(name: str) -> str:
    """A name as it is stored: ends trimmed, every kind of middle dot made U+00B7."""
    return name.strip().translate(_DOTS)


def tidy_person(person: Person) -> Person:
    """A person as stored."""
    return msgspec.structs.replace(
        person,
        name=tidy_name(person.name),
        id_number=id_numbers.tidy(person.id_number),
        phone="".join(person.phone.split()),
        address=person.address.strip(),
    )


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
            yield from _material(material, ticked.get(material.code))
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


def _name(name: str, where: str, id_type: str) -> Iterator[Problem]:
    name, of_people = tidy_name(name), id_type != id_numbers.ORGANISATION
    if not name:
        yield Problem(where, "请填写姓名。" if of_people else "请填写单位名称。")
    elif len(name) > NAME_MOST:
        yield Problem(where, f"姓名最多 {NAME_MOST} 个字，现在是 {len(name)} 个。")
    else:
        odd = next((char for char in name if not (_fits_name(char) or (char.isdigit() and not of_people))), "")
        if odd:
            yield Problem(where, f"姓名里不能有“{_shown(odd)}”，请按证件上的写法填写。")


def _fits_name(char: str) -> bool:
    if 0x20000 <= ord(char) <= 0x3FFFF:  # Han characters, also those newer than this Python's tables (GB 18030-2022)
        return True
    return char in _NAME_EXTRAS or unicodedata.category(char)[0] in "LM" or char in "\u202f\u180e\u200c\u200d"


def _shown(char: str) -> str:
    return char if char.isprintable() else f"U+{ord(char):04X}"


def _phone(phone: str, where: str) -> Iterator[Problem]:
    digits = "".join(phone.split())
    if not digits:
        yield Problem(where, "没有电话就无法通知取件，请尽量填写（可填家人或邻居的）。", blocking=False)
    elif problem := phone_problem(digits):
        yield Problem(where, problem)


def phone_problem(digits: str) -> str:
    """What is wrong with a telephone that has no blanks; "" for a good one."""
    if not digits.isascii() or not digits.replace("-", "").replace("+", "").isdigit() or not 7 <= len(digits) <= 20:
        return "电话应为 7 到 20 位数字，可带区号和“-”。"
    if digits.isdigit() and digits[0] == "1" and len(digits) != 11:
        return f"手机号应为 11 位，现在是 {len(digits)} 位。"
    return ""


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
    if field.kind in ("number", "hectares", "head"):
        yield from _number(where, text, whole=field.kind == "head")
    elif field.kind == "date" and _day(text) is None:
        yield Problem(where, "日期应写成 2026-11-24 这样，并且确有这一天。")
    elif field.kind == "choice" and text not in field.choices:
        yield Problem(where, "请从列出的选项里选一个。")
    else:
        yield from _text(where, text, TEXT_MOST)


def _number(where: str, text: str, *, whole: bool) -> Iterator[Problem]:
    digits = text.replace(".", "", 0 if whole else 1)
    if not (digits.isascii() and digits.isdigit()) or len(text) > 12:
        yield Problem(where, "应为整数。" if whole else "应为数字，如 120 或 120.5。")


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _material(material: Material, ticked: DraftMaterial | None) -> Iterator[Problem]:
    where = f"materials.{material.code}"
    if ticked is None or not ticked.here:
        reason = ticked.missing.strip() if ticked else ""
        if material.need is Need.REQUIRED and not reason:
            yield Problem(where, f"“{material.name}”是必要材料：请收齐后勾选，或写明没有的原因。")
        elif material.need is Need.MAY_FOLLOW and not reason:
            yield Problem(where, f"“{material.name}”可以后补，请写明何时补来。", blocking=False)
        yield from _text(where, reason, TEXT_MOST)
        return
    if not (0 <= ticked.originals <= COPIES_MOST and 0 <= ticked.copies <= COPIES_MOST):
        yield Problem(where, f"份数应在 0 到 {COPIES_MOST} 之间。")
    elif ticked.originals + ticked.copies == 0 and not material.electronic:
        yield Problem(where, f"“{material.name}”勾选了却是 0 份，请填份数。")
    elif ticked.originals < material.originals or ticked.copies < material.copies:
        yield Problem(
            where, f"“{material.name}”要求原件 {material.originals} 份、复印件 {material.copies} 份。", blocking=False
        )
