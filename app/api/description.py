"""Open data: how the document that describes them begins, and how a slip in a filter is told."""

from collections.abc import Iterator
from typing import Any

from apiflask import APIFlask
from apiflask.exceptions import HTTPError
from flask import Response

from app.api.blueprint import LICENCE, LICENCE_URL, init_open_data
from app.core.http import problem

ABOUT = """Les données publiques du centre social, en lecture seule, sans compte ni clé.

Aucune donnée personnelle : les auteurs ne sont pas nommés, et les noms, adresses et numéros
écrits dans les textes en sont retirés. Ce qui compte trop peu de personnes est vide.

Les listes vont par pages. Une réponse porte un ETag : renvoyez-le dans If-None-Match, la réponse
304 dit que rien n’a changé. Plus de 120 demandes par minute sont refusées (429). Une erreur est
un document application/problem+json (RFC 9457), dont le détail est en français."""


def describe(app: APIFlask) -> None:
    """Title, licence and address of the API, and its refusals."""
    app.config.update(
        DESCRIPTION=ABOUT,
        LICENSE={"name": LICENCE, "url": LICENCE_URL},
        SERVERS=[{"url": app.config["PUBLIC_URL"]}],
        SUCCESS_DESCRIPTION="Voici",
        AUTO_OPERATION_ID=True,
        AUTO_TAGS=False,
        AUTO_404_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
    )
    app.title = "Données ouvertes de Maisonnée"
    app.error_callback = _refused
    init_open_data(app)


def _refused(error: HTTPError) -> Response:
    faults = dict(_faults(error.detail))
    said = " ".join(f"{name}\u00a0: {message}" for name, message in faults.items())
    return problem(error.status_code, said or str(error.message), erreurs=faults)


def _faults(detail: Any) -> Iterator[tuple[str, str]]:
    """(filter, what is wrong with it)."""
    for fields in detail.values() if isinstance(detail, dict) else ():
        for name, messages in fields.items():
            yield str(name), " ".join(map(str, messages))
