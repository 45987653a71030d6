"""What the team types about actions, their dates and who came."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange

from app.core.forms import Form, Optional, ParisDateTimeField, at_most, options, required
from app.core.i18n import _l
from app.core.typography import typo
from app.programme.attendance import MOST_PEOPLE, HeadCount
from app.programme.kinds import COUNT_METHODS, KINDS, LEAD_WORDS
from app.programme.models import Action
from app.programme.services import ActionDetails


class ActionForm(Form):
    title = StringField(_l("Titre"), validators=[required(), at_most(120)])
    kind = SelectField(
        _l("Type"),
        choices=options([("", _l("Choisir")), *KINDS.items()]),
        validators=[required(_l("Choisissez un type dans la liste."))],
    )
    description = TextAreaField(_l("Description"), validators=[Optional(), at_most(4000)])
    lead = SelectField(_l("Qui l’organise ?"), choices=options(LEAD_WORDS.items()))
    is_offsite = BooleanField(_l("Hors les murs : dans le quartier, pas au centre"))
    quartier_id = SelectField(_l("Quartier"), coerce=int, choices=[])
    place = StringField(_l("Lieu"), validators=[Optional(), at_most(160)])

    def with_quartiers(self, quartiers: Iterable[tuple[int, str]]) -> "ActionForm":
        """Offer these quartiers, and none of them."""
        self.quartier_id.choices = options([(0, _l("Aucun en particulier")), *quartiers])
        return self

    def details(self) -> ActionDetails:
        """What the services take."""
        return ActionDetails(
            title=typo(str(self.title.data)),
            kind=str(self.kind.data),
            description=self.description.data or "",
            lead=str(self.lead.data),
            is_offsite=bool(self.is_offsite.data),
            quartier_id=self.quartier_id.data or None,
            place=self.place.data or "",
        )


def filled(action: Action) -> dict[str, object]:
    """What the form starts from, for an action that exists."""
    values = {name: getattr(action, name) for name in ActionDetails.__dataclass_fields__}
    return {**values, "quartier_id": action.quartier_id or 0}


class SessionForm(Form):
    starts_at = ParisDateTimeField(_l("Début"), validators=[required()])
    ends_at = ParisDateTimeField(_l("Fin"), validators=[required()])

    def times(self) -> tuple[datetime, datetime]:
        """Start and end, as moments."""
        return cast(datetime, self.starts_at.data), cast(datetime, self.ends_at.data)


class ReasonForm(Form):
    reason = TextAreaField(_l("Pourquoi ?"), validators=[required(), at_most(500)])


class SignForm(Form):
    """A name for the sheet."""

    resident_id = IntegerField(
        _l("Personne"), validators=[required(), NumberRange(1, 2**31 - 1, _l("Inconnu."))]
    )
    role = RadioField(
        _l("Venu comme"),
        choices=options([("public", _l("Public")), ("volunteer", _l("Bénévole"))]),
        default="public",
    )


class CloseForm(Form):
    """The head-count, when more people came than were named."""

    people = IntegerField(
        _l("Combien de personnes en tout ?"),
        validators=[
            Optional(),
            NumberRange(0, MOST_PEOPLE, _l("Un nombre entre %(min)s et %(max)s.")),
        ],
    )
    method = SelectField(
        _l("Comment avez-vous compté ?"),
        choices=options([("", _l("Choisir")), *COUNT_METHODS.items()]),
    )
    counted_by = StringField(_l("Qui a compté ?"), validators=[Optional(), at_most(80)])

    def count(self) -> HeadCount | None:
        """The count, or nothing when only the names count."""
        if self.people.data is None:
            return None
        return HeadCount(self.people.data, str(self.method.data), self.counted_by.data or "")
