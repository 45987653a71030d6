"""Why the centre holds personal data: the register of article 30 of the RGPD, as a table."""

from dataclasses import dataclass
from typing import Any

from app.core.i18n import _l

ACCOUNT, ACCESS, FAMILY, CONSENTS = "compte", "connexion", "famille", "accords"
ADHESIONS, WRITINGS, VOTES, BODIES = "adhesions", "propositions", "votes", "instances"
PROGRAMME, GROUPS, MESSAGES, DESK = "programme", "associations", "messages", "accueil"
ORDER, FIGURES, TEAM, RIGHTS = "moderation", "chiffres", "equipe", "droits"
HELP, PAST = "entraide", "reprise"

PUBLIC_INTEREST = _l("Mission d’intérêt public (RGPD, art. 6, 1, e)")
CONSENT = _l("Votre accord, que vous reprenez quand vous voulez (RGPD, art. 6, 1, a)")
LEGAL_DUTY = _l("Obligation légale (RGPD, art. 6, 1, c)")
WHILE_ACCOUNT = _l(
    "Tant que le compte existe. Sans nouvelles pendant %(inactivity_months)s mois, la personne est "
    "prévenue deux fois, puis effacée."
)
THE_TEAM = _l("L’équipe du centre.")


@dataclass(frozen=True)
class Treatment:
    """A purpose, its legal basis, what it takes, who receives it and for how long.

    `kept` names settings of the centre, as « %(inactivity_months)s ».
    """

    key: str
    name: Any
    purpose: Any
    basis: Any
    data: Any
    recipients: Any
    kept: Any

    def kept_words(self, rules: dict[str, Any]) -> str:
        """How long, with the durations that the centre has set."""
        return str(self.kept) % rules


_ALL = (
    Treatment(
        ACCOUNT,
        _l("Votre compte et votre carte"),
        _l("Vous reconnaître, et vous permettre de participer, en ligne ou à l’accueil."),
        PUBLIC_INTEREST,
        _l(
            "Prénom, nom, numéro de carte. Si vous le voulez : année de naissance, quartier, femme "
            "ou homme, e-mail, téléphone, langues, nom d’usage."
        ),
        _l("L’équipe du centre. Les habitants lisent votre prénom et une initiale."),
        WHILE_ACCOUNT,
    ),
    Treatment(
        ACCESS,
        _l("Vos connexions"),
        _l("Protéger votre compte, et vous laisser fermer une session oubliée."),
        PUBLIC_INTEREST,
        _l(
            "Date, moyen de connexion, type d’appareil ; empreinte du mot de passe et du code. Une "
            "inscription pas encore confirmée : ce que vous avez écrit pour vous inscrire."
        ),
        _l("Vous seul. Personne ne peut lire votre mot de passe ni votre code."),
        _l(
            "12 mois pour l’historique des connexions ; 2 jours pour une inscription à confirmer, "
            "un lien demandé ou un changement d’adresse."
        ),
    ),
    Treatment(
        FAMILY,
        _l("Votre famille"),
        _l("Protéger les enfants : un adulte répond d’eux jusqu’à 15 ans."),
        PUBLIC_INTEREST,
        _l("Qui vit avec qui, et qui est responsable de quel enfant."),
        THE_TEAM,
        _l("Jusqu’à la fin du lien, ou de l’un des comptes."),
    ),
    Treatment(
        CONSENTS,
        _l("Vos accords"),
        _l("Profil public, photo, lettre d’information : seulement si vous le voulez bien."),
        CONSENT,
        _l("Ce que vous avez accepté, quand, et la phrase que vous avez lue."),
        THE_TEAM,
        _l("Tant que le compte existe, pour prouver l’accord et son retrait."),
    ),
    Treatment(
        ADHESIONS,
        _l("Vos adhésions"),
        _l("Tenir la liste des adhérents et donner un reçu."),
        LEGAL_DUTY,
        _l("Saison, montant, moyen de paiement, numéro du reçu, personnes couvertes."),
        _l("L’équipe du centre et le comptable public."),
        _l("Le reçu 10 ans, sans votre nom une fois que vous êtes effacé."),
    ),
    Treatment(
        WRITINGS,
        _l("Vos propositions et vos commentaires"),
        _l("Faire vivre les idées des habitants, de la première phrase à la réalisation."),
        PUBLIC_INTEREST,
        _l("Ce que vous écrivez, ce que vous soutenez, votre part dans un projet."),
        _l("Tout le monde pour ce qui est publié, avec votre prénom et une initiale."),
        WHILE_ACCOUNT,
    ),
    Treatment(
        VOTES,
        _l("Vos votes"),
        _l("Compter chaque voix une fois, et le prouver."),
        PUBLIC_INTEREST,
        _l(
            "Que vous étiez sur la liste et que vous avez voté, au jour près. Dans un vote secret, "
            "votre choix n’est relié à vous nulle part."
        ),
        _l("Dans un vote public, tout le monde. Dans un vote secret, personne."),
        WHILE_ACCOUNT,
    ),
    Treatment(
        BODIES,
        _l("Le conseil de maison et les comités"),
        _l("Réunir les habitants, et garder la trace publique de ce qui est décidé."),
        PUBLIC_INTEREST,
        _l("Comités suivis, sièges, présences aux réunions, charges acceptées."),
        _l("Tout le monde pour les sièges et les comptes rendus publiés."),
        _l(
            "Tant que le compte existe. Dans un compte rendu publié, le nom d’un membre du conseil "
            "reste : c’est un document public (RGPD, art. 17, 3, d)."
        ),
    ),
    Treatment(
        PROGRAMME,
        _l("Vos venues au centre"),
        _l("Compter le public des actions, et savoir qui prévenir."),
        PUBLIC_INTEREST,
        _l("Les séances où vous avez signé, comme public ou comme bénévole."),
        _l("L’équipe du centre. La CAF et les autres financeurs reçoivent des totaux, sans nom."),
        _l("%(attendance_months)s mois ; ensuite le nom est effacé, le nombre reste."),
    ),
    Treatment(
        GROUPS,
        _l("Vos associations et vos collectifs"),
        _l("Faire connaître les associations et relier celles et ceux qui agissent."),
        PUBLIC_INTEREST,
        _l("Associations que vous avez inscrites, collectifs dont vous êtes."),
        _l("L’équipe du centre ; les membres d’un collectif entre eux."),
        WHILE_ACCOUNT,
    ),
    Treatment(
        HELP,
        _l("L’entraide entre habitants"),
        _l("Se donner un coup de main sans montrer son téléphone ni son adresse."),
        PUBLIC_INTEREST,
        _l("Annonces, messages privés, personnes avec qui l’échange est arrêté."),
        _l(
            "Les habitants connectés pour une annonce ; les deux personnes d’un échange pour ses "
            "messages. L’équipe n’en lit que si l’une des deux en signale un."
        ),
        _l("%(help_kept_days)s jours après la fin de l’annonce, qui finit d’elle-même."),
    ),
    Treatment(
        MESSAGES,
        _l("Vos messages"),
        _l("Vous dire ce qui vous regarde."),
        PUBLIC_INTEREST,
        _l("Les messages du site, et les e-mails envoyés."),
        _l("Vous seul."),
        _l("12 mois sur le site ; le texte d’un e-mail est effacé dès qu’il est parti."),
    ),
    Treatment(
        DESK,
        _l("Ce que l’accueil a fait pour vous"),
        _l("Aider qui ne peut pas faire seul, et pouvoir dire ce qui a été fait."),
        PUBLIC_INTEREST,
        _l("Qui a agi pour vous, quand, et quoi ; les fiches en double réunies."),
        _l("Vous, et l’équipe du centre."),
        _l(
            "12 mois pour les actes faits pour vous ; 30 jours pour ce qui permet de séparer deux "
            "fiches réunies ; le reste tant que le compte existe."
        ),
    ),
    Treatment(
        ORDER,
        _l("La modération"),
        _l("Protéger chacun des insultes et de la tromperie."),
        PUBLIC_INTEREST,
        _l("Ce que vous avez signalé, ce qui a été décidé de vos textes, et pourquoi."),
        _l("L’équipe du centre et les référents de comité."),
        WHILE_ACCOUNT,
    ),
    Treatment(
        FIGURES,
        _l("Les chiffres du centre"),
        _l("Rendre compte de la participation à la Ville et à la CAF."),
        PUBLIC_INTEREST,
        _l("Vos actes de participation, sous un numéro tiré au hasard."),
        _l("La CAF, la Ville et le public reçoivent des totaux seulement."),
        _l("Sans limite, mais le lien entre le numéro et vous disparaît avec votre compte."),
    ),
    Treatment(
        PAST,
        _l("La reprise des années passées"),
        _l("Compter ce que le centre a fait avant la plateforme."),
        PUBLIC_INTEREST,
        _l(
            "Les lignes d’un tableau envoyé par la direction : prénom, nom, année de naissance, "
            "carte. Une fois reprise, une ligne ne garde aucun nom, seulement une empreinte qui "
            "évite de la compter deux fois."
        ),
        _l("La direction."),
        _l("7 jours pour les lignes en attente. L’empreinte : jusqu’à l’annulation de la reprise."),
    ),
    Treatment(
        TEAM,
        _l("Les rôles et les actes de l’équipe"),
        _l("Savoir qui a le droit de quoi, et qui a fait quoi."),
        PUBLIC_INTEREST,
        _l("Rôles tenus, actes faits au nom du centre, journal de ces actes."),
        _l("La direction."),
        _l("Le journal est gardé ; une personne effacée n’y est plus qu’un numéro."),
    ),
    Treatment(
        RIGHTS,
        _l("Vos demandes sur vos données"),
        _l("Répondre à vos demandes, et prouver que c’est fait."),
        LEGAL_DUTY,
        _l("Le jour d’une demande d’effacement, et sa suite."),
        _l("La direction."),
        _l("Sans limite, sous un numéro qui ne désigne plus personne."),
    ),
)
TREATMENTS = {one.key: one for one in _ALL}

RIGHTS_OF_ALL = (
    _l("Voir ce que le centre a sur vous, et en emporter une copie."),
    _l("Corriger ce qui est faux."),
    _l("Faire effacer votre compte."),
    _l("Vous opposer à un usage, ou le faire suspendre : dites-le à l’accueil."),
    _l("Reprendre un accord que vous avez donné."),
)
