"""Age bands: the ages where each begins, as set by the centre."""

from itertools import pairwise

from app.centre.settings import rule


def age_band(age: int) -> str | None:
    """The band of an age in whole years, « 26-59 » or « 60+ »; None before birth.

    The bands start at 0 and follow one another by construction: only their starts are set.
    """
    if age < 0:
        return None
    starts = (0, *rule("age_bands"))
    place = max(number for number, start in enumerate(starts) if start <= age)
    return labels(starts[1:])[place]


def labels(starts: tuple[int, ...]) -> tuple[str, ...]:
    """What each band is called, the first one from 0 included."""
    lows = (0, *starts)
    closed = (f"{low}-{following - 1}" for low, following in pairwise(lows))
    return (*closed, f"{lows[-1]}+")
