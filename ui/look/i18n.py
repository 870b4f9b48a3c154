"""The words on screen in another language. The code speaks Chinese; `tr` gives the chosen language's words.

Sentences with a fact inside (`还有 3 处要改`) are kept as templates with %1, %2; the facts are put back, translated
where they are words of ours. Names, addresses, items and papers stay as they are.
"""

from __future__ import annotations

import functools
import re

from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

import resources

CONTEXT = "daiban"
LANGUAGES = (("中文", "zh"), ("English", "en"))
_PLACE = re.compile(r"%(\d)")
_BETWEEN = re.compile("(，|；|。|、|（|）|：|　| · )")
_MARKS = {"，": ", ", "；": "; ", "。": ". ", "、": ", ", "（": " (", "）": ")", "：": ": "}
_in_force: list[str] = ["zh"]


def language() -> str:
    """zh or en."""
    return _in_force[0]


def use(app: QApplication, chosen: str) -> None:
    """Speak `chosen` from now on; what is on screen already is drawn anew by whoever asked."""
    for old in app.findChildren(QTranslator, "daiban"):
        app.removeTranslator(old)
        old.deleteLater()
    _in_force[0] = "zh"
    if chosen == "en":
        words = QTranslator(app)  # owned by the application: a collected translator is silently taken out
        words.setObjectName("daiban")
        if words.load(str(resources.path("i18n/daiban_en.qm"))):
            app.installTranslator(words)
            _in_force[0] = "en"
    tr_known.cache_clear()


def tr(text: str) -> str:
    """`text` in the language in force."""
    if _in_force[0] == "zh" or not _han().search(text):
        return text
    return tr_known(text)


@functools.cache
def _han() -> re.Pattern[str]:
    return re.compile(r"[\u3400-\u9fff]")  # takes a while, and Chinese needs none of it


@functools.lru_cache(maxsize=4096)
def tr_known(text: str) -> str:
    """As `tr`, remembered."""
    if "\n" in text:
        return "\n".join(tr(line) for line in text.split("\n"))
    found = QCoreApplication.translate(CONTEXT, text)
    if found != text:
        return found
    for pattern, source in _templates():
        match = pattern.fullmatch(text)
        if match:
            facts = [tr(one) for one in match.groups()]
            words = QCoreApplication.translate(CONTEXT, source)
            return _put_in(words, facts)
    return _piecewise(text)


def _put_in(words: str, facts: list[str]) -> str:
    return _PLACE.sub(lambda place: facts[int(place[1]) - 1], words)


def _piecewise(text: str) -> str:
    """Sentences that were put together: what is ours in them is translated, names stay."""
    parts = _BETWEEN.split(text)
    if len(parts) == 1:
        return text
    spoken = [part if at % 2 else tr(part) for at, part in enumerate(parts)]
    if spoken == parts:
        return text
    return "".join(_MARKS.get(part, part) if at % 2 else part for at, part in enumerate(spoken))


@functools.cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    """Sentences with facts inside, those with most of their own words first."""
    import xml.etree.ElementTree as ET  # Chinese needs none of it

    tree = ET.fromstring(resources.read("i18n/daiban_en.ts"))  # noqa: S314 - our own file
    sources = [node.text or "" for node in tree.iter("source")]
    sentences = [sentence for sentence in sources if _PLACE.search(sentence)]
    sentences.sort(key=lambda sentence: -len(_PLACE.sub("", sentence)))
    return [(re.compile(_pattern(sentence), re.DOTALL), sentence) for sentence in sentences]


def _pattern(source: str) -> str:
    parts = re.split(r"%\d", source)
    return "(.*?)".join(re.escape(part) for part in parts)
