"""Who agreed to what rests on agreement: read before a photo is published or a letter sent."""

from collections.abc import Iterator

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.consent_queries import Agreed, who_agree
from app.accounts.consents import SENTENCES
from app.accounts.family_models import Purpose
from app.accounts.policies import can_read_agreements
from app.administration.blueprint import bp
from app.core.csv import csv_file
from app.core.i18n import _
from app.core.pagination import page_number, part_of
from app.core.policies import allowed
from app.core.typography import date_fr

SIZE = 40


@bp.get("/accords")
@allowed(can_read_agreements)
def agreements() -> ResponseReturnValue:
    purpose = _purpose()
    return render_template(
        "administration/agreements.html",
        page=part_of(who_agree(purpose), page_number(), SIZE),
        sentence=SENTENCES[purpose],
        sentences=SENTENCES.values(),
    )


@bp.get("/accords.csv")
@allowed(can_read_agreements)
def agreements_csv() -> ResponseReturnValue:
    purpose = _purpose()
    return csv_file(f"accords-{purpose.value}.csv", _rows(who_agree(purpose)))


def _purpose() -> Purpose:
    try:
        return Purpose(request.args.get("pour", Purpose.PHOTO.value))
    except ValueError:
        abort(404)


def _rows(people: list[Agreed]) -> Iterator[tuple[object, ...]]:
    yield (_("Nom"), _("Naissance"), _("E-mail confirmé"), _("D’accord depuis"))
    for one in people:
        yield (one.name, one.year_of_birth, one.email, date_fr(one.since))
