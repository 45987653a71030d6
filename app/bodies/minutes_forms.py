"""What is typed of minutes."""

import hashlib

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Regexp

from app.bodies.minutes_services import StaleMinutes
from app.bodies.minutes_talk import LONGEST_ADDENDUM, LONGEST_COMMENT
from app.bodies.models import AgendaItem, Meeting
from app.core.clock import today
from app.core.forms import Form, at_most, options, required
from app.core.i18n import _, _l
from app.core.typography import datetime_fr

_VERSION = [required(), Regexp(r"\d{1,9}\Z")]


class MinutesForm(Form):
    """What was said besides the points; `read` is a digest of the text as the page gave it."""

    text = TextAreaField(_l("Compte rendu"), validators=[at_most(100_000)])
    version = HiddenField(validators=_VERSION)
    read = HiddenField()

    @classmethod
    def of_rest(cls, meeting: Meeting, *, is_sent: bool = True) -> "MinutesForm":
        """The form of what was said besides the points."""
        return cls(
            *(() if is_sent else (None,)),
            text=meeting.minutes,
            version=str(meeting.minutes_version),
            read=_digest(meeting.minutes),
        )

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than what was read: only then is there what to save."""
        return _digest(self.text.data or "") != self.read.data

    def after_another(self, saved: "MinutesForm") -> None:
        """Refused, since someone else saved it: it may be sent again over what they saved."""
        if self.refused and self.status == StaleMinutes.status:
            self.version.data, self.read.data = saved.version.data, saved.read.data


class NotesForm(MinutesForm):
    is_private = BooleanField(_l("Réservé aux membres"))

    @classmethod
    def of(cls, item: AgendaItem, *, is_sent: bool = False) -> "NotesForm":
        """The form of one point among those of a page: as it was sent, or as it is saved."""
        return cls(
            *(() if is_sent else (None,)),
            prefix=f"point{item.id}",
            text=item.notes,
            version=str(item.notes_version),
            read=_digest(item.notes, is_private=item.is_private),
            is_private=item.is_private,
        )

    @property
    def is_changed(self) -> bool:
        said = _digest(self.text.data or "", is_private=self.is_private.data)
        return bool(said != self.read.data)


def _digest(text: str, *, is_private: bool = False) -> str:
    """Lines end otherwise in a box than where they are kept."""
    lines = "\n".join(text.split("\r\n")).strip()
    return hashlib.sha256(f"{is_private:d}{lines}".encode()).hexdigest()[:32]


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
