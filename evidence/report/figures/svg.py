"""A small SVG writer: real text, colours as attributes (page CSS overrides them), fixed ids."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from evidence.report.figures.colours import COLOURS
from evidence.report.figures.curves import straightened

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


def number(value: float) -> str:
    """A coordinate with at most one decimal and no trailing zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _stroke(width: float) -> str:
    return "" if width == 1 else f' stroke-width="{number(width)}"'


class Drawing:
    """An SVG being drawn: methods add one element each, ``to_svg`` closes it.

    ``colour`` arguments are keys of ``COLOURS``; the key becomes the class, the value the
    attribute, so that a viewer without style sheets still shows the right colours.
    """

    def __init__(self, *, ident: str, title: str, desc: str, width: float) -> None:
        self.ident = ident
        self.title = title
        self.desc = desc
        self.width = width
        self.height = 0.0
        self._parts: list[str] = []

    def text(
        self,
        x: float,
        y: float,
        content: str,
        *,
        size: float = 12,
        anchor: str = "start",
        colour: str = "ink",
        bold: bool = False,
        italic: bool = False,
        href: str | None = None,
    ) -> None:
        """Real text with its baseline at ``y``; with ``href`` it is a link inside the page."""
        style = f' font-size="{number(size)}"' if size != 12 else ""
        style += f' text-anchor="{anchor}"' if anchor != "start" else ""
        style += ' font-weight="bold"' if bold else ""
        style += ' font-style="italic"' if italic else ""
        paint = f' class="{colour}" fill="{COLOURS[colour]}"' if colour != "ink" else ""
        body = f'<text x="{number(x)}" y="{number(y)}"{style}{paint}>{escape(content)}</text>'
        self._add(f"<a href={quoteattr('#' + href)}>{body}</a>" if href else body, y)

    def open_link(self, href: str | None) -> None:
        """What is drawn until ``close_link`` leads to ``href``; nothing without one."""
        if href:
            self._parts.append(f"<a href={quoteattr('#' + href)}>")

    def close_link(self, href: str | None) -> None:
        """The end of ``open_link``."""
        if href:
            self._parts.append("</a>")

    def ticks(self, places: Iterable[tuple[float, str]], y: float, *, size: float = 11) -> None:
        """Labels of an axis in one group: the only numbers of a figure without a source."""
        self._numbers(((x, y, text) for x, text in places), size=size, anchor="middle")

    def scale(self, places: Iterable[tuple[float, str]], x: float) -> None:
        """Labels of an upright axis, ending at ``x``."""
        self._numbers(((x, y, text) for y, text in places), size=11, anchor="end")

    def _numbers(
        self, places: Iterable[tuple[float, float, str]], *, size: float, anchor: str
    ) -> None:
        texts = [(x, y, escape(text)) for x, y, text in places]
        body = "".join(f'<text x="{number(x)}" y="{number(y)}">{t}</text>' for x, y, t in texts)
        self._add(
            f'<g class="axis" fill="{COLOURS["muted"]}" font-size="{number(size)}"'
            f' text-anchor="{anchor}">{body}</g>',
            max((y for _, y, _ in texts), default=0.0),
        )

    def lines(
        self, x: float, y: float, contents: Iterable[str], *, leading: float = 14, **style: object
    ) -> None:
        """Several lines of text, the first with its baseline at ``y``."""
        for i, content in enumerate(contents):
            self.text(x, y + i * leading, content, **style)  # type: ignore[arg-type]

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        colour: str = "ink",
        width: float = 1,
        dash: str | None = None,
    ) -> None:
        """A straight line."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._add(
            f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
            f' class="s-{colour}" stroke="{COLOURS[colour]}"{_stroke(width)}{dashed}/>',
            max(y1, y2),
        )

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        colour: str = "accent",
        outline: str | None = None,
        dash: str | None = None,
        hint: str | None = None,
    ) -> None:
        """A rectangle, filled; ``outline`` draws its edge in another colour."""
        edge = f' stroke="{COLOURS[outline]}"' if outline else ""
        edge += f' stroke-dasharray="{dash}"' if dash else ""
        classes = f"{colour} s-{outline}" if outline else colour
        self._shape(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}"'
            f' height="{number(height)}" class="{classes}"'
            f' fill="{COLOURS[colour]}"{edge}',
            "rect",
            hint,
            y + height,
        )

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        colour: str = "accent",
        outline: str | None = None,
        opacity: float = 1,
        hint: str | None = None,
    ) -> None:
        """A circle, filled."""
        edge = f' stroke="{COLOURS[outline]}"' if outline else ""
        seen = f' fill-opacity="{opacity:g}"' if opacity != 1 else ""
        classes = f"{colour} s-{outline}" if outline else colour
        self._shape(
            f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
            f' class="{classes}" fill="{COLOURS[colour]}"{edge}{seen}',
            "circle",
            hint,
            y + radius,
        )

    def polygon(
        self, points: Iterable[tuple[float, float]], *, colour: str = "accent", opacity: float = 1
    ) -> None:
        """A closed shape, filled."""
        corners = straightened(list(points))
        places = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
        seen = f' fill-opacity="{opacity:g}"' if opacity != 1 else ""
        self._add(
            f'<polygon points="{places}" class="{colour}" fill="{COLOURS[colour]}"{seen}/>',
            max(y for _, y in corners),
        )

    def uprights(self, xs: Iterable[float], top: float, bottom: float) -> None:
        """Vertical grid lines as one element."""
        places = "".join(f"M{number(x)} {number(top)}V{number(bottom)}" for x in xs)
        paint = f'class="s-grid" stroke="{COLOURS["grid"]}"'
        self._add(f'<path d="{places}" fill="none" {paint}/>', bottom)

    def dots(
        self, points: Iterable[tuple[float, float]], *, size: float, colour: str = "accent"
    ) -> None:
        """Many round dots of one size as one element."""
        corners = list(points)
        places = "".join(f"M{number(x)} {number(y)}h0" for x, y in corners)
        self._add(
            f'<path d="{places}" fill="none" class="s-{colour}" stroke="{COLOURS[colour]}"'
            f' stroke-width="{number(size)}" stroke-linecap="round"/>',
            max(y for _, y in corners) + size / 2,
        )

    def path(
        self, points: Iterable[tuple[float, float]], *, colour: str = "accent", width: float = 1.5
    ) -> None:
        """An open line through the points."""
        corners = straightened(list(points))
        if not corners:
            return
        places = "L".join(f"{number(x)} {number(y)}" for x, y in corners)
        self._add(
            f'<path d="M{places}" fill="none" class="s-{colour}"'
            f' stroke="{COLOURS[colour]}"{_stroke(width)}/>',
            max(y for _, y in corners),
        )

    def to_svg(self, *, margin_bottom: float = 12) -> str:
        """The whole drawing; its height is where the last element ended."""
        height = self.height + margin_bottom
        names = f"{self.ident}-title", f"{self.ident}-desc"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" id="{self.ident}" class="figure"'
            f' viewBox="0 0 {number(self.width)} {number(height)}"'
            f' width="{number(self.width)}" height="{number(height)}"'
            f' aria-labelledby="{names[0]} {names[1]}"'
            f' font-family="{FONT}" font-size="12" fill="{COLOURS["ink"]}">'
            f'<title id="{names[0]}">{escape(self.title)}</title>'
            f'<desc id="{names[1]}">{escape(self.desc)}</desc>'
            f'<rect width="100%" height="100%" class="paper" fill="{COLOURS["paper"]}"/>'
            + "".join(self._parts)
            + "</svg>"
        )

    def _shape(self, opening: str, name: str, hint: str | None, bottom: float) -> None:
        if hint:
            self._add(f"{opening}><title>{escape(hint)}</title></{name}>", bottom)
        else:
            self._add(f"{opening}/>", bottom)

    def _add(self, element: str, bottom: float) -> None:
        self._parts.append(element)
        self.height = max(self.height, bottom)
