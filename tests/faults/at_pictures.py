"""Pictures of a centre in a folder: one is kept, all are moved there, what nobody names is swept; and that after any
fault no row is without its bytes and, after the next sweep, no bytes are without a row."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import sqlalchemy as sa

from db.centre import rows
from db.centre.pictures import picture_rows
from db.centre.pictures.places import FOLDER
from db.centre.tables.host_tables import lease
from db.errors import StoreError
from desk.centre.node.centre_node import Centre
from desk.centre.node.pictures.keeping import Where
from desk.centre.run.pictures import checking, moving, sweeping
from desk.errors import DeskError

if TYPE_CHECKING:
    from deeds import World

Say = Callable[[str], None]
_ANY = dt.timedelta(seconds=-60)
_NEW, _OLD = b"\xff\xd8\xff new" * 500, [b"\xff\xd8\xff" + bytes([one]) * 2000 for one in range(3)]


@contextmanager
def _opened(world: World, to: str = FOLDER) -> Iterator[Centre]:
    """Faults of the disk are told to whoever asked."""
    try:
        centre = Centre(world.centre, where=Where(to, str(world.folder / "pictures")))
        try:
            yield centre
        finally:
            centre.close()
    except (sa.exc.OperationalError, StoreError, OSError) as error:
        raise DeskError("told to a person") from error


def _keep(centre: Centre, data: bytes) -> None:
    name = hashlib.sha256(data).hexdigest()
    laid = centre.pictures.lay(data)
    with centre.database.write() as db:
        rows.add_files(db, [{"sha256": name, "size": len(data), "name": "x", "kind": "image/jpeg"}])
        rows.finish_file(db, laid, centre.now())


def there(world: World) -> None:
    """Some lie in the database."""
    with _opened(world, "") as centre:
        for one in _OLD:
            _keep(centre, one)


def left_over(world: World) -> None:
    """They lie in the folder too, where nobody names them any more."""
    there(world)
    with _opened(world) as centre:
        moving.move(centre, FOLDER)
        moving.move(centre, "")


def keep(world: World, say: Say) -> None:
    """One more, as a desk sends it."""
    with _opened(world) as centre:
        _keep(centre, _NEW)
        say("kept")


def move(world: World, say: Say) -> None:
    """All into the folder."""
    with _opened(world) as centre:
        moving.move(centre, FOLDER)
        say("moved")


def sweep(world: World, say: Say) -> None:
    """What nobody names goes."""
    with _opened(world) as centre:
        _later(centre)
        if sweeping.sweep(centre, _ANY).trouble:
            raise DeskError("told to a person")
        say("swept")


def _later(centre: Centre) -> None:
    """So long after whoever swept was killed that another may."""
    with centre.database.write() as db:
        db.execute(sa.delete(lease))


def holds(world: World, said: list[str]) -> None:
    with _opened(world) as centre:
        with centre.database.read() as db:
            places = picture_rows.by_place(db)
            named = set(picture_rows.at_place(db, FOLDER, ""))
        assert checking.read_through(centre).bad == ()
        if "kept" in said:
            assert centre.pictures.read(hashlib.sha256(_NEW).hexdigest()) == _NEW
        if "moved" in said:
            assert set(places) == {FOLDER}
        place = centre.pictures.place(FOLDER)
        _later(centre)
        assert sweeping.sweep(centre, _ANY).trouble == ""
        assert {one.name for one in place.listed("")} == named
        left = [one for one in (world.folder / "pictures").rglob("*.part") if one.is_file()]
        assert left == []
