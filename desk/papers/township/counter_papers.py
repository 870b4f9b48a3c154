"""Guides and notice sheets for several counters at once: this one's and, at a township, its villages', each headed,
placed and telephoned as that counter's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from desk.counter.township.counter_run import BOARDS, Run
from desk.counter.township.villages import Village, Villages
from desk.errors import CancelledError, RefusedError
from desk.papers.drawing import digest, file_name
from desk.papers.made_papers import MadePapers
from desk.papers.published_list import listing_of
from desk.publication import board
from desk.store.snapshots import PaperOut
from desk.sync.outcome import Cancelled, Report, SyncProgress
from desk.words import spreadsheet

_STOPPED = "打印已停下。"


class CounterPapers(MadePapers):
    """One run over counters: bound as one PDF, or a file a counter."""

    def bound(self, run: Run, report: Report, cancelled: Cancelled) -> PaperOut:
        """All of it as one PDF, with a bookmark for each counter. Raises RefusedError where nothing is chosen or a
        counter has no body, CancelledError; nothing is left then."""
        made = list(self._each(run, report, cancelled))
        if len(made) == 1:
            return made[0][1]
        title = f"{run.title}（{len(made)} 处）"
        from desk.printing.file import joining

        parts = _reported([(one.name, paper.pdf) for one, paper in made], report, cancelled)
        pdf = joining.bound(parts, title, self.printed())
        missing = tuple(dict.fromkeys(char for _, paper in made for char in paper.missing))
        return PaperOut(title, f"{file_name(title)}.pdf", pdf, digest(pdf), missing)

    def to_folder(self, run: Run, folder: Path, report: Report, cancelled: Cancelled) -> tuple[Path, ...]:
        """A file a counter in `folder`; where they lie. Raises as `bound`, and SurroundingsError where the disk does
        not take one; each file that was written until then is whole."""
        made: list[Path] = []
        for one, paper in self._each(run, report, cancelled):
            place = folder / f"{file_name(one.name)}-{run.title}.pdf"
            if place in made:
                place = folder / f"{file_name(one.name)}-{one.point}-{run.title}.pdf"
            spreadsheet.save(place, paper.pdf)
            made.append(place)
        return tuple(made)

    def _each(self, run: Run, report: Report, cancelled: Cancelled) -> Iterator[tuple[Village, PaperOut]]:
        if not run.points or not run.steps:
            raise RefusedError("还没有勾选要打印的。", "", "请勾选至少一个地方；打印指南还要勾选至少一个事项。")
        counters = [Villages(self._session).counter(one) for one in run.points]
        draw = self._boards(counters) if run.what == BOARDS else self._guides(run)
        for at, one in enumerate(counters):
            begun = at * run.steps // len(counters)

            def far(number: int, name: str = one.name, begun: int = begun) -> None:
                if cancelled():
                    raise CancelledError(_STOPPED, "没有留下不完整的文件。")
                report(SyncProgress(f"排印 {name}", begun + number, run.steps))

            yield one, draw(one, far)

    def _guides(self, run: Run) -> Callable[[Village, Callable[[int], None]], PaperOut]:
        def draw(one: Village, far: Callable[[int], None]) -> PaperOut:
            if len(run.task_codes) == 1:
                far(0)
                return self.guide(run.task_codes[0], run.language, one.point)
            return self.book(run.task_codes, run.language, far, one.point)

        return draw

    def _boards(self, counters: Sequence[Village]) -> Callable[[Village, Callable[[int], None]], PaperOut]:
        """Raises RefusedError, before anything is drawn, where a counter is in no register of bodies."""
        without = [one.name for one in counters if one.body is None]
        if without:
            names = "、".join(without[:5]) + (" 等" if len(without) > 5 else "")
            raise RefusedError(
                f"机构名录里没有这些地方的便民服务中心或代办点：{names}。",
                "没有打印。",
                "请旗中心在机构名录里补上，同步后再打印；或者不勾选它们。",
            )
        listing = listing_of(self._session)

        def draw(one: Village, far: Callable[[int], None]) -> PaperOut:
            far(0)
            pdf = board.sheet(listing, one.point)
            title = f"办事公示：{one.name}"
            return PaperOut(title, f"{file_name(title)}.pdf", pdf, digest(pdf))

        return draw


def _reported(parts: Sequence[tuple[str, bytes]], report: Report, cancelled: Cancelled) -> Iterator[tuple[str, bytes]]:
    for at, part in enumerate(parts):
        if cancelled():
            raise CancelledError(_STOPPED, "没有留下不完整的文件。")
        report(SyncProgress("合成一个 PDF", at, len(parts)))
        yield part
