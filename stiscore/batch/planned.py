"""A plan with what it depends on: the key of every output, and the bundles they are made in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from stiscore.batch.bases import Bases, Basis
from stiscore.batch.kept import Before
from stiscore.batch.layout import Layout, Work
from stiscore.batch.work import Bundle, Hashes, Outcome, failed
from stiscore.io.plan_yaml import LoadedPlan
from stiscore.report.batch_model import Entry, State, Wanted
from stiscore.version import __version__


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """A plan spelt out. ``hashes``: of its tables, by name; ``folders``: which no message tells."""

    name: str
    loaded: LoadedPlan
    layout: Layout
    bases: Bases
    hashes: Hashes
    folders: tuple[str, ...]

    def basis(self, work: Work) -> Basis:
        """The framework under the method that an output rests on."""
        return self.bases.by_name[work.framework, work.method]

    def entry(self, work: Work, before: Mapping[str, Before]) -> Entry:
        """An output before the run: unchanged, or still to be made."""
        key, old = self._key(work), before.get(work.place)
        if old is not None and key is not None and old.key == key:
            return Entry(self._wanted(work), State.UNCHANGED, old.made, key, old.sha256)
        # What stands there is ours, but it is not what the plan asks for now.
        return Entry(self._wanted(work), State.PLANNED, sha256=old.sha256 if old else None)

    def settled(self, work: Work, outcome: Outcome, sha256: str | None) -> Entry:
        """An output after its turn."""
        if outcome.made.failed:
            return Entry(self._wanted(work), State.FAILED, outcome.made, sha256=sha256)
        return Entry(self._wanted(work), State.DONE, outcome.made, self._key(work), sha256)

    def faulty(self, works: Sequence[Work]) -> Iterator[Outcome]:
        """What is settled before it begins: outputs under a framework or a method that is none."""
        for work in works:
            fault = self.basis(work).fault
            if fault is not None:
                yield Outcome(work.place, failed(fault, self.folders))

    def bundles(self, works: Sequence[Work]) -> list[Bundle]:
        """Works that share tables, framework and method together; without those ``faulty`` has."""
        told = []
        for _, group in groupby(works, _shared):
            held = tuple(group)
            hashes = {source.name: self.hashes[source.name] for source in held[0].sources}
            framework = self.basis(held[0]).framework
            if framework is not None:
                told.append(Bundle(held, framework, hashes, self.folders))
        return told

    def _wanted(self, work: Work) -> Wanted:
        output = work.output
        method = self.loaded.plan.methods[work.method]
        options = {**output.options, "format": output.format, "lang": output.lang}
        if output.format == "text":
            options["width"] = output.width
        return Wanted(
            work.place,
            tuple(source.name for source in work.sources),
            work.framework,
            work.method,
            output.command,
            _plain(options),
            _plain(method.model_dump(mode="json", exclude_defaults=True)),
        )

    def _key(self, work: Work) -> str | None:
        """SHA-256 over all an output depends on; None where something cannot be read."""
        framework = self.basis(work).framework
        read = [self.hashes[source.name] for source in work.sources]
        if framework is None or None in read:
            return None
        wanted = self._wanted(work)
        told = {
            "stiscore": __version__,
            "tables": [
                # The name alone: a table that is only moved is the same.
                [s.path.name, sha, s.reading.model_dump(mode="json", exclude={"path", "name"})]
                for s, sha in zip(work.sources, read, strict=True)
            ],
            "framework": framework.digest,
            "command": [wanted.command, wanted.options],
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _shared(work: Work) -> tuple[object, ...]:
    return tuple(s.name for s in work.sources), work.framework, work.method


def _plain(told: Any) -> Any:
    """As JSON has it."""
    return json.loads(json.dumps(told, default=list))
