"""What makes an association findable."""

from app.associations.families import FAMILIES
from app.associations.models import Association
from app.core import search


def index_association(association: Association) -> None:
    """Make it findable, while it is in the directory and no moderator has hidden it."""
    if association.status == "approved" and association.is_shown:
        search.index(
            "associations",
            association.id,
            association.name,
            association.path,
            association.purpose,
            association.activities,
            str(FAMILIES[association.family]),
        )
