"""Front page, my space, search across features, legal pages."""
