"""The groups units can be compared in: the framework's, the registry's, and those of the data."""

from __future__ import annotations

from stiscore.dataset import Dataset
from stiscore.framework.model import Framework, Grouping, PeerGroup
from stiscore.framework.peers import peer_groups
from stiscore.framework.strict import Name


def groups_of(framework: Framework, data: Dataset) -> tuple[PeerGroup, ...]:
    """All groups at the data's level; a label of a grouping column is one, ``<column>.<label>``."""
    return (*peer_groups(framework, data.level), *labelled(framework, data))


def labelled(framework: Framework, data: Dataset) -> tuple[PeerGroup, ...]:
    """The groups that columns of the data name, in the order of their first unit."""
    columns = [grouping for grouping in framework.groupings if grouping.id in data.groupings]
    return tuple(group for column in columns for group in _labels(column, data))


def _labels(column: Grouping, data: Dataset) -> list[PeerGroup]:
    units: dict[str, dict[str, None]] = {}
    for unit, label in zip(data.units, data.groupings[column.id], strict=True):
        if label is not None:
            units.setdefault(label, {})[unit.id] = None
    # Labels are the file's own words: an id of the framework's form cannot be asked of them.
    return [
        PeerGroup.model_construct(
            id=f"{column.id}.{label}",
            name=Name.model_construct(
                en=f"{column.name.en}: {label}",
                zh=f"{column.name.zh}：{label}",
                short_en=None,
                short_zh=None,
            ),
            level=data.level,
            units=tuple(held),
        )
        for label, held in units.items()
    ]
