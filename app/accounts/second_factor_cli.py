"""Commands about the second factor."""

import click
from flask import current_app
from sqlalchemy import select

from app.accounts import second_factor_services
from app.accounts.cli import cli
from app.accounts.models import Resident
from app.core.db import db


@cli.command("reset-second-factor")
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """Let someone who has lost phone and spare codes in again; they are signed out meanwhile."""
    resident = _who(email)
    with current_app.test_request_context():
        second_factor_services.reset_by_command(resident)
    click.echo("Remis à zéro. La personne en mettra un autre en place à sa prochaine connexion.")


@cli.command("code")
@click.argument("email")
def code(email: str) -> None:
    """The code of the moment of an identity of the demonstration; in development alone."""
    shown = second_factor_services.demonstration_code(_who(email))
    if shown is None:
        raise click.ClickException("Seule la démonstration dit ses codes.")
    click.echo(shown)


def _who(email: str) -> Resident:
    resident = db.session.scalar(select(Resident).where(Resident.email == email.strip().lower()))
    if resident is None:
        raise click.ClickException("Aucun compte n’a cette adresse.")
    return resident
