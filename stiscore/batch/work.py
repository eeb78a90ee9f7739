"""Outputs made, in cells that never raise: an error is told, a bug is named, the rest goes on."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from stiscore import api
from stiscore.batch.commands import OF_THE_CARD
from stiscore.batch.layout import Work
from stiscore.batch.products import variants_of, written
from stiscore.batch.sources import Source
from stiscore.dataset import Dataset
from stiscore.errors import ExitCode, Location, StiscoreError, UsageError
from stiscore.finding import Finding, Findings
from stiscore.framework.model import Framework
from stiscore.io.grid import Book
from stiscore.io.parse import read_book
from stiscore.panels import fill_along_years
from stiscore.report import jsonout
from stiscore.report.batch_model import Made
from stiscore.robust.blas import one_thread
from stiscore.scorecard import Scorecard
from stiscore.words.faults import found, refusal

Hashes = dict[str, str | None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Outputs that share their tables and what these are scored by.

    ``hashes``: SHA-256 of each table by the name of its source, None where it could not be read;
    ``folders``: those of which no message tells.
    """

    works: tuple[Work, ...]
    framework: Framework
    hashes: Hashes
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an output came to; ``text`` is None where it failed."""

    place: str
    made: Made
    text: str | None = None


def outcomes(bundle: Bundle) -> Iterator[Outcome]:
    """The outputs of a bundle, one by one."""
    desk = _Desk(bundle)
    for work in bundle.works:
        # How sums are split among threads shows in last bits, and -j changes how many there are.
        with one_thread():
            yield desk.outcome(work)


def all_outcomes(bundle: Bundle) -> list[Outcome]:
    """The same at once, for another process."""
    return list(outcomes(bundle))


@dataclass(slots=True, eq=False)
class _Desk:
    """What outputs of a bundle have in common, made when first wanted and kept, errors too."""

    bundle: Bundle
    _held: dict[object, object] = field(default_factory=dict)

    def outcome(self, work: Work) -> Outcome:
        """One output, or why there is none."""
        output = work.output
        try:
            product = self._product(work)
            text = written(product, output.format, output.lang, output.width)
        except StiscoreError as fault:
            return Outcome(work.place, failed(fault, self.bundle.folders))
        except Exception as bug:  # noqa: BLE001 - a bug in one output must not take the others along
            return Outcome(work.place, Made(exit=int(ExitCode.BUG), bug=type(bug).__name__))
        seed, draws = variants_of(product)
        told: Findings = product.findings
        counts = Counter(str(each.severity) for each in told)
        return Outcome(
            work.place, Made(_exit(told, strict=output.strict), counts, seed, draws), text
        )

    def _product(self, work: Work) -> Any:
        """What a command makes of the tables under the framework."""
        command, framework = work.command, self.bundle.framework
        module, _, name = command.call.partition(":")
        call: Callable[..., Any] = getattr(import_module(module), name)
        options = work.output.options
        units = options.pop("unit", None) or ()
        if command.given == "card":
            rules = {key: options.pop(key) for key in OF_THE_CARD & options.keys()}
            return call(self._card(work.sources[0], rules), *units, **options)
        if units:
            options["units"] = units
        if command.given == "tables":
            return call([self._data(source) for source in work.sources], framework, **options)
        if command.given == "read":
            return call(lambda: self._data(work.sources[0]), framework, **options)
        return call(self._data(work.sources[0]), framework, **options)

    def _data(self, source: Source) -> Dataset:
        """The table of a source, of the year that the plan takes."""
        return self._once(
            source.name, lambda: _read(source, self.bundle.framework, self._sha(source))
        )

    def _card(self, source: Source, rules: dict[str, Any]) -> Scorecard:
        key = (source.name, *sorted(rules.items()))
        data = self._data(source)
        return self._once(key, lambda: api.evaluate(data, self.bundle.framework, **rules))

    def _sha(self, source: Source) -> str | None:
        return self.bundle.hashes[source.name]

    def _once(self, key: object, make: Callable[[], T]) -> T:
        if key not in self._held:
            try:
                self._held[key] = make()
            except StiscoreError as fault:
                self._held[key] = fault
        held: Any = self._held[key]
        if isinstance(held, StiscoreError):
            raise held
        told: T = held
        return told


@lru_cache(maxsize=1)
def _book(path: str, sha256: str | None) -> Book:
    """A file as raw grids: the same under every framework and method, so it is read once."""
    book = read_book(Path(path))
    if sha256 is not None and book.sha256 != sha256:
        raise refusal(UsageError, [found("U203", Location(book.file), file=book.file)])
    return book


def _read(source: Source, framework: Framework, sha256: str | None) -> Dataset:
    asked = source.reading
    data = api.interpret(
        _book(str(source.path), sha256),
        framework,
        level=asked.level,
        sheet=asked.sheet,
        layout=asked.layout,
        indicator=asked.indicator,
        any_units=asked.units == "any",
    )
    if asked.year is None:
        return data
    # Before the other years are gone.
    return api.at(fill_along_years(framework, data), asked.year)


def forget() -> None:
    """Let go of the file that was read last."""
    _book.cache_clear()


def failed(fault: StiscoreError, folders: Sequence[str]) -> Made:
    """An error as an entry tells it: every finding, repeated ones joined, without the folders."""
    told = Findings(f for f in fault.findings if isinstance(f, Finding))
    errors = told.errors.joined() or told
    failures = tuple(_apart(jsonout.finding(each), folders) for each in errors)
    counts = Counter(str(each.severity) for each in told)
    bug = None if failures else type(fault).__name__
    return Made(int(fault.exit_code), counts, failures=failures, bug=bug)


def _apart(told: Any, folders: Sequence[str]) -> Any:
    """What is told, each file by its name alone where it stands in one of the folders."""
    if isinstance(told, dict):
        return {key: _apart(value, folders) for key, value in told.items()}
    if isinstance(told, str):
        for folder in folders:
            told = told.replace(f"{folder}{os.sep}", "")
    return told


def _exit(told: Findings, *, strict: bool) -> int:
    """The exit code of a command that ends with these findings."""
    doubtful = strict and (told.warnings or any(f.code == "L105" for f in told))
    return int(ExitCode.FINDINGS if told.errors or doubtful else ExitCode.DONE)
