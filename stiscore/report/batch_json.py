"""The manifest of a plan: ``stiscore.manifest/1``. No clock and no machine in it, keys sorted."""

from __future__ import annotations

import json

from stiscore.report import jsonout
from stiscore.report.batch_model import BatchReport, Entry
from stiscore.report.jsonout import Json
from stiscore.version import __version__

SCHEMA = "stiscore.manifest/1"
SEVERITIES = ("error", "warning", "note")


def as_json(told: BatchReport) -> str:
    """Everything a reader needs to tell whether a file is what the plan gives."""
    name, sha256 = told.plan
    held: Json = {
        "schema": SCHEMA,
        "stiscore": __version__,
        "plan": {"file": name, "sha256": sha256},
        "interrupted": told.interrupted,
        "inputs": [dict(each) for each in told.inputs],
        "frameworks": [dict(each) for each in told.frameworks],
        "outputs": [_entry(each) for each in told.entries],
        "stale": [{"path": path, "sha256": sha} for path, sha in sorted(told.stale.items())],
        "pruned": list(told.pruned),
        "findings": [jsonout.finding(each) for each in told.findings],
    }
    return json.dumps(held, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"


def _entry(told: Entry) -> Json:
    wanted, made = told.wanted, told.made
    return {
        "path": wanted.path,
        "state": str(told.state),
        "files": list(wanted.files),
        "framework": wanted.framework,
        "method": wanted.method,
        "command": wanted.command,
        "options": dict(wanted.options),
        "settings": dict(wanted.settings),
        "seed": made.seed,
        "draws": made.draws,
        "exit": made.exit,
        "findings": {severity: made.counts.get(severity, 0) for severity in SEVERITIES},
        "failures": [dict(each) for each in made.failures],
        "bug": made.bug,
        "key": told.key,
        "sha256": told.sha256,
    }
