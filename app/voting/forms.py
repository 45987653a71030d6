"""What is typed to put a question to the vote."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from app.bodies.meeting_forms import DecisionForm
from app.core.forms import Form, Optional, ParisDateTimeField, at_most, options, required
from app.core.i18n import _, _l
from app.voting.drafting import PollDraft, Typed
from app.voting.labels import BASES, METHODS
from app.voting.methods import METHODS as COUNTED

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
LAST_SEAT = {
    "lots": _l("Un tirage au sort décide : chacun peut le refaire"),
    "all": _l("Ils l’emportent tous"),
}
PROXIES = {
    "0": _l("Aucune : chacun vote pour soi"),
    "1": _l("Une seule"),
    "2": _l("Deux au plus"),
    "3": _l("Trois au plus"),
}
COST = "cout-"


class CostsField(Field):
    """What each proposal costs, as it was typed, by its number: a box `cout-12` for each."""

    data: dict[int, str]

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(None, {})
        for name in formdata or ():
            number = name.removeprefix(COST)
            if name.startswith(COST) and number.isdecimal():
                self.data[int(number)] = formdata[name].replace("\x00", "").strip()[:20]


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
    free_options = TextAreaField(_l("Choix, un par ligne"), validators=[Optional(), at_most(3500)])
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
        _l("Majorité"),
        choices=options(BASES.items()),
        default="expressed",
    )
    seats = IntegerField(
        _l("Combien de gagnants, ou de sièges ?"),
        default=1,
        validators=[Optional(), NumberRange(1, 20, _l("Entre 1 et 20."))],
    )
    most = IntegerField(
        _l("Combien de cases à cocher, au plus ?"),
        description=_l("Laissez vide pour que chacun en coche autant qu’il veut."),
        validators=[Optional(), NumberRange(1, 20, _l("Entre 1 et 20."))],
    )
    dots = IntegerField(
        _l("Combien de gommettes par personne ?"),
        default=3,
        validators=[Optional(), NumberRange(1, 30, _l("Entre 1 et 30."))],
    )
    most_on_one = IntegerField(
        _l("Combien de gommettes au plus sur un même choix ?"),
        default=3,
        validators=[Optional(), NumberRange(1, 30, _l("Entre 1 et 30."))],
    )
    lots = RadioField(
        _l("Et si des choix sont à égalité pour la dernière place ?"),
        choices=options(LAST_SEAT.items()),
        default="lots",
    )
    budget = StringField(
        _l("Le budget, en euros"),
        description=_l("Sans centimes. Par exemple : 12 000"),
        validators=[Optional(), at_most(20)],
    )
    costs = CostsField(_l("Coût des propositions, en euros"))
    reserved = TextAreaField(
        _l("Sièges réservés à un collège"),
        description=_l("Une ligne par collège, avec ses sièges. Par exemple : habitants ; 2"),
        validators=[Optional(), at_most(500)],
    )
    proxies_most = SelectField(
        _l("Procurations qu’une personne peut porter"),
        choices=options(PROXIES.items()),
        default="0",
    )
    has_paper = BooleanField(
        _l("Accepter aussi des bulletins de papier"),
        description=_l(
            "L’équipe les lit deux fois après la fermeture. Le résultat attend cette lecture."
        ),
    )
    claims_days = IntegerField(
        _l("Jours pour demander à être ajouté à la liste"),
        description=_l("À partir de l’ouverture, et jusqu’à la fermeture au plus tard."),
        default=0,
        validators=[Optional(), NumberRange(0, 60, _l("Entre 0 et 60."))],
    )
    extension_days = IntegerField(
        _l("Jours de prolongation possibles"),
        description=_l("Le vote pourra être prolongé une fois, de ces jours au plus. 0 : jamais."),
        default=0,
        validators=[Optional(), NumberRange(0, 60, _l("Entre 0 et 60."))],
    )

    def offering(
        self,
        proposals: Sequence[tuple[int, str, int, int | None]],
        electorates: Sequence[tuple[int | None, str, str]],
        tellers: Sequence[tuple[int, str]],
    ) -> "PollForm":
        """Offer proposals (id, title, supports, cost), electorates (body, name, kind), tellers.

        A cost that was not typed is the one that the proposal's author estimated.
        """
        self.tellers.choices = options(tellers)
        self.proposals.choices = options(
            (number, _("%(title)s (soutiens : %(count)d)", title=title, count=supports))
            for number, title, supports, _cost in proposals
        )
        self.priced = [(number, title) for number, title, _supports, _cost in proposals]
        for number, _title, _supports, cost in proposals:
            self.costs.data.setdefault(number, str(cost or ""))
        self.electorate.choices = options(
            (str(body or ALL), str(ELECTORATES[kind]) % {"name": name})
            for body, name, kind in electorates
        )
        return self

    def typed(self, sent: MultiDict[str, str]) -> Typed:
        """What was sent of these fields, to be shown again."""
        known = (name for name in sent if name in self or name.startswith(COST))
        return {name: sent.getlist(name) for name in known}

    priced: Sequence[tuple[int, str]] = ()
    """Proposals (id, title) that may have a cost."""

    def asked_by(self, name: str) -> str:
        """Keys of the methods that a field is for, separated by spaces."""
        return " ".join(key for key in METHODS if name in (*COUNTED[key].asks, COUNTED[key].each))

    def asked_in_words(self, name: str) -> str:
        """The same methods, as people call them: for pages without a script."""
        return ", ".join(str(METHODS[key]) for key in self.asked_by(name).split())

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
            costs=self.costs.data,
            settings={
                "base": str(self.base.data),
                "seats": self.seats.data or 1,
                "most": self.most.data,
                "dots": self.dots.data or 3,
                "most_on_one": self.most_on_one.data,
                "lots": self.lots.data == "lots",
                "budget": self.budget.data,
                "reserved": self.reserved.data,
            },
            proxies_most=int(self.proxies_most.data),
            has_paper=self.has_paper.data,
            claims_days=self.claims_days.data or 0,
            extension_days=self.extension_days.data or 0,
            teller_ids=self.tellers.data or (),
            tellers_needed=self.tellers_needed.data or 2,
        )


class ExtendForm(Form):
    closes_at = ParisDateTimeField(_l("Nouvelle fermeture"), validators=[required()])

    def until(self) -> datetime:
        """What the service takes."""
        assert self.closes_at.data is not None
        return self.closes_at.data


class PollDecisionForm(DecisionForm):
    meeting = SelectField(_l("Réunion"), coerce=int, choices=[])


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
