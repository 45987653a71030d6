"""Mutual help between residents: offers, requests, private words, and a thank-you."""
