"""Refusals: each carries a sentence for the person and an HTTP status."""


class DomainError(Exception):
    """An act that the rules refuse; `message` is shown to the person as it is."""

    status = 422

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Invalid(DomainError):
    """What was given cannot be accepted; `field` names the form field at fault, if one is."""


class Forbidden(DomainError):
    """This person may not do this, now."""

    status = 403


class Conflict(DomainError):
    """Already done, or changed by someone else meanwhile."""

    status = 409
