"""Put words that were typed before back into the forms of a page, whatever page it is: no template knows of it."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from urllib.parse import urlsplit

import msgspec

from desk.centre.run.kept import OWN, Form, tells

_TYPED = frozenset({"text", "search", "tel", "url", "email", "number", "date", "month", "time", "datetime-local", ""})
_BOXES = frozenset({"checkbox", "radio"})
# Names of fields that pages send along themselves; a person never reads them.
_QUIET = OWN | {"back", "only", "code", "subject", "node", "seq", "run", "key", "version", "field", "which", "do", "by"}
_Attributes = Sequence[tuple[str, str | None]]


class Done(msgspec.Struct, frozen=True):
    """A form that was filled; of its words what found no place (`left`); where others changed the page since, what
    stands there now under the words: the field's label and its content (`over`)."""

    form: Form
    left: tuple[str, ...] = ()
    over: tuple[tuple[str, str], ...] = ()


class Filled(msgspec.Struct, frozen=True):
    """The page with the words in it, and the forms that were filled."""

    page: str
    done: tuple[Done, ...]


class _Control(msgspec.Struct):
    tag: str
    begin: int
    end: int
    attributes: dict[str, str | None]
    form: int
    inside: tuple[int, ...] = ()  # places of the <details> around it
    content: int = 0  # of a textarea: where its words end
    options: list[_Control] = msgspec.field(default_factory=list)
    words: str = ""  # of an option

    @property
    def name(self) -> str:
        """The name that it is sent under."""
        return self.attributes.get("name") or ""

    @property
    def kind(self) -> str:
        """The type of an input, else the tag."""
        return (self.attributes.get("type") or "").lower() if self.tag == "input" else self.tag

    @property
    def value(self) -> str:
        """What it sends, of an option its words where it has no value."""
        found = self.attributes.get("value")
        return (self.words if self.tag == "option" else "") if found is None else found


class _Seen(HTMLParser):
    """The forms that are posted and their controls, with the place of each tag in the text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self.labels: dict[str, str] = {}
        self.actions: list[set[str]] = []
        self.controls: list[_Control] = []
        self.details: dict[int, tuple[int, bool]] = {}  # place of its tag: where that ends, whether it is open
        self._ids: dict[str, int] = {}
        self._form, self._within, self._label = -1, list[int](), ""
        self._into: _Control | None = None
        self.feed(text)
        self.close()

    def _at(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        """A tag begins."""
        begin = self._at()
        end = begin + len(self.get_starttag_text() or "")
        told = dict(attrs)
        if tag == "form":
            is_posted = (told.get("method") or "").lower() == "post"
            self.actions.append({path_of(told.get("action") or "")} if is_posted else set())
            self._form = len(self.actions) - 1
            if told.get("id"):
                self._ids[str(told["id"])] = self._form
        elif tag == "details":
            self._within.append(begin)
            self.details[begin] = (end, "open" in told)
        elif tag in ("input", "textarea", "select"):
            form = self._ids.get(told["form"] or "", -1) if "form" in told else self._form
            made = _Control(tag, begin, end, told, form, tuple(self._within))
            self.controls.append(made)
            self._into = made if tag != "input" else self._into
        elif tag == "label":
            self._label = told.get("for") or ""
        elif tag == "option" and self._into is not None and self._into.tag == "select":
            self._into.options.append(_Control(tag, begin, end, told, -1))
        elif tag == "button" and told.get("formaction") and self._form >= 0:
            self.actions[self._form].add(path_of(told["formaction"] or ""))

    def handle_data(self, data: str) -> None:
        """Words between tags."""
        if self._label:
            self.labels[self._label] = (self.labels.get(self._label, "") + data.strip())[:60]
        if self._into is not None and self._into.options and self._into.tag == "select":
            self._into.options[-1].words += data.strip()

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if tag == "form":
            self._form = -1
        elif tag == "label":
            self._label = ""
        elif tag == "details" and self._within:
            self._within.pop()
        elif tag in ("textarea", "select") and self._into is not None and self._into.tag == tag:
            self._into.content, self._into = self._at(), None


def path_of(address: str) -> str:
    """The path of an address, without query and fragment."""
    return urlsplit(address).path


def filled(page: str, kept: Iterable[Form]) -> Filled:
    """`page` with each of the `kept` forms that stands on it filled; the latest of two for one form."""
    seen = _Seen(page)
    changes: dict[tuple[int, int], str] = {}
    done: list[Done] = []
    taken: set[int] = set()
    for one in kept:
        at = _form_of(one, seen)
        if at < 0 or at in taken:
            continue
        taken.add(at)
        mine = [control for control in seen.controls if control.form == at]
        put, rest = _put(mine, one)
        for control in mine if put else ():
            for begin in control.inside:
                end, is_open = seen.details[begin]
                if not is_open:
                    changes[begin, end] = page[begin : end - 1] + " open>"
        done.append(Done(one, rest, _over(page, mine, put, one, seen.labels)))
        changes |= put
    pieces, last = list[str](), 0
    for (begin, end), words in sorted(changes.items()):
        pieces += [page[last:begin], words]
        last = end
    return Filled("".join([*pieces, page[last:]]), tuple(done))


def _over(
    page: str, controls: list[_Control], put: dict[tuple[int, int], str], one: Form, labels: dict[str, str]
) -> tuple[tuple[str, str], ...]:
    """What others wrote meanwhile where words were put: only a form that carries a mark of what it showed can tell."""
    marks = [control.value for control in controls if control.name == "mark" and control.kind == "hidden"]
    was = dict(one.fields).get("mark", "")
    if not was or not marks or was in marks:
        return ()
    found = []
    for control in controls:
        if control.tag == "textarea":
            now, new = html.unescape(page[control.end : control.content]), put.get((control.end, control.content))
        elif control.kind in _TYPED:
            now, new = control.value, put.get((control.begin, control.end))
        else:
            continue
        told = html.escape(now.strip(), quote=control.tag == "input")
        if new is not None and now.strip() and told not in new:
            found.append((labels.get(control.attributes.get("id") or "", control.name), now.strip()))
    return tuple(found)


def _form_of(one: Form, seen: _Seen) -> int:
    """The number of the form on the page that this was typed into: its action, and the hidden words that tell it
    apart; -1 for none."""
    values = dict(one.fields)
    best, score = -1, -1
    for at, actions in enumerate(seen.actions):
        if one.action not in actions:
            continue
        hidden = [c for c in seen.controls if c.form == at and c.kind == "hidden" and c.name in tells(one.action)]
        if any(values.get(c.name, "") != c.value for c in hidden):
            continue
        if len(hidden) > score:
            best, score = at, len(hidden)
    return best


def _put(controls: list[_Control], one: Form) -> tuple[dict[tuple[int, int], str], tuple[str, ...]]:
    """The changes that put the words of `one` into its controls, and the words that found no control."""
    values: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in one.fields:
        values[name].append(value)
    places: defaultdict[str, int] = defaultdict(int)
    changes: dict[tuple[int, int], str] = {}
    known: set[str] = set()
    for control in controls:
        name, kind = control.name, control.kind
        if kind in ("hidden", "file", "password", "submit", "button"):
            known |= {name} if kind != "file" else set()
            continue
        told = values.get(name, [])
        if kind in _BOXES:
            if not (kind == "radio" and not told):
                changes[control.begin, control.end] = _is(control, "checked", control.value in told)
        elif places[name] < len(told):
            words = told[places[name]]
            places[name] += 1
            if control.tag == "textarea":
                changes[control.end, control.content] = "\n" + html.escape(words, quote=False)
            elif control.tag == "select":
                _choose(control, [words] if "multiple" not in control.attributes else told, changes)
            elif kind in _TYPED:
                changes[control.begin, control.end] = _tag(control, {**control.attributes, "value": words})
        if kind in _BOXES:
            known.add(name)
    rest = [
        value
        for name, words in values.items()
        if name not in known and name not in _QUIET
        for value in words[places[name] :]
        if value.strip()
    ]
    return changes, tuple(rest)


def _choose(control: _Control, told: list[str], changes: dict[tuple[int, int], str]) -> None:
    """Choose the options of these values; what is no option any more changes nothing."""
    if not any(option.value in told for option in control.options):
        return
    for option in control.options:
        changes[option.begin, option.end] = _is(option, "selected", option.value in told)


def _is(control: _Control, name: str, there: object) -> str:
    """The control's tag with an attribute that is there or not."""
    attributes = {key: text for key, text in control.attributes.items() if key != name}
    return _tag(control, attributes | ({name: None} if there else {}))


def _tag(control: _Control, attributes: dict[str, str | None]) -> str:
    told = "".join(f" {key}" if text is None else f' {key}="{html.escape(text)}"' for key, text in attributes.items())
    return f"<{control.tag}{told}>"


def words_of(one: Form) -> tuple[str, ...]:
    """What a person typed or chose in a form that stands nowhere any more."""
    return tuple(value for name, value in one.fields if name not in _QUIET and value.strip())
