"""What is looked for in the work list: names and numbers of people, which stand in no address and so in no proxy's log.

The form is posted; the address that it leads to carries the words sealed with the centre's own key. So a list that was
searched can be paged, reloaded and refreshed like any other, by every process and without script, and nothing is kept.
"""

from __future__ import annotations

import base64
import binascii
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from db.centre.box import place
from db.errors import WrongKeyError
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import READ
from desk.centre.run import guard
from desk.centre.web.frame import Typed, centre_of, go, posted
from desk.errors import RefusedError

router = APIRouter(include_in_schema=False)
Poster = Annotated[guard.Visitor, Depends(posted(READ))]
Found = Annotated[str, Query(max_length=1200)]
_PLACE = place("address", "find")
_MOST = 100  # characters that are looked for


class _Words(msgspec.Struct, array_like=True):
    account: str
    text: str


def sealed(centre: Centre, account: str, text: str) -> str:
    """`text` as an address may carry it, for this account alone; "" for nothing."""
    if not text:
        return ""
    kept = centre.database.box.seal(msgspec.json.encode(_Words(account, text)), _PLACE)
    return base64.urlsafe_b64encode(kept).decode().rstrip("=")


def opened(centre: Centre, account: str, find: str) -> str:
    """What `sealed` sealed for this account. Raises RefusedError for anything else."""
    if not find:
        return ""
    try:
        kept = base64.urlsafe_b64decode(find + "=" * (-len(find) % 4))
        words = msgspec.json.decode(centre.database.box.open(kept, _PLACE), type=_Words)
    except (WrongKeyError, ValueError, binascii.Error) as error:
        raise RefusedError(_LOST, "", "请回到办件列表重新查找。") from error
    if words.account != account:
        raise RefusedError(_LOST, "", "请回到办件列表重新查找。")
    return words.text


_LOST = "这个查找的地址已经失效，或者是别人的。"


@router.post("/cases/find")
def find_cases(
    request: Request,
    visitor: Poster,
    text: Typed = "",
    task: Typed = "",
    mine: Typed = "",
    back: Typed = "",
    place: Typed = "",
    body: Typed = "",
) -> Response:
    """Look for `text`; `back` is the query of the list that it was asked from."""
    asked = dict(parse_qsl(back)) | {"find": sealed(centre_of(request), visitor.account, text.strip()[:_MOST])}
    asked |= {"task": task, "mine": mine, "place": place, "body": body}
    return go(f"/cases?{urlencode({name: value for name, value in asked.items() if value})}")
