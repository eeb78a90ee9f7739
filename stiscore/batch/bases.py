"""The frameworks of a plan under each of its methods, or why one of them is none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stiscore.errors import StiscoreError
from stiscore.finding import Finding, Findings
from stiscore.framework.find import id_of
from stiscore.framework.model import Framework
from stiscore.framework.override import with_methods, with_preset, with_weights
from stiscore.io.framework_yaml import load_framework
from stiscore.io.plan_model import Plan, PlannedFramework, PlannedMethod
from stiscore.io.weight_preset import ENDINGS, load_preset

Names = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """A framework under a method; ``fault``: the error that there is in its place."""

    framework: Framework | None = None
    fault: StiscoreError | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Bases:
    """By the names of framework and method what outputs rest on.

    ``told``: for the manifest; ``files``: what was read for it.
    """

    by_name: dict[Names, Basis]
    told: tuple[dict[str, Any], ...]
    files: tuple[Path, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be known of them (F187)."""
        return tuple(each for basis in self.by_name.values() for each in basis.findings)


def bases(plan: Plan, folder: Path) -> Bases:
    """All frameworks of a plan under all its methods; one that is faulty stops no other."""
    by_name: dict[Names, Basis] = {}
    told = []
    for planned in plan.frameworks:
        own = _loaded(planned, folder)
        told.append(_told(planned, own))
        for name, method in plan.methods.items():
            by_name[planned.id, name] = _under(own, method, folder)
    files = [folder / f.path for f in plan.frameworks if f.path is not None]
    presets = (method.preset for method in plan.methods.values())
    files += [folder / preset for preset in presets if preset and _is_file(preset)]
    return Bases(by_name, tuple(told), tuple(files))


def _loaded(planned: PlannedFramework, folder: Path) -> Basis:
    try:
        return Basis(load_framework(None if planned.path is None else folder / planned.path))
    except StiscoreError as fault:
        return Basis(fault=fault)


def _under(own: Basis, method: PlannedMethod, folder: Path) -> Basis:
    """The framework as the method has it: first weights of a preset, then single ones, settings."""
    framework = own.framework
    if framework is None:
        return own
    noted: Findings = Findings()
    try:
        if method.preset is not None and _is_file(method.preset):
            preset, noted = load_preset(folder / method.preset, framework)
            framework = with_weights(framework, preset.weights)
        elif method.preset is not None:
            framework = with_preset(framework, method.preset)
        if method.weights:
            weights = {id_of(framework, node): w for node, w in method.weights.items()}
            framework = with_weights(framework, weights)
        if method.settings:
            framework = with_methods(framework, method.settings)
    except StiscoreError as fault:
        return Basis(fault=fault)
    return Basis(framework, findings=tuple(noted))


def _is_file(preset: str) -> bool:
    return preset.lower().endswith(ENDINGS)


def _told(planned: PlannedFramework, own: Basis) -> dict[str, Any]:
    """What the manifest says of a framework; version and digest are null where it is faulty."""
    path = None if planned.path is None else Path(planned.path)
    framework = own.framework
    return {
        "name": planned.id,
        "path": path and (path.name if path.is_absolute() else path.as_posix()),
        "id": None if framework is None else framework.id,
        "version": None if framework is None else framework.version,
        "sha256": None if framework is None else framework.digest,
    }
