"""Whether the parser read the numbers that the sheet's XML plainly holds. Runs in the worker.

The cells with a number are counted on both sides; only where the counts differ are they compared
one by one, so that a sound file costs a count.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from stiscore.io.pack import Block
from stiscore.io.second_look import Part, Place, Seen
from stiscore.io.texts import Collector, Texts
from stiscore.io.wire import DATE, NUMBER

_SHOWN = 40  # signs of what a cell holds that a message repeats


class Disagreement(NamedTuple):
    """A cell of which XML and parser say different things; '' where one says nothing."""

    place: Place
    held: str
    read: str


def disagreements(part: Part, block: Block, seen: Seen, known: Collector) -> list[Disagreement]:
    """The cells whose number the parser did not read, read differently or made up."""
    read = block.kinds.count(NUMBER) + block.kinds.count(DATE)
    return [] if part.numbers() == read else _compared(part, _Read(block, known.texts()), seen)


class _Read(NamedTuple):
    """What the parser read, by place."""

    block: Block
    texts: Texts

    def at(self, place: Place) -> int | None:
        """Where a cell stands in the arrays; None outside the block."""
        row, column = place[0] - self.block.top, place[1]
        inside = 0 <= row < self.block.tall and column < self.block.wide
        return row * self.block.wide + column if inside else None

    def shown(self, place: Place) -> str:
        """What a cell holds; '' where it holds nothing."""
        at = self.at(place)
        if at is None:
            return ""
        if self.block.kinds[at] == NUMBER:
            return repr(self.block.numbers[at]).removesuffix(".0")
        text = self.block.text_at[at]
        return self.texts[text] if text >= 0 else ""

    def dated(self, place: Place) -> bool:
        """Whether a number was read as a moment, as its format says."""
        at = self.at(place)
        return at is not None and self.block.kinds[at] == DATE


def _compared(part: Part, read: _Read, seen: Seen) -> list[Disagreement]:
    found, block = [], read.block
    plain: set[Place] = set()
    for place, _, kind, body in part.cells():
        if place in seen.marks:
            continue
        value = part.patterns.value.search(body)
        text = value[1].strip().decode("utf-8", "replace") if value else ""
        if kind == b"d" and text:
            plain.add(place)
        elif kind in (b"", b"n") and _finite(text):
            plain.add(place)
            shown = read.shown(place)
            # A number with spaces around it comes as a text, which is read as a number later.
            if not read.dated(place) and not (_finite(shown) and float(shown) == float(text)):
                found.append(Disagreement(place, text[:_SHOWN], shown[:_SHOWN]))
    for at, kind_read in enumerate(block.kinds):
        place = (block.top + at // block.wide, at % block.wide)
        if kind_read == NUMBER and place not in plain:
            found.append(Disagreement(place, "", read.shown(place)[:_SHOWN]))
    return sorted(found)


def _finite(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and "_" not in text
    except ValueError:
        return False
