"""What some broken samples need around them: files too large to keep, a full disk, a crash.

Each is made in the folder the command runs in, or by a patch that lasts for the one run.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from stiscore.batch import run as batch
from stiscore.cli.app import app
from stiscore.io import parse, write
from stiscore.io.guard import MB, NORMAL
from stiscore.io.yaml_guard import MOST_BYTES
from stiscore.report.annotate_book import LISTED

Patch = pytest.MonkeyPatch
Surrounding = Callable[[Path, Patch], None]


def frame(folder: Path, _: Patch) -> None:
    """The frame that scoring clean.csv gives."""
    if not (folder / "frame.json").exists():
        command = ["evaluate", "clean.csv", "-f", "framework.yaml", "--save-frame", "frame.json"]
        assert CliRunner().invoke(app, command).exit_code == 0


def own_file(folder: Path, _: Patch) -> None:
    """A file of the user's own where an output would go."""
    there = folder / "U200" / "clean" / "framework" / "own"
    there.mkdir(parents=True)
    (there / "validate.json").write_text("notes", encoding="utf-8")


def other_manifest(folder: Path, _: Patch) -> None:
    """The manifest of another plan."""
    assert CliRunner().invoke(app, ["run", "F196.yaml", "-o", "U202"]).exit_code == 0


def changed(_: Path, patch: Patch) -> None:
    """A table that is saved between the first look at it and the reading."""
    patch.setattr(batch, "sha256_of", lambda _: "0" * 64)


def left_over(folder: Path, _: Patch) -> None:
    """An output that the plan made before it was changed."""
    plan = folder / "U200.yaml"
    kept = plan.read_text(encoding="utf-8")
    plan.write_text(f"{kept}  - {{command: validate, format: csv}}\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["run", "U200.yaml", "-o", "U204"]).exit_code == 0
    plan.write_text(kept, encoding="utf-8", newline="\n")


def ranks(folder: Path, _: Patch) -> None:
    """A frame whose scales are ranks, of the shipped framework."""
    command = ["evaluate", "clean.csv", "--method", "normalise=rank", "--draws", "0"]
    done = CliRunner().invoke(app, [*command, "--save-frame", str(folder / "ranks.json")])
    assert done.exit_code == 0


def large_file(folder: Path, _: Patch) -> None:
    """A file above the limit; it takes no room on the disk."""
    with (folder / "R102.csv").open("wb") as file:
        file.truncate(NORMAL.file_bytes + 20 * MB)


def large_parts(folder: Path, _: Patch) -> None:
    """A workbook of pictures, each small and not packed too tightly, together too much."""
    picture = bytes(990_000)
    with zipfile.ZipFile(folder / "R106.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "clean.csv", "xl/workbook.xml")
        for number in range(NORMAL.inflated // len(picture) + 1):
            archive.writestr(f"xl/media/image{number}.png", picture)


def many_parts(folder: Path, _: Patch) -> None:
    """A workbook of more parts than any has."""
    with zipfile.ZipFile(folder / "R119.xlsx", "w") as archive:
        for number in range(NORMAL.members + 401):
            archive.writestr(f"xl/media/image{number}.png", b"")


def large_framework(folder: Path, _: Patch) -> None:
    """A table given as the framework."""
    rows = (folder / "clean.csv").read_bytes()
    (folder / "F107.yaml").write_bytes(rows * (MOST_BYTES // len(rows) + 1))


def many_faults(folder: Path, _: Patch) -> None:
    """More faulty cells than are commented one by one: all figures of earlier years are texts."""
    head, *rows = (folder / "clean.csv").read_text(encoding="utf-8").splitlines()
    units = [row.split(",")[0] for row in rows]
    columns = head.count(",")
    years = range(2021 - LISTED // (len(units) * columns), 2022)
    faulty = [f"{unit},{year}{',待核' * columns}" for year in years for unit in units]
    latest = [row.replace(",", ",2022,", 1) for row in rows]
    table = "\n".join([head.replace(",", ",年份,", 1), *faulty, *latest])
    (folder / "R162.csv").write_text(f"{table}\n", encoding="utf-8")


def loop(folder: Path, _: Patch) -> None:
    """A link to itself: what nobody can open, whoever runs the tests."""
    (folder / "R127.xlsx").symlink_to("R127.xlsx")


def link(folder: Path, _: Patch) -> None:
    """A link where the output should go."""
    (folder / "latest.csv").symlink_to("scores_2022.csv")


def _ended_by(number: int) -> Surrounding:
    def ends(_: Path, patch: Patch) -> None:
        def message(pending: parse.Pending) -> None:
            pending.process.send_signal(number)

        patch.setattr(parse.Pending, "message", message)

    return ends


def no_extra(folder: Path, patch: Patch) -> None:
    """A parquet file, and a worker that finds no packages beside Python's own."""
    (folder / "R129.parquet").write_bytes(b"PAR1" + bytes(64) + b"PAR1")
    started = subprocess.Popen

    def bare(command: list[Any], **options: Any) -> subprocess.Popen[bytes]:
        return started([command[0], "-S", *command[1:]], **options)

    patch.setattr(parse.subprocess, "Popen", bare)


def keyboard(_: Path, patch: Patch) -> None:
    """Standard input at a terminal."""
    patch.setattr(os, "isatty", lambda _: True)


def _refused_at(step: str, number: int) -> Surrounding:
    def refuses(_: Path, patch: Patch) -> None:
        real = getattr(os, step)

        def refuse(target: Any, *rest: Any, **options: Any) -> Any:
            if isinstance(target, int) or str(target).endswith(".part"):
                raise OSError(number, os.strerror(number))
            return real(target, *rest, **options)

        patch.setattr(os, step, refuse)

    return refuses


class _Windows:
    """The module os as it is on Windows, as far as writing looks at it."""

    name = "nt"

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)


def in_use(folder: Path, patch: Patch) -> None:
    """An output that Excel has open."""
    (folder / "results.csv").write_text("unit,score\n", encoding="utf-8")

    def replace(*_: Any) -> None:
        raise PermissionError(errno.EACCES, "in use")

    patch.setattr(write, "os", _Windows())
    patch.setattr(Path, "replace", replace)


SURROUNDINGS: dict[str, Surrounding] = {
    "frame": frame,
    "ranks": ranks,
    "large_file": large_file,
    "large_parts": large_parts,
    "many_parts": many_parts,
    "own_file": own_file,
    "other_manifest": other_manifest,
    "changed": changed,
    "left_over": left_over,
    "large_framework": large_framework,
    "many_faults": many_faults,
    "loop": loop,
    "link": link,
    "crash": _ended_by(signal.SIGSEGV),
    "out_of_time": _ended_by(signal.SIGXCPU),
    "no_extra": no_extra,
    "keyboard": keyboard,
    "disk_full": _refused_at("fsync", errno.ENOSPC),
    "disk_fault": _refused_at("fsync", errno.EIO),
    "read_only": _refused_at("open", errno.EACCES),
    "in_use": in_use,
}
