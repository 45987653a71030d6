"""The shapes of the open data, as OpenAPI describes them."""

from typing import Any

from apiflask import Schema
from apiflask.fields import Float, Integer, List, Nested, String


class PeriodQuery(Schema):
    """Both dates are optional: the current civil year by default."""

    debut = String(metadata={"description": "Premier jour, AAAA-MM-JJ", "format": "date"})
    fin = String(metadata={"description": "Dernier jour, compris, AAAA-MM-JJ", "format": "date"})


class Amount(Float):
    """A number as it is: whole, or with a fraction."""

    def _format_num(self, value: Any) -> Any:
        return value


class IndicateurSchema(Schema):
    code = String(required=True, metadata={"example": "3.2.3"})
    titre = String(required=True)
    valeur = Amount(
        required=True,
        allow_none=True,
        metadata={"description": "Vide quand il s’agit de peu de personnes"},
    )
    unite = String(required=True, metadata={"example": "habitants"})
    note = String(metadata={"description": "Pourquoi la valeur est vide"})


class IndicateursSchema(Schema):
    debut = String(required=True, metadata={"format": "date"})
    fin = String(required=True, metadata={"format": "date"})
    indicateurs = List(Nested(IndicateurSchema), required=True)


class RefusalSchema(Schema):
    message = String(required=True)
    status = Integer(required=True)
