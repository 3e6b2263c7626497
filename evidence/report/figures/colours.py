"""The colours of the figures, by the class that carries each."""

COLOURS = {
    "paper": "#ffffff",
    "ink": "#1c2733",
    "muted": "#5a6672",
    "grid": "#dde3e9",
    "rule": "#9aa7b3",
    "accent": "#0b5c8a",
    "accent2": "#a4480f",
    "soft": "#bcd7e8",
    "soft2": "#efcfb5",
    "band": "#f4f7f9",
    "good": "#2b7a4b",
    "bad": "#b3261e",
    "unknown": "#8a949e",
}
"""Class name to the colour it has on white paper; the page's style sheet restyles the classes."""
