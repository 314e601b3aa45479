"""Words and terms: what is one, what it may be confused with, and whose dictionary says so."""
