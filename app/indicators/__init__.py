"""The indicators of the projet social, computed from the ledger."""
