"""Characters: which a recogniser misread, lost or made up, and what may have been printed."""
