"""However the worker ends, the caller sees one coded refusal, soon, and no process is left."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stiscore.errors import InputRefused, StiscoreError, UsageError
from stiscore.io.parse import Pending, finish, read_book, start
from tests.minimal_xlsx import workbook

GOOD = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "data.xlsx"
    made.write_bytes(workbook(GOOD))
    return made


def code(raised: pytest.ExceptionInfo[StiscoreError]) -> str:
    (finding,) = raised.value.findings
    return finding.code


def gone(pending: Pending) -> bool:
    return pending.process.returncode is not None


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (signal.SIGABRT, "R111"),
        (signal.SIGSEGV, "R111"),
        (signal.SIGKILL, "R113"),
        (signal.SIGXCPU, "R112"),
    ],
)
def test_a_worker_that_dies_is_a_refusal(path, number, expected):
    pending = start(path)
    pending.process.send_signal(number)
    with pytest.raises(InputRefused) as raised:
        finish(pending)
    assert code(raised) == expected
    assert gone(pending)


def test_a_worker_that_hangs_is_ended_by_the_wall_limit(path):
    began = time.monotonic()
    pending = Pending(path, seconds=0.5)
    pending.process.send_signal(signal.SIGSTOP)
    with pytest.raises(InputRefused) as raised:
        finish(pending)
    assert code(raised) == "R112"
    assert gone(pending)
    assert time.monotonic() - began < 10


def test_memory_is_bounded_even_for_a_range_the_scan_does_not_see(tmp_path):
    """A row whose last cell is its first hides how wide the parser's table will be."""
    path = tmp_path / "wide.xlsx"
    path.write_bytes(
        workbook('<row r="1"><c r="XFD1048576"><v>1</v></c><c r="A1"><v>1</v></c></row>')
    )
    with pytest.raises(InputRefused) as raised:
        read_book(path)
    assert code(raised) == "R113"


def test_giving_up_ends_the_worker(path, monkeypatch):
    def interrupted(_: Pending) -> None:
        raise KeyboardInterrupt

    pending = start(path)
    with monkeypatch.context() as patch:
        patch.setattr(Pending, "message", interrupted)
        with pytest.raises(KeyboardInterrupt):
            finish(pending)
    assert gone(pending)
    with start(path) as other:
        other.process.send_signal(signal.SIGSTOP)
    assert gone(other)
    other.cancel()


def test_an_interrupt_from_the_terminal_is_the_parents_to_handle(path):
    pending = start(path)
    time.sleep(0.3)
    pending.process.send_signal(signal.SIGINT)
    assert finish(pending).grids[0].numbers[0, 0] == 1


def test_no_such_file_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError) as raised:
        start(tmp_path / "none.xlsx")
    assert code(raised) == "R100"


def test_folders_pipes_sockets_and_devices_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
        for path in (tmp_path, tmp_path / "pipe.csv", tmp_path / "s", Path("/dev/zero")):
            with pytest.raises(InputRefused) as raised:
                start(path)
            assert code(raised) == "R101"


def test_a_loop_of_links_and_a_nul_in_the_name_are_refused(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    for path in (tmp_path / "a", tmp_path / "a\0b"):
        with pytest.raises(InputRefused) as raised:
            start(path)
        assert code(raised) == "R127"


def test_a_linked_file_is_read(path, tmp_path):
    link = tmp_path / "link.xlsx"
    link.symlink_to(path)
    assert read_book(link).file == "link.xlsx"


@pytest.mark.parametrize("name", ["-n.csv", "数据 表.csv", "a\nb.csv", "a;b.csv"])
def test_any_file_name_is_only_a_name(tmp_path, name):
    path = tmp_path / name
    path.write_text("a,b\n1,2\n")
    book = read_book(path)
    assert (book.file, len(book.sha256)) == (name, 64)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", b"", "R103"),
        ("a.xlsx", b"", "R103"),
        ("a.xlsx", b"\x15Microsoft" + b"\0 " * 70, "R107"),
        ("a.xls", "名称".encode("utf-16-be"), "R107"),
        ("a.csv", b"\x1f\x8b\x08\0\0\0", "R105"),
        ("a.csv", b"a,b\n1,2,3\n4,5\n", "R110"),
    ],
)
def test_a_bad_file_has_one_code(tmp_path, name, content, expected):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputRefused) as raised:
        read_book(path)
    assert code(raised) == expected


@pytest.mark.parametrize(
    ("name", "content", "container"),
    [
        ("a.csv", workbook(GOOD), "xlsx"),
        ("a.xls", workbook(GOOD), "xlsx"),
        ("a.xlsx", b"a,b\n1,2\n", "csv"),
        ("a.xls", b"a\tb\n1\t2\n", "csv"),
    ],
)
def test_a_wrong_extension_is_read_by_content_and_noted(tmp_path, name, content, container):
    path = tmp_path / name
    path.write_bytes(content)
    book = read_book(path)
    assert book.container == container
    assert [n.code for n in book.notes] == ["R114"]


def test_a_file_above_the_size_cap_is_refused_unless_allowed(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.write(b"a,b\n1,2\n")
        file.truncate(100_000_001)
    with pytest.raises(InputRefused) as raised:
        read_book(path)
    assert code(raised) == "R102"
    with pytest.raises(InputRefused) as raised:
        read_book(path, allow_large=True)
    assert code(raised) == "R124"


LOADED = """
import sys
before = set(sys.modules)
import stiscore.io.parse
heavy = {"numpy", "pydantic", "pandas", "python_calamine", "zipfile", "json", "stiscore.io.grid"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""
IN_WORKER = """
import sys
sys.path.insert(0, sys.argv[1])
from stiscore.io import workbook, delimited, archive, guard, second_look, pack, wire
heavy = {"numpy", "pydantic", "pandas", "stiscore.words", "stiscore.finding", "openpyxl"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""


@pytest.mark.parametrize("script", [LOADED, IN_WORKER])
def test_neither_side_loads_more_than_it_needs(repo, script):
    command = [sys.executable, "-c", script, str(repo)]
    done = subprocess.run(command, cwd=repo, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
