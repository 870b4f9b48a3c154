"""Pages of a PDF as frames, in the pixels of a scan at 200 dpi."""

from __future__ import annotations

import pypdfium2 as pdfium
from PIL import Image

from desk import doors
from desk.counter.pictures import Part
from desk.errors import RefusedError
from ui.devices.pdf_pages import PDFIUM

_SCALE = 200 / 72  # pixels a point
_LONGEST = 40_000  # pixels of a page's side


class Pdf:
    """A PDF in bytes. Raises RefusedError in words when it cannot be read."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name = data, name
        try:
            with PDFIUM:
                document = pdfium.PdfDocument(data)
                try:
                    if len(document) > doors.SCAN.things:
                        raise doors.too_many(name, doors.SCAN, "没有加入。")
                    points = [document.get_page_size(at) for at in range(len(document))]
                finally:
                    document.close()
        except pdfium.PdfiumError as error:
            if "assword" in str(error):
                raise RefusedError(f"“{name}”要密码才能打开。", "没有加入。", "请让对方发没有密码的。") from error
            raise RefusedError(
                f"“{name}”不是能打开的 PDF。", "没有加入。", "可能没有存完整：请等一会儿再取，或重新扫描。"
            ) from error
        self._scales = [min(_SCALE, _LONGEST / max(1.0, *size)) for size in points]
        self.sizes = [
            (max(1, round(wide * scale)), max(1, round(high * scale)))
            for (wide, high), scale in zip(points, self._scales, strict=True)
        ]

    def lacks(self) -> str:
        """Nothing that would be known of."""
        return ""

    def image(self, frame: int, part: Part, longest: int) -> Image.Image:
        """The part of a page, drawn `longest` long."""
        scale = self._scales[frame]
        left, top, wide, high = part
        whole_wide, whole_high = self.sizes[frame]
        margins = (left, whole_high - top - high, whole_wide - left - wide, top)
        with PDFIUM:
            document = pdfium.PdfDocument(self._data)
            try:
                bitmap = document[frame].render(
                    scale=scale * min(1.0, longest / max(wide, high)),
                    crop=tuple(max(0.0, one / scale) for one in margins),
                    may_draw_forms=True,
                )
                drawn: Image.Image = bitmap.to_pil()
                return drawn.convert("RGB")
            finally:
                document.close()
