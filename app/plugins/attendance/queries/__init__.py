"""Reading attendance: meetings with their records, rosters, the grid, PALMS, and what waits. Frozen rows only."""
