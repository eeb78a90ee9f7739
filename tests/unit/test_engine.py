"""One answer whoever works on it: threads, processes, blocks in any order, longer runs."""

from __future__ import annotations

import os
from collections import Counter

import numpy as np
import pytest

from stiscore.analysis.uncertainty.variants import Variants
from stiscore.robust import engine
from stiscore.robust.draws import BLOCK, blocks
from stiscore.robust.engine import Outcome, needed, one_block, run
from tests.made import dataset
from tests.varied import gaps, grid, lenient, two_areas, variants

EVERYTHING = (
    {"kind": "weights", "of": "areas", "spread": 0.5},
    {"kind": "weights", "of": "below", "spread": 0.25},
    {"kind": "methods", "alternatives": [["aggregate.level2=geometric"], ["normalise=z-score"]]},
    {"kind": "missing-areas"},
    {"kind": "leave-out", "nodes": "indicators", "whole": 0.7},
    {"kind": "directions", "indicators": ["a1"]},
    {"kind": "data-error", "errors": {"a1": {"relative": 0.1}, "b1": {"standard_error": 0.4}}},
)


@pytest.fixture(scope="module")
def table() -> Variants:
    """Twelve units of which one lacks an area, and one of each kind of factor."""
    held = grid(12, 5)
    held["b1"][3] = held["b2"][3] = held["a1"][7] = np.nan
    made = lenient(two_areas(gaps=gaps()), "weight.area_weight=equal")
    return variants(made, dataset(held), *EVERYTHING)


def same(one: Outcome, other: Outcome) -> None:
    assert one.draws == other.draws
    assert one.failed == other.failed
    for a, b in zip(one.shares, other.shares, strict=True):
        np.testing.assert_array_equal(a.counts, b.counts)
        assert a.draws == b.draws
    for kept, held in zip(one.kept, other.kept, strict=True):
        assert kept.tobytes() == held.tobytes()
    np.testing.assert_array_equal(one.on_scale, other.on_scale)


@pytest.fixture(scope="module")
def whole(table: Variants) -> Outcome:
    """20,000 variants on as many threads as this machine gives, with the scores of 9,000."""
    return table.run(20_000, 3, keep=9_000)


@pytest.mark.parametrize("cores", [None, 1, 2, 4, 64])
def test_threads_change_no_byte(
    table: Variants, whole: Outcome, cores: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    same(table.run(20_000, 3, keep=9_000), whole)


def test_processes_change_no_byte(table: Variants, whole: Outcome) -> None:
    same(table.run(20_000, 3, keep=9_000, jobs=2), whole)


def test_blocks_may_be_worked_out_in_any_order(table: Variants, whole: Outcome) -> None:
    work = table.work()
    each = {
        block.number: one_block(work, block, 3, 9_000)
        for block in reversed(list(blocks(20_000, work.units)))
    }
    assert len(each) == 3
    shares = each[1].shares[0] + each[2].shares[0] + each[0].shares[0]
    np.testing.assert_array_equal(shares.counts, whole.shares[0].counts)
    kept = np.concatenate([each[number].kept[0] for number in sorted(each)])
    assert kept.tobytes() == whole.kept[0].tobytes()


def test_a_longer_run_begins_as_the_shorter(table: Variants, whole: Outcome) -> None:
    short = table.run(BLOCK, 3, keep=9_000)
    assert short.draws == BLOCK
    for got, held in zip(short.kept, whole.kept, strict=True):
        assert got.tobytes() == held[:BLOCK].tobytes()
    first = one_block(table.work(), next(iter(blocks(20_000, 12))), 3, 0)
    for counted, wanted in zip(first.shares, short.shares, strict=True):
        np.testing.assert_array_equal(counted.counts, wanted.counts)


def test_another_seed_is_another_run(table: Variants, whole: Outcome) -> None:
    other = table.run(20_000, 4, keep=9_000)
    assert other.kept[0].tobytes() != whole.kept[0].tobytes()
    # Yet the shares differ by no more than their error allows, and here that is small.
    one, two = (o.shares[0].shares for o in (whole, other))
    error = max(whole.shares[0].error(), other.shares[0].error())
    assert np.abs(one - two).max() < 6 * error


def test_groups_may_be_asked_for_alone(table: Variants, whole: Outcome) -> None:
    for number, group in enumerate(table.groups):
        alone = table.run(20_000, 3, groups=[group], keep=9_000)
        np.testing.assert_array_equal(alone.shares[0].counts, whole.shares[number].counts)
        assert alone.kept[0].tobytes() == whole.kept[number].tobytes()


@pytest.mark.parametrize("keep", [0, 1, 300, 20_000])
def test_so_many_variants_keep_their_scores(table: Variants, whole: Outcome, keep: int) -> None:
    told = table.run(9_000, 3, keep=keep)
    held = min(keep, 9_000)
    assert [len(each) for each in told.kept] == [held] * len(table.groups)
    assert len(told.on_scale) == held
    assert told.kept[0].tobytes() == whole.kept[0][:held].tobytes()


def test_progress_is_told_of_every_block(table: Variants) -> None:
    told: list[int] = []
    table.run(20_000, 3, progress=told.append)
    assert told == [8192, 8192, 3616]


@pytest.mark.parametrize("cores", [1, 2])
def test_interrupted_it_gives_what_was_finished(
    table: Variants, cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)

    def stop(size: int) -> None:
        raise KeyboardInterrupt

    told = table.run(20_000, 3, progress=stop)
    same(told, table.run(8192, 3))


def test_interrupted_before_anything_was_finished(
    table: Variants, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> Outcome:
        raise KeyboardInterrupt

    monkeypatch.setattr(engine, "one_block", stopped)
    with pytest.raises(KeyboardInterrupt):
        table.run(100, 3)


def test_one_variant(table: Variants) -> None:
    told = table.run(1, 3, keep=10)
    assert told.draws == 1
    assert (told.shares[0].scored <= 1).all()
    assert told.shares[0].counts.sum() == 12


def test_needed_configurations_are_those_that_are_met(table: Variants) -> None:
    met = set(needed(table.plan.effects, 20_000, 12, 3))
    # Three methods, two rules, one direction.
    assert met == {(a, b, c) for a in range(3) for b in range(2) for c in range(2)}
    few = set(needed(table.plan.effects, 2, 12, 3))
    assert few < met
    assert needed((), 5, 12, 3) == [()]


def test_what_was_not_prepared_counts_as_failed(table: Variants) -> None:
    work = table.work()
    left = {code: made for code, made in work.configurations.items() if code[0] != 2}
    assert len(left) < len(work.configurations)
    less = engine.Work(work.effects, left, work.groups, work.units, work.ranked, work.nodes)
    told = run(less, 3_000, 3, keep=3_000)
    assert {code[0] for code in told.failed} == {2}
    lost = sum(told.failed.values())
    assert 800 < lost < 1_200
    assert int(told.shares[0].scored[0]) == 3_000 - lost
    assert np.isnan(told.kept[0]).all(axis=1).sum() == lost
    none = run(engine.Work(work.effects, {}, work.groups, 12, 12, work.nodes), 50, 3, keep=5)
    assert sum(none.failed.values()) == 50
    assert not none.shares[0].counts.any()
    assert none.failed == Counter(none.failed)


def test_a_run_without_any_factor_is_the_nominal_one() -> None:
    held = variants(lenient(two_areas()), dataset(grid(5, 1)))
    told = held.run(30, 1, keep=2)
    np.testing.assert_array_equal(told.shares[0].counts, 30 * np.eye(5, dtype=np.int64))
    assert held.at({}, 3).scores[0].shape == (3, 5)
