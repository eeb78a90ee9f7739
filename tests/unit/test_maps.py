"""Fitted column maps: limits, the sign of nought, and what old frames hold."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydantic import TypeAdapter

from stiscore.methods.maps import Affine, ColumnMap, Ecdf, Steps, apply_maps

LIMITS = [(None, None), (0.0, None), (None, 7.0), (-0.0, 100.0), (0.0, 100.0)]
VALUES = np.array([-0.0, 0.0, -80.0, 3.0, np.nan, 500.0])


def test_each_column_has_its_own_limits() -> None:
    maps = [Affine(scale=1.0, offset=-0.0, lower=low, upper=high) for low, high in LIMITS]
    out = apply_maps(np.column_stack([VALUES] * len(maps)), maps)
    for column, (low, high) in zip(out.T, LIMITS, strict=True):
        wanted = [
            x if np.isnan(x) else min(max(x, -np.inf if low is None else low), high or np.inf)
            for x in VALUES
        ]
        np.testing.assert_array_equal(column, wanted)
        assert not np.signbit(column[column == 0]).any()


@given(
    values=arrays(float, (5, 3), elements=st.floats(-1e300, 1e300) | st.just(np.nan)),
    limits=st.lists(st.sampled_from(LIMITS), min_size=3, max_size=3),
)
def test_a_table_gives_the_bits_of_its_columns(
    values: np.ndarray, limits: list[tuple[float | None, float | None]]
) -> None:
    maps = [
        Affine(curve=curve, scale=scale, offset=5.0, lower=low, upper=high)
        for (low, high), curve, scale in zip(
            limits, ("linear", "sqrt", "linear"), (2.0, -1.5, 0.0), strict=True
        )
    ]
    whole = apply_maps(values, maps)
    for j, fitted in enumerate(maps):
        alone = fitted.apply(np.ascontiguousarray(values[:, j]))
        assert np.ascontiguousarray(whole[:, j]).tobytes() == alone.tobytes()


def test_maps_of_all_kinds_stand_side_by_side() -> None:
    maps = [
        Ecdf(values=(1.0, 3.0), benefit=False, scale=1.0, offset=1.0),
        Affine(scale=2.0, offset=0.0),
        Steps(thresholds=(-2.0,), scores=(0.0, 9.0), benefit=False),
    ]
    out = apply_maps(np.array([[1.0] * 3, [2.0] * 3, [3.0] * 3, [np.nan] * 3]), maps)
    wanted = [[2, 2, 9], [2, 4, 9], [1, 6, 0], [np.nan] * 3]
    np.testing.assert_array_equal(out, wanted)


def test_frames_saved_before_there_were_kinds_still_load() -> None:
    kind: TypeAdapter[ColumnMap] = TypeAdapter(ColumnMap)
    old = b'{"curve":"linear","scale":2.0,"offset":1.0,"lower":0.0,"upper":null}'
    assert kind.validate_json(old) == Affine(scale=2.0, offset=1.0, lower=0.0)
