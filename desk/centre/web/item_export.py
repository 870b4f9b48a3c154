"""The catalogue written out: the table that comes in again and its JSON for the editor, both and the schema for
everybody."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web import open_data
from desk.centre.web.frame import attached, centre_of, signed_in
from desk.centre.web.public_guides import FRESH, on_shelf
from desk.law.catalogue.item import Catalogue, Item
from desk.law.item_tables import export
from desk.words import spreadsheet

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
_CSV, _JSON = "text/csv; charset=utf-8", "application/json"


def _items(centre: Centre) -> list[Item]:
    """Every item that stands, also those that take no case today."""
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
    stands = centre.publications
    kept = (one for code, one in stands.items.items() if code not in stands.withdrawn)
    return sorted(kept, key=lambda one: (one.org_name, one.item_name, one.task_code))


def _whole(centre: Centre, items: list[Item]) -> Catalogue:
    stands = centre.publications
    return Catalogue(stands.version, centre.name, centre.today(), tuple(stands.regimes.values()), tuple(items))


@router.get("/catalogue/export.xlsx")
def xlsx(request: Request, _visitor: Reader) -> Response:
    """All items as the spreadsheet that the import reads."""
    centre = centre_of(request)
    return attached(spreadsheet.workbook([export.table(_items(centre))]), f"事项清单{centre.today():%Y%m%d}.xlsx")


@router.get("/catalogue/export.csv")
def as_csv(request: Request, _visitor: Reader) -> Response:
    """The same as CSV."""
    centre = centre_of(request)
    return attached(export.as_csv(_items(centre)), f"事项清单{centre.today():%Y%m%d}.csv", _CSV)


@router.get("/catalogue/export.json")
def as_json(request: Request, _visitor: Reader) -> Response:
    """The catalogue as the file that is published."""
    centre = centre_of(request)
    data = export.as_json(_whole(centre, _items(centre)))
    return attached(data, f"事项目录{centre.today():%Y%m%d}.json", _JSON)


@router.get("/open/items.csv")
def open_csv(request: Request) -> Response:
    """For everybody: the items that take cases today, as CSV."""
    return open_data.answered(request, export.as_csv(on_shelf(centre_of(request))), _CSV)


@router.get("/open/catalogue.json")
def open_json(request: Request) -> Response:
    """For everybody: the same as a catalogue."""
    centre = centre_of(request)
    items = on_shelf(centre)
    return open_data.answered(request, export.as_json(_whole(centre, items)), _JSON)


@router.get("/open/catalogue.schema.json")
def open_schema() -> Response:
    """What the catalogue's JSON may hold."""
    return JSONResponse(export.schema(), headers=FRESH)
