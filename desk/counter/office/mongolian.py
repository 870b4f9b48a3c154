"""Mongolian texts: what the township or the centre wrote for an item, and the banner's words for the labels of papers.

Kept and printed here, never translated. A text prints only with the name of whoever reviewed it; an empty one stays
Chinese.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import msgspec

from db.desk import local_rows, record_rows
from desk.counter.session import Session, required
from desk.errors import RefusedError
from desk.folds.records import PublishedTexts
from desk.store.entries import Fact
from desk.words import guide_texts, spreadsheet
from desk.words.guide_texts import BLANKS, GuideTexts, is_mongolian
from desk.words.label_list import LABELS

_KEY = "mongolian:"
_LABELS = "mongolian-labels"
_MOST = 200  # characters of a label
COLUMNS = ("汉文", "蒙古文", "审定人", "审定日期")


class Label(msgspec.Struct, frozen=True):
    """The Mongolian of one Chinese label; all empty when there is none."""

    chinese: str
    mongolian: str = ""
    reviewer: str = ""
    reviewed_on: str = ""


class Imported(msgspec.Struct, frozen=True):
    """How many labels a table brought, and what of it was left out, in words."""

    taken: int
    left: tuple[str, ...]


class Mongolian:
    """The drawer of Mongolian texts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # -- of items -------------------------------------------------------------------------------------------------

    def texts(self, task_code: str) -> GuideTexts:
        """What the guide of an item says at this desk: the township's own texts, else those that the centre published;
        empty where there are none."""
        with self._session.store.read() as db:
            own, kept = local_rows.local(db, _KEY + task_code), record_rows.record(db, guide_texts.subject(task_code))
        mine = msgspec.json.decode(own, type=GuideTexts) if own else GuideTexts()
        if mine.parts() or not kept:
            return mine
        return msgspec.json.decode(kept, type=PublishedTexts).texts

    def keep(self, task_code: str, typed: Mapping[str, str]) -> None:
        """Keep what was typed in the place of the township's own, and hand it to the centre, where it becomes public
        when the editor takes it over. Empty: what the centre published prints again. Raises RefusedError in words."""
        made = guide_texts.checked(typed, self._session.today())
        subject = guide_texts.subject(task_code)
        with self._session.store.write() as db:
            own, kept = local_rows.local(db, _KEY + task_code), record_rows.record(db, subject)
            published = msgspec.json.decode(kept, type=PublishedTexts).texts if kept else GuideTexts()
            if made.parts() == published.parts():
                made = GuideTexts()  # it is the centre's: what it publishes next prints too
            if made == (msgspec.json.decode(own, type=GuideTexts) if own else GuideTexts()):
                return
            local_rows.set_local(db, _KEY + task_code, msgspec.json.encode(made))
            self._session.append(db, Fact("texts.written", subject, made))

    # -- of labels ------------------------------------------------------------------------------------------------

    def labels(self) -> tuple[Label, ...]:
        """Every label of our papers, with its Mongolian where somebody reviewed one."""
        kept = self._kept()
        return tuple(kept.get(one, Label(one)) for one in LABELS)

    def printed(self) -> dict[str, str]:
        """What prints: Mongolian by Chinese label."""
        return {one.chinese: one.mongolian for one in self._kept().values()}

    def set_label(self, chinese: str, mongolian: str, reviewer: str) -> Label:
        """Keep one; an empty `mongolian` makes the label Chinese again. Raises RefusedError in words."""
        made = self._checked(Label(chinese, mongolian.strip(BLANKS), reviewer.strip(BLANKS)))
        self._put([made])
        return made

    def import_labels(self, path: Path) -> Imported:
        """Labels out of a spreadsheet with the columns of `COLUMNS`; what does not fit is left out and told."""
        table = spreadsheet.read(path, len(LABELS) * 4, "用词表没有改动。")
        heads = {name: at for at, name in enumerate(table[0])} if table else {}
        if not {"汉文", "蒙古文", "审定人"} <= heads.keys():
            raise RefusedError("表里缺列。", "用词表没有改动。", "第一行应有：汉文、蒙古文、审定人、审定日期。")
        made: list[Label] = []
        left: list[str] = []
        for number, line in enumerate(table[1:], 2):
            cells = {name: line[at] if at < len(line) else "" for name, at in heads.items()}
            if not cells["蒙古文"]:
                continue
            try:
                made.append(
                    self._checked(
                        Label(cells["汉文"], cells["蒙古文"], cells["审定人"], cells.get("审定日期", "")[:10])
                    )
                )
            except RefusedError as error:
                left.append(f"第 {number} 行：{error.happened}")
        self._put(made)
        return Imported(len(made), tuple(left))

    def _checked(self, label: Label) -> Label:
        if label.chinese not in LABELS:
            raise RefusedError(f"纸上没有“{label.chinese[:20]}”这个词。", "没有改动。")
        if not label.mongolian:
            return Label(label.chinese)
        if not is_mongolian(label.mongolian):
            raise RefusedError(f"“{label.chinese}”的内容里没有蒙古文字母。", "没有改动。", "请输入传统蒙古文。")
        if len(label.mongolian) > _MOST or "\n" in label.mongolian:
            raise RefusedError(f"“{label.chinese}”的内容太长或分了行。", "没有改动。", "一个词写成一行。")
        required(label.reviewer, "审定人")
        day = label.reviewed_on or self._session.today().isoformat()
        try:
            dt.date.fromisoformat(day)
        except ValueError as error:
            raise RefusedError(f"“{label.chinese}”的审定日期不对。", "没有改动。", "写成 2026-11-24。") from error
        return msgspec.structs.replace(label, reviewed_on=day)

    def _kept(self) -> dict[str, Label]:
        with self._session.store.read() as db:
            kept = local_rows.local(db, _LABELS)
        found = msgspec.json.decode(kept, type=list[Label]) if kept else []
        return {one.chinese: one for one in found if one.chinese in LABELS}

    def _put(self, made: list[Label]) -> None:
        with self._session.store.write() as db:
            kept = local_rows.local(db, _LABELS)
            found = {one.chinese: one for one in (msgspec.json.decode(kept, type=list[Label]) if kept else [])}
            found |= {one.chinese: one for one in made}
            local_rows.set_local(db, _LABELS, msgspec.json.encode([one for one in found.values() if one.mongolian]))
