"""What experts say of weights: matrices of pairwise judgements, and tables of points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from stiscore.errors import InputRefused
from stiscore.framework.flaw import heading
from stiscore.io.opinions import amount, names, sheets, unknown_name
from stiscore.words.faults import found, refusal
from stiscore.words.faults.judgements import FORMS

if TYPE_CHECKING:
    from stiscore.errors import Location
    from stiscore.finding import Finding
    from stiscore.framework.model import Framework
    from stiscore.io.grid import Book
    from stiscore.io.opinions import Sheet, Side

    Known = Mapping[str, tuple[str, ...]]

_FRACTION = re.compile(r"(?P<above>[^/／]+)[/／](?P<below>[^/／]+)")
_LEAST, _MOST = 1e-9, 1e9
# A reciprocal typed with two decimals differs from the true one by this much.
_ROUNDED, _SHARE = 0.005 + 1e-9, 0.1
_ALIKE = 1e-3


class Judgement(NamedTuple):
    """``one`` is ``value`` times as important as ``other``; where that is said."""

    one: str
    other: str
    value: float
    place: Location


def read_judgements(books: Iterable[Book], framework: Framework) -> dict[str, float]:
    """Judgements ``{"a/b": 3.0}`` from matrices, one a sheet, for ``weight: {id: ahp}``.

    The head and the first column name the same parts of one group by id or by name in either
    language. Cells hold numbers above 0 or fractions (1/3); a blank cell says nothing. The upper
    triangle is enough; of two cells on one pair the larger is taken, as the smaller may be rounded.
    Raises InputRefused with every fault and its cell: no such matrix (F181), an unknown part
    (F182), parts of different groups (F183), no judgement (F184), two that contradict each other
    (F185), a part named twice (F186).
    """
    faults: list[Finding] = []
    known, held = names(framework), dict[frozenset[str], Judgement]()
    for book in books:
        for sheet in sheets(book, "pairwise", faults):
            parts = _parts(sheet, known, framework, faults)
            for said in _said(sheet, parts, faults) if parts else ():
                _keep(said, held, faults)
    if faults:
        raise refusal(InputRefused, faults)
    return {f"{said.one}/{said.other}": said.value for said in held.values()}


def read_points(book: Book, framework: Framework) -> dict[str, dict[str, float]]:
    """Points by expert and node, for ``weight: {id: budget}``.

    Each row is an expert, each column a node by id or name in either language; several sheets of a
    workbook are read as one. Cells hold numbers of 0 or more; a blank cell says nothing. Raises
    InputRefused with every fault and its cell: no such table (F181), an unknown part (F182), no
    points (F184), an expert or a part named twice (F186).
    """
    faults: list[Finding] = []
    known, told = names(framework), dict[str, dict[str, float]]()
    for sheet in sheets(book, "points", faults):
        nodes = [
            _one(sheet.head_cell(c), text, known, faults)
            for c, text in zip(*sheet.columns, strict=True)
        ]
        faults += _twice(sheet.columns, nodes, sheet.head_cell)
        faults += _twice(sheet.rows, sheet.rows.names, sheet.row_cell)
        for row, name in _first(sheet.rows, sheet.rows.names):
            expert = told.setdefault(name or str(sheet.row_cell(row)), {})
            for column, node in _first(sheet.columns, nodes):
                _give(sheet, row, column, node, expert, faults)
    if faults:
        raise refusal(InputRefused, faults)
    return told


def _one(where: Location, text: str, known: Known, faults: list[Finding]) -> str | None:
    """The node of a name; None, and a fault, where there is none."""
    held = known.get(heading(text), ())
    if not held:
        faults.append(unknown_name(text, known, where))
    return held[0] if held else None


def _give(
    sheet: Sheet, row: int, column: int, node: str | None,
    expert: dict[str, float], faults: list[Finding],
) -> None:  # fmt: skip
    text = sheet.shown(row, column)
    if not text or node is None:
        return
    points = amount(text)
    if points is None or points < 0:
        faults.append(sheet.refuse_cell(row, column, "points"))
    elif node in expert:
        faults.append(found("F186", sheet.head_cell(column), given=node))
    else:
        expert[node] = points


def _twice(
    side: Side, told: Iterable[str | None], at: Callable[[int], Location]
) -> Iterator[Finding]:
    """F186 for each name that stands on a side already."""
    seen: set[str] = set()
    for place, shown, name in zip(*side, told, strict=True):
        if name and name in seen:
            yield found("F186", at(place), given=shown)
        seen.add(name or "")


def _first(side: Side, told: Iterable[str | None]) -> Iterator[tuple[int, str | None]]:
    """Places with their names, each name where it stands first; what has no name every time."""
    seen: set[str] = set()
    for place, name in zip(side.places, told, strict=True):
        if not name or name not in seen:
            yield place, name
        seen.add(name or "")


def _parts(
    sheet: Sheet, known: Known, framework: Framework, faults: list[Finding]
) -> tuple[list[str], list[str]] | None:
    """The ids of rows and columns, all children of one group; None, and faults, where not."""
    texts = [
        *((sheet.row_cell(r), t) for r, t in zip(*sheet.rows, strict=True)),
        *((sheet.head_cell(c), t) for c, t in zip(*sheet.columns, strict=True)),
    ]
    meant = [known.get(heading(text), ()) for _, text in texts]
    strange = [unknown_name(t, known, at) for (at, t), m in zip(texts, meant, strict=True) if not m]
    if strange:
        faults += strange
        return None
    parents = [{framework.parents[node] for node in nodes} for nodes in meant]
    shared = set.intersection(*parents)
    if not shared:
        faults.append(_apart(texts, meant, framework))
        return None
    ids = [next(n for n in nodes if framework.parents[n] in shared) for nodes in meant]
    rows, columns = ids[: len(sheet.rows.places)], ids[len(sheet.rows.places) :]
    twice = [*_twice(sheet.rows, rows, sheet.row_cell)]
    twice += _twice(sheet.columns, columns, sheet.head_cell)
    if not twice and (set(rows) != set(columns) or len(rows) < 2):
        twice.append(found("F181", sheet.head_cell(sheet.first), form=FORMS["pairwise"]))
    faults += twice
    return None if twice else (rows, columns)


def _apart(
    texts: list[tuple[Location, str]], meant: list[tuple[str, ...]], framework: Framework
) -> Finding:
    """F183 for the first part that is not in the group of the first."""
    first = meant[0][0]
    parent = framework.parents[first]
    at, node = next(
        (where, nodes[0])
        for (where, _), nodes in zip(texts, meant, strict=True)
        if all(framework.parents[each] != parent for each in nodes)
    )
    return found("F183", at, node=node, parent=parent, first=first)


def _said(
    sheet: Sheet, parts: tuple[list[str], list[str]], faults: list[Finding]
) -> Iterator[Judgement]:
    """Every cell that says something of two parts, the upper triangle's before the lower's."""
    rows, columns = parts
    order = {node: n for n, node in enumerate(rows)}
    cells = [
        (r, c, one, other)
        for r, one in zip(sheet.rows.places, rows, strict=True)
        for c, other in zip(sheet.columns.places, columns, strict=True)
        if sheet.shown(r, c)
    ]
    for row, column, one, other in sorted(cells, key=lambda cell: order[cell[2]] > order[cell[3]]):
        value = judgement(sheet.shown(row, column))
        if value is None or (one == other and abs(value - 1) > _ALIKE):
            wanted = "judgement" if one != other else "itself"
            faults.append(sheet.refuse_cell(row, column, wanted))
        elif one != other:
            yield Judgement(one, other, value, sheet.grid.location(row, column))


def judgement(text: str) -> float | None:
    """A number or fraction from 1e-9 to 1e9; None for anything else.

    >>> judgement("1/4"), judgement("3"), judgement("1／5"), judgement("0"), judgement("a/b")
    (0.25, 3.0, 0.2, None, None)
    """
    parted = _FRACTION.fullmatch(text)
    if parted is None:
        value = amount(text)
    else:
        above, below = amount(parted["above"].strip()), amount(parted["below"].strip())
        value = above / below if above and below else None
    return value if value is not None and _LEAST <= value <= _MOST else None


def _keep(said: Judgement, held: dict[frozenset[str], Judgement], faults: list[Finding]) -> None:
    """Take up a judgement, or find that it contradicts the one there is."""
    pair = frozenset({said.one, said.other})
    known = held.setdefault(pair, said)
    reverse = known.one != said.one
    before = 1 / known.value if reverse else known.value
    if not _alike(said.value, before, rounded=reverse):
        faults.append(
            found(
                "F185",
                said.place,
                one=said.one,
                other=said.other,
                value=said.value,
                before=before,
                place=str(known.place),
            )
        )
    elif said.value > known.value:
        held[pair] = said


def _alike(one: float, other: float, *, rounded: bool) -> bool:
    """Whether two readings of a pair agree; a reciprocal may be rounded to two decimals."""
    if abs(one / other - 1) <= _ALIKE:
        return True
    small, large = sorted(min(v, 1 / v) for v in (one, other))
    near = large - small <= min(_ROUNDED, _SHARE * large)
    return rounded and near and ((one >= 1) == (other >= 1) or small > 1 - _ROUNDED)
