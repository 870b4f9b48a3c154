"""Names on a public board: enough is hidden that nobody is named, enough stays that neighbours know who is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence


def apart(names: Sequence[str]) -> tuple[str, ...]:
    """Each name with its middle hidden, of one list: two different names never look alike while a way is left, and one
    character at least is hidden. Who bears the very same name as another cannot be told apart by it."""
    found = {name: next(_ways(name), "") for name in names}
    ways = {name: _ways(name) for name in found}
    for _ in range(max(map(len, found), default=0)):
        times = Counter(found.values())
        alike = [name for name, shown in found.items() if times[shown] > 1]
        if not alike:
            break
        for name in alike:
            found[name] = next(ways[name], found[name])
    return tuple(found[name] for name in names)


def _ways(name: str) -> Iterator[str]:
    """Ways to show a name, the one that hides most first: 阿****格, 阿拉***格, ... 阿拉坦其*格."""
    if len(name) <= 2:
        yield name[:1] + "*"
        yield "*" + name[1:]
        return
    for shown in range(1, len(name) - 1):
        yield name[:shown] + "*" * (len(name) - 1 - shown) + name[-1]
