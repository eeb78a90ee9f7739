"""The second look taken beside the parser. Runs in the worker."""

from __future__ import annotations

import threading

from stiscore.io.second_look import Part, Seen, Unclear

_THREAD_ABOVE = 1_000_000  # bytes of sheet XML; below, starting a thread costs more than it saves


class Look:
    """The second look at one part; the parser lets other threads run while it parses."""

    def __init__(self, part: Part | None, percent: frozenset[bytes]) -> None:
        self._part, self._percent = part, percent
        self._seen: Seen | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        if part is not None and len(part.xml) > _THREAD_ABOVE:
            self._thread.start()
        else:
            self._run()

    def _run(self) -> None:
        if self._part is not None:
            try:
                self._seen = self._part.look(self._percent)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - an odd part costs a note, never the values
                self._seen = None

    def result(self) -> Seen | None:
        """What was seen; None when the part is not understood."""
        if self._thread.ident is not None:
            self._thread.join()
        return self._seen


def part_of(xml: bytes | None) -> Part | None:
    """The part a sheet's XML makes, None where there is none or it is not written as one."""
    try:
        return None if xml is None else Part(xml)
    except Unclear:
        return None
