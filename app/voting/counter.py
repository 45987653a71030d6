"""`flask polls count`: the counter as a tool, on a file and without any database."""

import json
from pathlib import Path
from typing import Any

import click

from app.voting.formats import FORMATS, format_of
from app.voting.formats.base import Election, FormatError, text_of
from app.voting.methods import METHODS
from app.voting.methods.base import Method
from app.voting.tally import Uncountable, tally


class Refused(click.ClickException):
    """A file that cannot be read or counted; the sentence says why."""

    exit_code = 2


NAMES = {key.replace("_", "-"): key for key in METHODS}


@click.command("count")
@click.option("--method", "name", required=True, type=click.Choice(list(NAMES)))
@click.option("--seats", type=click.IntRange(1, 10_000), help="Combien d’élus ou de gagnants.")
@click.option("--ties", help="Budgets : ce qui départage, par exemple maxvotes,mincost,id.")
@click.option("--seed", help="La graine publiée pour tirer au sort les dernières égalités.")
@click.option("--rules", "rules_json", help="Autres règles de la méthode, en JSON.")
@click.option("--format", "format_key", type=click.Choice(list(FORMATS)))
@click.option("--json", "as_json", is_flag=True, help="Le résultat entier, en JSON.")
@click.argument("path", metavar="FICHIER", type=click.Path(path_type=Path))
def count(
    name: str,
    seats: int | None,
    ties: str | None,
    seed: str | None,
    rules_json: str | None,
    format_key: str | None,
    as_json: bool,
    path: Path,
) -> None:
    """Count an election from a file: CSV, JSON, ABIF, PrefLib, BLT or Pabulib."""
    method = METHODS[NAMES[name]]
    try:
        given = _given(method, seats, ties, seed, rules_json)
        result = tally(_election(path, method, format_key), method.key, given)
    except (FormatError, Uncountable) as refusal:
        raise Refused(str(refusal)) from refusal
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        click.echo(_told(result))


def _election(path: Path, method: Method[Any, Any, Any], key: str | None) -> Election:
    found = FORMATS[key] if key else format_of(path.name)
    if found is None:
        raise Refused("Ce fichier n’a pas une fin de nom connue : dites son format (--format).")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"Ce fichier ne peut pas être lu : {path}") from error
    return found.read(text_of(data), method.holds)


def _given(
    method: Method[Any, Any, Any],
    seats: int | None,
    ties: str | None,
    seed: str | None,
    rules_json: str | None,
) -> dict[str, Any]:
    """The rules of the command line; the method says which it does not know."""
    try:
        given = json.loads(rules_json) if rules_json else {}
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise Refused("Les règles (--rules) forment un objet JSON.")
    if seats is not None:
        given["seats"] = seats
    if ties is not None:
        given["ties"] = [tie.strip() for tie in ties.split(",")]
    if seed is not None:
        given["seed"] = seed
    return given


def _told(result: dict[str, Any]) -> str:
    """A few lines for a person."""
    winners = ", ".join(result["winners"]) or "personne"
    places = [
        f"{place}. {', '.join(tied)}" for place, tied in enumerate(result["ranking"], start=1)
    ]
    counted = (
        f"{result['ballots']} bulletins, dont {result['blank']} blancs et {result['null']} nuls"
    )
    return "\n".join([f"{result['method']} : {winners}", *places, counted])
