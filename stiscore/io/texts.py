"""Many short texts held as one block of UTF-8: what a Python string costs, a block does not.

Both sides of the worker use it, so it imports the standard library only.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice
from typing import overload

KNOWN = 200_000  # texts remembered for reuse; beyond, one that comes again may be kept twice


class Texts(Sequence[str]):
    """Texts by number, decoded when asked for.

    >>> texts = Texts.of(["省份", "a"])
    >>> texts[0], list(texts), len(texts)
    ('省份', ['省份', 'a'], 2)
    """

    __slots__ = ("block", "ends")

    def __init__(self, block: bytes | bytearray | memoryview, ends: Sequence[int]) -> None:
        self.block, self.ends = block, ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """The texts as a block."""
        pieces = [text.encode("utf-8", "replace") for text in texts]
        ends, at = array("q"), 0
        for piece in pieces:
            at += len(piece)
            ends.append(at)
        return cls(b"".join(pieces), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def __iter__(self) -> Iterator[str]:
        begin = 0
        for end in map(int, self.ends):
            yield str(self.block[begin:end], "utf-8")
            begin = end

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        place = range(len(self.ends))[at]
        begin = int(self.ends[place - 1]) if place else 0
        return str(self.block[begin : int(self.ends[place])], "utf-8")


class Collector:
    """Texts as they turn up in a file.

    ``places[text]`` is the number a text is kept under, -1 for an empty one.
    """

    def __init__(self) -> None:
        self.places = _Places()

    def row(self, cells: list[str]) -> Iterable[int]:
        """``places`` of a row of cells; in a table with very many texts each is kept as it comes.

        >>> list(Collector().row(["a", "", "a"]))
        [0, -1, 0]
        """
        places = self.places
        line = "" if len(places.ends) < KNOWN else "".join(cells)
        if not line or not line.isascii():
            return [places[cell] for cell in cells]
        first = len(places.ends)
        places.ends.extend(islice(accumulate(map(len, cells), initial=len(places.block)), 1, None))
        places.block += line.encode("ascii")
        if all(cells):
            return range(first, first + len(cells))
        return [at if cell else -1 for at, cell in enumerate(cells, first)]

    def texts(self) -> Texts:
        """All that was kept."""
        return Texts(self.places.block, self.places.ends)


class _Places(dict[str, int]):
    """A dictionary, so that what is known already is found without a call."""

    def __init__(self) -> None:
        super().__init__({"": -1})
        self.block, self.ends = bytearray(), array("q")

    def __missing__(self, text: str) -> int:
        if len(self) > KNOWN:
            self.clear()
            self[""] = -1
        at = self[text] = len(self.ends)
        self.block += text.encode("utf-8", "replace")
        self.ends.append(len(self.block))
        return at
