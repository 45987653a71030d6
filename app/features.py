"""The features of the house, from the top floor down: their routes, commands and receivers."""

from flask import Flask

from app import tables
from app.accounts import views as accounts
from app.accounts.cli import cli as accounts_cli

ALL_TABLES = tables.__all__


def init_features(app: Flask) -> None:
    """Open every room."""
    for blueprint in (accounts.bp,):
        app.register_blueprint(blueprint)
    for group in (accounts_cli,):
        app.cli.add_command(group)
