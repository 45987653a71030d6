"""Everything it takes to count a poll again, in one archive whose bytes never change."""

import hashlib
import io
import zipfile
from typing import Any

from sqlalchemy import select

from app.core.clock import PARIS
from app.core.db import db
from app.voting import journal
from app.voting.events import Kind, rules_written
from app.voting.exports import ballots_csv
from app.voting.models import OpenedBallot, Poll
from app.voting.results import by_proxy, channels

BALLOTS, RESULT, RULES = "bulletins.csv", "resultat.json", "regles.json"
JOURNAL, PRINTS, README, SUMS = "journal.json", "empreintes.txt", "LISEZMOI.txt", "SHA256SUMS"
SEALED = "regles-scellees.json"
DATED = (1980, 1, 1, 0, 0, 0)
"""The same moment for every file: an archive of the same files is the same archive."""


def files(poll: Poll, threshold: int) -> dict[str, bytes]:
    """The files of the archive, by name, for a poll whose ballots may be read.

    The journal stops at the count: what happens later changes nothing of it.
    """
    made = {
        BALLOTS: ballots_csv(poll).encode("utf-8-sig"),
        RESULT: journal.written(_result(poll, threshold)),
        RULES: journal.written(_rules(poll)),
        SEALED: rules_written(poll),
        JOURNAL: journal.written(journal.as_json(poll, Kind.CLOSED)),
        PRINTS: "".join(f"{one}\n" for one in fingerprints(poll.id)).encode(),
        README: _readme(poll).encode(),
    }
    sums = (f"{hashlib.sha256(made[name]).hexdigest()}  {name}\n" for name in sorted(made))
    return {**made, SUMS: "".join(sums).encode()}


def archive(poll: Poll, threshold: int) -> bytes:
    """The archive: stored, not compressed, so that no version of a library changes a byte."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:
        for name, content in sorted(files(poll, threshold).items()):
            entry = zipfile.ZipInfo(name, DATED)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
    return made.getvalue()


def fingerprints(poll_id: int) -> list[str]:
    """One a ballot, sorted: they say nothing of who cast it, nor when."""
    return list(
        db.session.scalars(
            select(OpenedBallot.fingerprint)
            .where(OpenedBallot.poll_id == poll_id)
            .order_by(OpenedBallot.fingerprint)
        )
    )


def _result(poll: Poll, threshold: int) -> dict[str, Any]:
    """The result, less the parts too small to be told."""
    result = dict(poll.result or {})
    if not channels(result, threshold):
        result.pop("channels", None)
        result.pop("paper", None)
    if not by_proxy(result, threshold):
        result.pop("represented", None)
    return {**_named(poll), "result": result}


def _rules(poll: Poll) -> dict[str, Any]:
    return {
        **_named(poll),
        "method": poll.method,
        "rules": poll.rules,
        "electorate": poll.electorate,
        "body": poll.body.name if poll.body else None,
        "is_secret": poll.is_secret,
        "quorum_percent": poll.quorum_percent,
        "quorum_represented": poll.quorum_represented,
        "proxies_most": poll.proxies_most,
        "has_paper": poll.has_paper,
        "opens_at": poll.opens_at.isoformat(),
        "closes_at": poll.closes_at.isoformat(),
        "extended_from": poll.extended_from.isoformat() if poll.extended_from else None,
        "registered": poll.roll_size,
    }


def _named(poll: Poll) -> dict[str, Any]:
    options = [{"id": option.id, "label": option.label} for option in poll.options]
    return {"poll": poll.id, "title": poll.title, "options": options}


def _readme(poll: Poll) -> str:
    # No translation: the bytes of the archive are published with the result.
    result, method = poll.result or {}, poll.method.replace("_", "-")
    day = f"{poll.closes_at.astimezone(PARIS):%d/%m/%Y}"
    return f"""{poll.title}
Scrutin n° {poll.id}, fermé le {day}. Inscrits : {poll.roll_size}. Votants : {poll.turnout}.

CE QU’IL Y A ICI
{BALLOTS} : tous les bulletins, mélangés, un par ligne. Au-dessus : les règles.
{RESULT} : le résultat publié, avec chaque étape du dépouillement.
{RULES} : les règles, fixées à l’ouverture du vote.
{SEALED} : les mêmes règles, telles que le journal les a scellées.
{JOURNAL} : ce qui est arrivé au vote, jusqu’au dépouillement ; chaque ligne scelle la précédente.
{PRINTS} : l’empreinte de chaque bulletin, dans l’ordre.
{SUMS} : les empreintes SHA-256 de ces fichiers.

VÉRIFIER QUE LES FICHIERS N’ONT PAS CHANGÉ
Sous Linux ou macOS :  sha256sum -c {SUMS}
L’empreinte de {BALLOTS} est aussi dans {JOURNAL} (ballots_sha256) et sur la page du vote :
{result.get("sha256", "")}

L’empreinte de {SEALED} est dans {JOURNAL} (le dernier rules_sha256) : c’est le
texte JSON d’une liste. On y lit, dans l’ordre : titre, texte, méthode, règles de la méthode, qui
vote, comité, vote secret, quorum en %, procurations au plus, papier, quorum avec les procurations,
personnes du bureau nécessaires, dates (ouverture, fin des réclamations, fin des prolongations),
puis chaque choix avec son numéro.

COMPARER TOUT D’UN COUP AU RÉSULTAT PUBLIÉ, sur le serveur du centre
flask polls verify {poll.id} scrutin-{poll.id}.zip

RECOMPTER AVEC MAISONNÉE, sans base de données
flask polls count --method {method} {BALLOTS}

RECOMPTER AUTREMENT
{BALLOTS} est un tableau (UTF-8, séparé par des points-virgules). La ligne « Bulletin » nomme les
choix ; chaque ligne au-dessous est un bulletin : son empreinte, puis une case par choix. « blanc »
veut dire vote blanc. Une apostrophe en tête de case n’en fait pas partie : elle empêche un tableur
d’y voir une formule. La ligne « Règles » les donne en JSON, les choix y étant appelés par leur
place. Un tableur, un papier et un crayon, ou n’importe quel programme suffisent.

VÉRIFIER LE JOURNAL
{journal.HOW}

CE QUE CES FICHIERS NE DISENT PAS
Qui a voté quoi. L’empreinte d’un bulletin contient un nombre tiré au hasard, gardé nulle part.
"""
