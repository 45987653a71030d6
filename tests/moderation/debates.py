"""A debate that everyone reads."""

from app.bodies.models import Body
from app.proposals import debates
from app.proposals.models import Debate
from tests.moderation.support import WORDS, referent


def open_debate(body: Body, title: str = "La cour") -> Debate:
    return debates.open_debate(body, referent(body), title, f"{WORDS} ?")
