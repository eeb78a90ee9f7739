"""Makes the pages of docs/rules again: python tools/build_rules.py.

The sentences come from the catalogue in stiscore/words; the example on a page is what `stiscore
validate` (of a .yaml: `stiscore framework check`) says of sample_data/broken/CODE*, where there is
such a file.
"""

from __future__ import annotations

import os
from pathlib import Path

from typer.testing import CliRunner

from stiscore.cli.app import app
from stiscore.report.rule_pages import index, page
from stiscore.words.faults import SAYINGS

REPO = Path(__file__).resolve().parent.parent
OUT = REPO / "docs" / "rules"
BROKEN = REPO / "sample_data" / "broken"


def example(code: str) -> str | None:
    """The block that tells the code of its sample, None where there is no sample."""
    samples = sorted(BROKEN.glob(f"{code}*")) if BROKEN.is_dir() else []
    if not samples:
        return None
    command = ["framework", "check"] if samples[0].suffix in {".yaml", ".yml"} else ["validate"]
    option = ["-f"] if command[0] == "framework" else []
    done = CliRunner().invoke(app, [*command, *option, str(samples[0])])
    # A file that cannot be read is told with its path, which is another on every machine.
    lines = (done.stdout + done.stderr).replace(f"{BROKEN}{os.sep}", "").splitlines()
    start = next((i for i, line in enumerate(lines) if f"[{code}] " in line), None)
    if start is None:
        return None
    block = [lines[start]]
    for line in lines[start + 1 :]:
        if not line.startswith("    "):
            break
        block.append(line)
    return "\n".join(block)


def pages() -> dict[str, str]:
    """Every page by its file's name."""
    return {"README.md": index(), **{f"{code}.md": page(code, example(code)) for code in SAYINGS}}


def main() -> None:
    """Write the pages that differ and remove those of codes that are no more."""
    OUT.mkdir(parents=True, exist_ok=True)
    told = pages()
    for file in OUT.glob("*.md"):
        if file.name not in told:
            file.unlink()
    for name, text in told.items():
        (OUT / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(told)} pages in {OUT.relative_to(REPO)}")


if __name__ == "__main__":
    main()
