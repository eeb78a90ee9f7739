"""A plan spelt out: every output with its files, framework and method, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from stiscore.batch.commands import COMMANDS, Command
from stiscore.batch.names import Steps, check_names, file_of
from stiscore.batch.sources import Source, sources
from stiscore.finding import Finding
from stiscore.io.plan_model import PlannedOutput
from stiscore.io.plan_yaml import LoadedPlan
from stiscore.io.yaml_tree import Tree
from stiscore.words import Words
from stiscore.words.faults.wanted import wanted

# The folder of outputs that are over several files.
TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Work:
    """One output; ``place`` is its path in the output folder."""

    place: str
    sources: tuple[Source, ...]
    framework: str
    method: str
    output: PlannedOutput

    @property
    def command(self) -> Command:
        """The command that makes it."""
        return COMMANDS[self.output.command]


class Layout(NamedTuple):
    """The outputs of a plan in order, its tables, and what its author should know (F196)."""

    works: tuple[Work, ...]
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]


def laid_out(loaded: LoadedPlan, folder: Path, into: Path) -> Layout:
    """All outputs of a plan whose file stands in ``folder``.

    Raises FrameworkInvalid with every fault and its place: names of commands, options and forms
    that do not exist (F193, F194), an option that is missing (F192), two outputs of one name
    (F195), no file at all (F193).
    """
    plan, tree, _ = loaded
    for number, output in enumerate(plan.outputs):
        _check_output(output, ("outputs", number), tree)
    tree.source.settle()
    told: list[Finding] = []
    tables = tuple(sources(loaded, folder, into, told))
    works = tuple(_works(loaded, tables))
    if not tables:
        tree.source.faults.extend(told)
        _wrong(tree, ("files",), "files", 0, wanted("too_short", {"min_length": 1}))
    check_names(loaded, tables)
    tree.source.settle()
    return Layout(works, tables, tuple(told))


def _check_output(output: PlannedOutput, path: Steps, tree: Tree) -> None:
    """Note what a command does not know of what one output asks of it."""
    where = f"outputs[{path[-1]}]"
    command = COMMANDS.get(output.command)
    if command is None:
        names = wanted("literal_error", {"expected": ", ".join(COMMANDS)})
        _wrong(tree, (*path, "command"), f"{where}.command", output.command, names)
        return
    if output.format not in command.forms:
        forms = wanted("literal_error", {"expected": ", ".join(command.forms)})
        _wrong(tree, (*path, "format"), f"{where}.format", output.format, forms)
    for key in output.options:
        if key not in command.options:
            place, takes = tree.key_at((*path, key)), ", ".join(command.options)
            tree.source.note("F194", place, command=output.command, key=key, takes=takes)
    if "unit" in command.needs and len(output.unit or ()) > 1:
        one = wanted("too_long", {"max_length": 1})
        _wrong(tree, (*path, "unit"), f"{where}.unit", ", ".join(output.unit or ()), one)
    for key in command.needs:
        if getattr(output, key) is None:
            tree.source.note("F192", tree.value_at(path), where=where, key=key)


def _wrong(tree: Tree, path: Steps, where: str, given: object, wanted_: Words) -> None:
    tree.source.note("F193", tree.value_at(path), where=where, given=given, wanted=wanted_)


def _works(loaded: LoadedPlan, tables: tuple[Source, ...]) -> Iterator[Work]:
    """File by file, framework by framework, method by method; then what is over several files."""
    plan = loaded.plan
    bases = [(f.id, method) for f in plan.frameworks for method in plan.methods]
    asked = [
        (output, _chosen(output, ("outputs", number), tables, loaded.tree))
        for number, output in enumerate(plan.outputs)
    ]
    single = [each for each in asked if COMMANDS[each[0].command].given != "tables"]
    for table in tables:
        for basis in bases:
            for output, chosen in single:
                if table in chosen:
                    yield _work(table.name, (table,), basis, output)
    for basis in bases:
        for output, chosen in asked:
            if COMMANDS[output.command].given == "tables":
                yield _work(TOGETHER, chosen, basis, output)


def _chosen(
    output: PlannedOutput, path: Steps, tables: tuple[Source, ...], tree: Tree
) -> tuple[Source, ...]:
    """The tables of an output; a fault where there is none of a name, too few or too many."""
    by_name: Mapping[str, Source] = {table.name: table for table in tables}
    names = output.of if output.of is not None else tuple(by_name)
    for name in names:
        if name not in by_name:
            known = wanted("literal_error", {"expected": ", ".join(by_name)})
            _wrong(tree, (*path, "of"), f"outputs[{path[-1]}].of", name, known)
    command = COMMANDS[output.command]
    least, most = command.tables
    if command.given == "tables" and not least <= len(names) <= most:
        kind = "too_short" if len(names) < least else "too_long"
        limits = wanted(kind, {"min_length": least, "max_length": most})
        _wrong(tree, (*path, "of"), f"outputs[{path[-1]}].of", ", ".join(names), limits)
    return tuple(by_name[name] for name in names if name in by_name)


def _work(
    folder: str, tables: tuple[Source, ...], basis: tuple[str, str], output: PlannedOutput
) -> Work:
    return Work("/".join((folder, *basis, file_of(output))), tables, *basis, output)
