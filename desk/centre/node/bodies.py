"""The banner's register of bodies at its centre: drafts that editors prepare together, and their publication.

A draft is kept beside the log until it is published; only bodies that differ from what stands become entries, so a
changed telephone sends one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec
import sqlalchemy as sa

from db.centre import people, rows
from desk.centre.node import redating
from desk.centre.node.centre_node import Centre, Own
from desk.errors import Problem, RefusedError
from desk.law import divisions
from desk.law.bodies import rules
from desk.law.bodies.body import Body
from desk.law.bodies.register import Register
from desk.law.bodies.seed import seed
from desk.log.centre_events import AccountChanged, BodyPublished

_DRAFTS = "draft.bodies"
_NAMED = 3  # faults that a refusal names
_list = msgspec.json.Decoder(list[Body])
# What decides before whom a case lies; where only other things change, no case is looked at again.
_FILING = ("kind", "division", "short_names", "name", "above", "since", "until", "successor", "former")


class Board(msgspec.Struct, frozen=True):
    """What an editor works on: what is published, the drafts by code, and both as one register."""

    published: Register
    drafts: Mapping[str, Body]
    whole: Register


def board(centre: Centre, db: sa.Connection) -> Board:
    """The register with its drafts; a draft that says what is published already is none."""
    centre.publications.refresh(centre.node, db)
    return _board(centre.publications.bodies, rows.value(db, _DRAFTS))


def _board(published: Register, kept: str) -> Board:
    drafts = {one.code: one for one in _list.decode(kept or "[]") if published.get(one.code) != one}
    return Board(published, drafts, Register([*(one for one in published if one.code not in drafts), *drafts.values()]))


def mark(body: Body | None) -> str:
    """What a form carries of the body that it shows, to tell whether somebody else changed it meanwhile."""
    return hashlib.sha256(msgspec.json.encode(body)).hexdigest()[:16]


def keep(centre: Centre, body: Body, seen: str) -> tuple[Problem, ...]:
    """Keep a draft of `body`, whatever is wrong with it, and tell that. Raises RefusedError where it is no longer what
    was `seen` (its mark), nothing changed then."""
    with centre.database.write() as db:
        stands = board(centre, db)
        if mark(stands.whole.get(body.code)) != seen:
            raise RefusedError("这个机构刚刚被别人改过。", "没有保存。", "请看过现在的内容再改。")
        _put(db, {**stands.drafts, body.code: body})
        return rules.check(body, stands.whole, divisions.load())


def drop(centre: Centre, code: str) -> None:
    """Take back the draft of a body; what is published stays."""
    with centre.database.write() as db:
        _put(db, {key: one for key, one in board(centre, db).drafts.items() if key != code})


def _put(db: sa.Connection, drafts: Mapping[str, Body]) -> None:
    rows.set_value(db, _DRAFTS, msgspec.json.encode(list(drafts.values())).decode())


def seed_drafts(centre: Centre, banner: str) -> int:
    """Drafts of the bodies that a banner has by the table of divisions, where there is none of the code; how many."""
    with centre.database.write() as db:
        stands = board(centre, db)
        new = {one.code: one for one in seed(banner, divisions.load()) if stands.whole.get(one.code) is None}
        _put(db, {**stands.drafts, **new})
    return len(new)


def faults(stands: Board) -> dict[str, tuple[Problem, ...]]:
    """What is wrong with each draft, by code; and with what a draft leaves behind (who stood below a body that closes).
    Nothing for a sound one."""
    places = divisions.load()
    touched = {one.code for code in stands.drafts for one in stands.whole.below(code)} | stands.drafts.keys()
    bodies = (body for code in sorted(touched) if (body := stands.whole.get(code)))
    found = {one.code: rules.check(one, stands.whole, places) for one in bodies}
    return {code: problems for code, problems in found.items() if problems}


def publish(centre: Centre, author: str) -> int:
    """Publish all drafts for every desk; how many entries that were. Accounts whose department bears a body's name are
    matched to it once, and cases are laid before whoever is competent now. Raises RefusedError for unsound drafts."""
    with centre.database.write() as db:
        stands = board(centre, db)
        _must_be_sound(stands)
        own = [Own(author, "body.published", f"body:{one.code}", BodyPublished(one), "*") for one in _in_order(stands)]
        centre.add(db, own)
        _put(db, {})
        if own:
            centre.publications.refresh(centre.node, db)
            match_accounts(centre, db, author)
        if any(_files_otherwise(stands.published.get(code), one) for code, one in stands.drafts.items()):
            redating.begin_whole(db)
    return len(own)


def _in_order(stands: Board) -> list[Body]:
    return sorted(stands.drafts.values(), key=lambda one: (one.level, one.code))


def _files_otherwise(before: Body | None, after: Body) -> bool:
    return before is None or any(getattr(before, name) != getattr(after, name) for name in _FILING)


def _must_be_sound(stands: Board) -> None:
    found = [(stands.whole.get(code), problem) for code, problems in faults(stands).items() for problem in problems]
    if found:
        words = "；".join(f"{body.name if body else ''}：{one.text.rstrip('。')}" for body, one in found[:_NAMED])
        raise RefusedError(f"有 {len(found)} 处要改：{words}。", "没有发布，草稿都在。", "请改好标出的机构再发布。")


def match_accounts(centre: Centre, db: sa.Connection, author: str) -> int:
    """Give accounts whose department is written as some body is called that body's code; how many. Others keep the
    words alone, and the administrator is shown them."""
    count, register = 0, centre.publications.bodies
    for clerk in people.clerks(db):
        found = register.named(clerk["org"]) if clerk["org"] and not clerk["body"] else None
        if found is not None:
            count += 1
            people.set_clerk(db, clerk["account"], body=found.code)
            told = (clerk["account"], clerk["name"], "部门按名称对上机构", clerk["roles"], clerk["org"])
            change = AccountChanged(*told, tuple(clerk["sees"].splitlines()), found.code)
            centre.add(db, [Own(author, "account.changed", f"account:{clerk['account']}", change, "")])
    return count
