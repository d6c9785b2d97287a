"""How text gets in: source, snapshot, blocks, structure, records."""
