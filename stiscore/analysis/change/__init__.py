"""From one score to another: the sides, the factors in which they differ, and how they part."""
