"""How text is found: Vietnamese analysis, index, query, ranking, snippets."""
