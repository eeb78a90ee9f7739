"""A file as a Book: the parent's side of the worker.

``start`` spawns the worker and returns at once, so that the caller's imports overlap it; this
module therefore imports nothing heavy before ``finish``. Whatever becomes of the worker - a crash
of the parser, no memory, no time - the caller sees one InputRefused with one finding.
"""

from __future__ import annotations

import io
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

if TYPE_CHECKING:
    from stiscore.errors import StiscoreError
    from stiscore.io.grid import Book

STDIN = "-"
STDIN_NAME = "<stdin>"
SECONDS = 60.0
SECONDS_LARGE = 600.0
MESSAGE_LIMIT = 4_000_000_000  # bytes; far above what the cell cap lets through
_STDERR_KEPT = 4_096


class Pending:
    """A worker at work on ``path``, or on standard input when it is "-", told as ``<stdin>``.

    Leave the context, or ``cancel``, and it is gone. Raises UsageError when there is no such file
    or standard input is a terminal, InputRefused when it is not a regular file.
    """

    def __init__(
        self, path: Path, *, allow_large: bool = False, seconds: float | None = None
    ) -> None:
        streamed = str(path) == STDIN
        self.path = Path(STDIN_NAME) if streamed else path
        # A stream is as slow as whatever writes it; the limit on processor time holds all the same.
        self.seconds = seconds or (SECONDS_LARGE if allow_large or streamed else SECONDS)
        if streamed:
            _check_stream(self.path)
        else:
            _check_regular(path)
        here = Path(__file__).absolute().parent
        self.process = subprocess.Popen(  # noqa: S603 - our own worker, no shell
            [
                sys.executable, "-I", here / "worker.py",
                here.parent.parent, STDIN if streamed else path.absolute(),
                "1" if allow_large else "0",
            ],
            stdin=None if streamed else subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.said = b""
        self._late = threading.Event()
        self._timer = threading.Timer(self.seconds, self._time_out)
        self._timer.daemon = True
        self._timer.start()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def timed_out(self) -> bool:
        """Whether the wall limit ended it."""
        return self._late.is_set()

    def ended(self) -> int:
        """How the worker ended, once it has and all it said on standard error is known."""
        status = self.process.wait()
        self._listener.join()
        return status

    def cancel(self) -> None:
        """End the worker, whatever it does, and reap it; harmless when it has ended."""
        self._timer.cancel()
        self.process.kill()
        self.process.wait()
        self._listener.join()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()

    def message(self) -> tuple[bytes, memoryview] | None:
        """Text and arrays of the message, None when there is no whole one. Blocks until either."""
        from stiscore.io.wire import HEADER, MAGIC

        pipe = self.process.stdout
        head = pipe.read(HEADER.size) if pipe is not None else b""
        if pipe is None or len(head) < HEADER.size:
            return None
        magic, text, arrays = HEADER.unpack(head)
        if magic != MAGIC or text + arrays > MESSAGE_LIMIT:
            return None
        body = memoryview(bytearray(text + arrays))
        if not _filled(pipe, body):
            return None
        return bytes(body[:text]), body[text:]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()

    def _time_out(self) -> None:
        self._late.set()
        self.process.kill()

    def _listen(self) -> None:
        # Drained to the end, so that a talkative library cannot block the worker.
        pipe = self.process.stderr
        while pipe is not None and (piece := os.read(pipe.fileno(), _STDERR_KEPT)):
            self.said = (self.said + piece)[:_STDERR_KEPT]  # a cause stands before its trace


def start(path: Path, *, allow_large: bool = False) -> Pending:
    """Start reading ``path``; ``finish`` waits for the result.

    Raises UsageError (no such file) and InputRefused (a folder, a pipe, a device).
    """
    return Pending(path, allow_large=allow_large)


def finish(pending: Pending) -> Book:
    """The book, once the worker has told it.

    Raises InputRefused with one finding: refused by a guard, damaged, or the worker crashed or ran
    out of time or memory. On any exception, Ctrl-C included, the worker is ended.
    """
    with pending:
        message = pending.message()
        if message is None:
            raise _died(pending)
        from stiscore.io.unpack import unpacked

        return unpacked(pending.path, *message)


def read_book(path: Path, *, allow_large: bool = False) -> Book:
    """``finish(start(path))``: a file as raw grids; see both for errors."""
    return finish(start(path, allow_large=allow_large))


def _check_regular(path: Path) -> None:
    from stiscore.errors import InputRefused, UsageError

    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise _error(UsageError, path, "R100") from None
    except (OSError, ValueError):  # no permission, a loop of links, a NUL in the name
        raise _error(InputRefused, path, "R127") from None
    if not stat.S_ISREG(mode):
        raise _error(InputRefused, path, "R101")


def _check_stream(name: Path) -> None:
    """Refuse to wait at a keyboard, or at no input at all."""
    from stiscore.errors import UsageError

    try:
        os.fstat(0)
    except OSError:  # closed
        raise _error(UsageError, name, "R132") from None
    if os.isatty(0):
        raise _error(UsageError, name, "R132")


def _died(pending: Pending) -> StiscoreError:
    """Why there is no message, from the way the worker ended."""
    from stiscore.errors import InputRefused

    status = pending.ended()
    out_of_time = pending.timed_out or status == -getattr(signal, "SIGXCPU", 0)
    # Rust aborts when an allocation fails, and says so; SIGKILL not by us is the system's doing.
    out_of_memory = b"memory allocation" in pending.said or b"MemoryError" in pending.said
    if out_of_time:
        return _error(InputRefused, pending.path, "R112", seconds=pending.seconds)
    if out_of_memory or status == -getattr(signal, "SIGKILL", 0):
        return _error(InputRefused, pending.path, "R113")
    return _error(InputRefused, pending.path, "R111", status=_signal_name(status))


def _signal_name(status: int) -> str:
    try:
        return signal.Signals(-status).name
    except ValueError:
        return str(status)


def _error(kind: type[StiscoreError], path: Path, code: str, **fields: object) -> StiscoreError:
    from stiscore.errors import Location
    from stiscore.words.faults import found, refusal

    return refusal(
        kind, [found(code, Location(str(path)), unit=None, group=None, at=None, **fields)]
    )


def _filled(pipe: IO[bytes], room: memoryview) -> bool:
    while room:
        got = pipe.readinto(room) if isinstance(pipe, io.BufferedIOBase) else 0
        if not got:
            return False
        room = room[got:]
    return True
