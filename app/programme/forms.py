"""What the team types about actions, their dates and who came."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import cast

from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import NumberRange, Regexp

from app.core.forms import Form, Optional, ParisDateTimeField, at_most, options, required
from app.core.i18n import _l
from app.core.typography import typo
from app.programme.attendance import MOST_MINUTES, MOST_PEOPLE, HeadCount
from app.programme.kinds import COUNT_METHODS, LEAD_WORDS, NATURE_WORDS, PUBLIC_WORDS
from app.programme.models import MOST_PLACES, Action
from app.programme.services import ActionDetails

CARD = r".*?(\d[\d ]{6,9}\d)\s*\Z"
"""Eight digits, alone or at the end of the address that a reader of codes gives."""

NATURES = list(NATURE_WORDS.items())


class ActionForm(Form):
    title = StringField(_l("Titre"), validators=[required(), at_most(120)])
    kind = SelectField(
        _l("Type"),
        choices=[],
        validators=[required(_l("Choisissez un type dans la liste."))],
    )
    nature = SelectField(
        _l("Réunion de partenaires, ou présentation du centre : précisez"),
        choices=options([("", _l("Ce n’est ni l’une ni l’autre")), *NATURES]),
    )
    description = TextAreaField(_l("Description"), validators=[Optional(), at_most(4000)])
    public = SelectField(_l("Pour qui ?"), choices=options(PUBLIC_WORDS.items()))
    lead = SelectField(_l("Qui l’organise ?"), choices=options(LEAD_WORDS.items()))
    is_offsite = BooleanField(_l("Hors les murs : dans le quartier, pas au centre"))
    quartier_id = SelectField(_l("Quartier"), coerce=int, choices=[])
    place = StringField(_l("Lieu"), validators=[Optional(), at_most(160)])
    takes_registrations = BooleanField(_l("On s’inscrit avant de venir"))
    capacity = IntegerField(
        _l("Combien de places à chaque date ?"),
        validators=[
            Optional(),
            NumberRange(1, MOST_PLACES, _l("Un nombre entre %(min)s et %(max)s.")),
        ],
    )
    renews_id = SelectField(_l("Reprend une action d’avant ?"), coerce=int, choices=[])

    def with_choices(
        self,
        quartiers: Iterable[tuple[int, str]],
        kinds: Iterable[tuple[str, str]],
        actions: Iterable[tuple[int, str]],
    ) -> "ActionForm":
        """Offer these quartiers, kinds and actions, and none of them."""
        self.quartier_id.choices = options([(0, _l("Aucun en particulier")), *quartiers])
        self.kind.choices = options([("", _l("Choisir")), *kinds])
        self.renews_id.choices = options([(0, _l("Non, elle est nouvelle")), *actions])
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
            public=str(self.public.data),
            nature=self.nature.data or None,
            takes_registrations=bool(self.takes_registrations.data),
            capacity=self.capacity.data,
            renews_id=self.renews_id.data or None,
        )


def filled(action: Action) -> dict[str, object]:
    """What the form starts from, for an action that exists."""
    values = {name: getattr(action, name) for name in ActionDetails.__dataclass_fields__}
    chosen = {"quartier_id": action.quartier_id or 0, "renews_id": action.renews_id or 0}
    return {**values, **chosen, "nature": action.nature or ""}


class SessionForm(Form):
    starts_at = ParisDateTimeField(_l("Début"), validators=[required()])
    ends_at = ParisDateTimeField(_l("Fin"), validators=[required()])

    def times(self) -> tuple[datetime, datetime]:
        """Start and end, as moments."""
        return cast(datetime, self.starts_at.data), cast(datetime, self.ends_at.data)


class MoveForm(SessionForm):
    rest = BooleanField(_l("Changer aussi toutes les dates qui suivent"))


class ReasonForm(Form):
    reason = TextAreaField(_l("Pourquoi ?"), validators=[required(), at_most(500)])


class CancelForm(ReasonForm):
    rest = BooleanField(_l("Annuler aussi toutes les dates qui suivent"))


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


class CardForm(Form):
    """A card, typed or read by a machine that types."""

    number = StringField(
        _l("Numéro de carte"),
        validators=[required(), at_most(300), Regexp(CARD, message=_l("Écrivez 8 chiffres."))],
    )

    def digits(self) -> str:
        """The eight digits."""
        return "".join(char for char in (self.number.data or "") if char.isdigit())[-8:]


class PaperForm(Form):
    """What was signed on paper: boxes for those awaited, numbers of cards for the others."""

    present = SelectMultipleField(_l("Présent"), coerce=int)
    cards = TextAreaField(
        _l("Cartes des autres personnes"),
        description=_l("Un numéro de 8 chiffres par ligne."),
        validators=[Optional(), at_most(2000)],
    )

    def among(self, resident_ids: list[int]) -> "PaperForm":
        """Admit ticks for these people only."""
        self.present.choices = options((one, str(one)) for one in resident_ids)
        return self

    def numbers(self) -> list[str]:
        """The cards, one a line or between commas, without blanks inside.

        Of the address that a reader of codes gives, the number at its end; what is no number is
        a card that nobody has.
        """
        typed = re.split(r"[\n\r,;]+", self.cards.data or "")
        found = ["".join(one.split()) for one in typed if one.strip()]
        return [one[-8:] if re.search(r"/\d{8}\Z", one) else one[:40] for one in found]


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
    minutes = IntegerField(
        _l("Combien de minutes a-t-elle duré ?"),
        validators=[
            Optional(),
            NumberRange(1, MOST_MINUTES, _l("Un nombre entre %(min)s et %(max)s.")),
        ],
    )

    alone = BooleanField(_l("Aucun partenaire n’est venu"))

    def count(self) -> HeadCount | None:
        """The count, or nothing when only the names count."""
        if self.people.data is None:
            return None
        return HeadCount(self.people.data, str(self.method.data), self.counted_by.data or "")
