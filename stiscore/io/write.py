"""Whole-file, crash-safe output: the new file stands complete, or the old one is untouched.

A temporary file in the same folder is written, flushed to the disk and then put in place by one
rename, so being killed at any point leaves either the old bytes or the new ones.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from stiscore.errors import EnvironmentFault, Location, StiscoreError, UsageError
from stiscore.words.faults import found, refusal

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


def write_whole(path: Path, data: bytes | str, *, force: bool, inputs: Iterable[Path] = ()) -> None:
    """Write ``data`` (text as UTF-8) to ``path``, all or nothing.

    An existing file is replaced only with ``force``, never when it is one of ``inputs`` and never
    through a symbolic link. Raises UsageError for a path that makes no sense, EnvironmentFault when
    the system does not let us write; in both cases what stood there is unchanged.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder, "scores.csv"), "unit,score", force=False)
    ...     Path(folder, "scores.csv").read_text()
    'unit,score'
    """
    mode = check_target(path, force=force, inputs=inputs)
    content = data.encode("utf-8") if isinstance(data, str) else data
    # The name owes nothing to the input, so no input can choose which file is touched.
    temporary = path.parent / f".stiscore-{os.urandom(8).hex()}.part"
    with _termination_raised():
        try:
            _write_flushed(temporary, content, mode)
            _put_in_place(temporary, path, force=force)
        except OSError as error:
            raise _fault(path, error) from error
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def check_target(path: Path, *, force: bool, inputs: Iterable[Path] = ()) -> int | None:
    """The permissions of the file to be replaced, None when there is none; refuses all else.

    Raises as ``write_whole`` does; of two files to be written, ask for both before the first.
    """
    try:
        present = os.lstat(path)
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise _refused(UsageError, path, "R150") from None
        return None
    except (OSError, ValueError) as error:
        raise _fault(path, error) from error
    if stat.S_ISLNK(present.st_mode):
        raise _refused(UsageError, path, "R153")
    if stat.S_ISDIR(present.st_mode):
        raise _refused(UsageError, path, "R154")
    if not stat.S_ISREG(present.st_mode):
        raise _refused(EnvironmentFault, path, "R154")
    if any(_same(path, source) for source in inputs):
        raise _refused(UsageError, path, "R152")
    if not force:
        raise _refused(UsageError, path, "R151")
    return stat.S_IMODE(present.st_mode)


def _same(path: Path, source: Path) -> bool:
    try:
        if str(source) == "-":  # standard input, which a shell may have opened on this very file
            return os.path.samestat(os.fstat(0), path.stat())
        return path.samefile(source)
    except OSError:
        return False


def _write_flushed(temporary: Path, content: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(temporary, flags, 0o666), "wb") as file:
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(temporary: Path, path: Path, *, force: bool) -> None:
    if force or not _linked(temporary, path):
        temporary.replace(path)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _linked(temporary: Path, path: Path) -> bool:
    """Put the file in place unless one has appeared there meanwhile.

    False where the file system knows no links.
    """
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise _refused(UsageError, path, "R151") from None
    except (OSError, NotImplementedError):
        return False
    return True


@contextmanager
def _termination_raised() -> Iterator[None]:
    """Within, SIGTERM is raised as SystemExit, so that the temporary file is cleaned up."""
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return

    def leave(number: int, _: FrameType | None) -> None:
        """End as the shell expects of a signal, by way of the clean-up."""
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _fault(path: Path, error: Exception) -> StiscoreError:
    number = error.errno if isinstance(error, OSError) else None
    if os.name == "nt" and isinstance(error, PermissionError) and path.exists():
        return _refused(EnvironmentFault, path, "R157")
    if number in _FULL:
        return _refused(EnvironmentFault, path, "R155")
    if number in _NOT_ALLOWED:
        return _refused(EnvironmentFault, path, "R156")
    reason = errno.errorcode.get(number or 0, type(error).__name__)
    return _refused(EnvironmentFault, path, "R158", reason=reason)


def _refused(kind: type[StiscoreError], path: Path, code: str, **fields: object) -> StiscoreError:
    return refusal(
        kind, [found(code, Location(str(path)), unit=None, group=None, at=None, **fields)]
    )
