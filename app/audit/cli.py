"""Commands about the audit log."""

import click
from flask.cli import AppGroup

from app.audit.services import faults

cli = AppGroup("audit", help="Journal des actes de l’équipe.")


@cli.command("verify")
def verify() -> None:
    """Follow the chain from its first line, and print each break (none, at any time)."""
    found = list(faults())
    for fault in found:
        click.echo(fault)
    if found:
        raise click.ClickException("Le journal a été touché.")
    click.echo("Le journal tient : aucune ligne changée ni absente.")
