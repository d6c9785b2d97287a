"""Word files: their own parts read, so that numbers, notes and revisions are not lost."""
