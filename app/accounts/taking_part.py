"""What is answered to someone who may not take part yet, and what they can do about it."""

from sqlalchemy import ColumnElement, func, or_

from app.accounts.models import CHILDREN, UNSURE_AGE, Resident
from app.core.clock import today
from app.core.errors import DomainError, Forbidden, Invalid
from app.core.i18n import _


def check_takes_part(person: Resident, theme: str | None, *, field: str | None = None) -> None:
    """Let through whoever takes part in a comité of this theme, or outside of any.

    Args:
        field: where a child chose another comité than that of children, if they chose.

    Raises:
        Forbidden: not confirmed yet; or a child, with nobody to answer for them or elsewhere.
        Invalid: a child who chose another comité.
    """
    if person.takes_part_in(theme):
        return
    if not person.is_under_15_on(today()):
        raise Forbidden(
            _(
                "Confirmez d’abord votre adresse e-mail : ouvrez le lien que nous vous avons"
                " envoyé. Vous pouvez aussi passer à l’accueil du centre."
            )
        )
    raise _child_refusal(person, theme, field)


def old_enough_for(theme: str | None) -> ColumnElement[bool]:
    """Condition on Resident: of age to take part in a comité of this theme, or outside of any."""
    grown = func.coalesce(Resident.year_of_birth, 0) < today().year - UNSURE_AGE
    return or_(grown, Resident.has_guardian) if theme == CHILDREN else grown


def check_is_grown(person: Resident) -> None:
    """Let through whoever is surely 15 or more, or does not say.

    Raises:
        Forbidden: someone who may be under 15.
    """
    if person.is_under_15_on(today()):
        raise Forbidden(
            _("Avant 15 ans, on participe dans le comité enfant. Demandez à un parent de le faire.")
        )


def check_registers_alone(year_of_birth: int | None) -> None:
    """Let through whoever may open an account without a parent.

    Raises:
        Invalid: someone who may be under 15.
    """
    if year_of_birth is not None and today().year - year_of_birth <= UNSURE_AGE:
        raise Invalid(
            _(
                "Avant 15 ans, c’est un parent qui vous inscrit : il crée son compte, puis vous"
                " ajoute dans « Ma famille ». Vous pouvez aussi passer ensemble à l’accueil."
            ),
            field="year_of_birth",
        )


def check_may_have_address(person: Resident, email: str | None) -> None:
    """Let through whoever may be written to: of children, those for whom someone answers.

    Raises:
        Invalid: an e-mail address, and someone who may be under 15 with nobody.
    """
    if email and person.is_under_15_on(today()) and not person.has_guardian:
        raise Invalid(
            _("Avant 15 ans, un parent doit être relié à l’enfant avant de noter une adresse."),
            field="email",
        )


def _child_refusal(person: Resident, theme: str | None, field: str | None) -> DomainError:
    if not person.has_guardian:
        return Forbidden(
            _(
                "Avant 15 ans, il faut l’accord d’un parent. Demandez-lui de vous ajouter dans"
                " « Ma famille », ou passez ensemble à l’accueil du centre."
            )
        )
    if field and theme != CHILDREN:
        return Invalid(_("Avant 15 ans, choisissez le comité enfant."), field=field)
    return Forbidden(_("Avant 15 ans, on participe dans le comité enfant."))
