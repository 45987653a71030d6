"""Residents, how they sign in, what they may do."""
