"""Columns of a wide table by their places, without looking them up one by one."""

from __future__ import annotations

from functools import cache


@cache
def runs(places: tuple[int, ...]) -> tuple[tuple[slice, slice], ...]:
    """Places that follow each other, as a slice of the table and a slice of ``places``.

    Slices are worked on where they are; a list of places costs a copy out and a copy back.

    >>> runs((4, 5, 6, 1))
    ((slice(4, 7, None), slice(0, 3, None)), (slice(1, 2, None), slice(3, 4, None)))
    """
    told, first = [], 0
    for end in range(1, len(places) + 1):
        if end == len(places) or places[end] != places[end - 1] + 1:
            told.append((slice(places[first], places[end - 1] + 1), slice(first, end)))
            first = end
    return tuple(told)


def together(places: tuple[int, ...]) -> slice | list[int]:
    """A slice where the places follow each other throughout, else the places themselves.

    >>> together((4, 5, 6)), together((4, 6))
    (slice(4, 7, None), [4, 6])
    """
    found = runs(places)
    return found[0][0] if len(found) == 1 else list(places)
