"""Commands about polls."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.centre.settings import rule
from app.core.db import db
from app.voting import package
from app.voting.checking import differences, file_differences, in_words
from app.voting.counter import Refused, count
from app.voting.exports import export
from app.voting.formats import FORMATS
from app.voting.formats.base import FormatError
from app.voting.jobs import tend
from app.voting.models import Poll
from app.voting.policies import can_read_ballots

PACKAGE = "package"

cli = AppGroup("polls", help="Scrutins.")
cli.add_command(count)


@cli.command("tend")
def tend_now() -> None:
    """Open and close now the polls whose time has come."""
    opened, closed = tend()
    click.echo(f"{opened} ouvert(s), {closed} fermé(s)")


@cli.command("verify")
@click.argument("poll_id", type=int)
@click.argument("path", metavar="[FICHIER]", required=False, type=click.Path(path_type=Path))
def verify(poll_id: int, path: Path | None) -> None:
    """Count again a closed poll from its published file, or from one that was downloaded."""
    poll = _closed(poll_id)
    if path is None:
        wrong = differences(poll)
    else:
        try:
            wrong = file_differences(poll, path.read_bytes(), rule("public_threshold"))
        except FormatError as refusal:
            raise Refused(str(refusal)) from refusal
        except OSError as error:
            raise Refused(f"Ce fichier ne peut pas être lu : {path}") from error
    if wrong:
        what = "Le résultat publié" if path is None else f"Le fichier {path.name}"
        raise click.ClickException(f"{what} diffère : {in_words(wrong)}")
    click.echo(f"Conforme : {(poll.result or {})['ballots']} bulletins recomptés.")


@cli.command("export")
@click.argument("poll_id", type=int)
@click.option("--format", "key", required=True, type=click.Choice([*FORMATS, PACKAGE]))
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False))
def export_ballots(poll_id: int, key: str, output: Path | None) -> None:
    """Write the ballots of a closed poll, as many tools read them."""
    poll = _closed(poll_id)
    if not can_read_ballots(poll, rule("public_threshold")):
        raise click.ClickException(
            "Trop peu de bulletins pour les publier : leur secret ne tiendrait pas."
        )
    if key == PACKAGE:
        packed = package.archive(poll, rule("public_threshold"))
        if output is None:
            click.echo(packed, nl=False)
        else:
            output.write_bytes(packed)
        return
    try:
        text = export(poll, key)
    except FormatError as refusal:
        raise Refused(str(refusal)) from refusal
    if output is None:
        click.echo(text, nl=False)
    else:
        # Spreadsheets need the mark to read accents, other tools do not expect it.
        output.write_text(text, encoding="utf-8-sig" if key == "csv" else "utf-8", newline="")


def _closed(poll_id: int) -> Poll:
    poll = db.session.get(Poll, poll_id)
    if poll is None or poll.result is None:
        raise click.ClickException("Ce scrutin n’existe pas, ou n’a pas de résultat.")
    return poll
