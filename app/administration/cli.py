"""Commands about the table of rights."""

import click
from flask.cli import AppGroup

import config
from app.administration.rights_table import as_markdown

DOCUMENT = config.ROOT / "docs" / "droits.md"

cli = AppGroup("rights", help="Table des droits.")


@cli.command("write")
def write() -> None:
    """Write docs/droits.md from the table of rights."""
    DOCUMENT.write_text(as_markdown(), "utf-8")
    click.echo(f"{DOCUMENT.relative_to(config.ROOT)} est à jour.")
