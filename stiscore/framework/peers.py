"""Peer groups at a level: the framework's own, then those that come with the registry of units."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from stiscore.errors import UsageError
from stiscore.framework.model import Framework, PeerGroup
from stiscore.framework.strict import Name
from stiscore.units.groups import Group, built_in, goes_by, groups_of
from stiscore.words import Words
from stiscore.words.faults import found, refusal, unknown


def peer_groups(framework: Framework, level: str) -> tuple[PeerGroup, ...]:
    """The groups of units at ``level``; they may overlap. Of equal ids the framework's own counts.

    Empty for a level whose units the registry does not know and the framework does not group.
    """
    own = tuple(group for group in framework.peer_groups if group.level == level)
    taken = {group.id for group in framework.peer_groups}
    registry = framework.levels[level].registry
    return own + tuple(g for g in _built_in(registry, level) if g.id not in taken)


def all_groups(framework: Framework) -> tuple[PeerGroup, ...]:
    """The groups of every level, in the order of the levels."""
    return tuple(group for level in framework.levels for group in peer_groups(framework, level))


def find_group(
    framework: Framework, level: str, text: str, more: Sequence[PeerGroup] = ()
) -> PeerGroup:
    """The group at ``level`` with this id or name, in either language; ``more`` are the data's own.

    UsageError when there is none (U101) or when its units are of another level (U124).
    """
    known = (*peer_groups(framework, level), *more)
    for group in known:
        if goes_by(text, group.id, group.name.en, group.name.zh):
            return group
    if any(goes_by(text, g.id, g.name.en, g.name.zh) for g in all_groups(framework)):
        name = framework.levels[level].name
        raise refusal(UsageError, [found("U124", name=text, level=Words(name.en, name.zh))])
    raise unknown("group", text, {t for g in known for t in (g.id, g.name.en, g.name.zh)})


def source_of(framework: Framework, group: PeerGroup) -> Words | None:
    """Who says that the units belong together; None for a framework's own group."""
    if any(own.id == group.id for own in framework.peer_groups):
        return None
    held = built_in(group.id)
    return held.source if held else None


@lru_cache(maxsize=8)
def _built_in(registry: str | None, level: str) -> tuple[PeerGroup, ...]:
    return tuple(_as_peers(group, level) for group in groups_of(registry))


def _as_peers(group: Group, level: str) -> PeerGroup:
    # Not validated: the table is ours, and every run needs it.
    name = Name.model_construct(en=group.name.en, zh=group.name.zh, short_en=None, short_zh=None)
    return PeerGroup.model_construct(id=group.id, name=name, level=level, units=group.units)
