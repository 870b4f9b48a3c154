"""Open data 开放数据: how a file of it is answered (packed, with a mark of its content, under a licence), and the page
that says what there is."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Iterable, Sequence

from fastapi import APIRouter, Request, Response

from desk.centre.web.frame import centre_of, page, settings_of

router = APIRouter(include_in_schema=False)
_SECONDS = 60  # that an answer is fresh
_SMALL = 1024  # bytes that are not worth packing
# What there is: path, what it holds, in which forms, and how it is asked.
SETS = (
    (
        "/open/results",
        "办理结果",
        "每月办结的办件，已去掉个人信息",
        "month（如 2026-11）、task（事项编码）、text、at（第几页）",
    ),
    ("/open/items", "办事事项", "事项目录，字段名按 GB/T 39046-2020 表 4", "—"),
    ("/open/powers", "权力清单", "许可、处罚、强制、征收、检查等", "—"),
    ("/open/points", "代办点", "名称、地址、时间、电话、坐标（量过的）", "—"),
)


@router.get("/open")
def explained(request: Request) -> Response:
    """What there is, how it is asked for, and on what terms."""
    answer = page(request, "public/open.html", sets=SETS, licence=settings_of(request).open_licence)
    answer.headers["Cache-Control"] = f"public, max-age={_SECONDS}"
    return answer


def answered(request: Request, data: bytes, kind: str) -> Response:
    """`data` as it is kept by whoever asks: 304 where they have it, packed where they can unpack it."""
    mark = hashlib.sha256(data).hexdigest()[:32]
    packed = "gzip" in request.headers.get("accept-encoding", "") and len(data) > _SMALL
    tag = f'"{mark}-gz"' if packed else f'"{mark}"'
    headers = {
        "ETag": tag,
        "Cache-Control": f"public, max-age={_SECONDS}",
        "Vary": "Accept-Encoding",
        "Link": '</open>; rel="license"',
        "Access-Control-Allow-Origin": "*",
    }
    if _has(request.headers.get("if-none-match", ""), mark):
        return Response(status_code=304, headers=headers)
    if packed:
        data, headers["Content-Encoding"] = gzip.compress(data, 6, mtime=0), "gzip"
    return Response(data, media_type=kind, headers=headers)


def _has(said: str, mark: str) -> bool:
    """Whether the content is one of those that the asker names; each is so whichever way it was packed."""
    kept = {one.strip().removeprefix("W/").strip('"').removesuffix("-gz") for one in said.split(",")}
    return bool({mark, "*"} & kept)


def as_csv(names: Sequence[str], lines: Iterable[Sequence[object]]) -> bytes:
    """A table for spreadsheets: with the mark by which they know UTF-8, and nothing in it that they would reckon."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([[_harmless(one) for one in line] for line in lines])
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def _harmless(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def name_of(request: Request) -> str:
    """The name of the centre, for a file that leaves it."""
    return centre_of(request).name
