"""验回执: is a receipt genuine? Off line, with the public key of the desk that made it."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec

from desk import doors
from desk.counter.session import Session
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.log import receipt_code
from desk.log.receipt_code import Verdict
from desk.store.entries import fold_case

_PICTURES = ("JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP")  # Pillow would run other programs for some others


class CodeCheck:
    """The lamp under which a receipt is held."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def judge(self, code: str) -> Verdict:
        """Genuine or not; what this desk knows of the case besides."""
        verdict = receipt_code.judge(code, self._session.sign_keys)
        if not verdict.genuine:
            return verdict
        with self._session.store.read() as db:
            case = fold_case(db, verdict.intake_no)
        more = _standing(case) if case else "本机没有这件办件。"
        return msgspec.structs.replace(verdict, words=f"{verdict.words}\n{more}")


def _standing(case: cases.Case) -> str:
    """What the paper is worth by now: a genuine receipt of a voided case is worth nothing."""
    if case.state is cases.State.VOID:
        return f"已作废：这件办件 {case.ended_at[:10]} 作废了，回执不再有效。"
    corrected = any(line.kind == "case.corrected" and not line.refused for line in case.history)
    more = "登记后更正过，以更正后重出的回执为准。" if corrected else ""
    return f"本机有这件办件，现在：{cases.STATE_NAMES[case.state]}。{more}"


def read_picture(place: Path) -> str:
    """The receipt's code in a photograph or scan. Raises RefusedError when there is none."""
    import zxingcpp
    from PIL import Image

    try:
        data = doors.read_file(place, doors.RECEIPT_PICTURE)
        Image.init()
        with Image.open(io.BytesIO(data), formats=_PICTURES) as image:
            image.draft("L", (4000, 4000))
            if image.width * image.height > doors.RECEIPT_PICTURE.things:
                raise doors.too_many(place.name, doors.RECEIPT_PICTURE)
            image.thumbnail((6000, 6000))
            codes = zxingcpp.read_barcodes(
                image.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
            )
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise RefusedError(f"“{place.name}”打不开，或不是图片。", "", "请选 JPG 或 PNG 照片。") from error
    texts = [one.text for one in codes if one.text]
    if not texts:
        raise RefusedError("照片里没有找到码。", "", "请把整个码拍进来，拍正、拍清楚。")
    return next((one for one in texts if "DBR1." in one), texts[0])
