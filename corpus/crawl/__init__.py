"""Asking the sources, politely: what to ask, what may be asked, what came, and whether it is what it should be."""
