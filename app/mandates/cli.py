"""Doing a draw again, by anyone, from its list and its seed."""

import csv
from pathlib import Path

import click
from flask.cli import AppGroup

from app.mandates.drawing import commitment_of, draw, rank

NO_LIST = "Ce fichier n’est pas la liste d’un tirage."

cli = AppGroup("mandates", help="Mandats.")


@cli.command("draw")
@click.argument("path", metavar="FICHIER", type=click.Path(path_type=Path, exists=True))
@click.option("--seed", required=True, help="La graine publiée.")
@click.option("--seats", required=True, type=click.IntRange(1, 60), help="Sièges à pourvoir.")
def draw_again(path: Path, seed: str, seats: int) -> None:
    """Draw again from the published list (columns « numero » and « strate »)."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter=";"))
        strata = {int(row["numero"]): row["strate"].removeprefix("'") for row in rows}
    except (KeyError, AttributeError, TypeError, ValueError) as error:
        raise click.ClickException(NO_LIST) from error
    if not strata:
        raise click.ClickException(NO_LIST)
    drawn = draw(seed, strata, seats)
    click.echo(f"Empreinte de la graine : {commitment_of(seed)}")
    for words, numbers in (("Tirés", drawn.chosen), ("Suppléants, dans l’ordre", drawn.waiting)):
        click.echo(f"{words} :")
        for number in numbers:
            click.echo(f"  {number}  {rank(seed, number)}  {strata[number]}".rstrip())
