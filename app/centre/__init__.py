"""The centre's identity, quartiers, categories and settings."""
