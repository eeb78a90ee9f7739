"""A light pass over a sheet's XML for what the parser does not tell.

Error cells, formulas whose result was never saved, percent formats, hidden rows. Regular
expressions find hits in the bytes and only hits are looked at; a sheet written in an unusual way
(cells without addresses, other quotes) is walked cell by cell, which is slower and says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from stiscore.io.wire import ERROR, NO_VALUE

Place = tuple[int, int]


class Seen(NamedTuple):
    """What was seen in one sheet; places are 0-based (row, column), hidden rows 1-based."""

    marks: dict[Place, tuple[int, str]]
    percent: list[Place]
    hidden_rows: tuple[int, ...]


class Unclear(Exception):
    """The part is not written as a worksheet is."""


class _Walk(Exception):
    """A hit has no address of its own: only a walk from the top finds it."""


_DATA = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData\b[^>]*?(/?)>")
_NOT_CELLS = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_PLACE = re.compile(rb"([A-Z]{1,3})([1-9]\d{0,6})\Z")


class _Patterns(NamedTuple):
    error: bytes
    row: re.Pattern[bytes]
    cell: re.Pattern[bytes]
    uncached: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    value: re.Pattern[bytes]
    columns: re.Pattern[bytes]
    bare: bytes


@lru_cache(maxsize=8)
def _patterns(prefix: bytes) -> _Patterns:
    p = re.escape(prefix)
    formula = rb"<%bf(?:\s[^>]*)?(?:/>|(?<!/)>([^<]*)</%bf\s*>)" % (p, p)
    return _Patterns(
        error=b't="e"',
        row=re.compile(rb"<%brow(\s[^>]*)?>" % p),
        cell=re.compile(rb"<%b(row|c)(\s[^>]*?)?(/?)>" % p),
        uncached=re.compile(
            formula + rb"\s*(<%bv\s*/>|<%bv\s*>\s*</%bv\s*>)?\s*</%bc\s*>" % (p, p, p, p)
        ),
        formula=re.compile(formula),
        value=re.compile(rb"<%bv(?:\s[^>]*)?>([^<]*)</%bv\s*>" % (p, p)),
        columns=re.compile(rb'<%bc r="([A-Z]+)' % p),
        bare=b"<%bc>" % prefix,
    )


def attribute(tag: bytes, name: bytes) -> bytes | None:
    """The value of an attribute in the inside of a tag.

    >>> attribute(b' r="A1" s="3"', b"s")
    b'3'
    """
    found = re.search(rb"(?:^|\s)%b\s*=\s*(?:\"([^\"]*)\"|'([^']*)')" % re.escape(name), tag)
    if found is None:
        return None
    return found[1] if found[1] is not None else found[2]


@lru_cache(maxsize=20_000)
def column_number(letters: bytes) -> int:
    """The 0-based column of a letter name.

    >>> column_number(b"A"), column_number(b"AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


class Part:
    """One sheet's XML, cut to its cells."""

    def __init__(self, xml: bytes) -> None:
        found = _DATA.search(xml)
        if found is None:
            raise Unclear
        self.prefix = found[1]
        end = -1 if found[2] else xml.find(b"</%bsheetData" % self.prefix, found.end())
        body = xml[found.end() : end] if end >= 0 else b""
        # Comments could hide cells that are none, and CDATA may hold any text.
        self.xml = _NOT_CELLS.sub(lambda m: b"." if m[1] else b"", body) if b"<!" in body else body
        self.patterns = _patterns(self.prefix)

    def extent(self, enough: int) -> Place:
        """Rows and columns up to the last cell that holds something; rough when that is <= enough."""
        rows = [attribute(tag, b"r") for tag in self.patterns.row.findall(self.xml)]
        given = [_row(r) for r in rows]
        columns = set(self.patterns.columns.findall(self.xml))
        tall = max(max((r for r in given if r), default=0), len(rows))
        wide = max(map(column_number, columns), default=0) + 1
        if tall * wide <= enough:
            return tall, wide
        tall = wide = 0
        for (row, column), _, _, body in self.cells():
            if body:
                tall, wide = max(tall, row + 1), max(wide, column + 1)
        return tall, wide

    def look(self, percent_styles: frozenset[bytes]) -> Seen:
        """All that is to be seen, by hits if the sheet is written as usual."""
        odd = any(sign in self.xml for sign in (b"='", b" =", b"= ", self.patterns.bare))
        if not odd and b"0" not in percent_styles:
            try:
                return Seen(self._marks(), self._percents(percent_styles), self._hidden())
            except _Walk:
                pass
        return self.walk(percent_styles)

    def cells(self, hidden: list[int] | None = None) -> Iterator[tuple[Place, bytes, bytes, bytes]]:
        """Every cell in turn: place, style, type, content; hidden rows are put in ``hidden``."""
        row, column = -1, -1
        closing = b"</%bc" % self.prefix
        for tag in self.patterns.cell.finditer(self.xml):
            inside = tag[2] or b""
            given = attribute(inside, b"r")
            if tag[1] == b"row":
                numbered = _row(given)
                row, column = (numbered - 1 if numbered else row + 1), -1
                if hidden is not None and attribute(inside, b"hidden") in (b"1", b"true"):
                    hidden.append(row + 1)
                continue
            row, column = _place(given) if given else (max(row, 0), column + 1)
            end = tag.end() if tag[3] else self.xml.find(closing, tag.end())
            body = self.xml[tag.end() : max(end, tag.end())]
            yield (row, column), attribute(inside, b"s") or b"0", attribute(inside, b"t") or b"", body

    def walk(self, percent_styles: frozenset[bytes]) -> Seen:
        """All that is to be seen, cell by cell."""
        marks: dict[Place, tuple[int, str]] = {}
        percent: list[Place] = []
        hidden: list[int] = []
        for place, style, kind, body in self.cells(hidden):
            mark = self._mark(kind, body)
            if mark is not None:
                marks[place] = mark
            if style in percent_styles:
                percent.append(place)
        return Seen(marks, percent, tuple(hidden))

    def _mark(self, kind: bytes, body: bytes) -> tuple[int, str] | None:
        value = self.patterns.value.search(body)
        if kind == b"e":
            return ERROR, _text(value[1] if value else b"") or "#ERROR!"
        formula = self.patterns.formula.search(body)
        if formula is None or (value is not None and value[1].strip()):
            return None
        if kind == b"str" and b"<%bv" % self.prefix in body:
            return None  # the saved result is an empty text
        return NO_VALUE, "=" + _text(formula[1] or b"")

    def _marks(self) -> dict[Place, tuple[int, str]]:
        starts = {self._cell_start(m.start()) for m in self.patterns.uncached.finditer(self.xml)}
        at = self.xml.find(self.patterns.error)
        while at >= 0:
            starts.add(self._cell_start(at))
            at = self.xml.find(self.patterns.error, at + 1)
        marks = {}
        for start in sorted(starts):
            tag = self.xml[start : self.xml.find(b">", start)]
            body = self.xml[start + len(tag) + 1 : self.xml.find(b"</%bc" % self.prefix, start)]
            mark = self._mark(attribute(tag, b"t") or b"", body)
            if mark is not None:
                marks[_place(attribute(tag, b"r"))] = mark
        return marks

    def _cell_start(self, inside: int) -> int:
        start = self.xml.rfind(b"<%bc " % self.prefix, 0, inside)
        if start < 0 or self.xml.find(b"</%bc" % self.prefix, start, inside) >= 0:
            raise _Walk
        return start

    def _percents(self, styles: frozenset[bytes]) -> list[Place]:
        if not styles:
            return []
        hit = rb'<%bc\s([^>]*?\bs="(?:%b)"[^>]*)>' % (re.escape(self.prefix), b"|".join(sorted(styles)))
        plain = re.compile(rb'r="([A-Z]{1,3})([1-9]\d{0,6})"')
        places = []
        for inside in re.findall(hit, self.xml):
            found = plain.match(inside)
            if found:
                places.append((int(found[2]) - 1, column_number(found[1])))
            else:
                places.append(_place(attribute(inside, b"r")))
        return places

    def _hidden(self) -> tuple[int, ...]:
        hidden = []
        if b'hidden="' in self.xml:
            for tag in self.patterns.row.findall(self.xml):
                if attribute(tag, b"hidden") in (b"1", b"true"):
                    number = _row(attribute(tag, b"r"))
                    if number is None:
                        raise _Walk
                    hidden.append(number)
        return tuple(hidden)


def _place(address: bytes | None) -> Place:
    if address is None:
        raise _Walk
    found = _PLACE.match(address)
    if found is None:
        raise Unclear
    return int(found[2]) - 1, column_number(found[1])


def _row(given: bytes | None) -> int | None:
    return int(given) if given is not None and len(given) <= 7 and given.isdigit() else None


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))
