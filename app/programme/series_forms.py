"""A rhythm in plain choices, and the periods without school."""

from datetime import date, time
from typing import cast

from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TimeField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.clock import today
from app.core.forms import DayField, Form, Optional, at_most, options, required
from app.core.i18n import _l
from app.programme.recurrence import Rhythm
from app.programme.series_services import season_end

DAYS = [
    (0, _l("Lundi")),
    (1, _l("Mardi")),
    (2, _l("Mercredi")),
    (3, _l("Jeudi")),
    (4, _l("Vendredi")),
    (5, _l("Samedi")),
    (6, _l("Dimanche")),
]
DAY = 24 * 60


class RhythmForm(Form):
    frequency = RadioField(
        _l("À quel rythme ?"),
        choices=options(
            [
                ("weekly", _l("Toutes les semaines")),
                ("fortnightly", _l("Une semaine sur deux")),
                ("monthly", _l("Une fois par mois")),
            ]
        ),
        default="weekly",
    )
    weekdays = SelectMultipleField(
        _l("Quel jour ?"),
        coerce=int,
        choices=options(DAYS),
        validators=[required(_l("Choisissez au moins un jour de la semaine."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    rank = SelectField(
        _l("Une fois par mois : lequel ?"),
        coerce=int,
        choices=options(
            [
                (1, _l("Le premier du mois")),
                (2, _l("Le deuxième")),
                (3, _l("Le troisième")),
                (4, _l("Le quatrième")),
                (-1, _l("Le dernier")),
            ]
        ),
        default=1,
    )
    starts_on = DayField(_l("À partir du"), validators=[required()], default=today)
    until = DayField(_l("Jusqu’au"), validators=[Optional()])
    starts_time = TimeField(_l("De"), validators=[required()])
    ends_time = TimeField(_l("À"), validators=[required()])
    skips_holidays = BooleanField(_l("Sauter les vacances scolaires"), default=True)

    def rhythm(self) -> Rhythm:
        """What the services take; an end before the start is on the next day."""
        start, end = cast(time, self.starts_time.data), cast(time, self.ends_time.data)
        first = cast(date, self.starts_on.data)
        minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
        return Rhythm(
            frequency=str(self.frequency.data),
            weekdays=tuple(self.weekdays.data or ()),
            starts_on=first,
            until=self.until.data or season_end(first),
            hour=start.strftime("%H:%M"),
            minutes=minutes if minutes > 0 else minutes + DAY if minutes < 0 else 0,
            rank=int(self.rank.data),
            skips_holidays=bool(self.skips_holidays.data),
        )


class HolidayForm(Form):
    label = StringField(_l("Nom"), validators=[required(), at_most(80)])
    starts_on = DayField(_l("Premier jour"), validators=[required()])
    ends_on = DayField(_l("Dernier jour"), validators=[required()])

    def period(self) -> tuple[str, date, date]:
        """Its name and both its days."""
        first, last = cast(date, self.starts_on.data), cast(date, self.ends_on.data)
        return str(self.label.data), first, last
