"""What somebody of the staff typed and is not done: kept for the account, sealed, for a day, so that it comes back into
the same form after a session that ended, a page that was changed meanwhile, a refusal, or the way back.

A form is known by its action and, where a page has several with the same, by the words in it that tell them apart.
Passwords and codes are never kept, nor files.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence

import msgspec
import zstandard

from db.centre import people
from db.centre.forms import form_rows
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.errors import UNREADABLE

HOURS = 24
_MOST = 2 << 20  # bytes of one form's fields as they are kept; a longer one is not
# What goes along with a form and is the page's own, not typed.
OWN = frozenset({"csrf", "seen", "mark", "once", "was"})
_SECRET = frozenset({"password", "old", "new", "again"})
_NEVER = ("/account", "/login", "/logout", "/kept", "/cases/find")
# Words that tell forms with the same action apart; where an action begins so, these besides.
_TELLS = ("subject", "which")
_TELLS_AT = {
    "/catalogue/lives/": ("code",),
    "/catalogue/words": ("word",),
    "/desks/heads": ("of", "by", "digest"),
}

Fields = Sequence[tuple[str, str]]


class Form(msgspec.Struct, frozen=True):
    """A form as it was typed. `action` its path, `page` the address of the page that it stood on, `at` when; `sent`:
    somebody tried to submit it."""

    action: str
    page: str
    at: str
    sent: bool
    fields: tuple[tuple[str, str], ...]
    which: str = ""


class _Data(msgspec.Struct, frozen=True):
    page: str
    fields: tuple[tuple[str, str], ...]


def is_kept(action: str) -> bool:
    """Whether what is typed into a form with this action is kept at all."""
    return not action.startswith(_NEVER) and not action.endswith("/password")


def tells(action: str) -> tuple[str, ...]:
    """The names of the fields that tell forms with this action apart."""
    return _TELLS + next((names for begin, names in _TELLS_AT.items() if action.startswith(begin)), ())


def which(action: str, fields: Iterable[tuple[str, str]]) -> str:
    """Which of the forms with this action it is: a mark of the fields that tell."""
    names = tells(action)
    told = [f"{name}={value}" for name, value in fields if name in names and value]
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:16] if told else ""


def keep(centre: Centre, csrf: str, action: str, page: str, fields: Fields, *, sent: bool) -> bool:
    """Keep what was typed for whoever the form's token was given to, whether or not that session still runs; False
    where nobody's it is, or there is nothing to keep."""
    typed = tuple((name, value) for name, value in fields if name not in _SECRET and name != "csrf")
    ticks = sum(name == "mark" for name, _ in typed) > 1  # a list with a mark for each line, to be ticked
    if not csrf or not is_kept(action) or not (ticks or any(value.strip() for name, value in typed if name not in OWN)):
        return False
    plain = msgspec.json.encode(_Data(page, typed))
    if len(plain) > _MOST:
        return False
    packed = zstandard.ZstdCompressor().compress(plain)
    with centre.database.read() as db:  # a stranger's token makes nobody wait
        account = people.whose_token(db, csrf, _since(centre))
    if not account:
        return False
    with centre.database.touch() as db:
        form_rows.tidy(db, _since(centre))
        form_rows.keep(db, account, action, which(action, typed), centre.now(), packed, sent=sent)
    return True


def _since(centre: Centre) -> str:
    return clock.stamp(centre.tell() - dt.timedelta(hours=HOURS))


def of(centre: Centre, account: str) -> tuple[Form, ...]:
    """What this account has kept, the latest first."""
    with centre.database.read() as db:
        found = form_rows.of_account(db, account, _since(centre))
    made = []
    for row in found:
        try:
            plain = zstandard.ZstdDecompressor().decompress(row["data"], max_output_size=_MOST)
            data = msgspec.json.decode(plain, type=_Data)
        except UNREADABLE:
            continue
        made.append(Form(row["action"], data.page, row["at"], bool(row["sent"]), data.fields, row["which"]))
    return tuple(made)


def drop(centre: Centre, account: str, action: str, mark: str) -> None:
    """Forget one: it is done, or not wanted any more."""
    with centre.database.read() as db:
        there = form_rows.is_kept(db, account, action, mark)
    if there:
        with centre.database.touch() as db:
            form_rows.drop(db, account, action, mark)


def tidy(centre: Centre) -> int:
    """Forget what is older than a day; how many forms that were."""
    with centre.database.touch() as db:
        return form_rows.tidy(db, _since(centre))
