"""The print queue over the end of the program: what was not printed is kept in the desk's own file as it changes, and
offered again when the desk is opened next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desk.counter.office.unprinted import Unprinted, UnprintedBook
from ui import tasks
from ui.devices import print_queue

_TOLD = "上次关闭程序时还没有印出来。\n这份纸在本机，没有丢失。\n请先看打印机出没出纸，没有的再试一次。"


class PrintKeeping(QObject):
    """Keeps what of the queue belongs to the desk `name`. `offered` tells how many papers were left from before.

    `send` gives what is to be done for a paper and a printer, on the main thread.
    """

    offered = Signal(int)

    def __init__(
        self, owner: QObject, name: str, book: UnprintedBook, send: Callable[[Unprinted, str], print_queue.Work]
    ) -> None:
        super().__init__(owner)
        self._name, self._book, self._send = name, book, send
        self._kept: tuple[Unprinted, ...] = ()
        self._stopped = False
        tasks.read(self, book.kept, self._offer)

    def stop(self) -> None:
        """The desk is closed: nothing is kept any more."""
        self._stopped = True

    def _offer(self, kept: tuple[Unprinted, ...]) -> None:
        queue = print_queue.queue()
        self._kept = kept
        first = self._name not in queue.offered  # a second agent's window finds them in the queue
        queue.offered.add(self._name)
        for one in kept if first else ():
            queue.put_back(one, self._name, partial(self._send, one), _TOLD)
        queue.changed.connect(self._keep)
        self._keep()
        if kept and first:
            self.offered.emit(len(kept))

    def _keep(self) -> None:
        now = print_queue.queue().papers_of(self._name)
        if now != self._kept and not self._stopped:
            self._kept, book = now, self._book
            tasks.run(self, lambda: book.keep(now), _nothing)


def _nothing(_none: object) -> None:
    """Nobody waits for it."""
