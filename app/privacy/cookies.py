"""What the site leaves on a device, as the privacy page tells it."""

from app.core.i18n import _l

COOKIES = (
    (
        "session",
        _l("Vous laisser connecté, et protéger les formulaires."),
        _l("30 jours ; avec une carte ou sur une borne, jusqu’à la fermeture."),
    ),
    (
        "appareil",
        _l("Reconnaître un appareil où vous vous êtes déjà connecté : le compte est mieux gardé."),
        _l("400 jours"),
    ),
    (
        "borne",
        _l("Sur les tablettes du centre seulement : savoir que c’en est une."),
        _l("Tant que la tablette sert de borne"),
    ),
    (
        "notes",
        _l("Garder sur l’appareil un compte rendu que l’on écrit, quand le réseau manque."),
        _l("Jusqu’à ce qu’il soit enregistré sur le site"),
    ),
)
"""(name, what for, how long); none measures an audience, none is anyone else's."""
