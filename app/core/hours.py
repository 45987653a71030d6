"""Hours: decimal for whoever computes, « 1 h 30 » for whoever reads."""

from app.core.typography import NBSP, number_fr


class Hours(float):
    """An amount of hours that stays one through a difference, and is read as hours and minutes.

    A spreadsheet, a CSV file or the API takes it as the number it is (see `decimal`).
    """

    def __neg__(self) -> "Hours":
        return Hours(-float(self))

    def __sub__(self, other: float) -> "Hours":
        return Hours(float(self) - other)

    def __rsub__(self, other: float) -> "Hours":
        return Hours(other - float(self))


def decimal(number: float) -> float:
    """The plain number: whole where it is, « 1 » rather than « 1.0 »."""
    if not isinstance(number, Hours):
        return number
    return int(number) if number.is_integer() else round(float(number), 2)


def read_fr(number: float) -> str:
    """A number as people read it: hours in hours and minutes, others as `number_fr`."""
    return hours_fr(number) if isinstance(number, Hours) else number_fr(number)


def hours_fr(hours: float) -> str:
    """1.02 → « 1 h 01 », 2 → « 2 h », 0.75 → « 45 min »; to the minute, unbroken."""
    minutes = round(abs(hours) * 60)
    whole, rest = divmod(minutes, 60)
    sign = "\u2212" if hours < 0 and minutes else ""
    if not whole and rest:
        return f"{sign}{rest}{NBSP}min"
    said = f"{sign}{number_fr(whole)}{NBSP}h"
    return f"{said}{NBSP}{rest:02}" if rest else said
