"""Bundles made one after the other, or in several processes; the outcomes come in order."""

from __future__ import annotations

import signal
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from stiscore.batch.work import Bundle, Outcome, all_outcomes, forget, outcomes


def made(bundles: Sequence[Bundle], jobs: int) -> Iterator[Outcome]:
    """Every outcome of the bundles, in their order; KeyboardInterrupt as soon as it is asked for.

    A computation may take an interrupt for its own end and give what it has: nothing that comes
    after one is passed on.
    """
    with _noticed() as stopped:
        for outcome in _made(bundles, jobs):
            if stopped.is_set():
                raise KeyboardInterrupt
            yield outcome


def _made(bundles: Sequence[Bundle], jobs: int) -> Iterator[Outcome]:
    if jobs == 1 or len(bundles) < 2:
        try:
            for bundle in bundles:
                yield from outcomes(bundle)
        finally:
            forget()
        return
    from joblib import Parallel, delayed

    pool = Parallel(n_jobs=min(jobs, len(bundles)), return_as="generator")
    with _deaf():
        every = pool(delayed(all_outcomes)(bundle) for bundle in bundles)
    try:
        for held in every:
            yield from held
    finally:
        with warnings.catch_warnings():
            # What was stopped half way the report says, and joblib need not.
            warnings.simplefilter("ignore")
            every.close()


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes started within never hear of Ctrl-C: it is for this one, which ends them.

    They take over that it is ignored. A mask would not do: who tracks what processes share lifts it
    as it starts.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


@contextmanager
def _noticed() -> Iterator[threading.Event]:
    """An event that is set by Ctrl-C, which is raised all the same."""
    stopped = threading.Event()
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield stopped
        return

    def stop(number: int, frame: FrameType | None) -> None:
        """Note it, and do as Python does."""
        stopped.set()
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
