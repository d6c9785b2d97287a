"""The procedure ledger: each procedure with its parts, what it rests on, and what keeps it complicated."""
