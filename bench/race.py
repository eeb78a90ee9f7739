"""Commands or calls in turn, A B C A B C ..., so that a drifting machine slows all alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

Times = dict[str, list[float]]


def race(commands: Mapping[str, Sequence[str]], runs: int) -> Times:
    """Wall seconds of each command over ``runs`` rounds, after one round that is not counted."""
    times: Times = {name: [] for name in commands}
    # As a user runs it: byte code is kept, whatever this shell says.
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    quiet = subprocess.DEVNULL
    for counted in (False, *(True for _ in range(runs))):
        for name, command in commands.items():
            begin = time.perf_counter()
            subprocess.run(command, check=True, env=env, stdout=quiet, stderr=quiet)
            if counted:
                times[name].append(time.perf_counter() - begin)
    return times


def alternate(
    calls: Mapping[str, Callable[[], object]],
    runs: int,
    clock: Callable[[], float] = time.process_time,
) -> Times:
    """Seconds of each call over ``runs`` rounds, after one that is not counted: CPU, or others."""
    times: Times = {name: [] for name in calls}
    for counted in (False, *(True for _ in range(runs))):
        for name, call in calls.items():
            begin = clock()
            call()
            if counted:
                times[name].append(clock() - begin)
    return times


def table(times: Times, against: str) -> str:
    """Minimum, median and maximum of each, and the median of the pairwise ratios to ``against``."""
    lines = [f"{'':26} {'min':>7} {'median':>7} {'max':>7} {'ratio':>7}"]
    for name, held in times.items():
        ratio = statistics.median(a / b for a, b in zip(held, times[against], strict=True))
        figures = f"{min(held):7.3f} {statistics.median(held):7.3f} {max(held):7.3f} {ratio:7.2f}"
        lines.append(f"{name:26} {figures}")
    return "\n".join(lines)
