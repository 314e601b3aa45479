"""The page as it was laid out: roles of lines, breaks, and where stories start."""
