"""The server as it is, without what `gunicorn.conf.py` adds for the house."""
