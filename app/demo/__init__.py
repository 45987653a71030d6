"""The demonstration centre: a year of believable life, made by the services themselves."""
