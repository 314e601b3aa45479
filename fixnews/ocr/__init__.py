"""What the recogniser misread: characters and marks, and what may have been printed."""
