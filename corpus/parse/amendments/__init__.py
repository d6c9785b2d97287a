"""Amending acts: their instructions, with the exact provision that each one acts on."""
