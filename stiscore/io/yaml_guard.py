"""YAML text -> nodes, after one look at its events refused whatever could grow, recurse or run.

PyYAML's parser is used for events and nodes only. Its constructors are not: they keep the last of
two equal keys, turn a bare NO into False, follow aliases that explode, and crash when nested deep.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from yaml import events as ev
from yaml.composer import Composer
from yaml.error import MarkedYAMLError, YAMLError
from yaml.nodes import Node
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from stiscore.errors import FrameworkInvalid, InputRefused, Location, UsageError
from stiscore.finding import Finding
from stiscore.words.faults import found, refusal

MOST_BYTES = 1_000_000
DEEPEST = 50
# A file with more faults than this has one cause; the rest would bury it.
MOST_FAULTS = 100
# More are kept than shown, so that the first of the file are shown whatever rule found them.
_KEPT = 20 * MOST_FAULTS
# libyaml counts these as ends of a line, so the quoted line must be found by the same rule.
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def read_bytes(path: Path) -> bytes:
    """A file, at most one byte more than may be read: the guard then refuses it.

    Raises UsageError where there is none, InputRefused where it cannot be read.
    """
    if not path.is_file():
        raise refusal(UsageError, [found("R100", Location(str(path)))])
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as fault:
        told = found("U107", file=path, reason=fault.strerror)
        raise refusal(InputRefused, [told]) from fault


class Parsing(Protocol):
    """What both of PyYAML's parsers can do."""

    def check_event(self, *choices: Any) -> bool:
        """Whether the next event is of one of these kinds; of any, without kinds."""

    def get_event(self) -> Any:
        """The next event, which is then past."""

    def get_single_node(self) -> Any:
        """The one document as nodes."""


class _Untagged:
    """No tags are resolved: what a plain scalar means is decided by its text alone."""

    def descend_resolver(self, *_: Any) -> None:
        """Nothing to prepare."""

    def ascend_resolver(self) -> None:
        """Nothing to undo."""

    def resolve(self, *_: Any) -> str:
        """The same for every node; half of PyYAML's time goes into this for no use here."""
        return ""


class PureParsing(Reader, Scanner, Parser, Composer, _Untagged):
    """The parser in Python, for places without libyaml."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)


try:
    from yaml._yaml import CParser
except ImportError:
    FastParsing: type[Any] = PureParsing
else:

    class _WithLibyaml(CParser, _Untagged):
        """libyaml's parser."""

    FastParsing = _WithLibyaml


_TOO_DEEP = "nesting depth"


@dataclass(slots=True, eq=False)
class Source:
    """A file's name and lines, and the faults met so far."""

    file: str
    text: str
    lines: list[str] = field(init=False)
    faults: list[Finding] = field(default_factory=list)
    unlisted: int = 0

    def __post_init__(self) -> None:
        self.lines = _LINE_END.split(self.text)

    def at(self, marked: Any) -> Location:
        """Where an event or a node starts."""
        mark = marked.start_mark
        return Location(self.file, line=mark.line + 1, column=mark.column + 1)

    def note(self, code: str, place: Location, **fields: object) -> None:
        """Keep a fault, with the line it stands in for the caret."""
        if len(self.faults) >= _KEPT:
            self.unlisted += 1
            return
        at = place.line
        shown = self.lines[at - 1] if at is not None and at <= len(self.lines) else ""
        told: dict[str, Any] = {"source_line": shown, **fields}
        self.faults.append(found(code, place, **told))

    def in_order(self) -> list[Finding]:
        """The faults so far, in the order of the file."""
        return sorted(self.faults, key=_order)

    def settle(self) -> None:
        """Raise FrameworkInvalid with the faults so far, in the order of the file; none: go on."""
        if not self.faults:
            return
        ordered = self.in_order()
        shown = ordered[:MOST_FAULTS]
        more = len(ordered) - len(shown) + self.unlisted
        if more:
            shown.append(found("F119", Location(self.file), more=more))
        raise refusal(FrameworkInvalid, shown)


def source(raw: bytes | str, file: str) -> Source:
    """The text of a file of at most 1 MB in UTF-8, with or without a mark; F107 or F109 else."""
    data = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    if len(data) > MOST_BYTES:
        fault = found("F107", Location(file), size=len(data), limit=MOST_BYTES)
        raise refusal(FrameworkInvalid, [fault])
    try:
        return Source(file, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = found("F109", Location(file, line=line), byte=error.start)
        raise refusal(FrameworkInvalid, [fault]) from error


def nodes(given: Source, parsing: type[Any] = FastParsing) -> Node:
    """The root node of the one document of ``given``.

    Raises FrameworkInvalid: F101 for what is no YAML, F102 for an alias, anchor, tag or merge key,
    F108 for nesting deeper than 50.
    """
    try:
        _refuse_unsafe(parsing(given.text), given)
        given.settle()
        root: Node | None = parsing(given.text).get_single_node()
    except YAMLError as error:
        if _TOO_DEEP in str(error):
            # From 0.2.6 on libyaml has a limit of its own and meets it looking ahead, before the
            # events that ours counts.
            _refuse_unsafe(PureParsing(given.text), given)
        if not given.faults:
            _note_syntax(error, given)
    else:
        if root is not None:
            return root
        given.note("F101", Location(given.file), why="empty document")
    given.settle()
    raise AssertionError


def _refuse_unsafe(parser: Parsing, given: Source) -> None:
    depth = 0
    while parser.check_event() and not given.faults:
        event = parser.get_event()
        unsafe = _unsafe(event)
        if unsafe is not None:
            given.note("F102", given.at(event), what=unsafe)
        if isinstance(event, ev.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                given.note("F108", given.at(event), limit=DEEPEST)
        elif isinstance(event, ev.CollectionEndEvent):
            depth -= 1


def _unsafe(event: Any) -> str | None:
    if isinstance(event, ev.AliasEvent):
        return f"*{event.anchor}"
    if not isinstance(event, (ev.ScalarEvent, ev.CollectionStartEvent)):
        return None
    if event.anchor is not None:
        return f"&{event.anchor}"
    if event.tag is not None:
        return str(event.tag)
    merge = isinstance(event, ev.ScalarEvent) and event.value == "<<" and not event.style
    return "<<" if merge else None


def _note_syntax(error: YAMLError, given: Source) -> None:
    why = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    mark = error.problem_mark or error.context_mark if isinstance(error, MarkedYAMLError) else None
    if mark is not None:
        place = Location(given.file, line=mark.line + 1, column=mark.column + 1)
    else:
        place = _odd_sign(given)
    given.note("F101", place, why=why)


def _odd_sign(given: Source) -> Location:
    """A reader error has no mark: it is about the first sign YAML does not allow."""
    odd = Reader.NON_PRINTABLE.search(given.text)
    if odd is None:
        return Location(given.file)
    before = _LINE_END.split(given.text[: odd.start()])
    return Location(given.file, line=len(before), column=len(before[-1]) + 1)


def _order(fault: Finding) -> tuple[int, int, str]:
    where = fault.location
    return ((where.line or 0) if where else 0, (where.column or 0) if where else 0, fault.code)
