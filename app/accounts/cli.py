"""Commands about people."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.accounts import role_services
from app.accounts.models import Resident
from app.core.db import atomic, db
from app.core.errors import DomainError
from app.core.rights import Role

OF_THE_HOUSE = (Role.DESK, Role.DIRECTOR, Role.ADMINISTRATOR)
"""Roles without an instance or an association to name."""

cli = AppGroup("people", help="Personnes et rôles.")


@cli.command("grant")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in OF_THE_HOUSE]))
@atomic
def grant(email: str, role: str) -> None:
    """Give a role to the account with this address (the first administrator, for instance)."""
    resident = db.session.scalar(select(Resident).where(Resident.email == email.lower()))
    if resident is None:
        raise click.ClickException("Aucun compte n’a cette adresse.")
    try:
        role_services.give_role(None, resident, Role(role), reason="ligne de commande")
    except DomainError as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"{resident.full_name} : {role}")
