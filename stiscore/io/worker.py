"""The process that parses: limits on itself first, then one file, one message, and out.

Started by parse.py as ``python -I worker.py ROOT PATH LARGE``. It imports the standard library and
calamine only, writes nothing but the message to standard output, and may be killed at any moment.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stiscore.io.guard import Limits
    from stiscore.io.wire import Parsed

WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xltx", ".xltm")
OTHER_NAMES = (".xls", ".xlsb", ".ods", ".parquet")
TEXT_NAMES = (".csv", ".tsv", ".txt", ".tab")
# Faults of text that, under a workbook's name, only say that the bytes are no text at all.
NOT_TEXT = ("R109", "R110", "R124", "R125", "R126")


def main(root: str, path: str, large: str) -> int:
    """Parse and tell; 0 whenever a whole message was written, a refusal included."""
    sys.path.insert(0, root)
    from stiscore.io import guard, wire

    limits = guard.LARGE if large == "1" else guard.NORMAL
    _limit(limits)
    out = _own_output()
    pieces: Iterable[bytes]
    try:
        parsed, digest = _parsed(path, limits)
        pieces = wire.book_message(parsed, digest)
    except wire.Refused as refused:
        pieces = wire.refusal_message(refused)
    except MemoryError:
        pieces = wire.refusal_message(wire.Refused("R113", limit=limits.memory // guard.MB))
    except BaseException as error:  # noqa: BLE001 - a Rust panic is no Exception
        detail = f"{type(error).__name__}: {error}"[:300]
        pieces = wire.refusal_message(wire.Refused("R107", detail=detail))
    for piece in pieces:
        _write(out, piece)
    return 0


def _parsed(path: str, limits: Limits) -> tuple[Parsed, str]:
    from hashlib import sha256

    from stiscore.io import guard
    from stiscore.io.wire import Note

    data = guard.read_whole(path, limits)
    kind = guard.container(data)
    ending = "." + path.rpartition(".")[2].lower()
    if kind == "xlsx":
        from stiscore.io import workbook

        parsed = workbook.read(data, limits)
        misnamed = ending in (*TEXT_NAMES, *OTHER_NAMES)
    else:
        parsed = _text(data, limits, ending)
        misnamed = ending in (*WORKBOOK_NAMES, *OTHER_NAMES)
    if misnamed:
        parsed.notes.append(Note("R114", {}, {"ending": ending, "content": parsed.container}))
    return parsed, sha256(data).hexdigest()


def _text(data: bytes, limits: Limits, ending: str) -> Parsed:
    """A text file, or a workbook by name only: then what is wrong is the file, not its commas."""
    from stiscore.io import delimited
    from stiscore.io.wire import Refused

    try:
        return delimited.read(data, limits)
    except Refused as refused:
        if ending in (*WORKBOOK_NAMES, *OTHER_NAMES) and refused.code in NOT_TEXT:
            raise Refused("R107") from None
        raise


def _limit(limits: Limits) -> None:
    """Bound memory and processor time where the system can; Ctrl-C is the parent's to handle."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource
    except ImportError:  # Windows; the parent's wall limit still holds
        return
    for kind, most in ((resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CPU, limits.seconds)):
        hard = resource.getrlimit(kind)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _own_output() -> int:
    """Keep standard output for the message: whatever a library prints goes to standard error."""
    kept = os.dup(1)
    os.dup2(2, 1)
    return kept


def _write(handle: int, piece: bytes) -> None:
    view = memoryview(piece)
    while view:
        view = view[os.write(handle, view) :]


if __name__ == "__main__":
    try:
        code = main(*sys.argv[1:4])
    except BrokenPipeError:
        code = 1
    # No interpreter shutdown: large tables take long to take down, and nothing is left to flush.
    os._exit(code)
