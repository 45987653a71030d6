"""`flask prepare`, before serving; `flask demo`, to load the demonstration at will."""

import click
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import select

from app.accounts.models import Resident
from app.core.db import db
from app.core.health import migrations_current
from app.demo.load import NotEmpty, load
from app.demo.people import CARD, PASSWORD, PIN
from app.indicators.audits import rebuild

IDENTITIES = (
    ("Habitante", "amina@example.org", PASSWORD),
    ("Habitante sans e-mail (carte)", CARD, PIN),
    ("Référent du comité famille", "thomas@example.org", PASSWORD),
    ("Représentante d’association", "priya@example.org", PASSWORD),
    ("Membre du conseil", "rachid@example.org", PASSWORD),
    ("Agent d’accueil", "accueil@example.org", PASSWORD),
    ("Directrice et administratrice", "direction@example.org", PASSWORD),
)


@click.command("prepare")
def prepare() -> None:
    """Bring the database up to date; in development, load the demonstration in a new one."""
    if not migrations_current():
        upgrade()
        # What counts may have changed with the version: totals are counted again.
        rebuild()
    if current_app.config["DEMO"]:
        if db.session.scalar(select(Resident.id).limit(1)) is None:
            click.echo("Chargement du centre de démonstration…")
            with current_app.test_request_context():
                load()
        _introduce()
    click.echo(f"\nMaisonnée : {current_app.config['PUBLIC_URL']}\n")


@click.command("demo")
def demo() -> None:
    """Load the demonstration centre in an empty database."""
    try:
        with current_app.test_request_context():
            load()
    except NotEmpty as refusal:
        raise click.ClickException("La base contient déjà des personnes.") from refusal
    _introduce()


def _introduce() -> None:
    click.echo("\nPour essayer (démonstration seulement) :")
    for who, identifier, secret in IDENTITIES:
        click.echo(f"  {who:<32} {identifier:<24} {secret}")
    if current_app.config["DEMO"]:
        click.echo(
            "  La directrice entre en deux étapes : la page montre le code à recopier.\n"
            "  (ou : flask --app wsgi people code direction@example.org)"
        )
