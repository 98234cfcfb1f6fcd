"""The colours of the two themes by meaning, and how well they can be told apart."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """Colours as #RRGGBB; surfaces first, then what is drawn on them.

    `hairline` only parts surfaces that differ anyway; what has to be seen is drawn in `line`.
    """

    name: str
    is_dark: bool

    window: str
    panel: str
    raised: str  # menus, tooltips, toasts, cards
    field: str  # where one types
    control: str  # quiet buttons
    hover: str
    pressed: str
    selected: str  # a tint of the accent
    canvas: str  # around pictures: neutral, so that colours can be judged
    checker: str  # the other colour of a transparency checkerboard

    hairline: str
    line: str
    focus: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    danger: str
    ok: str
    warn: str

    @property
    def surfaces(self) -> dict[str, str]:
        """Everything that carries text, by name."""
        names = ("window", "panel", "raised", "field", "control", "hover", "pressed", "selected")
        return {name: getattr(self, name) for name in names}

    @property
    def quiet_bar(self) -> str:
        """The colour of a bar that is not the best one."""
        return mixed(self.line, self.accent, 0.25)


DARK = Theme(
    name="dark",
    is_dark=True,
    window="#1B1D21",
    panel="#23262B",
    raised="#2D3138",
    field="#191B1F",
    control="#2F343B",
    hover="#383D46",
    pressed="#282C32",
    selected="#2B3E52",
    canvas="#2A2A2A",
    checker="#363636",
    hairline="#363B43",
    line="#747E8C",
    focus="#6CB2FF",
    text="#E8EAED",
    muted="#A9B1BC",
    disabled="#767F8B",
    accent="#6CB2FF",
    accent_hover="#8DC4FF",
    on_accent="#0B1622",
    danger="#FF8A80",
    ok="#72D19B",
    warn="#F3BE5A",
)
LIGHT = Theme(
    name="light",
    is_dark=False,
    window="#F3F4F6",
    panel="#FFFFFF",
    raised="#FFFFFF",
    field="#FFFFFF",
    control="#EEF0F3",
    hover="#EAEDF0",
    pressed="#E4E7EB",
    selected="#E3EDFA",
    canvas="#DCDCDC",
    checker="#C6C6C6",
    hairline="#DADEE3",
    line="#7A828D",
    focus="#1B63C4",
    text="#1B1E23",
    muted="#565F6B",
    disabled="#8B929C",
    accent="#1B63C4",
    accent_hover="#1655AB",
    on_accent="#FFFFFF",
    danger="#B3261E",
    ok="#1B7A42",
    warn="#855300",
)
THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


def luminance(colour: str) -> float:
    """Return the relative luminance of #RRGGBB (WCAG 2.2)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def mixed(a: str, b: str, share: float) -> str:
    """Return `a` with `share` of `b` in it."""
    pairs = ((int(a[i : i + 2], 16), int(b[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(x + (y - x) * share):02X}" for x, y in pairs)
