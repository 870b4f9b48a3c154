"""Who may see the pages: login, sessions, lock-out, and the token that each form carries."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import hmac
import secrets
from collections.abc import Mapping
from typing import Any

import argon2
import msgspec
import pyotp
import sqlalchemy as sa

from db.centre import people
from desk import clock
from desk.centre.node import filing
from desk.centre.node.centre_node import Centre, Own
from desk.centre.node.roles import ALL, Role, held, parse, sees
from desk.centre.run import passwords, second_factor, tries
from desk.errors import RefusedError
from desk.law.bodies.body import is_code
from desk.log.centre_events import AccountChanged

COOKIE = "daiban_session"
CHANGED = "account.changed"
HOURS = 10  # that a session lasts
_TOWNSHIP = 9  # digits of its code
_hasher = argon2.PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_WRONG = "账号、密码或动态码不对，或从这里试得太多，暂时锁定。"
_INSIDE, _KEYBOARD = tries.From(tries.INSIDE), tries.From(tries.KEYBOARD)


class Visitor(msgspec.Struct, frozen=True):
    """A clerk who is logged in, and the token that this session's forms carry."""

    account: str
    name: str
    org: str
    csrf: str
    roles: frozenset[Role] = frozenset()
    sees: tuple[str, ...] = ()  # codes of bodies, and names of departments
    body: str = ""
    second: bool = False  # whether a code was asked for at login
    must_change: bool = False  # somebody else chose the password
    town: str = ""  # the division (9 digits) of a township that one's body serves; "" for a body of another level

    def may(self, roles: frozenset[Role]) -> bool:
        """Whether the clerk has one of these roles."""
        return bool(self.roles & roles)

    def sees_org(self, org: str) -> bool:
        """Whether cases of this department, told by code or name, are the clerk's to see."""
        return ALL in self.sees or org in self.sees

    def departments(self) -> list[str]:
        """Names of the departments whose cases are seen."""
        return [one for one in self.sees if not is_code(one)]


def add_clerk(
    centre: Centre,
    account: str,
    name: str,
    password: str,
    org: str,
    roles: frozenset[Role] = frozenset({Role.CLERK}),
    sees: tuple[str, ...] = (),
    author: str = "",
    *,
    first: bool = False,
) -> None:
    """Add a clerk. Raises RefusedError when the account is taken, the password too easy or no role is given.

    Here and below `author` is the account of whoever does it, "" at the keyboard of the server; `first`: somebody else
    chose the password, so its owner has to change it before anything else.
    """
    if not account.strip() or not name.strip() or not roles:
        raise RefusedError("请填写账号、姓名，并至少选一个岗位。", "没有增加。")
    row: dict[str, Any] = {
        "account": account.strip(),
        "name": name.strip(),
        "org": org.strip(),
        "body": "",
        "password": _hasher.hash(passwords.good(password, account.strip(), name.strip())),
        "must_change": int(first),
        "roles": " ".join(sorted(roles)),
        "sees": "\n".join(sees),
    }
    with centre.database.write() as db:
        if people.one_clerk(db, row["account"]) is not None:
            raise RefusedError(f"账号 {account} 已经有了。", "没有改动。")
        department = _department(centre, db, org)
        _must_hold(centre, roles, department["body"])
        people.add_clerk(db, row | department)
        _log_change(centre, db, author, row["account"], "增加")


def change_clerk(
    centre: Centre, account: str, roles: frozenset[Role], org: str, sees: tuple[str, ...], author: str = ""
) -> None:
    """Other roles or another department, from now on. Raises RefusedError when no administrator would be left."""
    with centre.database.write() as db:
        _must_leave_admin(db, account, roles)
        department = _department(centre, db, org)
        _must_hold(centre, roles, department["body"])
        people.set_clerk(db, account, roles=" ".join(sorted(roles)), sees="\n".join(sees), **department)
        _log_change(centre, db, author, account, "换岗位或部门")


def _department(centre: Centre, db: sa.Connection, org: str) -> dict[str, str]:
    """The columns of a department that was typed: code and full name of the body that is called so, else the words."""
    centre.publications.refresh(centre.node, db)
    found = centre.publications.bodies.get(org.strip()) or centre.publications.bodies.named(org)
    return {"org": found.name, "body": found.code} if found else {"org": org.strip(), "body": ""}


def _must_hold(centre: Centre, roles: frozenset[Role], body: str) -> None:
    """Raises RefusedError for roles that nobody of the body with this code can have."""
    if held(roles, centre.publications.bodies.get(body)) != roles:
        todo = "下放给苏木乡镇的事项，在它的终端“指南”页申报本地调整，由旗里核准。"
        raise RefusedError("苏木乡镇、嘎查村的账号不能编辑全旗的目录。", "没有改动。", todo)


def disable_clerk(centre: Centre, account: str, author: str = "") -> None:
    """Close an account and its sessions; what the clerk did stays under the name. Raises RefusedError."""
    with centre.database.write() as db:
        _must_leave_admin(db, account, frozenset())
        people.set_clerk(db, account, disabled_at=centre.now())
        people.end_sessions(db, account, centre.now())
        _log_change(centre, db, author, account, "停用")


def enable_clerk(centre: Centre, account: str, author: str = "") -> None:
    """Open a closed account again, or one that is locked out somewhere: where it is known it stays known."""
    with centre.database.write() as db:
        people.set_clerk(db, account, disabled_at="")
        people.unlock(db, account)
        _log_change(centre, db, author, account, "恢复")


def set_password(centre: Centre, account: str, password: str, author: str = "", *, first: bool = False) -> None:
    """Another password; every session of the account ends. Raises RefusedError for one that is too easy."""
    with centre.database.read() as db:
        clerk = people.one_clerk(db, account)
    kept = _hasher.hash(passwords.good(password, account, clerk["name"] if clerk else ""))
    with centre.database.write() as db:
        people.set_clerk(db, account, password=kept, must_change=int(first))
        people.forget_tries(db, account)
        people.end_sessions(db, account, centre.now())
        _log_change(centre, db, author, account, "改密码")


def change_password(centre: Centre, account: str, old: str, new: str) -> None:
    """A clerk's own new password. Raises RefusedError when the old one is wrong, or is the new one."""
    must_be_right(centre, account, old, "原来的密码不对，或试得太多，暂时锁定。")
    if new == old:
        raise RefusedError("新密码和原来的一样。", "没有改动。", "请换一个只有您自己知道的密码。")
    set_password(centre, account, new, account)


def must_be_right(centre: Centre, account: str, password: str, told: str = _WRONG) -> None:
    """Raises RefusedError unless this is the account's password now. Each wrong one typed within a session counts, but
    not with those at the door: who found a session open locks nobody out."""
    if _tried(centre, account, password, _INSIDE).clerk is None:
        raise RefusedError(told, "没有改动。")
    with centre.database.touch() as db:
        people.forgive(db, account, tries.INSIDE, centre.now())


def give_pass(centre: Centre, account: str, author: str = "") -> str:
    """A one-time code, in groups to be read out: with it the account's owner may try from a new place however many
    strangers try. It opens nothing without the password, and takes the place of the one before. Raises RefusedError for
    an account that is not there or closed."""
    code = tries.new_pass()
    until = clock.stamp(centre.tell() + dt.timedelta(hours=tries.PASS_HOURS))
    with centre.database.write() as db:
        clerk = people.one_clerk(db, account)
        if clerk is None or clerk["disabled_at"]:
            raise RefusedError(f"账号 {account} 没有在用。", "没有发登录码。")
        people.set_clerk(db, account, pass_hash=tries.pass_digest(account, code), pass_until=until)
        tries.begin_pass(db, account)
        _log_change(centre, db, author, account, "发登录码")
    return code


def _log_change(centre: Centre, db: sa.Connection, author: str, account: str, what: str) -> None:
    """What was done to an account is an entry of our chain."""
    clerk = people.one_clerk(db, account)
    if clerk is not None:
        sees = tuple(clerk["sees"].splitlines())
        change = AccountChanged(account, clerk["name"], what, clerk["roles"], clerk["org"], sees, clerk["body"])
        centre.add(db, [Own(author, CHANGED, f"account:{account}", change, "")])


def _must_leave_admin(db: sa.Connection, account: str, roles: frozenset[Role]) -> None:
    clerk = people.one_clerk(db, account)
    if clerk is None:
        raise RefusedError(f"没有账号 {account}。", "没有改动。")
    others = [one for one in people.clerks(db) if one["account"] != account and not one["disabled_at"]]
    is_admin = Role.ADMIN in parse(clerk["roles"])
    if is_admin and Role.ADMIN not in roles and not any(Role.ADMIN in parse(one["roles"]) for one in others):
        raise RefusedError("至少要留一名系统管理员。", "没有改动。", "请先给别人系统管理员岗位。")


# -- the second factor (RFC 6238) --------------------------------------------------------------------------------


def begin_second(centre: Centre, account: str, password: str) -> str:
    """A new secret for an authenticator, as an otpauth address for its QR; counts once `finish_second` saw a code.
    Until then the former one is asked for. Raises RefusedError for a wrong password: a session left open is not enough.
    """
    must_be_right(centre, account, password, "密码不对，或试得太多，暂时锁定。")
    secret = pyotp.random_base32()
    with centre.database.touch() as db:
        people.set_clerk(db, account, second_new=secret.encode())
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=centre.name)


def finish_second(centre: Centre, account: str, code: str) -> None:
    """The authenticator shows the right code: from now on it is asked for. Raises RefusedError."""
    with centre.database.write() as db:
        clerk = people.one_clerk(db, account)
        secret = bytes(clerk["second_new"]) if clerk else b""
        step = second_factor.step(secret, code, centre.tell())
        if not step:
            raise RefusedError("动态码不对。", "还没有启用。", "请核对手机时间后再输一次。")
        people.set_clerk(db, account, second=secret, second_new=None, second_step=step)
        _log_change(centre, db, account, account, "启用动态码")


def end_second(centre: Centre, account: str, author: str = "") -> None:
    """No second factor any more: the telephone was lost."""
    with centre.database.write() as db:
        people.set_clerk(db, account, second=None, second_new=None, second_step=0)
        _log_change(centre, db, author, account, "取消动态码")


def has_second(clerk: Mapping[str, Any]) -> bool:
    """Whether a code is asked for at this clerk's login."""
    return int(clerk["second_step"]) > 0


class Entered(msgspec.Struct, frozen=True):
    """A session that began: its token, and the mark by which the browser is known from now on."""

    token: str
    mark: str


def log_in(centre: Centre, account: str, password: str, code: str = "") -> str:
    """A session token for whoever sits at the keyboard of the server. Raises as `enter`."""
    return enter(centre, account, password, code).token


def enter(
    centre: Centre,
    account: str,
    password: str,
    code: str = "",
    came: tries.From = _KEYBOARD,
    browser: str = "",
    hours: int = HOURS,
    idle: int = 0,
    brought: str = "",
) -> Entered:
    """A session for the right password, good for `hours`, and over after `idle` minutes of rest (0: not by rest);
    `brought`: a one-time code, as `give_pass` gives. Raises RefusedError, in the same words for every reason."""
    tried = _tried(centre, account, password, came, brought)
    clerk = tried.clerk
    step = second_factor.step(bytes(clerk["second"]), code, centre.tell()) if clerk and has_second(clerk) else 0
    if clerk is None or (has_second(clerk) and not step):
        raise RefusedError(_WRONG)
    token = secrets.token_urlsafe(32)
    row = {
        "hash": tries.digest(token),
        "account": account,
        "csrf": secrets.token_urlsafe(24),
        "expires": clock.stamp(centre.tell() + dt.timedelta(hours=hours)),
        "begun": centre.now(),
        "used": centre.now(),
        "idle": idle,
        "place": came.address,
        "browser": browser,
    }
    with centre.database.touch() as db:
        if step and not people.use_step(db, account, step):
            raise RefusedError(_WRONG)
        if tried.bears_pass and not people.use_pass(db, account, tries.pass_digest(account, brought)):
            raise RefusedError(_WRONG)
        mark = tries.right(db, account, came, centre.tell(), tried.counted, lambda: secrets.token_urlsafe(24))
        people.add_session(db, row, clock.stamp(centre.tell() - dt.timedelta(days=1)))
    return Entered(token, mark)


class _Tried(msgspec.Struct, frozen=True):
    """The clerk whose secrets may be looked at further; None for none."""

    clerk: Mapping[str, Any] | None = None
    bears_pass: bool = False
    counted: tries.Counted = tries.Counted.SHUT


def _tried(centre: Centre, account: str, password: str, came: tries.From, brought: str = "") -> _Tried:
    """The clerk whose password this is; none for a wrong one, for an account that is closed or not there, and where
    this place tried too often. The try was counted before, and takes as long for whatever reason. While strangers crowd
    the door, whoever has the right password and a second factor is asked for that alone."""
    with centre.database.touch() as db:
        clerk = people.one_clerk(db, account)
        bears = tries.bears_pass(clerk, brought, centre.now())
        counted = tries.count(db, account, came, centre.tell(), bears_pass=bears)
    if not _verified(clerk["password"] if clerk else _nobody(), password) or clerk is None:
        return _Tried()
    if counted is tries.Counted.CROWDED and has_second(clerk):
        with centre.database.touch() as db:
            counted = tries.Counted.KNOWN if tries.count_code(db, account, centre.tell()) else tries.Counted.SHUT
    is_open = counted in (tries.Counted.KNOWN, tries.Counted.NEW)
    return _Tried(clerk, bears, counted) if is_open else _Tried()


def _nobody() -> str:
    """What an unknown account is held against, so that it takes as long to refuse as a known one: a random digest at
    the price of a real one, which no password has."""
    salt, digest = (base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (16, 32))
    price = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v=19${price}${salt}${digest}"


def _verified(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def visitor(centre: Centre, token: str) -> Visitor | None:
    """Who holds this session token."""
    if not token:
        return None
    with centre.database.read() as db:
        session = people.one_session(db, tries.digest(token), centre.now())
        if session is None or tries.rested(session, centre.tell()):
            return None
        centre.publications.refresh(centre.node, db)
    if session["idle"] and session["used"] < clock.stamp(centre.tell() - dt.timedelta(minutes=1)):
        with contextlib.suppress(sa.exc.DBAPIError), centre.database.touch() as db:  # where none can write, one reads
            people.use_session(db, session["hash"], centre.now())
    register, today = centre.publications.bodies, centre.today()
    known = register.standing(session["body"], today) or register.get(session["body"])  # people go with a merger
    roles = held(parse(session["roles"] or Role.CLERK), known)
    listed, body = sees(roles, session["org"], session["sees"]), known.code if known else ""
    seen = listed if ALL in listed else filing.seen(register, "" if session["sees"] else body, listed, today)
    org = known.name_on(today) if known else session["org"]
    town = known.division if known and len(known.division) == _TOWNSHIP else ""
    csrf, second, owes = session["csrf"], has_second(session), bool(session["must_change"])
    return Visitor(session["account"], session["name"], org, csrf, roles, seen, body, second, owes, town)


def end(centre: Centre, account: str, name: str) -> bool:
    """End one of one's own sessions; False where there is none of that name any more."""
    with centre.database.touch() as db:
        return bool(people.end_own(db, account, name, centre.now()))


def end_others(centre: Centre, account: str, token: str) -> int:
    """End every session of one's own but the one that asks; how many."""
    with centre.database.touch() as db:
        return people.end_others(db, account, tries.digest(token), centre.now())


def log_out(centre: Centre, token: str) -> None:
    """End the session."""
    with centre.database.touch() as db:
        people.end_session(db, tries.digest(token), centre.now())


def same(one: str, other: str) -> bool:
    """Compare secrets in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
