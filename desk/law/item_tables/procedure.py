"""办理流程 in one cell: the steps, and written so that they are read again."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from desk.law.catalogue.item import Step
from desk.law.item_tables import limits, splitting

_STEP = re.compile(r"^([^：:，,。（(]{1,20})(?:[（(]([^（()）]*)[)）])?(?:[：:](.*))?$", re.DOTALL)
_CLAUSE = re.compile(r"[，,。；;：:（(]")
_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_WHO = re.compile(r"^[^，,。；;]{0,20}?(?:人民政府|街道办事处|民政办|委员会|村委会|局|申请人|申请家庭)(?=[^，,。；;])")
_DASHES = re.compile(r"\s*[—–]{1,3}\s*")  # 申请——受理——发证
_UNCOUNTED = re.compile(r"不计入时限[：:](.+)")
_SHORT = 16


def read(text: str, before: Sequence[Step] = (), version: int = 1) -> tuple[Step, ...]:
    """The steps that a cell lists. What `before` says of a step of the same name and no cell tells stays."""
    left, made = list(before), list[Step]()
    used = {one.code for one in before}
    fresh = (code for at in range(1, 1000) if (code := f"s{version}-{at}") not in used)
    parts = splitting.parts(text)
    for line in _DASHES.split(parts[0]) if len(parts) == 1 else parts:
        found = _one(line.strip())
        known = next((one for one in left if one.name == found.name), None)
        if known is None:
            made.append(msgspec.structs.replace(found, code=next(fresh)))
            continue
        left.remove(known)
        made.append(
            msgspec.structs.replace(
                known,
                post=found.post or known.post,
                duty=found.duty or known.duty,
                limit=limits.kept(found.limit, known.limit) or (None if found.uncounted else known.limit),
                uncounted="" if found.limit else found.uncounted or known.uncounted,
            )
        )
    return tuple(made)


def _one(line: str) -> Step:
    """`名称（岗位，时限）：职责`, for a limit also `不计入时限：…`; a sentence is a duty, named by its first clause."""
    found = _STEP.match(line)
    if not found:
        return Step("", _named(line), "", line)
    post, limit, uncounted = [], None, ""
    for word in re.split(r"[,，;；]", found[2] or ""):
        span, notes = limits.read(word)
        if free := _UNCOUNTED.fullmatch(word.strip()):
            uncounted = free[1]
        elif span is not None and not notes:
            limit = span
        elif word.strip():
            post.append(word.strip())
    return Step("", found[1].strip(), "，".join(post), (found[3] or "").strip(), limit, uncounted=uncounted)


def _named(sentence: str) -> str:
    """What is done: the first clause without whoever does it."""
    bare = _BRACKETED.sub("", sentence)
    clauses = [one for one in _CLAUSE.split(_WHO.sub("", bare, count=1)) if one.strip()]
    return (clauses[0] if clauses else sentence).strip()[:_SHORT]


def written(steps: Sequence[Step]) -> str:
    """A line each, as `read` reads them."""
    return "\n".join(f"{at}. {_line(one)}" for at, one in enumerate(steps, 1))


def _line(one: Step) -> str:
    told = [one.post.replace("，", "、")] if one.post else []
    told += [limits.short(one.limit)] if one.limit else []
    told += [f"不计入时限：{one.uncounted.replace('，', '、')}"] if one.uncounted else []
    return one.name + (f"（{'，'.join(told)}）" if told else "") + (f"：{one.duty}" if one.duty else "")
