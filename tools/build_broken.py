"""Makes the samples of sample_data/broken again: python tools/build_broken.py [FOLDER].

framework.yaml and cases.csv there are written by hand; every other file is made here, the same
bytes at every run, and written into sample_data/broken or FOLDER.
"""

from __future__ import annotations

import sys
from pathlib import Path

from broken_books import containers, tables, templates
from broken_coinr import coinr
from broken_frameworks import frameworks
from broken_methods import methods
from broken_plans import plans
from broken_tables import tables as text_tables

from stiscore.framework.imprint import imprint
from stiscore.io.framework_yaml import load_framework

BROKEN = Path(__file__).resolve().parent.parent / "sample_data" / "broken"
FRAMEWORK = BROKEN / "framework.yaml"


def samples() -> dict[str, bytes]:
    """Every file by its name."""
    return {
        **{name: text.encode() for name, text in text_tables().items()},
        **tables(),
        **templates(imprint(load_framework(FRAMEWORK), "regional")),
        **containers(),
        **frameworks(FRAMEWORK.read_text(encoding="utf-8")),
        **coinr(),
        **methods(),
        **plans(),
    }


def main(folder: Path = BROKEN) -> None:
    """Write all files."""
    told = samples()
    for name, content in told.items():
        (folder / name).write_bytes(content)
    print(f"{len(told)} files in {folder}, {sum(map(len, told.values())):,} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
