"""What is typed to put a question to the vote."""

from collections.abc import Sequence

from wtforms import (
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, Optional, ParisDateTimeField, at_most, options, required
from app.core.i18n import _, _l
from app.voting.drafting import PollDraft
from app.voting.labels import BASES, METHODS

SECRECY = {
    "secret": _l("Secret : aucun nom n’est gardé avec un bulletin"),
    "public": _l("Public : le nom de chacun est publié avec son choix"),
}
ALL = "all"
ELECTORATES = {
    "all": _l("Tous les habitants inscrits"),
    "comite": _l("Les membres de : %(name)s"),
    "conseil": _l("Les membres votants de : %(name)s"),
}


class PollForm(Form):
    title = StringField(
        _l("La question"),
        description=_l("Une phrase simple, par exemple : Quel projet pour la fête de quartier ?"),
        validators=[required(), at_most(160)],
    )
    text = TextAreaField(_l("Explications"), validators=[Optional(), at_most(5000)])
    method = RadioField(
        _l("Comment vote-t-on ?"), choices=options(METHODS.items()), default="yesno"
    )
    proposals = SelectMultipleField(
        _l("Propositions mises au vote"),
        description=_l("Celles que les habitants soutiennent. Pour ou contre : une seule au plus."),
        coerce=int,
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    free_options = TextAreaField(
        _l("Autres choix, un par ligne"), validators=[Optional(), at_most(3500)]
    )
    electorate = SelectField(_l("Qui peut voter ?"), choices=[])
    secrecy = RadioField(_l("Le vote est…"), choices=options(SECRECY.items()), default="secret")
    opens_at = ParisDateTimeField(
        _l("Ouverture"),
        description=_l("Laissez vide pour ouvrir tout de suite."),
        validators=[Optional()],
    )
    tellers = SelectMultipleField(
        _l("Bureau de vote, pour un vote secret"),
        description=_l(
            "De 2 à 7 personnes qui gardent ensemble la clé de l’urne. Chacune note "
            "douze mots avant le vote. Sans bureau, le serveur du centre garde la clé, et la page "
            "du vote le dit."
        ),
        coerce=int,
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    tellers_needed = IntegerField(
        _l("Combien de ces personnes pour ouvrir l’urne ?"),
        description=_l("Moins que le bureau n’en compte, si l’une perd ses mots."),
        default=2,
        validators=[Optional(), NumberRange(2, 7, _l("Entre 2 et 7."))],
    )
    closes_at = ParisDateTimeField(
        _l("Fermeture"),
        description=_l("À cette heure, le vote se ferme et se dépouille de lui-même."),
        validators=[required()],
    )
    quorum_percent = IntegerField(
        _l("Quorum, en % des inscrits"),
        description=_l("Part des inscrits qui doivent voter pour que le vote compte. 0 : aucune."),
        default=0,
        validators=[required(), NumberRange(0, 100, _l("Entre 0 et 100."))],
    )
    base = SelectField(
        _l("Majorité, pour un vote pour ou contre"),
        choices=options(BASES.items()),
        default="expressed",
    )

    def offering(
        self,
        proposals: Sequence[tuple[int, str, int]],
        electorates: Sequence[tuple[int | None, str, str]],
        tellers: Sequence[tuple[int, str]],
    ) -> "PollForm":
        """Offer proposals (id, title, supports), electorates (body, name, kind) and tellers."""
        self.tellers.choices = options(tellers)
        self.proposals.choices = options(
            (number, _("%(title)s (soutiens : %(count)d)", title=title, count=supports))
            for number, title, supports in proposals
        )
        self.electorate.choices = options(
            (str(body or ALL), str(ELECTORATES[kind]) % {"name": name})
            for body, name, kind in electorates
        )
        return self

    def draft(self) -> PollDraft:
        """What the service takes."""
        lines = (line.strip() for line in (self.free_options.data or "").splitlines())
        body = self.electorate.data
        assert self.closes_at.data is not None
        return PollDraft(
            title=str(self.title.data),
            text=self.text.data or "",
            method=str(self.method.data),
            proposal_ids=self.proposals.data or (),
            free_options=[line for line in lines if line],
            body_id=None if body == ALL else int(body),
            is_secret=self.secrecy.data == "secret",
            opens_at=self.opens_at.data,
            closes_at=self.closes_at.data,
            quorum_percent=self.quorum_percent.data or 0,
            settings={"base": str(self.base.data)},
            teller_ids=self.tellers.data or (),
            tellers_needed=self.tellers_needed.data or 2,
        )


class CancelForm(Form):
    reason = TextAreaField(
        _l("Pourquoi annuler ce vote ?"),
        description=_l("Les personnes inscrites liront cette raison."),
        validators=[required(), at_most(500)],
    )


class WordsForm(Form):
    words = TextAreaField(
        _l("Vos douze mots"),
        description=_l("Dans l’ordre, séparés par une espace. Les accents ne comptent pas."),
        validators=[required(), at_most(400)],
    )
