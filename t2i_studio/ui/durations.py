"""Times for people: as exact as they are useful."""

from t2i_studio.core.words import tr

MINUTE, HOUR = 60, 3600  # s


def duration(seconds: float) -> str:
    """Return a time like "0.4 s", "12 s", "2 min 05 s" or "1 h 20 min"."""
    if seconds < 9.95:
        return tr("{seconds} s", seconds=f"{seconds:.1f}")
    whole = round(seconds)
    if whole < MINUTE:
        return tr("{seconds} s", seconds=whole)
    if whole < HOUR:
        minutes, rest = divmod(whole, MINUTE)
        return tr("{minutes} min {seconds} s", minutes=minutes, seconds=f"{rest:02d}")
    hours, rest = divmod(round(seconds / MINUTE), MINUTE)
    return tr("{hours} h {minutes} min", hours=hours, minutes=f"{rest:02d}")


def roughly(seconds: float) -> str:
    """Return the time of what has not begun, in whole seconds."""
    if seconds < MINUTE:
        return tr("{seconds} s", seconds=max(1, round(seconds)))
    return duration(seconds)
