"""Frames of a picture file through Pillow: JPEG, PNG, TIFF, BMP, GIF, WebP, AVIF, and HEIC through libheif.

A large JPEG is decoded no larger than it is wanted; of other kinds one frame at a time is in memory.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator

from PIL import Image, ImageOps

from desk import doors
from desk.counter.pictures import Part
from desk.errors import RefusedError

PIXELS = 120_000_000  # of one frame: larger than any camera at a counter; a bomb otherwise
_HOLDS = 40_000_000  # pixels of a frame that is held
_FORMATS = {
    "jpeg": ("JPEG", "MPO"), "png": ("PNG",), "tiff": ("TIFF",), "bmp": ("BMP",), "gif": ("GIF",), "webp": ("WEBP",),
    "avif": ("AVIF",), "heic": ("HEIF",),
}  # fmt: skip
_PAGED = frozenset(("tiff",))  # of the others the first frame is the picture: thumbnails and animation follow
_SCALABLE = frozenset(("L", "RGB", "RGBA", "LA", "CMYK"))
_SIDEWAYS = frozenset((5, 6, 7, 8))  # of EXIF's orientations
_ORIENTATION = 0x0112
_one = threading.Lock()  # one large frame at a time: a village PC has 4 GB

Image.MAX_IMAGE_PIXELS = PIXELS  # Pillow warns there and refuses at twice as many


class Raster:
    """The frames of a picture file in bytes. Raises RefusedError in words when it cannot be read."""

    def __init__(self, data: bytes, name: str, kind: str) -> None:
        self._data, self._name, self._kind = data, name, kind
        self._held: tuple[int, Image.Image] | None = None
        with _one, self._open() as image:
            self.sizes = list(self._sizes(image))

    def _open(self) -> Image.Image:
        if self._kind == "heic":
            from pi_heif import register_heif_opener

            register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
        try:
            return Image.open(io.BytesIO(self._data), formats=_FORMATS[self._kind])
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise self._huge() from error
        except Exception as error:  # what decoders raise for others' bytes is not told
            raise self._unreadable() from error

    def _sizes(self, image: Image.Image) -> Iterator[tuple[int, int]]:
        try:
            frames = getattr(image, "n_frames", 1) if self._kind in _PAGED else 1
            if frames > doors.SCAN.things:
                raise doors.too_many(self._name, doors.SCAN, "没有加入。")  # noqa: TRY301
            for at in range(frames):
                if frames > 1:
                    image.seek(at)
                wide, high = image.size
                if wide * high > PIXELS:
                    raise self._huge()  # noqa: TRY301
                yield (high, wide) if self._is_sideways(image) else (wide, high)
        except RefusedError:
            raise
        except Exception as error:
            raise self._unreadable() from error

    def _huge(self) -> RefusedError:
        most = f"{PIXELS / 1e8:g}"
        return RefusedError(f"“{self._name}”太大，超过 {most} 亿像素。", "没有加入。", "请把相机或扫描的分辨率调低。")

    def _is_sideways(self, image: Image.Image) -> bool:
        if self._kind in {"heic", "tiff"}:
            return False  # their readers give the upright size
        exif = Image.Exif()
        exif.load(image.info.get("exif") or b"")  # image.getexif() would decode a whole PNG
        return exif.get(_ORIENTATION) in _SIDEWAYS

    def _unreadable(self) -> RefusedError:
        if self._kind == "heic":
            return RefusedError(
                f"“{self._name}”是苹果手机的 HEIC 照片，读不出来。",
                "没有加入。",
                "请在手机“设置—相机—格式”里选“兼容性最佳”再拍，或用微信发一次再存成 JPG。",
            )
        return RefusedError(f"“{self._name}”不是能打开的图片。", "没有加入。", "请用 JPG 或 PNG，或重新拍摄。")

    def lacks(self) -> str:
        """Nothing: a picture is what it is."""
        return ""

    def image(self, frame: int, part: Part, longest: int) -> Image.Image:
        """The part (pixels of the upright frame) of a frame in colour on white, at most `longest` long. Raises
        RefusedError when the file ends too early."""
        left, top, wide, high = part
        with _one:
            try:
                upright = self._upright(frame, min(1.0, longest / max(wide, high)))
                scale = upright.width / self.sizes[frame][0]
                box = (left * scale, top * scale, (left + wide) * scale, (top + high) * scale)
                return _on_white(_smaller(upright, box, longest))
            except MemoryError as error:
                raise RefusedError(
                    f"“{self._name}”太大，内存不够。", "没有加入。", "请把相机或扫描的分辨率调低，或关掉别的程序再试。"
                ) from error
            except Exception as error:
                raise self._cut(error) from error

    def _upright(self, frame: int, share: float) -> Image.Image:
        """A frame turned as the camera says, where that is cheap no larger than it is wanted; the last one is held, for
        a long one is asked for page by page."""
        if self._held is not None and self._held[0] == frame:
            return self._held[1]
        self._held = None
        with self._open() as image:
            if frame:
                image.seek(frame)
            if self._kind == "jpeg":
                image.draft("RGB", (max(1, round(image.width * share)), max(1, round(image.height * share))))
            image.load()
            upright = ImageOps.exif_transpose(image)
        if upright.size == self.sizes[frame] and upright.width * upright.height <= _HOLDS:
            self._held = frame, upright
        return upright

    def _cut(self, error: Exception) -> RefusedError:
        if "truncated" in str(error) or isinstance(error, EOFError):
            return RefusedError(
                f"“{self._name}”不完整，后半截没有。", "没有加入。", "可能还没有存好：请等一会儿再取，或重新拍摄。"
            )
        return self._unreadable()


def _smaller(image: Image.Image, box: tuple[float, float, float, float], longest: int) -> Image.Image:
    """What lies in `box`, at most `longest` long; scaled in the image's own colours, for the whole may be huge."""
    wide, high = box[2] - box[0], box[3] - box[1]
    share = min(1.0, longest / max(wide, high))
    size = max(1, round(wide * share)), max(1, round(high * share))
    if share == 1.0:
        return image.crop(box)
    if image.mode not in _SCALABLE:
        image = _plain(image.crop(box))
        box = (0, 0, *image.size)
    return image.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)


def _plain(image: Image.Image) -> Image.Image:
    """Bits, palettes and 16-bit greys as something that can be scaled."""
    if image.mode.startswith("I") or image.mode == "F":
        return (image if image.mode == "F" else image.point(lambda grey: grey / 256)).convert("L")
    if image.mode == "1":
        return image.convert("L")
    return image.convert("RGBA" if image.mode in {"P", "PA", "La", "RGBa"} else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    """What was see-through is paper."""
    image = image if image.mode in _SCALABLE else _plain(image)
    if image.mode in {"RGBA", "LA"}:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        return paper
    return image.convert("RGB")
