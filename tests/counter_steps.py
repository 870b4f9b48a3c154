"""Steps of tests about the counter: a case that came back granted, two more people, the words of a PDF."""

from __future__ import annotations

import datetime as dt
import io

from conftest import item_code
from pypdf import PdfReader

from desk.app.open_desk import Desk
from desk.counter.rolls import RollDraft, RollLine
from desk.log.events import Person

OTHERS = (
    Person("那顺乌力吉", "111", "152523197108150018", "13900000002", "二组"),
    Person("查干巴拉", "111", "152523198811230030", "", "三组"),
)


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


def same_after_rebuild(desk: Desk) -> None:
    before = desk.store.tables()
    desk.store.rebuild()
    assert desk.store.tables() == before


def roll_of(desk: Desk, people: int) -> RollDraft:
    from desk.law import id_numbers

    lines = []
    for at in range(people):
        digits = f"152523{1970 + at // 1000}{at % 12 + 1:02d}{at % 28 + 1:02d}{at % 1000:03d}"
        check = next(
            c for c in "0123456789X" if not hasattr(id_numbers.facts("111", digits + c, dt.date(2026, 11, 24)), "text")
        )
        lines.append(RollLine(f"牧户{chr(0x4E00 + at)}", digits + check, "", f"{at} 组", {}))
    code = item_code(desk, "草原生态保护补助奖励（禁牧补助、草畜平衡奖励）")
    item = desk.item(code)
    fields = {one.code: one.choices[0] if one.choices else "120" for one in item.fields}
    import msgspec

    return RollDraft(code, "2026 草补名册", 2026, tuple(msgspec.structs.replace(one, values=fields) for one in lines))
