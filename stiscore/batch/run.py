"""A plan run: what it asks for, what is already there, and the rest made, bundle by bundle."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from stiscore.batch import making
from stiscore.batch.bases import bases
from stiscore.batch.folder import Folder
from stiscore.batch.kept import kept, sha256_of, stands
from stiscore.batch.layout import Work, laid_out
from stiscore.batch.names import MANIFEST
from stiscore.batch.planned import Planned
from stiscore.batch.work import Outcome, failed
from stiscore.errors import StiscoreError, UsageError
from stiscore.finding import Findings
from stiscore.io.plan_yaml import load_plan
from stiscore.report.batch_json import as_json
from stiscore.report.batch_model import BatchReport, Entry, State
from stiscore.words.faults import found, refusal
from stiscore.words.robustness import FORMS

# Told of the outputs that are settled so far, and of how many there are.
Watcher = Callable[[int, int], None]
# So many files are named where more are left over.
_NAMED = 10


def run_plan(
    path: str | Path,
    *,
    jobs: int = 1,
    into: str | Path | None = None,
    force: bool = False,
    prune: bool = False,
    check: bool = False,
    progress: Watcher | None = None,
) -> BatchReport:
    r"""Make all outputs of a plan that are not there yet, and the manifest that says what they are.

    A plan is files by frameworks by methods by outputs (docs/run.md). An output is made anew when
    anything it depends on has changed: the version, its tables, the framework under the method, the
    command and its options; else it is left as it is. One that fails stops no other: its entry
    tells the findings. The outputs are the same bytes for any number of ``jobs`` (processes).

    ``into``: the output folder, in place of the plan's. ``force`` replaces files that no earlier
    run of the plan has made; ``prune`` removes what earlier runs made and the plan makes no more;
    ``check`` writes nothing and says what would be done. ``progress`` is told of the outputs done
    and of how many there are. Interrupted (Ctrl-C), what is finished stays and the report says so.

    Raises UsageError for no such plan, ``jobs`` below 1, no output folder or a file in the way
    (U103, U200 to U202), FrameworkInvalid for a faulty plan (F101 to F110, F191 to F195),
    EnvironmentFault where nothing can be written; then nothing was.

    >>> import stiscore as sti, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     data = Path(folder, "data.csv")
    ...     _ = data.write_text("unit,trade_gdp\n北京,40\n上海,44\n江苏,30\n", encoding="utf-8")
    ...     plan = "{schema: stiscore.plan/1, files: [data.csv], outputs: [{command: validate}]}"
    ...     _ = Path(folder, "plan.yaml").write_text(plan, encoding="utf-8")
    ...     told = [sti.run_plan(Path(folder, "plan.yaml"), into=Path(folder, "out")) for _ in "ab"]
    ...     [(each.entries[0].wanted.path, str(each.entries[0].state)) for each in told]
    [('data/shipped/own/validate.json', 'done'), ('data/shipped/own/validate.json', 'unchanged')]
    """
    if jobs < 1:
        told = found("U103", option="--jobs", form=FORMS["jobs"], given=str(jobs))
        raise refusal(UsageError, [told])
    run = _prepared(Path(path), None if into is None else Path(into), force=force)
    if check:
        return replace(run.report(State.PLANNED), checked=True)
    run.make(jobs, progress, prune=prune)
    return run.report(State.INTERRUPTED)


def _prepared(path: Path, into: Path | None, *, force: bool) -> _Run:
    """Everything that is refused is refused here, before any work."""
    loaded = load_plan(path)
    folder = path.parent.absolute()
    if into is None and loaded.plan.into is None:
        raise refusal(UsageError, [found("U201")])
    target = into if into is not None else folder / str(loaded.plan.into)
    layout = laid_out(loaded, folder, target)
    under = bases(loaded.plan, folder)
    before = kept(target, MANIFEST, path.name, force=force)
    inputs = (path, *under.files, *(source.path for source in layout.sources))
    room = Folder(target, before, inputs, force)
    room.check(work.place for work in layout.works)
    hashes = {source.name: sha256_of(source.path) for source in layout.sources}
    # The longest first: one may hold another.
    folders = {str(each.parent) for each in inputs if each.is_absolute()} | {str(folder)}
    hidden = tuple(sorted(folders, key=len, reverse=True))
    plan = Planned(path.name, loaded, layout, under, hashes, hidden)
    return _Run(plan, room, {w.place: plan.entry(w, before.outputs) for w in layout.works})


@dataclass(slots=True, eq=False)
class _Run:
    """A plan at work; ``entries`` by place, in the order of the plan."""

    plan: Planned
    room: Folder
    entries: dict[str, Entry]
    interrupted: bool = False
    pruned: tuple[str, ...] = ()

    def make(self, jobs: int, progress: Watcher | None, *, prune: bool) -> None:
        """Make what is to be made; the manifest tells the truth after every bundle."""
        works = self.plan.layout.works
        due = [w for w in works if self.entries[w.place].state is State.PLANNED]
        by_place = {work.place: work for work in due}
        bundles = self.plan.bundles(due)
        ends = {bundle.works[-1].place for bundle in bundles}
        done = len(self.entries) - len(due)
        if due:
            # Whoever kills this run leaves a folder that the next one knows for its own.
            self._tell(stopped=True)
        try:
            for outcome in chain(self.plan.faulty(due), making.made(bundles, jobs)):
                self._keep(by_place[outcome.place], outcome)
                done += 1
                if outcome.place in ends:
                    self._tell(stopped=True)
                if progress is not None:
                    progress(done, len(self.entries))
        except KeyboardInterrupt:
            self.interrupted = True
        if prune and not self.interrupted:
            self.pruned = self.room.prune(self._stale().items())
        self._tell(stopped=False)

    def _tell(self, *, stopped: bool) -> None:
        """Write the manifest as things stand."""
        settled = {p for p, e in self.entries.items() if e.state is not State.PLANNED}
        text = as_json(self.report(State.INTERRUPTED, stopped=stopped))
        self.room.write_manifest(text, settled)

    def report(self, pending: State, *, stopped: bool = False) -> BatchReport:
        """Where the plan stands; ``pending``: what outputs are that have not had their turn."""
        plan, stale = self.plan, self._stale()
        entries = tuple(
            replace(e, state=pending) if e.state is State.PLANNED else e
            for e in self.entries.values()
        )
        told = [*plan.layout.findings, *plan.bases.findings]
        if stale:
            named = ", ".join(sorted(stale)[:_NAMED]) + (", ..." if len(stale) > _NAMED else "")
            told.append(found("U204", count=len(stale), files=named))
        return BatchReport(
            (plan.name, hashlib.sha256(plan.loaded.raw).hexdigest()),
            entries,
            tuple(
                {"name": s.name, "path": s.shown, "sha256": plan.hashes[s.name]}
                for s in plan.layout.sources
            ),
            plan.bases.told,
            stale,
            self.pruned,
            Findings(told),
            self.interrupted or stopped,
        )

    def _keep(self, work: Work, outcome: Outcome) -> None:
        """Write an output and settle its entry; what cannot be written is a failure of its own."""
        sha256 = self.entries[work.place].sha256
        if (text := outcome.text) is not None:
            try:
                sha256 = self.room.write(work.place, text)
            except StiscoreError as fault:
                told = failed(fault, (str(self.room.into), *self.plan.folders))
                outcome = Outcome(work.place, told)
            except KeyboardInterrupt:
                # The file may be in its place by now, and then it is finished.
                whole = hashlib.sha256(text.encode()).hexdigest()
                if stands(self.room.into, work.place, whole):
                    self.entries[work.place] = self.plan.settled(work, outcome, whole)
                raise
        self.entries[work.place] = self.plan.settled(work, outcome, sha256)

    def _stale(self) -> dict[str, str]:
        """Outputs of earlier runs that the plan makes no more and that were not removed."""
        left = self.room.kept.outputs
        return {
            path: before.sha256
            for path, before in sorted(left.items())
            if path not in self.entries and path not in self.pruned
        }
