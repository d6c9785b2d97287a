"""Formats: bytes of a kind in, text or marked-up text out; nothing here knows what a document is."""
