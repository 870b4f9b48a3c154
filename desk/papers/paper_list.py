"""Which papers there are besides the everyday ones: of a case, and filled in by hand. Light: the window asks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from desk import clock
from desk.folds import organ_papers
from desk.folds.case import Case


class Asked(NamedTuple):
    """One thing that is typed for a paper: key, its name, and over how many lines."""

    key: str
    name: str
    lines: int = 1


class Form(NamedTuple):
    """A paper that is filled in by hand."""

    title: str
    asked: tuple[Asked, ...]


_CASE: tuple[tuple[str, str, Callable[[Case], bool]], ...] = (
    ("entrusted", "代办委托书", lambda case: not case.ended_at),
    ("promised", "容缺承诺书", lambda case: any(one.missing for one in case.materials)),
    *organ_papers.PAPERS,
    ("rating-slip", "政务服务评价单", lambda case: case.rated is None),
)
_PERSON = (Asked("name", "姓名"), Asked("phone", "联系方式"))
_WANTED = Asked("what", "申请公开的内容", 3)

BROUGHT, BROUGHT_TITLE = "brought-", "补正材料收件凭证"

FORMS: dict[str, Form] = {
    "complaint": Form(
        "投诉登记单",
        (*_PERSON, Asked("about", "投诉对象"), Asked("when", "发生时间和地点"), Asked("what", "事实和诉求", 4)),
    ),
    "disclosure-receipt": Form(
        "政府信息公开申请登记回执",
        (
            Asked("name", "姓名"),
            Asked("identity", "身份证明名称和号码"),
            Asked("phone", "联系方式"),
            Asked("address", "通信地址"),
            Asked("organ", "受理机关"),
            Asked("received", "收到申请日期"),
            _WANTED,
            Asked("how", "希望的提供方式"),
        ),
    ),
    "disclosure-answer": Form(
        "政府信息公开申请答复书",
        (Asked("name", "申请人"), _WANTED, Asked("answer", "答复", 3), Asked("why", "理由和依据", 2)),
    ),
    "disclosure-later": Form(
        "政府信息公开延期答复告知书",
        (Asked("name", "申请人"), _WANTED, Asked("why", "延期理由", 2), Asked("until", "延长至")),
    ),
}


_GIVEN_AGAIN = {"supplement": "case.supplement_asked", "suspended": "case.suspended"}


def turn(case: Case, key: str) -> str:
    """What tells a paper that is given again, of something else by now, from the one before it; "" for the first."""
    if key == "promised":  # of what is still missing
        return f"-{len(case.brought) + 1}" if case.brought else ""
    kind = _GIVEN_AGAIN.get(key)
    times = sum(line.kind == kind and not line.refused for line in case.history)
    return f"-{times}" if times > 1 else ""


def offered(case: Case) -> tuple[tuple[str, str], ...]:
    """Key and title of the papers that a case can have now; the organ's only once the organ acted."""
    found = tuple((key, title) for key, title, fits in _CASE if fits(case))
    return (*found, *((f"{BROUGHT}{one.key}", f"{BROUGHT_TITLE}（{clock.minute(one.time)}）") for one in case.brought))
