"""What the team types of partners, conventions, social schemes and orientations."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from flask_wtf.file import FileField
from wtforms import (
    EmailField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.clock import today
from app.core.forms import EMAIL, DayField, Form, Optional, as_checked, at_most, options, required
from app.core.i18n import _, _l
from app.core.websites import checked_website
from app.partners.conventions import MOST_NOTICE, ConventionDetails
from app.partners.details import ContactDetails, PartnerDetails, checked_phone
from app.partners.models import Contact, Convention, Partner, Scheme
from app.partners.orientations import Orientation, is_counted_on
from app.partners.schemes import SchemeDetails
from app.partners.words import PARTNER_KINDS, PUBLICS, REASONS

Choices = Iterable[tuple[int, str]]
CHOOSE = ("", _l("Choisir"))
PHONE = as_checked(checked_phone)
WEBSITE = as_checked(checked_website)


def in_order(first: DayField, last: DayField) -> None:
    """Refuse, at the last of two days, one that comes before the first."""
    if first.data and last.data and last.data < first.data:
        raise ValidationError(_("La fin vient après le début."))


class TicksField(SelectMultipleField):
    """Several boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PartnerForm(Form):
    name = StringField(_l("Nom du partenaire"), validators=[required(), at_most(120)])
    kind = SelectField(
        _l("Type"),
        choices=options([CHOOSE, *PARTNER_KINDS.items()]),
        validators=[required(_l("Choisissez un type dans la liste."))],
    )
    purpose = TextAreaField(
        _l("Ce qu’il fait, en quelques mots"), validators=[Optional(), at_most(1000)]
    )
    mission_ids = TicksField(_l("Ses missions"), coerce=int, choices=[])
    publics = TicksField(_l("Pour qui ?"), choices=options(PUBLICS.items()))
    quartier_ids = TicksField(
        _l("Dans quels quartiers ?"),
        description=_l("Aucune case cochée : il agit partout."),
        coerce=int,
        choices=[],
    )
    address = StringField(_l("Adresse"), validators=[Optional(), at_most(200)])
    phone = TelField(_l("Téléphone"), validators=[Optional(), at_most(30), PHONE])
    email = EmailField(_l("Adresse e-mail"), validators=[Optional(), EMAIL, at_most(254)])
    website = StringField(_l("Site internet"), validators=[Optional(), at_most(190), WEBSITE])
    notes = TextAreaField(
        _l("Notes de l’équipe"),
        description=_l("L’équipe seule les lit. N’y parlez d’aucun habitant."),
        validators=[Optional(), at_most(4000)],
    )

    def offering(self, missions: Choices, quartiers: Choices) -> "PartnerForm":
        """Offer these missions and quartiers."""
        self.mission_ids.choices = options(missions)
        self.quartier_ids.choices = options(quartiers)
        return self

    def details(self) -> PartnerDetails:
        """What the services take."""
        typed: dict[str, Any] = {
            name: self[name].data for name in PartnerDetails.__dataclass_fields__
        }
        for name in ("mission_ids", "publics", "quartier_ids"):
            typed[name] = tuple(typed[name] or ())
        for name in ("purpose", "address", "notes"):
            typed[name] = typed[name] or ""
        return PartnerDetails(**typed)


def filled_partner(partner: Partner) -> dict[str, object]:
    """What the form starts from, for a partner that exists."""
    plain = ("name", "kind", "purpose", "address", "phone", "email", "website", "notes")
    return {
        **{name: getattr(partner, name) for name in plain},
        "mission_ids": [mission.id for mission in partner.missions],
        "quartier_ids": [quartier.id for quartier in partner.quartiers],
        "publics": [row.public for row in partner.publics],
    }


class ContactForm(Form):
    name = StringField(_l("Nom de la personne"), validators=[required(), at_most(120)])
    role = StringField(_l("Sa fonction"), validators=[Optional(), at_most(120)])
    phone = TelField(_l("Téléphone"), validators=[Optional(), at_most(30), PHONE])
    email = EmailField(_l("Adresse e-mail"), validators=[Optional(), EMAIL, at_most(254)])

    def details(self) -> ContactDetails:
        """What the services take."""
        return ContactDetails(
            name=str(self.name.data),
            role=self.role.data or "",
            phone=self.phone.data or None,
            email=self.email.data or None,
        )


def filled_contact(contact: Contact) -> dict[str, object]:
    """What the form starts from, for a contact that exists."""
    return {name: getattr(contact, name) for name in ContactDetails.__dataclass_fields__}


class MissionForm(Form):
    name = StringField(_l("Nouvelle mission"), validators=[required(), at_most(80)])


class ConventionForm(Form):
    title = StringField(_l("Objet de la convention"), validators=[required(), at_most(160)])
    starts_on = DayField(_l("Premier jour"), validators=[required()])
    ends_on = DayField(_l("Dernier jour"), validators=[required()])
    notice_months = IntegerField(
        _l("Y penser combien de mois avant la fin ?"),
        default=3,
        validators=[
            required(),
            NumberRange(0, MOST_NOTICE, _l("Un nombre de mois entre 0 et 24.")),
        ],
    )
    signed_by = StringField(
        _l("Signée par"),
        description=_l("Les deux signataires. Exemple : la directrice et le président."),
        validators=[Optional(), at_most(160)],
    )
    file = FileField(_l("Document PDF (6 Mo au plus)"))

    def validate_ends_on(self, field: DayField) -> None:
        """Not before the first day."""
        in_order(self.starts_on, field)

    def details(self) -> ConventionDetails:
        """What the services take."""
        return ConventionDetails(
            title=str(self.title.data),
            starts_on=cast(date, self.starts_on.data),
            ends_on=cast(date, self.ends_on.data),
            notice_months=cast(int, self.notice_months.data),
            signed_by=self.signed_by.data or "",
        )


def filled_convention(convention: Convention) -> dict[str, object]:
    """What the form starts from, for a convention that exists."""
    return {name: getattr(convention, name) for name in ConventionDetails.__dataclass_fields__}


class SchemeForm(Form):
    title = StringField(_l("Nom du dispositif"), validators=[required(), at_most(160)])
    audience = StringField(
        _l("Pour qui ?"),
        description=_l("Exemple : les familles dont le quotient est sous 700 €."),
        validators=[Optional(), at_most(300)],
    )
    text = TextAreaField(_l("Ce qu’il apporte"), validators=[required(), at_most(8000)])
    where_to_go = TextAreaField(_l("Où s’adresser ?"), validators=[Optional(), at_most(2000)])
    source_url = StringField(
        _l("D’où vient cette information ?"),
        description=_l("L’adresse de la page officielle."),
        validators=[Optional(), at_most(290), WEBSITE],
    )
    valid_from = DayField(_l("Valable à partir du"), validators=[Optional()])
    valid_until = DayField(_l("Valable jusqu’au"), validators=[Optional()])

    def validate_valid_until(self, field: DayField) -> None:
        """Not before the first day."""
        in_order(self.valid_from, field)

    def details(self) -> SchemeDetails:
        """What the services take."""
        return SchemeDetails(
            title=str(self.title.data),
            text=str(self.text.data),
            audience=self.audience.data or "",
            where_to_go=self.where_to_go.data or "",
            source_url=self.source_url.data or None,
            valid_from=self.valid_from.data,
            valid_until=self.valid_until.data,
        )


def filled_scheme(scheme: Scheme) -> dict[str, object]:
    """What the form starts from, for a page that exists."""
    return {name: getattr(scheme, name) for name in SchemeDetails.__dataclass_fields__}


class OrientationForm(Form):
    partner_id = SelectField(_l("Vers quel partenaire ?"), coerce=int, choices=[])
    reason = SelectField(
        _l("Pourquoi ?"),
        choices=options([CHOOSE, *REASONS.items()]),
        validators=[required(_l("Choisissez un motif dans la liste."))],
    )
    day = DayField(_l("Quel jour ?"), default=today, validators=[required()])
    quartier_id = SelectField(_l("Quartier de la personne"), coerce=int, choices=[])
    age_band = SelectField(_l("Âge de la personne"), choices=[])

    def validate_partner_id(self, field: SelectField) -> None:
        """One of the list."""
        if not field.data:
            raise ValidationError(_("Choisissez un partenaire dans la liste."))

    def validate_day(self, field: DayField) -> None:
        """A day past, a year ago at most."""
        if field.data and not is_counted_on(field.data):
            raise ValidationError(_("Un jour passé, il y a un an au plus."))

    def offering(
        self, partners: Choices, quartiers: Choices, bands: Iterable[str]
    ) -> "OrientationForm":
        """Offer these partners, quartiers and ages."""
        unsaid = _l("Ne pas le dire")
        self.partner_id.choices = options([(0, _l("Choisir")), *partners])
        self.quartier_id.choices = options([(0, unsaid), *quartiers])
        self.age_band.choices = options([("", unsaid), *((band, band) for band in bands)])
        return self

    def orientation(self) -> Orientation:
        """What the services take."""
        return Orientation(
            reason=str(self.reason.data),
            day=cast(date, self.day.data),
            quartier_id=self.quartier_id.data or None,
            age_band=self.age_band.data or None,
        )


class ReasonForm(Form):
    reason = TextAreaField(_l("Pourquoi l’annuler ?"), validators=[required(), at_most(500)])
