"""Numbers of many variants of one index: draws, ranks, tallies, indices. Arrays only."""
