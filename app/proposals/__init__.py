"""Proposals, supports, debate, and the projects that come of them."""
