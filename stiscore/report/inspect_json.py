"""What the reader saw in a file, as ``stiscore.inspection/1``."""

from __future__ import annotations

import math

from stiscore.report import jsonout
from stiscore.report.jsonout import Json, dumps, plain
from stiscore.seen import Inspection, SheetSeen


def as_json(seen: Inspection) -> str:
    """The facts of an inspection; a factor that is not known is null."""
    told: Json = {"schema": "stiscore.inspection/1", **seen._asdict()}
    told["sheets"] = [_sheet(sheet) for sheet in seen.sheets]
    told["columns"] = [
        {**c._asdict(), "factor": None if math.isnan(c.factor) else c.factor} for c in seen.columns
    ]
    told["units"] = dict(seen.units)
    told["notes"] = [jsonout.finding(f) for f in seen.notes]
    told["refused"] = [jsonout.finding(f) for f in seen.refused]
    return dumps(told)


def _sheet(sheet: SheetSeen) -> Json:
    return {
        "name": sheet.name,
        "shape": list(sheet.shape),
        "layout": sheet.layout,
        "score": sheet.score,
        "reasons": [
            {"key": r.key, **{k: plain(v) for k, v in r.facts.items()}} for r in sheet.reasons
        ],
        "hidden_rows": list(sheet.hidden_rows),
    }
