"""The task ledger: each task once, with who owes it, how far it is and whether what assigns it still stands."""
