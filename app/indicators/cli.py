"""Commands about the figures."""

import click
from flask.cli import AppGroup

from app.indicators import audits, periods, workbook

cli = AppGroup("indicators", help="Indicateurs : vérifier, recalculer.")


@cli.command("audit")
def audit() -> None:
    """Recount every mark from the ledger and print each difference."""
    found = audits.audit()
    for difference in found.differences:
        key = difference.key
        click.echo(
            f"{key.code} {key.year}-{difference.month:02} {key.unit or 'total'} "
            f"quartier {key.quartier_id} instance {key.body_id} : "
            f"{difference.kept} gardé, {difference.recounted} recompté"
        )
    if found.differences:
        raise click.ClickException(f"{len(found.differences)} différence(s).")
    click.echo(f"Aucune différence ({found.marks} marques, {found.entries} lignes)")


@cli.command("rebuild")
def rebuild() -> None:
    """Write every mark again from the ledger."""
    click.echo(f"{audits.rebuild()} marques recalculées")


@cli.command("workbook")
@click.argument("period")
@click.argument("path", type=click.Path(dir_okay=False, writable=True))
def write_workbook(period: str, path: str) -> None:
    """Write the team's workbook of a period (« annee-2026 », « saison-2025 »), however long."""
    found = periods.named(period)
    if found is None:
        raise click.BadParameter("annee-2026 ou saison-2025", param_hint="PERIOD")
    with open(path, "wb") as file:
        workbook.write_workbook(file, found, public=False)
    click.echo(path)
