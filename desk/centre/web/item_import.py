"""Tables and guides of items brought in: looked at as what they would become, headings told by hand, kept as drafts."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from desk.centre.drafting import item_drafts
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web import uploads
from desk.centre.web.frame import MOST, Typed, centre_of, go, page, posted
from desk.centre.web.item_drafts import drawn
from desk.centre.web.uploads import Sent
from desk.errors import DeskError, RefusedError
from desk.law import codes
from desk.law.catalogue.rules import PROXY_NAMES
from desk.law.item_tables import columns, drafts, limits
from desk.law.item_tables.drafts import Draft
from desk.law.item_tables.reading import LIST, NONE, Reading
from desk.words.sheets import opening
from desk.words.sheets.grid import Book, Watch
from desk.words.sheets.headings import plain

router = APIRouter(include_in_schema=False)
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
_HEADINGS = 400  # of one file
_SORT = "items"  # of the uploaded file that is kept
_SHOWN, _FAULTS = 300, 12  # rows of a dry run, sorts of what is wrong
_GENERAL = ("org_name", "item_type", "exercise_level", "regime", "proxy_mode", "visits", "visits_note")
_APPROVAL = ("approved_by", "filed_no", "filed_on", "effective_from")
_FIRST = {"proxy_mode": "可代办", "visits": "1", "visits_note": "递交材料、核对身份"}  # offered, seen by the editor


async def typed(request: Request) -> dict[str, str]:
    """A dependency: every text of the form by its name, none longer than a field of ours."""
    form = await request.form()
    return {name: value[:MOST] for name, value in form.items() if isinstance(value, str)}


Form = Annotated[dict[str, str], Depends(typed)]


@router.post("/catalogue/import")
def upload(request: Request, visitor: Editor, file: Sent = None) -> Response:
    """What a file would become."""
    centre = centre_of(request)
    try:
        data = uploads.sent(file, "请选 XLSX、XLS、CSV 或 DOCX 文件。")
        name = _name(file.filename or "" if file else "")
        found = item_drafts.look(centre, _book(data, name), _FIRST, {})
    except DeskError as error:
        return drawn(request, visitor, message=error.sentences(), status=409)
    return _looked_at(request, visitor, found, uploads.keep(centre, visitor, _SORT, data), _FIRST, {})


@router.post("/catalogue/import/again")
def again(request: Request, visitor: Editor, form: Form, mark: Typed = "", name: Typed = "") -> Response:
    """The same file with what headings were taken for, and what was said for all of it."""
    centre, general, meant = centre_of(request), _general(form), _meant(form)
    try:
        data = uploads.kept(centre, visitor, _SORT, mark)
        found = item_drafts.look(centre, _book(data, _name(name)), general, meant)
    except DeskError as error:
        return drawn(request, visitor, message=error.sentences(), status=409)
    return _looked_at(request, visitor, found, mark, general, meant)


@router.post("/catalogue/import/take")
def take(
    request: Request, visitor: Editor, form: Form, mark: Typed = "", name: Typed = "", whole: Typed = ""
) -> Response:
    """Keep as drafts what was looked at."""
    centre, general, meant = centre_of(request), _general(form), _meant(form)
    try:
        data = uploads.kept(centre, visitor, _SORT, mark)
        found = item_drafts.look(centre, _book(data, _name(name)), general, meant)
    except DeskError as error:
        return drawn(request, visitor, message=error.sentences(), status=409)
    try:
        count, gone = item_drafts.take(centre, visitor.account, found, meant, whole=bool(whole))
    except RefusedError as error:
        return _looked_at(request, visitor, found, mark, general, meant, message=error.sentences(), status=409)
    uploads.drop(centre, visitor, _SORT)
    return go(f"/catalogue/drafts?took={count}&gave={gone}")


@router.post("/catalogue/imports/{run}/undo")
def undo(request: Request, visitor: Editor, run: str) -> Response:
    """Take an import back, as far as it is not published."""
    count, back = item_drafts.undo(centre_of(request), run)
    words = f"已撤销，{count} 条草稿没有了。" + (f"以前的 {back} 条草稿又回来了。" if back else "")
    return drawn(request, visitor, is_good=words if count or back else "这次导入没有留下草稿。")


def _book(data: bytes, name: str) -> Book:
    """The file as it is read; it lies in a folder of its own meanwhile. Raises RefusedError."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / name
        place.write_bytes(data)
        return opening.read_any(place, Watch())


def _name(said: str) -> str:
    """The name of a file as a browser says it, without any folder, of a length that every disk takes."""
    name = PurePosixPath(said.replace("\\", "/").replace("\0", "")).name
    path = PurePosixPath(name if name.strip(". ") else "表格")
    return path.stem[:60] + path.suffix[:10]


def _general(form: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key in (*_GENERAL, *_APPROVAL) if (text := form.get(f"all.{key}", "").strip())}


def _meant(form: Mapping[str, str]) -> dict[str, str]:
    """What headings were told to be, by the heading as it is compared; not those that were left as they were taken."""
    told = {}
    for at in range(_HEADINGS):
        name, key = plain(form.get(f"head.{at}", "")), form.get(f"means.{at}", "")
        if name and key in columns.BY_KEY and key != form.get(f"was.{at}", ""):
            told[name] = key
    return told


def _looked_at(
    request: Request,
    visitor: guard.Visitor,
    found: Reading,
    mark: str,
    general: Mapping[str, str],
    meant: Mapping[str, str],
    *,
    message: str = "",
    status: int = 200,
) -> Response:
    centre = centre_of(request)
    known = centre.publications
    lacking = [drafts.lacks(one.item, known.regimes, known.items) if _comes(one) else [] for one in found.drafts]
    both = zip(found.drafts, lacking, strict=True)
    lines = sorted(
        (_line(one, faults) for one, faults in both), key=lambda line: (not line["said"], not line["faults"])
    )
    lost = sum(one.is_lost for one in found.drafts)
    new = sum(one.before == 0 and not one.is_lost for one in found.drafts)
    changed = sum(bool(one.fields) and not one.is_lost for one in found.drafts)
    return page(
        request,
        "item_import.html",
        status,
        visitor=visitor,
        message=message,
        found=found,
        file_name=found.file,
        mark=mark,
        lines=lines[:_SHOWN],
        more=max(0, len(lines) - _SHOWN),
        counts={"lost": lost, "new": new, "changed": changed, "same": len(lines) - lost - new - changed},
        faults=Counter(words for faults in lacking for words in faults).most_common(_FAULTS),
        doubts=sum(bool(line["said"]) for line in lines) - lost,
        parts=[one for one in found.parts if one.what != NONE],
        others=[one.sheet for one in found.parts if one.what == NONE],
        lists=LIST,
        means=columns.choices(),
        unknown=found.unknown,
        recognised=found.recognised,
        meant=[(name, key) for name, key in meant.items()],
        general=general,
        **_choices(centre),
    )


def _choices(centre: Centre) -> dict[str, Any]:
    return {
        "types": list(codes.ITEM_TYPES.values()),
        "levels": list(codes.LEVELS.values()),
        "proxies": list(PROXY_NAMES.values()),
        "regimes": [one.name for one in centre.publications.regimes.values()],
    }


def _comes(draft: Draft) -> bool:
    """Whether it becomes a draft: it can be read, and says something that is not published."""
    return not draft.is_lost and (not draft.before or bool(draft.fields))


def _line(draft: Draft, faults: Sequence[str]) -> dict[str, Any]:
    """A row of the dry run in words; `faults` are what a draft of it would still have to be given."""
    item = draft.item
    if draft.is_lost:
        what = "不收"
    elif not draft.before:
        what = "新增"
    else:
        what = f"改{'、'.join(draft.fields)}" if draft.fields else "与现行的一样"
    return {
        "row": draft.row,
        "sheet": draft.sheet,
        "name": item.item_name,
        "org": item.org_name,
        "type": codes.ITEM_TYPES.get(item.item_type, ""),
        "limit": limits.short(item.promised_limit) or limits.short(item.statutory_limit),
        "materials": len(item.materials),
        "what": what,
        "lost": draft.is_lost,
        "faults": faults,
        "said": [one.sentence() for one in draft.findings],
    }
