"""Polls, electoral rolls, ballots and results."""
