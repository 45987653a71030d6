"""Commands about polls."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.centre.settings import rule
from app.core.db import db
from app.voting.checking import differences
from app.voting.counter import Refused, count
from app.voting.exports import export
from app.voting.formats import FORMATS
from app.voting.formats.base import FormatError
from app.voting.jobs import tend
from app.voting.models import Poll
from app.voting.policies import can_read_ballots

cli = AppGroup("polls", help="Scrutins.")
cli.add_command(count)


@cli.command("tend")
def tend_now() -> None:
    """Open and close now the polls whose time has come."""
    opened, closed = tend()
    click.echo(f"{opened} ouvert(s), {closed} fermé(s)")


@cli.command("verify")
@click.argument("poll_id", type=int)
def verify(poll_id: int) -> None:
    """Count again a closed poll from its published file, and compare with what is shown."""
    poll = db.session.get(Poll, poll_id)
    if poll is None or poll.result is None:
        raise click.ClickException("Ce scrutin n’existe pas, ou n’a pas de résultat.")
    wrong = differences(poll)
    if wrong:
        raise click.ClickException(f"Le résultat publié diffère : {', '.join(wrong)}")
    click.echo(f"Conforme : {poll.result['ballots']} bulletins recomptés.")


@cli.command("export")
@click.argument("poll_id", type=int)
@click.option("--format", "key", required=True, type=click.Choice(list(FORMATS)))
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False))
def export_ballots(poll_id: int, key: str, output: Path | None) -> None:
    """Write the ballots of a closed poll, as many tools read them."""
    poll = db.session.get(Poll, poll_id)
    if poll is None or poll.result is None:
        raise click.ClickException("Ce scrutin n’existe pas, ou n’a pas de résultat.")
    if not can_read_ballots(poll, rule("public_threshold")):
        raise click.ClickException(
            "Trop peu de bulletins pour les publier : leur secret ne tiendrait pas."
        )
    try:
        text = export(poll, key)
    except FormatError as refusal:
        raise Refused(str(refusal)) from refusal
    if output is None:
        click.echo(text, nl=False)
    else:
        # Spreadsheets need the mark to read accents, other tools do not expect it.
        output.write_text(text, encoding="utf-8-sig" if key == "csv" else "utf-8", newline="")
