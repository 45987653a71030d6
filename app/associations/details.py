"""What an association says of itself, checked."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from stdnum.exceptions import ValidationError
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from app.associations.families import FAMILIES
from app.associations.publics import PUBLICS
from app.core.errors import Invalid
from app.core.i18n import _
from app.core.typography import typo
from app.core.websites import checked_website

_RNA = re.compile(r"W\d[0-9A-Z]\d{7}", re.ASCII)
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{5,28}", re.ASCII)
_SEPARATORS = re.compile(r"[\s.\u00a0\u202f-]+")


def checked_rna(value: str) -> str:
    """An RNA number in capitals; raises Invalid."""
    number = _SEPARATORS.sub("", value).upper()
    if not _RNA.fullmatch(number):
        raise Invalid(
            _("Un numéro RNA commence par W et compte 10 signes. Exemple : W931234567"), field="rna"
        )
    return number


def checked_siren(value: str) -> str:
    """A SIREN, nine digits, by Luhn's rule; raises Invalid."""
    try:
        return str(stdnum_siren.validate(_SEPARATORS.sub("", value)))
    except ValidationError as error:
        raise Invalid(
            _("Ce numéro SIREN n’est pas valable : vérifiez ses 9 chiffres."), field="siren"
        ) from error


def checked_siret(value: str) -> str:
    """A SIRET, fourteen digits, by Luhn's rule or La Poste's; raises Invalid."""
    try:
        return str(stdnum_siret.validate(_SEPARATORS.sub("", value)))
    except ValidationError as error:
        raise Invalid(
            _("Ce numéro SIRET n’est pas valable : vérifiez ses 14 chiffres."), field="siret"
        ) from error


def checked_phone(value: str) -> str:
    """A telephone number as it was typed; raises Invalid."""
    if not _PHONE.fullmatch(value):
        raise Invalid(
            _("Écrivez un numéro de téléphone, comme 01 23 45 67 89."),
            field="phone",
        )
    return value


@dataclass(frozen=True)
class Details:
    """What a directory entry holds; `family` and `publics` are codes."""

    name: str
    purpose: str
    family: str
    activities: str = ""
    quartier_id: int | None = None
    publics: tuple[str, ...] = ()
    rna: str | None = None
    siren: str | None = None
    siret: str | None = None
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    address: str = ""

    def checked(self) -> "Details":
        """The same, with its numbers in their usual form.

        Raises:
            Invalid: the first thing that cannot be, with its field.
        """
        if not self.name.strip():
            raise Invalid(_("Donnez le nom de l’association."), field="name")
        if not self.purpose.strip():
            raise Invalid(_("Dites en une phrase à quoi sert l’association."), field="purpose")
        if self.family not in FAMILIES:
            raise Invalid(_("Choisissez un domaine dans la liste."), field="family")
        if not set(self.publics) <= set(PUBLICS):
            raise Invalid(_("Choisissez un public dans la liste."), field="publics")
        siret = _if_given(checked_siret, self.siret)
        siren = _if_given(checked_siren, self.siren)
        if siret and siren and not siret.startswith(siren):
            raise Invalid(_("Le SIRET commence par les 9 chiffres du SIREN."), field="siret")
        return replace(
            self,
            name=typo(" ".join(self.name.split())),
            purpose=typo(self.purpose),
            publics=tuple(code for code in PUBLICS if code in self.publics),
            rna=_if_given(checked_rna, self.rna),
            siren=siren or (siret[:9] if siret else None),
            siret=siret,
            email=self.email or None,
            phone=_if_given(checked_phone, self.phone),
            website=_if_given(checked_website, self.website),
        )


def _if_given(check: Callable[[str], str], value: str | None) -> str | None:
    return check(value.strip()) if value and value.strip() else None
