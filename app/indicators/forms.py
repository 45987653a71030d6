"""The period to read, the target to set."""

from datetime import date
from typing import Any

from flask import request
from wtforms import DateField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import NumberRange, Optional, Regexp

from app.core.forms import Form, at_most, required
from app.core.i18n import _, _l
from app.indicators import periods
from app.indicators.periods import FIRST_YEAR, LAST_YEAR, LONGEST, Period
from app.indicators.services import HIGHEST_TARGET, LONGEST_ANALYSIS, LONGEST_REASON


class DayField(DateField):
    """A day between 2000 and 2100, refused in plain words."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Cette date n’existe pas. Exemple : 2026-03-15.")) from error
        if isinstance(self.data, date) and not FIRST_YEAR <= self.data.year < LAST_YEAR:
            self.data = None
            raise ValueError(_("Choisissez une année entre 2000 et 2099."))


class PeriodForm(Form):
    """Which period the figures are read over; a GET form, so without a token."""

    periode = SelectField(_l("Période"), choices=[], validate_choice=False)
    debut = DayField(
        _l("Premier jour"), validators=[Optional()], description=_l("Pour « Entre deux dates »")
    )
    fin = DayField(
        _l("Dernier jour"), validators=[Optional()], description=_l("Ce jour est compris")
    )

    @classmethod
    def asked(cls) -> "PeriodForm":
        """The form as the address fills it."""
        form = cls(formdata=request.args, meta={"csrf": False})
        form.periode.choices = periods.choices()
        if not form.periode.data:
            form.periode.data = "dates" if form.is_dated else periods.usual().key
        form.validate()
        return form

    @property
    def is_dated(self) -> bool:
        return bool(request.args.get("debut") or request.args.get("fin"))

    def validate(self, extra_validators: Any = None) -> bool:
        """A period of the list, or two dates in order."""
        if self.periode.data == "dates":
            return bool(super().validate(extra_validators)) and self._in_order()
        # Dates left behind by another choice are not looked at.
        if periods.named(self.periode.data) is None:
            return self._refused(self.periode, _("Choisissez une période de la liste."))
        return True

    def _in_order(self) -> bool:
        first, last = self.debut.data, self.fin.data
        if first is None or last is None:
            return self._refused(self.fin if first else self.debut, _("Donnez cette date."))
        if last < first:
            return self._refused(self.fin, _("La fin vient avant le début."))
        if (last - first).days > LONGEST:
            return self._refused(self.fin, _("Choisissez dix ans au plus."))
        return True

    @staticmethod
    def _refused(field: Any, message: str) -> bool:
        field.errors = [*field.errors, message]
        return False

    @property
    def period(self) -> Period:
        """The period asked for; the usual one while the form has errors."""
        if self.errors:
            return periods.usual()
        if self.periode.data == "dates" and self.debut.data and self.fin.data:
            return periods.of(self.debut.data, self.fin.data)
        return periods.named(self.periode.data) or periods.usual()


class TargetForm(Form):
    annee = HiddenField()
    valeur = IntegerField(
        _l("Objectif"),
        validators=[
            Optional(),
            NumberRange(0, HIGHEST_TARGET, _l("Écrivez un nombre entre 0 et un million.")),
        ],
        description=_l("Laissez vide pour ne plus fixer d’objectif."),
    )
    raison = TextAreaField(_l("Pourquoi ce nombre ?"), validators=[at_most(LONGEST_REASON)])

    @property
    def year(self) -> int:
        """The civil year it is for; 0 when it is no year."""
        typed = str(self.annee.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0


class EvaluationForm(Form):
    text = TextAreaField(_l("Votre analyse"), validators=[at_most(LONGEST_ANALYSIS)])
    version = HiddenField(validators=[required(), Regexp(r"\d{1,9}\Z")])
