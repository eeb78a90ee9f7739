"""Reading: ``stiscore`` beside the bare parser, and the memory of its whole process tree.

Time: whole processes, run in turn. Each reads a file and ends; "bare" is calamine with its rows as
Python lists, "stiscore" is guards, worker, second look and the grid in numpy. Starting Python and
importing numpy is in its figure and not in that of the bare parser; it is shown beside.

Memory: the proportional set size (Pss of /proc/PID/smaps_rollup, shared pages counted once) of the
process and all below it, added up every 20 ms; the peak is the largest sum. Linux only.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.race import race, table
from bench.tables import write_csv, write_xlsx

INTERVAL = 0.02
BARE = """
import sys
from python_calamine import CalamineWorkbook
rows = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
"""
READ = """
import sys
from pathlib import Path
from stiscore.io.parse import read_book
book = read_book(Path(sys.argv[1]), allow_large=len(sys.argv) > 2)
"""


def run(runs: int) -> None:
    """Print both tables."""
    python = sys.executable
    figures = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        middle, large = Path(folder, "middle.xlsx"), Path(folder, "large.xlsx")
        text = large.with_suffix(".csv")
        write_xlsx(middle, 10_000, 60, figures)
        print(f"10,000 x 60 .xlsx, {runs} runs, seconds")
        commands = {
            "bare calamine": [python, "-c", BARE, str(middle)],
            "stiscore": [python, "-c", READ, str(middle)],
            "(python, import numpy)": [python, "-c", "import numpy"],
        }
        print(table(race(commands, runs), against="bare calamine"))
        write_xlsx(large, 100_000, 50, figures)
        write_csv(text, 100_000, 50, figures)
        print("\n100,000 x 50 with --allow-large, peak memory of the process tree")
        for name, command in {
            "bare calamine .xlsx": [python, "-c", BARE, str(large)],
            "stiscore .xlsx": [python, "-c", READ, str(large), "large"],
            "stiscore .csv": [python, "-c", READ, str(text), "large"],
        }.items():
            peak, seconds = peak_memory(command)
            print(f"{name:26} {peak / 1e6:7.0f} MB {seconds:7.1f} s")


def peak_memory(command: list[str]) -> tuple[int, float]:
    """The largest memory of a command and its children, in bytes, and its seconds."""
    begin, peak = time.perf_counter(), 0
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            peak = max(peak, sum(_pss(number) for number in _tree(process.pid)))
            time.sleep(INTERVAL)
    if process.returncode:
        sys.exit(f"ended with {process.returncode}: {command}")
    return peak, time.perf_counter() - begin


def _tree(number: int) -> list[int]:
    below = []
    for thread in Path(f"/proc/{number}/task").glob("*/children"):
        try:
            below += [int(child) for child in thread.read_text().split()]
        except OSError:  # it has ended meanwhile
            continue
    return [number, *(n for child in below for n in _tree(child))]


def _pss(number: int) -> int:
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
