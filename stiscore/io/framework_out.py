"""A Framework -> the text of a framework file: block style, defaults left out, some comments.

What is written reads back to an equal framework. Scalars are quoted by the rules of our reader
(YAML 1.2's core schema), not by those of YAML 1.1, under which ``1e3`` is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from stiscore.io.yaml_tree import meaning

if TYPE_CHECKING:
    from pydantic import BaseModel

    from stiscore.framework.model import Framework

Path = tuple[str, ...]
# Begins with a letter of any script or a digit and holds nothing that YAML might read otherwise.
_PLAIN = re.compile(r"\w(?:[^:#\[\]{},]|:(?=\S)|(?<=\S)#)*(?<!\s)")
_PLAIN_IN_BLOCK = re.compile(r"\w(?:[^:#]|:(?=\S)|(?<=\S)#)*(?<!\s)")
_NONE: Mapping[Path, Sequence[str]] = MappingProxyType({})


def framework_text(framework: Framework, comments: Mapping[Path, Sequence[str]] = _NONE) -> str:
    r"""The framework as the text of a file; keys stand in the order of the schema.

    ``comments``: lines that stand above a key, by the keys that lead to it; ``()`` is the top.

    >>> from stiscore.io.framework_yaml import load_framework, parse_framework
    >>> shipped = load_framework()
    >>> text = framework_text(shipped, {(): ["A copy."]})
    >>> text.splitlines()[:3]
    ['# A copy.', 'schema: stiscore.framework/1', 'id: sti_openness']
    >>> parse_framework(text) == shipped
    True
    """
    top = [f"# {line}" for line in comments.get((), ())]
    lines = [*top, *_mapping(_told(framework), (), comments)]
    return "\n".join(lines) + "\n"


def _told(model: BaseModel) -> dict[str, Any]:
    """What a model's file must say: all but defaults; a tag is said all the same."""
    told = {}
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        default = field.get_default(call_default_factory=True)
        if field.is_required() or _is_tag(field.annotation) or value != default:
            told[field.alias or name] = _plain(value)
    return told


def _is_tag(annotation: Any) -> bool:
    """Whether a field can have one value only: it says which kind of a union is meant."""
    return get_origin(annotation) is Literal and len(get_args(annotation)) == 1


def _plain(value: Any) -> Any:
    if hasattr(type(value), "model_fields"):
        return _told(value)
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value


def _mapping(
    told: Mapping[str, Any], path: Path, comments: Mapping[Path, Sequence[str]]
) -> Iterator[str]:
    for key, value in told.items():
        here = (*path, key)
        yield from (f"# {line}" for line in comments.get(here, ()))
        yield from _entry(f"{_scalar(key)}:", value, here, comments)


def _entry(
    head: str, value: Any, path: Path, comments: Mapping[Path, Sequence[str]]
) -> Iterator[str]:
    """A key or a dash with its value: beside it where it fits on a line, else below."""
    if isinstance(value, Mapping) and value:
        yield head
        yield from (f"  {line}" for line in _mapping(value, path, comments))
    elif isinstance(value, list) and any(isinstance(v, (Mapping, list)) for v in value):
        yield head
        for item in value:
            yield from _item(item, path, comments)
    else:
        yield f"{head} {_beside(value)}"


def _item(item: Any, path: Path, comments: Mapping[Path, Sequence[str]]) -> Iterator[str]:
    lines = (
        list(_mapping(item, path, comments))
        if isinstance(item, Mapping) and item
        else [_beside(item)]
    )
    yield f"- {lines[0]}"
    yield from (f"  {line}" for line in lines[1:])


def _beside(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, list):
        return f"[{', '.join(_scalar(item, _PLAIN) for item in value)}]"
    return _scalar(value)


def _scalar(value: Any, plain: re.Pattern[str] = _PLAIN_IN_BLOCK) -> str:
    """A scalar that our reader takes for what it is.

    >>> [_scalar(v) for v in ("NO", "1e3", "a: b", 100.0, 0.1, None, True)]
    ['NO', '"1e3"', '"a: b"', '100', '0.1', 'null', 'true']
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return text if _is_plain(text, plain) else f'"{"".join(map(_escaped, text))}"'


def _is_plain(text: str, plain: re.Pattern[str]) -> bool:
    """Whether a text without quotes is read as that text."""
    if not (plain.fullmatch(text) and text.isprintable()):
        return False
    try:
        return bool(meaning(text, None) == text)
    except OverflowError:
        return False


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isprintable():
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08x}"
