"""The values of a case in a question, each with what stands there: what is another afterwards is the correction."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from desk.counter.amending.correctable import Correctable
from desk.folds import amendments
from desk.law import id_numbers
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.widgets.ask import Ask, Values
from ui.widgets.basic import label

_KEYS = {"applicant.name": "M", "applicant.phone": "P", "applicant.address": "D"}
_COUNTS = (("originals", "原件"), ("copies", "复印件"))
_MOST = 99


def put(ask: Ask, offered: Sequence[Correctable]) -> None:
    """A field for each value; of a material's counts one line."""
    lines: dict[str, list[Correctable]] = {}
    for one in offered:
        if one.field.startswith("materials.") and not one.field.endswith(f".{amendments.UNTIL}"):
            lines.setdefault(one.field.rpartition(".")[0], []).append(one)
        else:
            _value(ask, one)
    if lines:
        ask.body.addWidget(label("材料", "body", bold=True))
    for group in lines.values():
        _material(ask, group)


def changed(offered: Sequence[Correctable], typed: Values) -> dict[str, str]:
    """What is another than it was, by field."""
    right = {one.field: _words(typed[one.field]) for one in offered}
    return {one.field: right[one.field] for one in offered if right[one.field] not in (one.value, _stands(one))}


def _stands(one: Correctable) -> str:
    """What stands there, a telephone masked: who puts it right need not see the wrong one."""
    return id_numbers.masked_phone(one.value) if one.field.endswith(".phone") else one.value


def _value(ask: Ask, one: Correctable) -> None:
    key = f"(&{_KEYS[one.field]})" if one.field in _KEYS else ""
    if one.choices:
        known = one.choices if one.value in one.choices else (one.value, *one.choices)
        ask.choice(one.field, one.name + key, [(words, words) for words in known], one.value)
    else:
        ask.text(one.field, one.name + key, _stands(one))
    _told_when_changed(ask, one)


def _told_when_changed(ask: Ask, one: Correctable) -> None:
    """What stood there is seen beside what is right."""
    field, was = ask.field(one.field), tr("原来：") + (_stands(one) or tr("空"))
    tell = lambda words: field.set_hint(was if words.strip() != _stands(one) else "")  # noqa: E731
    match field.editor:
        case QLineEdit() as line:
            line.textChanged.connect(tell)
        case QComboBox() as box:
            box.currentTextChanged.connect(tell)


def _material(ask: Ask, group: Sequence[Correctable]) -> None:
    by_what = {one.field.rpartition(".")[2]: one for one in group}
    parts: list[QWidget | None] = [label(group[0].name.removesuffix("原件份数"), wrap=True), None]
    for what, words in _COUNTS:
        if one := by_what.get(what):
            parts += [label(words, "small"), _count(ask, one)]
    if one := by_what.get("returned"):
        parts.append(_given_back(ask, one))
    ask.body.addWidget(Flow(*parts))


def _count(ask: Ask, one: Correctable) -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, _MOST)
    box.setValue(int(one.value))
    box.setObjectName(f"{ask.objectName()}-{one.field}")
    box.setAccessibleName(tr(one.name))
    ask.put(one.field, box)
    return box


def _given_back(ask: Ask, one: Correctable) -> QCheckBox:
    box = QCheckBox(tr("原件当场退还"))
    box.setChecked(one.value == amendments.YES)
    box.setObjectName(f"{ask.objectName()}-{one.field}")
    box.setAccessibleName(tr(one.name))
    ask.put(one.field, box)
    return box


def _words(typed: object) -> str:
    if isinstance(typed, bool):
        return amendments.YES if typed else amendments.NO
    return str(typed)
