"""What cameras, scanners, telephones and offices give: taken whole or refused in words; turned without loss."""

from __future__ import annotations

import io
import itertools
import os
import struct
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import full_draft
from PIL import Image, ImageChops, ImageDraw
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from reportlab.pdfgen.canvas import Canvas

from desk.app.open_desk import Desk
from desk.log.files import FileRef
from ui import tasks
from ui.devices.camera import CameraTray
from ui.dialogs.picture_dialog import PictureDialog, PictureViewer
from ui.window import MainWindow

FILES = Path(__file__).parent / "picture_files"
Settle = Callable[[], None]
LONGEST = 1754


def photo(wide: int = 1600, high: int = 1200, mode: str = "RGB") -> Image.Image:
    """White, red at its upper left, blue at its lower right, a line of squares between."""
    made = Image.new(mode, (wide, high), "white")
    pen = ImageDraw.Draw(made)
    pen.rectangle((0, 0, wide // 4, high // 4), fill="red")
    pen.rectangle((wide - wide // 4, high - high // 4, wide, high), fill="blue")
    for at in range(20):
        left = wide // 4 + at * wide // 40
        pen.rectangle((left, high // 2, left + wide // 80, high // 2 + wide // 80), fill="black")
    return made


def encoded(image: Image.Image, kind: str, **ways: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **ways)
    return out.getvalue()


@pytest.fixture
def box(window: MainWindow, settle: Settle) -> Iterator[PictureDialog]:
    made = PictureDialog(window, window.desk, "户口簿", (), list)
    made.open()
    settle()
    yield made
    close_errors()


def put(folder: Path, name: str, data: bytes, *, old: bool = True) -> Path:
    """A file that has been lying there, or one that was saved just now."""
    place = folder / name
    place.write_bytes(data)
    if old:
        os.utime(place, (time.time() - 60, time.time() - 60))
    return place


def errors() -> list[str]:
    shown = [one for one in QApplication.topLevelWidgets() if one.objectName() == "error" and one.isVisible()]
    return ["\n".join(label.text() for label in one.findChildren(QLabel)) for one in shown]


def close_errors() -> None:
    for one in QApplication.topLevelWidgets():
        if one.objectName() == "error":
            one.close()


def shown(desk: Desk, ref: FileRef) -> Image.Image:
    return Image.open(io.BytesIO(desk.pictures.read(ref.sha256))).convert("RGB")


def corners(image: Image.Image) -> str:
    """The colours of the corners, clockwise from the upper left."""
    x, y = image.width // 12, image.height // 12
    places = ((x, y), (image.width - x, y), (image.width - x, image.height - y), (x, image.height - y))
    names = {(1, 0, 0): "red", (0, 0, 1): "blue", (1, 1, 1): "white"}
    return " ".join(names[tuple(int(one > 127) for one in image.getpixel(place))] for place in places)


# -- what is still being written --------------------------------------------------------------------------------------


def test_half_jpg_that_is_still_being_written_is_waited_for_and_taken_whole(
    box: PictureDialog, settle: Settle, tmp_path: Path
) -> None:
    data = encoded(photo(), "JPEG")
    place = put(tmp_path, "half.jpg", data[: len(data) // 2], old=False)

    def rest() -> None:
        time.sleep(1.0)
        with place.open("ab") as file:
            file.write(data[len(data) // 2 :])

    writer = threading.Thread(target=rest)
    writer.start()
    box.add_files([place])
    settle()
    writer.join()
    assert errors() == []
    (ref,) = box.files
    assert corners(shown(box._desk, ref)) == "red white blue white"


def test_empty_jpg_that_fills_is_waited_for(box: PictureDialog, settle: Settle, tmp_path: Path) -> None:
    place = put(tmp_path, "empty.jpg", b"", old=False)
    QTimer.singleShot(700, lambda: place.write_bytes(encoded(photo(), "JPEG")))
    box.add_files([place])
    settle()
    assert (errors(), len(box.files)) == ([], 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_jpg_and_half_png_that_stay_so_are_refused_as_cut(
    box: PictureDialog, settle: Settle, tmp_path: Path, kind: str
) -> None:
    data = encoded(photo(), kind)
    good = put(tmp_path, "good.jpg", encoded(photo(), "JPEG"))
    box.add_files([put(tmp_path, f"half.{kind.lower()}", data[: len(data) * 2 // 3]), good])
    settle()
    (told,) = errors()
    assert "不完整" in told
    assert len(box.files) == 1  # the other file is taken all the same


def test_empty_jpg_that_stays_empty_is_refused_as_empty(box: PictureDialog, settle: Settle, tmp_path: Path) -> None:
    box.add_files([put(tmp_path, "empty.jpg", b"")])
    settle()
    (told,) = errors()
    assert "空文件" in told
    assert box.files == []


def test_a_window_that_is_closed_while_a_file_is_read_waits_for_it(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    box = PictureDialog(window, window.desk, "户口簿", (), list)
    told: list[tuple[FileRef, ...]] = []
    box.changed.connect(told.append)
    box.open()
    box.add_files([put(tmp_path, "a.jpg", encoded(photo(), "JPEG"), old=False)])
    box.accept()
    assert box.isVisible()
    settle()
    assert len(told[-1]) == 1
    assert not [one for one in QApplication.topLevelWidgets() if one.objectName() == "pictures" and one.isVisible()]


# -- told by content --------------------------------------------------------------------------------------------------


def test_png_as_jpg_is_read_by_its_content(box: PictureDialog, settle: Settle, tmp_path: Path) -> None:
    box.add_files([put(tmp_path, "png_as.jpg", encoded(photo(), "PNG"))])
    settle()
    assert (errors(), len(box.files)) == ([], 1)


def test_alpha_png_lies_on_white(box: PictureDialog, settle: Settle, tmp_path: Path) -> None:
    clear = photo(800, 600, "RGBA")
    clear.putpixel((400, 300), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 0), (200, 160, 600, 290))
    box.add_files([put(tmp_path, "alpha.png", encoded(clear, "PNG"))])
    settle()
    assert min(shown(box._desk, box.files[0]).getpixel((400, 200))) > 250


@pytest.mark.parametrize("name", ["IMG_0001.HEIC", "heic_as.jpg"])
def test_a_heic_without_a_picture_is_refused_and_a_way_is_shown(
    box: PictureDialog, settle: Settle, tmp_path: Path, name: str
) -> None:
    head = struct.pack(">I4s4sI8s", 24, b"ftyp", b"heic", 0, b"mif1heic")
    box.add_files([put(tmp_path, name, head + bytes(2000))])
    settle()
    (told,) = errors()
    assert "HEIC" in told
    assert "兼容性最佳" in told


@pytest.mark.parametrize("name", ["IMG_0002.HEIC", "heic_as.jpg"])
def test_a_heic_of_a_telephone_is_read(box: PictureDialog, settle: Settle, tmp_path: Path, name: str) -> None:
    box.add_files([put(tmp_path, name, (FILES / "IMG_0002.HEIC").read_bytes())])
    settle()
    assert errors() == []
    assert corners(shown(box._desk, box.files[0])) == "red white blue white"


def test_what_a_camera_says_of_up_and_down_is_obeyed(box: PictureDialog, settle: Settle, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = photo().rotate(90, expand=True)
    box.add_files([
        put(tmp_path, "a.jpg", encoded(lying, "JPEG", exif=exif)),
        put(tmp_path, "b.png", encoded(lying, "PNG", exif=exif)),
        put(tmp_path, "c.tif", encoded(lying, "TIFF", tiffinfo={0x0112: 6})),
    ])  # fmt: skip
    settle()
    assert [corners(shown(box._desk, ref)) for ref in box.files] == ["red white blue white"] * 3


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "CMYK", "LA"])
def test_bits_greys_palettes_and_printers_colours_are_read(
    box: PictureDialog, settle: Settle, tmp_path: Path, mode: str
) -> None:
    image = Image.new(mode, (2400, 1800), 60_000) if mode == "I;16" else photo(2400, 1800).convert(mode)
    box.add_files([put(tmp_path, "scan.tif", encoded(image, "TIFF"))])
    settle()
    assert errors() == []
    page = shown(box._desk, box.files[0])
    assert (page.size, min(page.getpixel((1600, 100))) > 220) == ((LONGEST, 1316), True)


# -- the camera's folder ----------------------------------------------------------------------------------------------


def test_the_cameras_folder_tells_by_content_and_takes_a_name_that_is_used_again(
    window: MainWindow, settle: Settle, tmp_path: Path, qtbot: object
) -> None:
    put(tmp_path, "old.jpg", encoded(photo(), "JPEG"))
    qtbot.wait(50)
    tray = CameraTray(window)
    tray.watch(str(tmp_path))
    settle()
    put(tmp_path, "scan", encoded(photo(), "JPEG"), old=False)
    put(tmp_path, "0001.dat", (FILES / "IMG_0002.HEIC").read_bytes(), old=False)
    put(tmp_path, "Thumbs.db", b"\xd0\xcf\x11\xe0 no picture", old=False)
    put(tmp_path, "notes.zip", b"PK\3\4 no picture", old=False)
    put(tmp_path, "c.jpg.part", encoded(photo(), "JPEG"), old=False)
    assert [one.name for one in tray.take()] == ["0001.dat", "scan"]
    assert tray.take() == []
    put(tmp_path, "scan", encoded(photo(900, 700), "JPEG"), old=False)
    put(tmp_path, "old.jpg", encoded(photo(900, 700), "JPEG"), old=False)
    assert [one.name for one in tray.take()] == ["old.jpg", "scan"]


def test_a_picture_that_the_camera_is_still_writing_arrives_whole(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    tray = CameraTray(window)
    tray.watch(str(tmp_path))
    settle()
    box = PictureDialog(window, window.desk, "户口簿", (), tray.take)
    box.open()
    data = encoded(photo(), "JPEG")
    place = put(tmp_path, "scan.jpg", data[:9000], old=False)
    QTimer.singleShot(800, lambda: place.write_bytes(data))
    box.take_from_camera()
    settle()
    assert (errors(), len(box.files)) == ([], 1)
    box.take_from_camera()
    settle()
    assert "没有新图片" in box._hint.text()
    assert len(box.files) == 1


# -- pages ------------------------------------------------------------------------------------------------------------


def test_three_tif_is_three_pages(box: PictureDialog, settle: Settle, tmp_path: Path) -> None:
    sheets = [photo(), photo(), photo(1200, 1600).rotate(180)]
    data = encoded(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], compression="tiff_lzw")
    box.add_files([put(tmp_path, "three.tif", data)])
    settle()
    assert [ref.name for ref in box.files] == ["three-1.jpg", "three-2.jpg", "three-3.jpg"]
    looks = [corners(shown(box._desk, ref)) for ref in box.files]
    assert looks == ["red white blue white", "red white blue white", "blue white red white"]


def test_a_fax_of_bits_keeps_its_pages(box: PictureDialog, settle: Settle, tmp_path: Path) -> None:
    sheets = [photo(1728, 2200).convert("1")] * 2
    sheets[1] = ImageChops.invert(sheets[1].convert("L")).convert("1")
    data = encoded(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], compression="group4")
    box.add_files([put(tmp_path, "fax.tif", data)])
    settle()
    assert len(box.files) == 2


def pdf(pages: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for at in range(pages):
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 641, 150, 200, stroke=0, fill=1)
        canvas.drawString(200, 400, f"page {at + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_pdf_is_all_of_its_pages_and_more_than_fit_are_refused(
    box: PictureDialog, settle: Settle, tmp_path: Path
) -> None:
    box.add_files([put(tmp_path, "scan.pdf", pdf(2)), put(tmp_path, "book.pdf", pdf(61))])
    settle()
    assert len(box.files) == 2
    first = shown(box._desk, box.files[0])
    assert (first.size, first.getpixel((60, 60))[1] < 60) == ((1240, LONGEST), True)
    (told,) = errors()
    assert "最多 60 页" in told
    box.list.go(0)
    box.turn()
    settle()
    assert shown(box._desk, box.files[0]).size == (LONGEST, 1240)


def test_a_cut_pdf_and_a_locked_one_are_refused_in_words(box: PictureDialog, settle: Settle, tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(1))))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    box.add_files([put(tmp_path, "cut.pdf", b"%PDF-1.4\n1 0 obj"), put(tmp_path, "locked.pdf", locked.getvalue())])
    settle()
    told = "\n".join(errors())
    assert "不是能打开的 PDF" in told
    assert "要密码" in told
    assert box.files == []


# -- very long, very large --------------------------------------------------------------------------------------------


def test_a_chat_of_1000_by_20000_stays_as_legible_as_it_was(box: PictureDialog, settle: Settle, tmp_path: Path) -> None:
    chat = Image.new("RGB", (1000, 20_000), "white")
    pen = ImageDraw.Draw(chat)
    for row in range(400):
        pen.text((40, row * 50 + 10), f"line {row:03} {'x' * (row % 40)}", fill="black", font_size=24)
    box.add_files([put(tmp_path, "chat.png", encoded(chat, "PNG"))])
    assert tasks.wait_idle(60_000)
    assert len(box.files) == 15
    pages = [shown(box._desk, ref) for ref in box.files]
    assert all(page.width == 1000 and page.height <= LONGEST for page in pages)  # no smaller than it was
    assert all(ref.size <= 240 << 10 for ref in box.files)
    last = chat.crop((0, 20_000 - pages[-1].height, 1000, 20_000))
    assert ImageChops.difference(pages[-1], last).convert("L").point(lambda grey: 255 * (grey > 90)).getbbox() is None
    joint = chat.crop((0, 1350, 1000, 1400))  # the line at the cut is whole on one of the two pages
    assert ImageChops.difference(pages[1].crop((0, 1350 - 1328, 1000, 1400 - 1328)), joint).getextrema()[0][1] < 90


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_of_100_megapixels_is_taken_while_the_window_goes_on(
    box: PictureDialog, settle: Settle, tmp_path: Path, kind: str
) -> None:
    ways = {"PNG": {"compress_level": 1}}.get(kind, {})
    place = put(tmp_path, "map", encoded(photo(11_500, 8_700), kind, **ways))
    beats: list[float] = []
    clock = QTimer(interval=20)
    clock.timeout.connect(lambda: beats.append(time.monotonic()))
    clock.start()
    box.add_files([place])
    assert tasks.wait_idle(60_000)
    clock.stop()
    (ref,) = box.files
    assert shown(box._desk, ref).size == (3508, 2654)  # twice as many dots each way as a sheet has
    assert max(later - before for before, later in itertools.pairwise(beats)) < 1.0


def bomb() -> bytes:
    """A PNG of a few hundred kilobytes that would be 900 megapixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(30_001 * 1000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_bomb_is_refused_before_it_is_unpacked(box: PictureDialog, settle: Settle, tmp_path: Path) -> None:
    box.add_files([put(tmp_path, "bomb.png", bomb())])
    settle()
    (told,) = errors()
    assert "超过 1.2 亿像素" in told
    assert box.files == []
    assert not (box._desk.folder / "originals").exists()  # what is refused is not kept


# -- turning, cropping, taking back -----------------------------------------------------------------------------------


def pull(box: PictureDialog, left: float, top: float, right: float, bottom: float) -> None:
    """A rectangle over the picture, by shares of it."""
    picture = box.view.pixmap().size() / box.view.pixmap().devicePixelRatio()
    x, y = (box.view.width() - picture.width()) / 2, (box.view.height() - picture.height()) / 2
    box.view._band.setGeometry(
        QRect(
            round(x + left * picture.width()),
            round(y + top * picture.height()),
            round((right - left) * picture.width()),
            round((bottom - top) * picture.height()),
        )
    )
    box.view._band.show()


def test_turning_both_ways_and_many_times_loses_nothing(box: PictureDialog, settle: Settle, tmp_path: Path) -> None:
    box.add_files([put(tmp_path, "a.jpg", encoded(photo(3000, 2000), "JPEG"))])
    settle()
    first = box.files[0]
    for act in (box.turn, box.turn_left, *[box.turn] * 3, *[box.turn_left] * 3):
        act()
        settle()
    assert box.files[0].sha256 == first.sha256  # the very same bytes
    box.turn()
    settle()
    assert corners(shown(box._desk, box.files[0])) == "white red white blue"
    box.turn_left()
    settle()
    box.turn_left()
    settle()
    assert corners(shown(box._desk, box.files[0])) == "white blue white red"


def test_a_part_is_cut_out_of_the_original_and_is_sharper_than_the_picture_was(
    box: PictureDialog, settle: Settle, tmp_path: Path
) -> None:
    original = photo(4000, 3000)
    box.add_files([put(tmp_path, "a.png", encoded(original, "PNG"))])
    settle()
    box.turn()
    settle()
    pull(box, 0.5, 0.0, 1.0, 0.5)  # the red corner, which lies at the upper right by now
    box.crop()
    settle()
    part = shown(box._desk, box.files[0])
    assert corners(part) == "white red white white"
    assert max(part.size) == LONGEST  # of 2000 pixels of the original; of the picture there were 877
    pull(box, 0.5, 0.0, 1.0, 0.5)
    box.crop()
    settle()
    assert abs(shown(box._desk, box.files[0]).width - 750) < 20  # every pixel of the original


def test_what_was_turned_and_cropped_is_undone_at_once_and_after_a_restart(
    make_desk: Callable[..., Desk], qtbot: object, settle: Settle, tmp_path: Path
) -> None:
    from conftest import PASSWORD

    from desk.app import opening

    desk = make_desk()
    window = MainWindow(desk)
    window.show()
    box = PictureDialog(window, desk, "户口簿", (), list)
    box.open()
    box.add_files([put(tmp_path, "a.jpg", encoded(photo(3000, 2000), "JPEG"))])
    settle()
    first = box.files[0]
    box.turn()
    settle()
    pull(box, 0.2, 0.2, 0.8, 0.8)
    box.crop()
    settle()
    cut = box.files[0]
    box.undo()
    assert shown(desk, box.files[0]).size == (1169, LONGEST)
    box.undo()
    assert box.files == [first]
    box.accept()
    settle()
    window.close()
    folder = desk.folder
    desk.close()
    (tmp_path / "a.jpg").unlink()
    again = opening.open_desk(folder, "suhe", PASSWORD)
    window = MainWindow(again)
    later = PictureDialog(window, again, "户口簿", (cut,), list)
    later.open()
    settle()
    later.whole()
    settle()
    assert later.files[0].sha256 == first.sha256
    later.accept()
    settle()
    window.close()
    again.close()


def test_a_removed_picture_comes_back(box: PictureDialog, settle: Settle, tmp_path: Path) -> None:
    box.add_files([put(tmp_path, "a.jpg", encoded(photo(), "JPEG"))])
    settle()
    files = list(box.files)
    box.remove()
    assert box.files == []
    button = box.findChild(QPushButton, "pictures-undo")
    assert button is not None
    button.click()
    assert box.files == files


def test_a_picture_without_its_original_is_turned_and_taken_back_all_the_same(
    box: PictureDialog, settle: Settle, tmp_path: Path
) -> None:
    box.add_files([put(tmp_path, "a.jpg", encoded(photo(3000, 2000), "JPEG"))])
    settle()
    first = box.files[0]
    for one in (box._desk.folder / "originals").iterdir():
        one.unlink()
    box.turn()
    settle()
    assert corners(shown(box._desk, box.files[0])) == "white red white blue"
    box.whole()
    settle()
    assert shown(box._desk, box.files[0]).size == shown(box._desk, first).size


def test_originals_lie_sealed_and_the_oldest_go_when_there_are_too_many(desk: Desk, tmp_path: Path) -> None:
    from desk.store.originals import Originals

    drawer = Originals(desk.store, tmp_path, most=5000)
    for at, name in enumerate(("a", "b", "c")):
        drawer.keep(name, b"152523195603020027" * 100)
        os.utime(tmp_path / "originals" / name, (at + 1, at + 1))
    assert b"152523195603020027" not in (tmp_path / "originals" / "c").read_bytes()
    assert (drawer.read("a"), drawer.read("c")) == (None, b"152523195603020027" * 100)
    (tmp_path / "originals" / "c").write_bytes(b"damaged")
    assert drawer.read("c") is None


def test_the_pictures_of_a_case_are_turned_and_seen_whole_without_changing_it(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    import msgspec

    desk = window.desk
    box = PictureDialog(window, desk, "户口簿", (), list)
    box.open()
    box.add_files([put(tmp_path, "a.jpg", encoded(photo(3000, 2000), "JPEG"))])
    settle()
    pull(box, 0.0, 0.0, 0.5, 0.5)
    box.crop()
    settle()
    files = tuple(box.files)
    box.accept()
    settle()
    draft = full_draft(desk)
    first = msgspec.structs.replace(draft.materials[0], files=files)
    number = desk.register(msgspec.structs.replace(draft, materials=(first, *draft.materials[1:]))).intake_no
    (ref,) = desk.case(number).case.materials[0].files
    viewer = PictureViewer(window, desk, (ref,))
    viewer.open()
    settle()
    assert viewer.view.image.width() == 1500
    viewer.turn_left()
    settle()
    assert viewer.view.image.height() == 1500
    viewer.whole()
    settle()
    assert (viewer.view.image.width(), viewer.view.image.height()) == (1754, 1169)
    assert viewer.files == [ref]
    assert desk.case(number).case.materials[0].files == (ref,)
    viewer.accept()
    again = desk.again(number)  # a draft like it: there it can be changed
    box = PictureDialog(window, desk, "户口簿", again.materials[0].files, list)
    box.open()
    settle()
    box.whole()
    settle()
    assert shown(desk, box.files[0]).size == (1754, 1169)


def test_a_picture_is_seen_larger_and_the_part_pulled_there_is_the_same(
    box: PictureDialog, settle: Settle, tmp_path: Path
) -> None:
    box.add_files([put(tmp_path, "a.jpg", encoded(photo(1600, 1200), "JPEG"))])
    settle()
    before = box.view.pixmap().width()
    for _ in range(3):
        box.view.nearer()
    assert box.view.pixmap().width() > before * 2
    pull(box, 0.0, 0.0, 0.5, 0.5)
    box.crop()
    settle()
    assert shown(box._desk, box.files[0]).size == pytest.approx((800, 600), abs=4)
    box.view.farther()
    assert box.view.pixmap().width() <= box.view.area.viewport().width()


# -- OFD --------------------------------------------------------------------------------------------------------------

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(**more: bytes) -> bytes:
    """A licence of one page: a template with a frame, a text, a picture, a seal."""
    parts = {
        "OFD.xml": f"""<ofd:OFD {NS} DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml
            </ofd:DocRoot><ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>""",
        "Doc_0/Document.xml": f"""<ofd:Document {NS}><ofd:CommonData><ofd:PageArea>
            <ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:PageArea>
            <ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>
            <ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>
            <ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>""",
        "Doc_0/PublicRes.xml": f"""<ofd:Res {NS} BaseLoc="Res"><ofd:Fonts>
            <ofd:Font ID="3" FontName="宋体"/></ofd:Fonts></ofd:Res>""",
        "Doc_0/DocumentRes.xml": f"""<ofd:Res {NS} BaseLoc="Res"><ofd:MultiMedias>
            <ofd:MultiMedia ID="4" Type="Image"><ofd:MediaFile>image.png</ofd:MediaFile></ofd:MultiMedia>
            </ofd:MultiMedias></ofd:Res>""",
        "Doc_0/Tpls/Tpl_0/Content.xml": f"""<ofd:Page {NS}><ofd:Content><ofd:Layer ID="10">
            <ofd:PathObject ID="11" Boundary="5 5 200 130" LineWidth="1"><ofd:StrokeColor Value="255 0 0"/>
            <ofd:AbbreviatedData>M 0 0 L 200 0 L 200 130 L 0 130 C</ofd:AbbreviatedData></ofd:PathObject>
            </ofd:Layer></ofd:Content></ofd:Page>""",
        "Doc_0/Pages/Page_0/Content.xml": f"""<ofd:Page {NS}><ofd:Template TemplateID="2" ZOrder="Background"/>
            <ofd:Content><ofd:Layer ID="20"><ofd:TextObject ID="21" Boundary="20 20 150 20" Font="3" Size="10">
            <ofd:TextCode X="0" Y="10" DeltaX="g 3 12">草原使用</ofd:TextCode></ofd:TextObject>
            <ofd:ImageObject ID="22" Boundary="20 60 40 30" CTM="40 0 0 30 0 0" ResourceID="4"/>
            <ofd:CompositeObject ID="23" Boundary="0 0 1 1" ResourceID="9"/></ofd:Layer></ofd:Content></ofd:Page>""",
        "Doc_0/Signs/Signatures.xml": f"""<ofd:Signatures {NS}><ofd:Signature ID="1"
            BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>""",
        "Doc_0/Signs/Sign_0/Signature.xml": f"""<ofd:Signature {NS}><ofd:SignedInfo>
            <ofd:StampAnnot PageRef="1" ID="1" Boundary="150 80 40 40"/></ofd:SignedInfo>
            <ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>""",
    }
    seal = encoded(Image.new("RGB", (80, 80), "red"), "PNG")
    files = {name: text.encode() for name, text in parts.items()}
    files |= {"Doc_0/Res/image.png": encoded(photo(400, 300), "PNG")}
    files |= {"Doc_0/Signs/Sign_0/SignedValue.dat": b"\x30\x82\x01" + seal + b"\x04\x20rest"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in (files | more).items():
            package.writestr(name, data)
    return out.getvalue()


def test_an_ofd_is_kept_and_shown_and_what_cannot_be_shown_is_said(
    box: PictureDialog, settle: Settle, tmp_path: Path
) -> None:
    data = ofd()
    box.add_files([put(tmp_path, "licence.ofd", data)])
    settle()
    assert errors() == []
    ref, whole = box.files
    assert (whole.name, whole.kind) == ("licence.ofd", "application/ofd")
    assert box._desk.pictures.read(whole.sha256) == data  # kept to the byte
    page = shown(box._desk, ref)
    dots = page.width / 210  # dots a millimetre
    assert page.size == pytest.approx((1654, 1102), abs=1)
    at = {
        "frame": page.getpixel((round(100 * dots), round(5 * dots))),
        "seal": page.getpixel((round(170 * dots), round(100 * dots))),
        "picture": page.getpixel((round(22 * dots), round(62 * dots))),
    }
    assert all(colour[0] > 200 and colour[1] < 90 for colour in at.values()), at
    letters = page.crop((round(20 * dots), round(20 * dots), round(68 * dots), round(33 * dots))).convert("L")
    assert letters.getextrema()[0] < 80
    told = box._hint.text()
    assert "1 处图形画不出" in told
    assert "没有验证" in told
    box.list.go(1)
    settle()
    assert box.view.image.width() == 1654  # its first page stands for it
    box.turn()
    assert "不转不裁" in box._hint.text()
    assert box.files[1] == whole


def test_the_original_is_put_where_a_person_wants_it(
    box: PictureDialog, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = encoded(photo(), "PNG")
    box.add_files([put(tmp_path, "a.png", data)])
    settle()
    box.turn()
    settle()
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "out")
    (tmp_path / "out").mkdir()
    box.save_original()
    settle()
    (asked,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible()]
    asked.accept()
    settle()
    assert (tmp_path / "out" / "a.png").read_bytes() == data


@pytest.mark.parametrize(
    "data",
    [
        b"PK\3\4 no zip",
        ofd(**{"OFD.xml": b"<a/>"}),
        ofd(**{"OFD.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        ofd(**{"Doc_0/Pages/Page_0/Content.xml": b" " * (50 << 20)}),
    ],
    ids=["no zip", "nothing in it", "entities", "a bomb"],
)
def test_what_is_no_ofd_is_refused_in_words(box: PictureDialog, settle: Settle, tmp_path: Path, data: bytes) -> None:
    box.add_files([put(tmp_path, "a.ofd", data)])
    settle()
    (told,) = errors()
    assert "不是能打开的 OFD" in told
    assert "PDF" in told


def test_keys_of_the_window(box: PictureDialog, settle: Settle, tmp_path: Path, qtbot: object) -> None:
    box.add_files([put(tmp_path, "a.jpg", encoded(photo(), "JPEG"))])
    settle()
    qtbot.keyClick(box, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(box._past) == 2)
    assert corners(shown(box._desk, box.files[0])) == "white blue white red"
    box.activateWindow()  # off screen nobody brings it to the front again, and its shortcuts are the front window's
    qtbot.waitUntil(box.isActiveWindow)
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert corners(shown(box._desk, box.files[0])) == "red white blue white"
