"""What is known: the model, the citation grammar, validity over time, the ledgers, the store and the register."""
