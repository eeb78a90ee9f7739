"""The value of a harmless YAML document in one pass, for the run that has nothing to report.

Half of the time a framework takes to load goes into places that only a fault needs. Here libyaml's
events become plain data at once. Whatever is unusual (an alias, anchor, tag, merge key, a key given
twice, a number out of range, deep nesting, a syntax error) ends in None: the careful reader of
yaml_tree then says what and where.
"""

from __future__ import annotations

from typing import Any

from yaml import events as ev
from yaml.error import YAMLError

from stiscore.io.yaml_guard import DEEPEST, MOST_BYTES, FastParsing
from stiscore.io.yaml_tree import meaning


class _UnusualError(Exception):
    """Something the careful reader must look at."""


def quick_value(raw: bytes) -> Any | None:
    r"""The data of ``raw`` (dict, list, str, int, float, bool), None when it needs a closer look.

    >>> quick_value(b"a: {b: NO, c: 010}"), quick_value(b"a: &x 1"), quick_value(b"a: 1\na: 2")
    ({'a': {'b': 'NO', 'c': 10}}, None, None)
    """
    if len(raw) > MOST_BYTES:
        return None
    try:
        parser = FastParsing(raw.decode("utf-8-sig"))
        for opening in (ev.StreamStartEvent, ev.DocumentStartEvent):
            _expect(parser, opening)
        value = _value(parser.get_event, parser.get_event(), 0)
        for closing in (ev.DocumentEndEvent, ev.StreamEndEvent):
            _expect(parser, closing)
    except (UnicodeDecodeError, YAMLError, OverflowError, _UnusualError):
        return None
    return value


def _expect(parser: Any, kind: type[Any]) -> None:
    if type(parser.get_event()) is not kind:
        raise _UnusualError


def _value(following: Any, event: Any, depth: int) -> Any:
    kind = type(event)
    if kind is ev.ScalarEvent:
        return meaning(_word(event), event.style)
    if (
        depth >= DEEPEST
        or kind is ev.AliasEvent
        or event.anchor is not None
        or event.tag is not None
    ):
        raise _UnusualError
    if kind is ev.SequenceStartEvent:
        items = []
        while type(event := following()) is not ev.SequenceEndEvent:
            items.append(_value(following, event, depth + 1))
        return items
    held: dict[str, Any] = {}
    while type(event := following()) is not ev.MappingEndEvent:
        if type(event) is not ev.ScalarEvent or (key := _word(event)) in held:
            raise _UnusualError
        held[key] = _value(following, following(), depth + 1)
    return held


def _word(event: Any) -> str:
    """The text of a scalar that carries nothing else."""
    merge = event.value == "<<" and not event.style
    if merge or event.anchor is not None or event.tag is not None:
        raise _UnusualError
    return str(event.value)
