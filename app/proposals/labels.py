"""How the states of a proposal read in French, with their tone and their address."""

from dataclasses import dataclass
from typing import Any

from app.core.i18n import _l
from app.proposals.models import Status


@dataclass(frozen=True)
class StatusLabel:
    """`slug` names the state in addresses; `next` says what happens now, in plain words;
    `news` is what the author and the supporters are told, `%(title)s` being the proposal."""

    label: Any
    tone: str
    slug: str
    next: Any
    news: Any


TO_BE_READ = _l("L’équipe le lira avant qu’il paraisse, en général sous 24 heures.")

LABELS: dict[Status, StatusLabel] = {
    Status.DRAFT: StatusLabel(
        _l("Brouillon"),
        "grey",
        "brouillons",
        _l("Vous seul voyez ce brouillon. Complétez-le, puis envoyez-le à l’équipe."),
        _l("« %(title)s » est un brouillon."),
    ),
    Status.SUBMITTED: StatusLabel(
        _l("À l’examen"),
        "sun",
        "a-examiner",
        _l(
            "L’équipe et les référents lisent la proposition. Ils la publient, ou expliquent"
            " pourquoi non. Son auteur reçoit la réponse."
        ),
        _l("« %(title)s » est envoyée : elle va être examinée."),
    ),
    Status.GATHERING: StatusLabel(
        _l("Cherche des soutiens"),
        "brick",
        "soutiens",
        _l(
            "Les habitants qui trouvent l’idée bonne la soutiennent. Quand il y a assez de"
            " soutiens, elle peut passer au vote."
        ),
        _l("« %(title)s » est publiée : elle cherche des soutiens."),
    ),
    Status.VOTING: StatusLabel(
        _l("Au vote"),
        "teal",
        "vote",
        _l("Les habitants votent. Le résultat paraîtra ici dès la fin du vote."),
        _l("« %(title)s » passe au vote."),
    ),
    Status.ADOPTED: StatusLabel(
        _l("Adoptée"),
        "leaf",
        "adoptees",
        _l("L’équipe prépare le projet avec les habitants et les associations qui veulent aider."),
        _l("« %(title)s » est adoptée."),
    ),
    Status.NOT_ADOPTED: StatusLabel(
        _l("Non adoptée"),
        "grey",
        "non-adoptees",
        _l("Le vote n’a pas retenu cette idée. Une idée nouvelle peut reprendre ce qui a plu."),
        _l("« %(title)s » n’est pas adoptée."),
    ),
    Status.UNDER_WAY: StatusLabel(
        _l("En cours"),
        "teal",
        "en-cours",
        _l("Le projet se fait. Vous pouvez y prendre un rôle, même petit."),
        _l("« %(title)s » devient un projet : il commence."),
    ),
    Status.REALISED: StatusLabel(
        _l("Réalisée"),
        "leaf",
        "realisees",
        _l("C’est fait ! Merci à celles et ceux qui y ont pris part."),
        _l("« %(title)s » est réalisée."),
    ),
    Status.REFUSED: StatusLabel(
        _l("Non retenue"),
        "grey",
        "refusees",
        _l("La raison est donnée dans l’histoire ci-dessous. L’auteur peut proposer autrement."),
        _l("« %(title)s » n’est pas retenue."),
    ),
    Status.MERGED: StatusLabel(
        _l("Réunie à une autre"),
        "plum",
        "reunies",
        _l("L’idée continue dans une autre proposition, avec ses soutiens."),
        _l("« %(title)s » est réunie à une autre proposition."),
    ),
    Status.WITHDRAWN: StatusLabel(
        _l("Retirée"),
        "grey",
        "retirees",
        _l("Son auteur l’a retirée. Elle ne sera pas mise au vote."),
        _l("« %(title)s » est retirée par son auteur."),
    ),
}

BY_SLUG = {label.slug: status for status, label in LABELS.items()}

JOURNEY: tuple[tuple[Status, Any], ...] = (
    (Status.SUBMITTED, _l("L’équipe lit la proposition")),
    (Status.GATHERING, _l("Les habitants la soutiennent")),
    (Status.VOTING, _l("Les habitants votent")),
    (Status.UNDER_WAY, _l("Le projet se prépare et se fait")),
    (Status.REALISED, _l("C’est réalisé")),
)
"""The road of an idea that succeeds."""

_PLACE = {
    Status.DRAFT: -1,
    Status.SUBMITTED: 0,
    Status.GATHERING: 1,
    Status.VOTING: 2,
    Status.ADOPTED: 3,
    Status.UNDER_WAY: 3,
    Status.REALISED: 4,
}


def journey(status: Status) -> list[dict[str, Any]]:
    """The road, step by step, for the timeline component; empty for one that left the road."""
    if status not in _PLACE:
        return []
    here = _PLACE[status]
    states = ["done" if place < here else "now" if place == here else None for place in range(5)]
    if status is Status.REALISED:
        states[-1] = "done"
    return [
        {"text": text, "state": state}
        for (_status, text), state in zip(JOURNEY, states, strict=True)
    ]
