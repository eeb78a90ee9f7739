"""The framework's shape as JSON Schema, for completion and checks in an editor."""

from __future__ import annotations

from typing import Any

from stiscore.framework.model import Framework


def framework_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a framework file; descriptions are those of the model.

    It shows shape only: references, goalposts inside bounds and the like are for
    ``stiscore framework check``.

    >>> framework_schema()["properties"]["title"]["description"]
    'Title of reports'
    """
    schema = Framework.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
