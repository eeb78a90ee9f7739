"""Makes the pages of docs/rules again: python tools/build_rules.py.

The sentences come from the catalogue in stiscore/words; the example on a page is what the case of
sample_data/broken says, as tests/cli/test_broken_samples.py keeps it in both languages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from stiscore.report.rule_pages import index, page
from stiscore.words.faults import SAYINGS

REPO = Path(__file__).resolve().parent.parent
OUT = REPO / "docs" / "rules"
KEPT = REPO / "tests" / "cli" / "snapshots"
_COMMAND = re.compile(r"^\$ ", re.MULTILINE)
_CODE = re.compile(r"\b(?:error|warning|note)\[([A-Z][0-9]{3})\] ")


def examples() -> dict[str, str]:
    """By code the command line and the messages of its case, English above Chinese."""
    told: dict[str, list[str]] = defaultdict(list)
    for lang in ("en", "zh"):
        for code, block in _blocks((KEPT / f"broken_{lang}.txt").read_text(encoding="utf-8")):
            told[code].append(block)
    return {code: "\n\n".join(blocks) for code, blocks in told.items()}


def _blocks(kept: str) -> Iterator[tuple[str, str]]:
    for block in _COMMAND.split(kept)[1:]:
        code = _CODE.search(block)
        if code is not None:
            yield code[1], f"$ {block.rstrip()}"


def pages() -> dict[str, str]:
    """Every page by its file's name."""
    said = examples()
    return {"README.md": index(), **{f"{c}.md": page(c, said.get(c)) for c in SAYINGS}}


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
