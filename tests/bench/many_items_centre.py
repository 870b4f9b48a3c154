"""3,000 items at a centre: what a page costs, what a list costs that comes in as a table, what the whole site costs.

    PYTHONPATH=.:tests python tests/bench/many_items_centre.py [items]

Pages over HTTP, from the question to the last byte, each asked for several times; the centre is in this process. The
list goes out as the centre's own table and comes in again, changed in one field of every row, so nothing of it may be
refused. The site is made by the centre's button and packed; `desk publish` writes the same without packing.
"""

from __future__ import annotations

import io
import re
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx
import large_catalogue
import openpyxl
from conftest import PASSWORD, Served
from office import hidden, logged_in

from desk.centre.drafting import site_making
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.law.item_tables import export

ROUNDS = 12
PUBLIC = ("/items", "/items?text=低保", "/items?text=d", "/items?text=没有这样的", "/powers", "/open/items.csv")
OFFICE = ("/catalogue", "/catalogue?text=低保", "/catalogue/drafts", "/bodies")


def taken(work: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def pages(client: httpx.Client, paths: tuple[str, ...]) -> None:
    """The first and the others of each."""
    for path in paths:
        size = 0

        def once(path: str = path) -> None:
            nonlocal size
            answer = client.get(path)
            answer.raise_for_status()
            size = len(answer.content)

        first, times = taken(once), [taken(once) for _ in range(ROUNDS)]
        at95 = statistics.quantiles(times, n=20)[-1]
        middle = statistics.median(times)
        print(
            f"{path:24} first {first * 1e3:7.1f}   p50 {middle * 1e3:6.1f}   p95 {at95 * 1e3:6.1f} ms   {size >> 10} kB"
        )


def table(count: int) -> bytes:
    """The list as a spreadsheet, each row with another telephone."""
    title, headings, rows = export.table(large_catalogue.items(count))
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.append(headings)
    phone = headings.index("咨询电话") if "咨询电话" in headings else -1
    for row in rows:
        sheet.append([*row[:phone], "0479-7654321", *row[phone + 1 :]] if phone >= 0 else row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def importing(client: httpx.Client, count: int) -> None:
    """Looked at, taken as drafts, undone."""
    data, answers = table(count), list[httpx.Response]()
    token = hidden(client, "/catalogue/import")

    def look() -> None:
        files = {"file": ("清单.xlsx", data)}
        answers.append(client.post("/catalogue/import", data=token, files=files).raise_for_status())

    def take() -> None:
        fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', answers[-1].text))
        answers.append(client.post("/catalogue/import/take", data=token | fields).raise_for_status())

    print(f"a table of {count} rows ({len(data) >> 20} MB): looked at {taken(look):.1f} s, taken {taken(take):.1f} s")
    print(re.findall(r"took=\d+", str(answers[-1].url)), flush=True)


def site(served: Served) -> None:
    """All of it, and the ZIP."""
    steps = dict[str, float]()

    def make() -> None:
        site_making.start(served.centre)
        while (stands := site_making.state(served.centre)).is_running:
            steps.setdefault(stands.step, time.perf_counter())
            time.sleep(0.05)
        if stands.words:
            raise RuntimeError(stands.words)

    whole, cpu = taken(make), time.process_time()
    path = site_making.made(served.centre)
    if path is None:
        raise RuntimeError("nothing was made")
    with zipfile.ZipFile(path) as packed:
        files = len(packed.namelist())
    print(f"the site: {whole:.1f} s, {files} files, {path.stat().st_size >> 20} MB; {' '.join(steps)}; {cpu:.0f} s")


def main(count: int) -> None:
    """Print the figures."""
    with (
        tempfile.TemporaryDirectory() as place,
        large_catalogue.centre(Path(place) / "centre", count) as served,
        httpx.Client(base_url=served.address, timeout=600) as anybody,
    ):
        guard.add_clerk(served.centre, "bian", "其木格", PASSWORD, "政务服务局", frozenset({Role.EDITOR}))
        pages(anybody, PUBLIC)
        with logged_in(served, "bian") as editor:
            editor.timeout = httpx.Timeout(600)
            pages(editor, OFFICE)
            importing(editor, count)
        site(served)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else large_catalogue.COUNT)
