"""What it would take: the least change of one unit's levers that reaches a goal."""
