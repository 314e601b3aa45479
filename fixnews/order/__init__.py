"""Reading order: the lines of a whole page, one column wide, story by story."""
