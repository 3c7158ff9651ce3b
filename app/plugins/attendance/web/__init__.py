"""Pages of attendance: the grid, the record of a meeting, the way in at the door, and the room's screen."""
