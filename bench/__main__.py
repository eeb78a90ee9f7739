"""``python -m bench NAME``: run one measurement."""

from __future__ import annotations

import sys

from bench import decisions, methods, reading, startup, uncertainty

NAMED = {
    "decisions": decisions.run,
    "methods": methods.run,
    "reading": reading.run,
    "startup": startup.run,
    "uncertainty": uncertainty.run,
}

if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in NAMED:
        sys.exit(f"python -m bench {' | '.join(NAMED)} [RUNS]")
    NAMED[name](int(sys.argv[2]) if len(sys.argv) > 2 else 11)
