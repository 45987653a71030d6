"""Every act the ledger knows: one vocabulary for the whole house."""

from enum import StrEnum


class Act(StrEnum):
    """`subject:action`. An act is never renamed: a name in the ledger is for ever."""

    RESIDENT_REGISTERED = "resident:registered"
    ADHESION_TAKEN = "adhesion:taken"

    BODY_CREATED = "body:created"
    BODY_FIRST_MET = "body:first_met"
    BODY_JOINED = "body:joined"
    BODY_LEFT = "body:left"
    MANDATE_STARTED = "mandate:started"
    MANDATE_ENDED = "mandate:ended"
    MEETING_CONVENED = "meeting:convened"
    MEETING_CANCELLED = "meeting:cancelled"
    MEETING_HELD = "meeting:held"
    MEETING_HELD_WITHOUT_QUORUM = "meeting:held_without_quorum"
    MEETING_ATTENDED = "meeting:attended"
    MINUTES_PUBLISHED = "minutes:published"
    DECISION_RECORDED = "decision:recorded"
    DECISION_FOLLOWED = "decision:followed"

    PROPOSAL_SUBMITTED = "proposal:submitted"
    PROPOSAL_ADMITTED = "proposal:admitted"
    PROPOSAL_REFUSED = "proposal:refused"
    PROPOSAL_SUPPORTED = "proposal:supported"
    PROPOSAL_WITHDRAWN = "proposal:withdrawn"
    PROPOSAL_MERGED = "proposal:merged"
    PROPOSAL_PUT_TO_VOTE = "proposal:put_to_vote"
    PROPOSAL_ADOPTED = "proposal:adopted"
    PROPOSAL_NOT_ADOPTED = "proposal:not_adopted"
    COMMENT_POSTED = "comment:posted"
    PROJECT_STARTED = "project:started"
    PROJECT_ROLE_TAKEN = "project:role_taken"
    PROJECT_REALISED = "project:realised"

    POLL_OPENED = "poll:opened"
    POLL_CLOSED = "poll:closed"
    POLL_CANCELLED = "poll:cancelled"
    POLL_PARTICIPATED = "poll:participated"

    ASSOCIATION_LISTED = "association:listed"
    ASSOCIATION_APPROVED = "association:approved"
    ASSOCIATION_REFUSED = "association:refused"
    CONNECTION_ASKED = "connection:asked"
    CONNECTION_ACCEPTED = "connection:accepted"
    CONNECTION_DECLINED = "connection:declined"
    COLLECTIF_STARTED = "collectif:started"
    COLLECTIF_FORMED = "collectif:formed"

    SESSION_HELD = "session:held"
    SESSION_CANCELLED = "session:cancelled"
    SESSION_ATTENDED = "session:attended"
    TRAINING_OFFERED = "training:offered"
    ACTION_STARTED = "action:started"
    PARTNER_MET = "partner:met"
    ORIENTATION_GIVEN = "orientation:given"
    PROJECT_BACKED = "project:backed"
    HELP_THANKED = "help:thanked"


class Channel(StrEnum):
    """How an act reached us."""

    ONLINE = "online"
    DESK = "desk"
    PAPER = "paper"
    KIOSK = "kiosk"


class Standing(StrEnum):
    """Whom the indicators count as a habitant, and whom they show apart."""

    HABITANT = "habitant"
    OUTSIDE = "outside"
    TEAM = "team"
    PARTNER = "partner"
