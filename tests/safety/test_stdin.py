"""``-`` is standard input: any container, the same caps, and never a wait at a keyboard."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.minimal_ods import sheet_of
from tests.minimal_xlsx import workbook

BOOK = workbook('<row r="1"><c r="A1"><v>1</v></c></row>')
READ = """
import sys
from pathlib import Path
from stiscore.errors import StiscoreError
from stiscore.io.parse import read_book
try:
    book = read_book(Path("-"))
    print(book.file, book.container, book.grids[0].shape, len(book.sha256))
except StiscoreError as error:
    print(type(error).__name__, error.findings[0].code, error.findings[0].location)
"""


def read(repo: Path, content: bytes) -> str:
    command = [sys.executable, "-c", READ]
    done = subprocess.run(command, cwd=repo, input=content, capture_output=True, check=True)
    return done.stdout.decode().strip()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("省份,a\n北京,1\n".encode(), "<stdin> csv (2, 2) 64"),
        (BOOK, "<stdin> xlsx (1, 1) 64"),
        (sheet_of([["a", 1]]), "<stdin> ods (1, 2) 64"),
        (b"", "InputRefused R103 <stdin>"),
        (b"a,b\n1,2,3\n4,5\n", "InputRefused R110 <stdin>:2"),
        (BOOK[:200], "InputRefused R107 <stdin>"),
    ],
)
def test_any_container_is_read_from_a_pipe(repo, content, expected):
    assert read(repo, content) == expected


def test_a_stream_without_end_is_ended_by_the_size_cap(repo):
    command = [sys.executable, "-c", READ]
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(command, cwd=repo, stdin=endless, capture_output=True, check=True)
    assert done.stdout.decode().split() == ["InputRefused", "R102", "<stdin>"]


def test_a_terminal_is_a_usage_error_and_not_a_wait(repo):
    master, slave = pty.openpty()
    try:
        command = [sys.executable, "-m", "stiscore", "evaluate", "-"]
        done = subprocess.run(
            command, cwd=repo, stdin=slave, capture_output=True, timeout=20, check=False
        )
    finally:
        os.close(master)
        os.close(slave)
    assert done.returncode == 2
    assert b"R132" in done.stderr
    assert b"cat data.csv | stiscore evaluate -" in done.stderr


def test_closed_standard_input_is_a_usage_error(repo):
    closed = f'exec "{sys.executable}" -m stiscore evaluate - <&-'
    done = subprocess.run(["/bin/sh", "-c", closed], cwd=repo, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"R132" in done.stderr


@pytest.mark.parametrize("command", ["evaluate", "validate", "inspect"])
def test_commands_read_standard_input_and_write_a_file(repo, tmp_path, command):
    sample = repo / "sample_data" / "provinces_2022.xlsx"
    run = [sys.executable, "-m", "stiscore", command, "-", "-F", "json", "-o", tmp_path / "o.json"]
    with sample.open("rb") as file:
        done = subprocess.run(run, cwd=tmp_path, stdin=file, capture_output=True, check=False,
                              env={**os.environ, "PYTHONPATH": str(repo)})  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "o.json").read_text(encoding="utf-8").startswith("{")


def test_the_file_a_shell_put_on_standard_input_is_not_written_to(repo, tmp_path):
    sample = (repo / "sample_data" / "provinces_2022.xlsx").read_bytes()
    path = tmp_path / "data.csv"
    path.write_bytes(sample)
    run = [sys.executable, "-m", "stiscore", "evaluate", "-", "-F", "csv", "-o", path, "--force"]
    with path.open("rb") as file:
        done = subprocess.run(run, cwd=repo, stdin=file, capture_output=True, check=False)
    assert done.returncode == 2
    assert path.read_bytes() == sample
