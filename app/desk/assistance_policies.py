"""Whom the desk may act with."""

from app.accounts.models import Resident
from app.core.rights import Right, Role
from app.desk.models import Assistance


def can_assist_people(agent: Resident) -> bool:
    """The team."""
    return agent.may(Right.ASSIST_PEOPLE)


def decides(person: Resident) -> bool:
    """Whether someone holds a role that decides for others: they act by themselves."""
    return person.is_team or person.has_role(Role.REFERENT)


def can_assist(agent: Resident, person: Resident) -> bool:
    """Someone else, who decides for nobody: the team and the référents act by themselves."""
    someone_else = person.is_active and person.id != agent.id
    return can_assist_people(agent) and someone_else and not decides(person)


def can_print_list(agent: Resident, assistance: Assistance) -> bool:
    """Whoever was there."""
    return can_assist_people(agent) and assistance.agent_id == agent.id
