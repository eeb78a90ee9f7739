"""The process that parses: limits on itself first, then one file, one message, and out.

Started by parse.py as ``python -I worker.py ROOT PATH LARGE``; PATH "-" is standard input. It
imports the standard library and the one parser it needs, writes nothing but the message to
standard output, and may be killed at any moment.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stiscore.io.guard import Limits
    from stiscore.io.wire import Parsed

NAMES = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xlsb": (".xlsb",),
    "xls": (".xls", ".xlt"),
    "ods": (".ods", ".ots"),
    "parquet": (".parquet", ".parq", ".pq"),
    "csv": (".csv", ".tsv", ".txt", ".tab"),
}
# Faults of text that, under a workbook's name, only say that the bytes are no text at all.
NOT_TEXT = ("R109", "R110", "R124", "R125", "R126")


def main(root: str, path: str, large: str) -> int:
    """Parse and tell; 0 whenever a whole message was written, a refusal included."""
    sys.path.insert(0, root)
    from stiscore.io import guard, wire

    limits = guard.LARGE if large == "1" else guard.NORMAL
    _limit(limits)
    out = _own_output()
    if sys.platform == "win32":  # where a descriptor translates line ends unless told otherwise
        import msvcrt

        for handle in (0, out):
            msvcrt.setmode(handle, os.O_BINARY)
    pieces: Iterable[bytes | memoryview]
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
    digest = sha256(data).hexdigest()
    kind = guard.container(data)
    ending = "." + path.rpartition(".")[2].lower()
    held = [data]  # taken out by the reader, so that bytes it is done with are not kept here
    del data
    parsed = _text(held, limits, ending) if kind == "text" else _packed(kind, held, limits)
    others = [e for c, known in NAMES.items() if c != parsed.container for e in known]
    if ending in others:
        parsed.notes.append(Note("R114", {}, {"ending": ending, "content": parsed.container}))
    return parsed, digest


def _packed(kind: str, held: list[bytes], limits: Limits) -> Parsed:
    """Anything but text, by the reader of its container; only that one is imported."""
    if kind == "parquet":
        from stiscore.io import columnar

        _limit_memory(limits.columnar_memory)
        return columnar.read(held.pop(), limits)
    if kind == "xls":
        from stiscore.io import oldbook

        return oldbook.read_xls(held.pop(), limits)
    from stiscore.io import archive

    package = archive.unpack(held.pop(), limits)
    if package.kind == "xlsx":
        from stiscore.io import workbook

        return workbook.read(package.members, limits)
    from stiscore.io import oldbook

    reader = oldbook.read_xlsb if package.kind == "xlsb" else oldbook.read_ods
    return reader(package.members, limits)


def _text(held: list[bytes], limits: Limits, ending: str) -> Parsed:
    """A text file, or a workbook by name only: then what is wrong is the file, not its commas."""
    from stiscore.io import delimited
    from stiscore.io.wire import Refused

    try:
        return delimited.read(held.pop(), limits)
    except Refused as refused:
        names = [e for container, known in NAMES.items() if container != "csv" for e in known]
        if ending in names and refused.code in NOT_TEXT:
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
    _bound(resource.RLIMIT_CPU, limits.seconds)
    _bound(resource.RLIMIT_AS, limits.memory)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_memory(most: int) -> None:
    """Bound memory anew, for a parser that needs more."""
    try:
        import resource
    except ImportError:
        return
    _bound(resource.RLIMIT_AS, most)


def _bound(kind: int, most: int) -> None:
    """Set a limit that may be raised again, but never beyond what the system lets us."""
    import resource

    hard = resource.getrlimit(kind)[1]
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (bound, hard))


def _own_output() -> int:
    """Keep standard output for the message: whatever a library prints goes to standard error."""
    kept = os.dup(1)
    os.dup2(2, 1)
    return kept


def _write(handle: int, piece: bytes | memoryview) -> None:
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
