"""What is typed of minutes."""

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Regexp

from app.bodies.minutes_talk import LONGEST_ADDENDUM, LONGEST_COMMENT
from app.bodies.models import AgendaItem, Meeting
from app.core.clock import today
from app.core.forms import Form, at_most, options, required
from app.core.i18n import _, _l
from app.core.typography import datetime_fr

_VERSION = [required(), Regexp(r"\d{1,9}\Z")]


class MinutesForm(Form):
    text = TextAreaField(_l("Compte rendu"), validators=[at_most(100_000)])
    version = HiddenField(validators=_VERSION)


class NotesForm(MinutesForm):
    is_private = BooleanField(_l("Réservé aux membres"))

    @classmethod
    def of(cls, item: AgendaItem, *, is_sent: bool = False) -> "NotesForm":
        """The form of one point among those of a page: the one that was sent, or another."""
        return cls(
            *(() if is_sent else (None,)),
            prefix=f"point{item.id}",
            text=item.notes,
            version=str(item.notes_version),
            is_private=item.is_private,
        )


class PublishForm(Form):
    version = HiddenField(validators=_VERSION)
    approved_in = SelectField(_l("Approuvé à la réunion"), default="")
    approval_note = StringField(_l("Ou autrement"), validators=[at_most(300)])

    def among(self, meetings: list[Meeting]) -> "PublishForm":
        """Offer the meetings held since."""
        none = [("", _("Choisissez une réunion"))]
        held = ((str(one.id), datetime_fr(one.starts_at, today())) for one in meetings)
        self.approved_in.choices = options([*none, *held])
        return self


class RemarkForm(Form):
    item_id = SelectField(_l("Sur quel point ?"), default="")
    text = TextAreaField(
        _l("Ce que vous changeriez"), validators=[required(), at_most(LONGEST_COMMENT)]
    )

    def about(self, items: list[AgendaItem]) -> "RemarkForm":
        """Offer the points of the meeting, and the whole."""
        whole = [("", _("Tout le compte rendu"))]
        self.item_id.choices = options([*whole, *((str(item.id), item.title) for item in items)])
        return self


class AddendumForm(Form):
    text = TextAreaField(_l("Rectificatif"), validators=[required(), at_most(LONGEST_ADDENDUM)])
