"""The append-only register of everything that counts."""
