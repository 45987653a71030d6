"""The cookies of the site, as the privacy page tells them."""

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
)
"""(name, what for, how long); none measures an audience, none is anyone else's."""
