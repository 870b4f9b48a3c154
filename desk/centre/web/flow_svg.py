"""The flow chart of an item as SVG: boxes down the page, post and limit in each, what is supervised beside it."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from desk import deadline
from desk.catalogue.item import Step

_WIDE, _BOX, _HIGH, _GAP, _LEFT, _PER_LINE = 640, 400, 84, 36, 20, 24

# Attributes, not a style sheet: the pages' policy lets no style of a picture's own through.
_FACE = 'font-family="sans-serif"'
_LINE = 'fill="none" stroke="#0b5563" stroke-width="2"'
_FRAME = _LINE.replace("none", "#fff")
_NAME = f'{_FACE} font-size="17" font-weight="700" fill="#17252a"'
_WORDS = f'{_FACE} font-size="14" fill="#4d5f66"'
_SIDE = f'{_FACE} font-size="13" fill="#7a4d00"'


def flow_chart(steps: Sequence[Step]) -> str:
    """The chart, 640 units wide. Every text is typed by people and escaped."""
    top = 20
    parts: list[str] = []
    for number, step in enumerate(steps, 1):
        limit = deadline.words(step.limit) if step.limit else ""
        lines = [
            f"{number}. {step.name}",
            "　".join(one for one in (step.post, limit) if one),
            *_wrapped(step.duty)[:2],
        ]
        high = max(_HIGH, 26 * len([one for one in lines if one]) + 18)
        parts.append(f'<rect x="{_LEFT}" y="{top}" width="{_BOX}" height="{high}" rx="8" {_FRAME}/>')
        y = top + 28
        for at, words in enumerate(lines):
            look = _NAME if at == 0 else _WORDS
            parts.append(f'<text x="{_LEFT + 16}" y="{y}" {look}>{escape(words)}</text>')
            y += 25
        for at, words in enumerate(_wrapped(step.supervision, 12)[:3]):
            x, line = _LEFT + _BOX + 18, top + 28 + at * 22
            parts.append(f'<text x="{x}" y="{line}" {_SIDE}>{escape(words)}</text>')
        top += high
        if number < len(steps):
            middle = _LEFT + _BOX // 2
            parts.append(f'<path d="M{middle} {top}v{_GAP - 8}m-6 -8l6 8l6 -8" {_LINE}/>')
            top += _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {top + 20}" role="img">'
        f"<title>办理流程图</title>{''.join(parts)}</svg>"
    )


def _wrapped(words: str, per_line: int = _PER_LINE) -> list[str]:
    return [words[at : at + per_line] for at in range(0, len(words), per_line)]
