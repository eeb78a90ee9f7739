"""Output stands whole or not at all, and never at a stranger's expense."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stiscore.errors import EnvironmentFault, StiscoreError, UsageError
from stiscore.io import write
from stiscore.io.write import write_whole


def code(raised: pytest.ExceptionInfo[StiscoreError]) -> str:
    return raised.value.findings[0].code


def only(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_new_file_is_written_with_usual_permissions(tmp_path):
    target = tmp_path / "out.csv"
    write_whole(target, "单位,得分\n", force=False)
    (tmp_path / "plain").write_text("")
    assert target.read_bytes() == "单位,得分\n".encode()
    assert target.stat().st_mode == (tmp_path / "plain").stat().st_mode
    assert target.stat().st_nlink == 1
    assert only(tmp_path) == ["out.csv", "plain"]


def test_an_existing_file_needs_force_and_keeps_its_permissions(tmp_path):
    target = tmp_path / "out.csv"
    target.write_text("old")
    target.chmod(0o640)
    with pytest.raises(UsageError) as raised:
        write_whole(target, b"new", force=False)
    assert code(raised) == "R151"
    assert target.read_text() == "old"
    write_whole(target, b"new", force=True)
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path, monkeypatch):
    target = tmp_path / "out.csv"
    link = os.link

    def late(source: Path, goal: Path) -> None:
        target.write_text("theirs")
        link(source, goal)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(UsageError) as raised:
        write_whole(target, b"ours", force=False)
    assert code(raised) == "R151"
    assert target.read_text() == "theirs"
    assert only(tmp_path) == ["out.csv"]


def test_where_links_are_unknown_the_file_is_renamed(tmp_path, monkeypatch):
    def unknown(*_: object) -> None:
        raise OSError(errno.ENOTSUP, "no links")

    monkeypatch.setattr(os, "link", unknown)
    write_whole(tmp_path / "out.csv", b"new", force=False)
    assert only(tmp_path) == ["out.csv"]


def test_an_input_is_never_overwritten_under_any_of_its_names(tmp_path):
    source = tmp_path / "data.csv"
    source.write_text("data")
    alias = tmp_path / "alias.csv"
    os.link(source, alias)
    for target in (source, alias, tmp_path / "." / "data.csv"):
        with pytest.raises(UsageError) as raised:
            write_whole(target, b"x", force=True, inputs=[tmp_path / "gone.csv", source])
        assert code(raised) == "R152"
    assert source.read_text() == "data"


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_is_not_followed(tmp_path, exists):
    goal = tmp_path / "goal.csv"
    if exists:
        goal.write_text("old")
    (tmp_path / "out.csv").symlink_to(goal)
    with pytest.raises(UsageError) as raised:
        write_whole(tmp_path / "out.csv", b"x", force=True)
    assert code(raised) == "R153"
    assert goal.exists() == exists


def test_folders_pipes_and_devices_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for target, kind in ((tmp_path / "pipe", EnvironmentFault), (tmp_path, UsageError)):
        with pytest.raises(kind) as raised:
            write_whole(target, b"x", force=True)
        assert code(raised) == "R154"
    with pytest.raises(EnvironmentFault):
        write_whole(Path("/dev/full"), b"x", force=True)
    with pytest.raises(UsageError) as raised:
        write_whole(tmp_path / "none" / "out.csv", b"x", force=True)
    assert code(raised) == "R150"


@pytest.mark.parametrize(
    ("step", "number", "expected"),
    [
        ("fsync", errno.ENOSPC, "R155"),
        ("fsync", errno.EDQUOT, "R155"),
        ("open", errno.EACCES, "R156"),
        ("open", errno.EROFS, "R156"),
        ("fsync", errno.EIO, "R158"),
    ],
)
def test_when_the_system_refuses_the_old_file_survives(
    tmp_path, monkeypatch, step, number, expected
):
    target = tmp_path / "out.csv"
    target.write_text("old")

    def refuse(*_: object, **__: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(write.os, step, refuse)
    with pytest.raises(EnvironmentFault) as raised:
        write_whole(target, b"new", force=True)
    monkeypatch.undo()
    assert code(raised) == expected
    assert target.read_text() == "old"
    assert only(tmp_path) == ["out.csv"]


@pytest.mark.parametrize("thrown", [KeyboardInterrupt, MemoryError, SystemExit])
def test_nothing_is_left_behind_when_interrupted(tmp_path, monkeypatch, thrown):
    target = tmp_path / "out.csv"
    target.write_text("old")

    def interrupt(*_: object) -> None:
        raise thrown

    monkeypatch.setattr(write.os, "fsync", interrupt)
    with pytest.raises(thrown):
        write_whole(target, b"new", force=True)
    monkeypatch.undo()
    assert target.read_text() == "old"
    assert only(tmp_path) == ["out.csv"]


SLOW = """
import os, sys, time
from pathlib import Path
from stiscore.io import write
sync = os.fsync
def slow(handle):
    print("writing", flush=True)
    time.sleep(30)
write.os.fsync = slow
write.write_whole(Path(sys.argv[1]), b"new", force=True)
"""


@pytest.mark.parametrize(
    ("number", "left"), [(signal.SIGTERM, ["out.csv"]), (signal.SIGKILL, None)]
)
def test_a_signal_leaves_the_old_file_whole(tmp_path, repo, number, left):
    target = tmp_path / "out.csv"
    target.write_text("old")
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, str(target)], cwd=repo, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        began = time.monotonic()
        process.send_signal(number)
        assert process.wait() in (128 + number, -number)
        assert time.monotonic() - began < 10
    assert target.read_text() == "old"
    if left:
        assert only(tmp_path) == left
