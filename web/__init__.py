"""Pages and JSON for people and programs: reads, never writes the law."""
