"""The ledger's tables as SQL, one file for each version."""
