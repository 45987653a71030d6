"""What people type around proposals."""

from typing import Any

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from app.accounts.models import CHILDREN, Resident
from app.bodies.queries import comite_choices
from app.centre.queries import category_choices, quartier_choices
from app.core.clock import today
from app.core.forms import Form, Unhurried, at_most, required
from app.core.i18n import _l
from app.proposals.models import Proposal
from app.proposals.services import COSTLIEST, Writing

LONGEST_TEXT = 6000
LONGEST_COMMENT = 2000
LARGEST_ID = 2**31 - 1


class ProposalForm(Unhurried):
    """A proposal being written; `version` is the one the author began from."""

    title = StringField(
        _l("Votre idée en une phrase"),
        validators=[required(_l("Donnez un titre à votre idée.")), at_most(120)],
    )
    text = TextAreaField(
        _l("Expliquez votre idée"),
        validators=[
            required(_l("Expliquez votre idée en quelques phrases.")),
            at_most(LONGEST_TEXT),
        ],
    )
    category_id = SelectField(
        _l("Catégorie"),
        coerce=int,
        choices=[],
        validators=[required(), NumberRange(1, message=_l("Choisissez une catégorie."))],
    )
    quartier_id = SelectField(_l("Quartier"), coerce=int, choices=[], default=0)
    body_id = SelectField(_l("Comité"), coerce=int, choices=[], default=0)
    estimated_cost = IntegerField(
        _l("Coût estimé, en euros"),
        validators=[
            Optional(),
            NumberRange(0, COSTLIEST, _l("Un nombre entier d’euros, de 0 à 10 000 000.")),
        ],
    )
    image = FileField(_l("Image"), description=_l("JPEG, PNG ou WebP, 6 Mo au plus."))
    image_alt = StringField(
        _l("Ce que montre l’image"),
        validators=[Optional(), at_most(200)],
        description=_l("Avec une image, écrivez-le : pour les personnes qui ne la voient pas."),
    )
    drop_image = BooleanField(_l("Retirer l’image"))
    version = HiddenField(default="1")

    def offered(
        self, author: Resident, category: int | None = None, quartier: int | None = None
    ) -> "ProposalForm":
        """With the categories, quartiers and comités there are; to a child, the children's own."""
        self.category_id.choices = [(0, _l("Choisissez…")), *category_choices(category)]
        self.quartier_id.choices = [(0, _l("Toute la commune")), *quartier_choices(quartier)]
        if author.is_under_15_on(today()):
            self.body_id.choices = comite_choices(CHILDREN) or [(0, _l("Aucun en particulier"))]
        else:
            self.body_id.choices = [(0, _l("Aucun en particulier")), *comite_choices()]
        return self

    def writing(self) -> Writing:
        """What the services take."""
        return {
            "title": str(self.title.data),
            "text": str(self.text.data),
            "category_id": self.category_id.data,
            "quartier_id": self.quartier_id.data or None,
            "body_id": self.body_id.data or None,
            "estimated_cost": self.estimated_cost.data,
        }

    def picture(self) -> dict[str, Any]:
        """The image and its words, as the services take them."""
        upload = self.image.data if isinstance(self.image.data, FileStorage) else None
        return {"image": upload, "image_alt": self.image_alt.data or ""}

    @property
    def version_seen(self) -> int:
        """0, which no draft has, when the address was tampered with."""
        seen = str(self.version.data)
        return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0


def form_of(proposal: Proposal, author: Resident) -> ProposalForm:
    """The form of a draft, filled with it."""
    return ProposalForm(
        title=proposal.title,
        text=proposal.text,
        category_id=proposal.category_id,
        quartier_id=proposal.quartier_id or 0,
        body_id=proposal.body_id or 0,
        estimated_cost=proposal.estimated_cost,
        image_alt=proposal.image_alt,
        version=str(proposal.version),
    ).offered(author, proposal.category_id, proposal.quartier_id)


class CommentForm(Unhurried):
    text = TextAreaField(
        _l("Votre commentaire"),
        validators=[required(_l("Écrivez votre commentaire.")), at_most(LONGEST_COMMENT)],
    )
    parent_id = IntegerField(validators=[Optional(), NumberRange(1, LARGEST_ID)])


class ReasonForm(Form):
    """A reason that must be given; the person concerned reads it."""

    reason = TextAreaField(
        _l("Pourquoi ?"),
        validators=[required(_l("Dites pourquoi : l’auteur le lira.")), at_most(1000)],
    )


class OptionalReasonForm(Form):
    reason = TextAreaField(_l("Pourquoi ?"), validators=[Optional(), at_most(1000)])


class RefuseForm(ReasonForm):
    shown = BooleanField(_l("Montrer à tous la proposition et cette réponse"), default=True)


class MergeForm(ReasonForm):
    target_id = SelectField(
        _l("Réunir à la proposition"),
        coerce=int,
        choices=[],
        validators=[NumberRange(1, message=_l("Choisissez une proposition."))],
    )


class ProjectForm(Form):
    association_id = SelectField(_l("Association qui porte le projet"), coerce=int, choices=[])


class RoleForm(Form):
    role = StringField(
        _l("Ce que je ferai"),
        validators=[required(_l("Dites ce que vous ferez.")), at_most(80)],
        description=_l("Par exemple : j’apporte des outils, je tiens le stand, je fais l’affiche."),
    )


class DebateForm(Unhurried):
    title = StringField(_l("Le sujet, en une phrase"), validators=[required(), at_most(120)])
    text = TextAreaField(
        _l("Ce dont vous voulez parler"), validators=[required(), at_most(LONGEST_TEXT)]
    )
