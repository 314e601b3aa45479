"""Stories that jump: pages of an issue, jump lines, heads and tails, and which belong together."""
