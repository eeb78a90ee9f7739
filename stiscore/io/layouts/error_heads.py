"""Heads of columns that give the error of another: ``share se``, or ``share low``, ``share high``.

Such a head is a name that is known and a suffix, and nothing else. A head that is a name of its own
is never taken apart, nor is one whose beginning names nothing ("High technology exports", "lower
secondary").
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from stiscore.io.figures import factor_of
from stiscore.io.layouts.joined import joined
from stiscore.io.measurement import measure, plain, stated
from stiscore.io.vocabulary import Meaning, key

if TYPE_CHECKING:
    from stiscore.io.layouts.recognition import Named
    from stiscore.io.vocabulary import Vocabulary

Part = Literal["se", "low", "high"]
Unread = Literal["error-alone", "error-half", "error-twice", "unknown"]

_HEAD = re.compile(
    r"(?P<name>.+?)(?:[\s_-]+(?P<latin>se|s\. ?e\.|standard[\s_-]+error|low(?:er)?|high|upper)"
    r"|[\s_-]*(?P<han>标准误差?|下限|上限))",
    re.IGNORECASE,
)
_ENDS: dict[str, Part] = {
    "low": "low", "lower": "low", "下限": "low", "high": "high", "upper": "high", "上限": "high",
}  # fmt: skip


class ErrorHead(NamedTuple):
    """What a head says its column gives: which part of the error, and of what.

    ``name``: the head without the suffix. ``meaning``: of that name, with the measurement that the
    head itself states.
    """

    part: Part
    name: str
    meaning: Meaning


class ErrorColumns(NamedTuple):
    """``of``: by id, the column of standard errors, or those of the lower and the upper end.

    Each has the meaning of the column it belongs to, so that its figures are converted alike.
    ``unread``: the others, why, and the id of what they would be the error of.
    """

    of: Mapping[str, tuple[Named, ...]]
    unread: tuple[tuple[Named, Unread, str], ...]


def error_of(
    texts: Sequence[str], vocabulary: Vocabulary, given: str | None = None
) -> ErrorHead | None:
    """What a column gives the error of, None unless every row and language of its head says so.

    ``given``: the measurement its unit row states.
    """
    met = [_read(name, vocabulary) for text in texts for name in joined([text])]
    heads = [head for head in met if head is not None]
    if len(heads) < len(met) or len({(h.part, h.meaning.term.id) for h in heads}) != 1:
        return None
    said = (given, *(h.meaning.measured_in for h in heads))
    own = heads[0].meaning._replace(measured_in=next((s for s in said if s), None))
    return heads[0]._replace(meaning=own)


def _read(text: str, vocabulary: Vocabulary) -> ErrorHead | None:
    """A head in one language, with or without a measurement at its end."""
    for body, own in ((text, None), stated(text)):
        met = _HEAD.fullmatch(plain(body))
        if met is None or (own is not None and measure(own) is None):
            continue
        meaning = vocabulary.meaning(met["name"], own)
        if meaning is not None:
            suffix = (met["latin"] or met["han"]).casefold()
            return ErrorHead(_ENDS.get(suffix, "se"), met["name"], meaning)
    return None


def settled(columns: Sequence[Named], read: Mapping[str, Named]) -> ErrorColumns:
    """The error columns among ``columns``, by the columns that are read (by id) they belong to.

    A standard error outweighs an interval beside it; of two of a kind the first is taken.
    """
    named = {key(stated(column.header)[0]): name for name, column in read.items()}
    held: dict[str, dict[Part, Named]] = {}
    unread: list[tuple[Named, Unread, str]] = []
    for column in columns:
        if column.error is None:
            continue
        # A name of several meanings means what it does in the head of the column itself.
        name = named.get(key(stated(column.error.name)[0]), column.error.meaning.term.id)
        meaning = _measured(column.error, read[name]) if name in read else None
        parts = held.setdefault(name, {})
        if name not in read:
            unread.append((column, "error-alone", name))
        elif meaning is None:
            unread.append((column, "unknown", name))
        elif column.error.part in parts:
            unread.append((column, "error-twice", name))
        else:
            parts[column.error.part] = column._replace(meaning=meaning)
    whole = {name: _whole(parts) for name, parts in held.items()}
    for name, parts in held.items():
        why: Unread = "error-twice" if "se" in parts else "error-half"
        unread += ((c, why, name) for c in parts.values() if c not in whole[name])
    return ErrorColumns({name: taken for name, taken in whole.items() if taken}, tuple(unread))


def _whole(parts: Mapping[Part, Named]) -> tuple[Named, ...]:
    """The columns that make an error together: one, two or, of half an interval, none."""
    if "se" in parts:
        return (parts["se"],)
    return (parts["low"], parts["high"]) if len(parts) == 2 else ()


def _measured(head: ErrorHead, of: Named) -> Meaning | None:
    """What the figures mean: measured as those they belong to unless their own head says how."""
    own = head.meaning.measured_in
    if of.meaning is None or own in {None, of.meaning.measured_in}:
        return of.meaning
    meaning = Meaning(of.meaning.term, own)
    return None if math.isnan(factor_of(meaning)) else meaning
