"""What is typed of a partner and of its contacts, checked."""

import re
from dataclasses import dataclass, replace

from app.core.errors import Invalid
from app.core.i18n import _
from app.core.phones import normalised
from app.core.typography import typo
from app.core.websites import checked_website
from app.partners.words import EVERYBODY, PARTNER_KINDS, PUBLICS

_SHORT_NUMBER = re.compile(r"\d{2,4}", re.ASCII)


@dataclass(frozen=True)
class PartnerDetails:
    """What a partner is; `kind` and `publics` are codes of `partners.words`.

    No quartier: it serves them all.
    """

    name: str
    kind: str
    purpose: str = ""
    mission_ids: tuple[int, ...] = ()
    publics: tuple[str, ...] = ()
    quartier_ids: tuple[int, ...] = ()
    address: str = ""
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    notes: str = ""

    def checked(self) -> "PartnerDetails":
        """The same, in its usual form; `tous` stands alone among the publics.

        Raises:
            Invalid: the first thing that cannot be, with its field.
        """
        if not self.name.strip():
            raise Invalid(_("Donnez le nom du partenaire."), field="name")
        if self.kind not in PARTNER_KINDS:
            raise Invalid(_("Choisissez un type dans la liste."), field="kind")
        if not set(self.publics) <= set(PUBLICS):
            raise Invalid(_("Choisissez un public dans la liste."), field="publics")
        chosen = tuple(code for code in PUBLICS if code in self.publics)
        return replace(
            self,
            name=typo(" ".join(self.name.split())),
            purpose=typo(self.purpose.strip()),
            publics=(EVERYBODY,) if EVERYBODY in chosen else chosen,
            email=self.email or None,
            phone=checked_phone(self.phone) if self.phone else None,
            website=checked_website(self.website) if self.website else None,
            notes=self.notes.strip(),
        )


@dataclass(frozen=True)
class ContactDetails:
    """Whom to ask for, and how."""

    name: str
    role: str = ""
    phone: str | None = None
    email: str | None = None

    def checked(self) -> "ContactDetails":
        """The same, in its usual form; raises Invalid."""
        if not self.name.strip():
            raise Invalid(_("Donnez un nom."), field="name")
        return replace(
            self,
            name=" ".join(self.name.split()),
            role=self.role.strip(),
            phone=checked_phone(self.phone) if self.phone else None,
            email=self.email or None,
        )


def checked_phone(value: str) -> str:
    """A telephone number in digits, a short one (115, 3939) included; raises Invalid."""
    if _SHORT_NUMBER.fullmatch(value.replace(" ", "")):
        return value.replace(" ", "")
    try:
        return normalised(value)
    except ValueError as error:
        raise Invalid(
            _("Écrivez un numéro de téléphone, comme 01 23 45 67 89."), field="phone"
        ) from error
