"""Commands about polls."""

import click
from flask.cli import AppGroup

from app.core.db import db
from app.voting.closing import recount
from app.voting.jobs import tend
from app.voting.models import Poll

cli = AppGroup("polls", help="Scrutins.")


@cli.command("tend")
def tend_now() -> None:
    """Open and close now the polls whose time has come."""
    opened, closed = tend()
    click.echo(f"{opened} ouvert(s), {closed} fermé(s)")


@cli.command("verify")
@click.argument("poll_id", type=int)
def verify(poll_id: int) -> None:
    """Count again a closed poll from its published ballots, and compare with what is shown."""
    poll = db.session.get(Poll, poll_id)
    if poll is None or poll.result is None:
        raise click.ClickException("Ce scrutin n’existe pas, ou n’a pas de résultat.")
    again = recount(poll)
    wrong = [key for key in again if again[key] != poll.result.get(key)]
    if wrong:
        raise click.ClickException(f"Le résultat publié diffère : {', '.join(sorted(wrong))}")
    click.echo(f"Conforme : {again['ballots']} bulletins recomptés.")
