"""What every command says of the samples, in every format and language, against what is refused.

JSON is held against its published schema on the way.
"""

from __future__ import annotations

import json
import shlex
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import stiscore as sti
from stiscore import aiming, api, changing, varying
from stiscore.cli import session
from stiscore.report.published import identities, schema
from stiscore.units.listing import listing
from stiscore.words.refused import causal, refused
from tests.cli.conftest import Done, Run
from tests.cli.test_coinr import IMETA
from tests.coin_tool import workbook
from tests.lines import LINES, PLAN, SAMPLES, commands, panel
from tests.published import conforms, conforms_to

# What takes long, by where a command finds it.
ANSWERS: tuple[tuple[ModuleType, str], ...] = (
    (api, "evaluate"), (api, "compare"), (api, "audit"), (api, "trends"), (aiming, "target"),
    (changing, "diff"), (varying, "robustness"),
)  # fmt: skip
# Arithmetic on supposed figures: nothing in it may read as a cause.
SUPPOSING = ("whatif", "target")
ONCE = [c for c, told in LINES.items() if not any("{data}" in t or "{panel}" in t for t in told)]
CASES = [
    (command, sample)
    for command in LINES
    for sample in (["provinces"] if command in ONCE else SAMPLES)
]


@pytest.fixture(scope="module", autouse=True)
def worked_out_once() -> Iterator[None]:
    """Files are read, tables scored and questions answered once for all languages and formats."""
    held: dict[object, Any] = {}
    opened, read = session.open_books, session.read_opened

    def open_books(asked: session.Asked, files: list[Path]) -> tuple[session.Opened, ...]:
        key = (asked._replace(lang="en", quiet=False), *files)
        if key not in held:
            held[key] = opened(asked, files)
        told: tuple[session.Opened, ...] = held[key]
        return told

    def read_opened(one: session.Opened, asked: session.Asked) -> session.Session:
        key = (id(one), asked._replace(lang="en", quiet=False))
        if key not in held:
            held[key] = read(one, asked)
        told: session.Session = held[key]
        return told

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "open_books", open_books)
        patch.setattr(session, "read_opened", read_opened)
        for module, name in ANSWERS:
            patch.setattr(module, name, kept(getattr(module, name), held))
        yield


def kept(call: Callable[..., Any], held: dict[object, Any]) -> Callable[..., Any]:
    """A function that answers the same question about the same objects from memory."""

    def told(*args: Any, **options: Any) -> Any:
        key = (call, *map(same, args), *((name, same(v)) for name, v in sorted(options.items())))
        if key not in held:
            # The arguments are held as well: the id of one that is gone may come back.
            held[key] = ((args, options), call(*args, **options))
        return held[key][1]

    return told


def same(value: object) -> object:
    """What tells an argument from others: plain values by what they are, objects by which."""
    if callable(value):
        # Whoever is told of the progress makes no other answer.
        return None
    if isinstance(value, (list, tuple)):
        return tuple(map(same, value))
    return value if isinstance(value, (str, int, float, type(None))) else id(value)


@pytest.fixture(scope="module")
def panels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every sample in two years."""
    folder = tmp_path_factory.mktemp("panels")
    told = {sample: folder / f"{sample}.csv" for sample in SAMPLES}
    for sample, file in told.items():
        file.write_text(panel(sample), encoding="utf-8")
    return told


def test_every_command_has_a_line() -> None:
    assert set(LINES) == set(commands()), "say in tests/lines.py how the command is tried out"


@pytest.mark.parametrize(("command", "sample"), CASES)
def test_nothing_refused_is_said(
    command: str, sample: str, run: Run, panels: dict[str, Path], tmp_path: Path
) -> None:
    for number, line in enumerate(LINES[command]):
        folder = tmp_path / str(number)
        for added in variations(command):
            inputs(folder, line)
            given = SAMPLES[sample] | {
                "sample": sample, "data": str(sti.sample(sample)),
                "panel": str(panels[sample]), "folder": str(folder),
            }  # fmt: skip
            arguments = [*command.split(), *shlex.split(line.format(**given)), *added]
            done = run(*arguments)
            assert done.code == 0, (arguments, done.err)
            expect_fair(command, arguments, done, folder)
            if "json" in added:
                expect_shape(command, done.out)


def variations(command: str) -> Iterator[tuple[str, ...]]:
    """Formats and languages: those for programs once, the rest in each language."""
    told = commands()[command]
    for form in told.forms or ("",):
        asked = ("-F", form) if form else ()
        langs = ("en", "zh", "both") if told.speaks and form not in {"json", "csv"} else ("",)
        for lang in langs:
            yield (*asked, *(("--lang", lang) if lang else ()))


def inputs(folder: Path, line: str) -> None:
    """A folder without what the last run wrote, with what is read from it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    if "iMeta" in line:
        (folder / "iMeta.csv").write_text(IMETA, encoding="utf-8")
    if "plan.yaml" in line:
        plan = PLAN.replace("DATA", str(sti.sample("provinces")))
        (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    if "tool.xlsx" in line:
        workbook(folder / "tool.xlsx")


def expect_fair(command: str, arguments: list[str], done: Done, folder: Path) -> None:
    """Nothing refused on either stream, nor in a file that was written."""
    written = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    for said in (done.out, done.err, *map(content, written)):
        told = without_names(said) if command == "units" else said
        assert refused(told) == [], arguments
        if command in SUPPOSING:
            assert causal(told) == [], (arguments, told)
    assert done.out or done.err or written


def without_names(text: str) -> str:
    """The registry without the names that publishers give their groups."""
    held = [(u.entry.name_en, u.entry.name_zh, *u.spellings) for u in listing(None)]
    names = {name for names in held for name in names if refused(name)}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "").replace(json.dumps(name, ensure_ascii=False)[1:-1], "")
    return text


def content(file: Path) -> str:
    """A written file as text; of a workbook all its parts."""
    if not zipfile.is_zipfile(file):
        return file.read_text(encoding="utf-8")
    with zipfile.ZipFile(file) as parts:
        names = [name for name in parts.namelist() if name.endswith(".xml")]
        return "\n".join(parts.read(name).decode("utf-8") for name in names)


def expect_shape(command: str, text: str) -> None:
    """As the published schema says; bare lists go by the name of their command."""
    if text.startswith("["):
        conforms_to(f"stiscore.{command}/1", json.loads(text))
    elif command != "framework show" or '"schema"' in text.partition(",")[0]:
        conforms(text)


@pytest.mark.parametrize("identity", identities())
def test_schemas_say_nothing_refused(identity: str) -> None:
    assert refused(json.dumps(schema(identity), ensure_ascii=False)) == []
