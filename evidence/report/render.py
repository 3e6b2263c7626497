"""Templates and contexts become files: the only module that imports Jinja."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from evidence.errors import Problem, Severity, WrongUsage, unknown_name
from evidence.report.context import ReportContext
from evidence.report.figures.compact import compact_svg
from evidence.report.figures.files import figure_files, find_figures, pictures
from evidence.report.office import to_docx, to_pdf
from evidence.report.sections import SECTIONS, OwnContext, order_sections
from evidence.report.smaller import smaller_html
from evidence.report.text import Quoted, numbers_in
from evidence.report.words import Words, words

PACKAGE = Path(__file__).resolve().parents[1]
HOMES = (PACKAGE.parent / "templates", PACKAGE / "templates")
"""Where the shipped templates are: in a checkout, and in an installed package."""
FORMATS = ("html", "md", "png", "docx", "pdf")
_MD_SPECIAL = re.compile(r"([\\`*_\[\]|])")


def template_folder() -> Path:
    """The shipped templates: beside the package in a checkout, inside it when installed."""
    for home in HOMES:
        if (home / "html").is_dir():
            return home
    raise WrongUsage(f"The report's templates are missing: looked in {', '.join(map(str, HOMES))}.")


def render_report(
    context: ReportContext,
    *,
    templates: Path | None = None,
    formats: tuple[str, ...] = ("html", "md"),
) -> dict[str, bytes]:
    """Every file of the report by its relative path; equal input gives equal bytes.

    ``templates`` is a review's own folder: a file in it replaces the shipped file of that name.
    ``formats`` are ``html``, ``md``, ``png`` (pictures of the figures beside their SVG), and with
    the extras of the same names ``docx`` and ``pdf``.
    Raises WrongUsage for an unknown format or section, and for a name a template does not have.
    """
    for name in formats:
        if name not in FORMATS:
            raise unknown_name("report format", name, list(FORMATS))
    built = build_sections(context, templates=templates)
    figures = list(find_figures(built))
    files = figure_files(figures, png="png" in formats)
    if "html" in formats:
        files["report.html"] = render_page(context, built, "html", templates=templates)
    if "md" in formats:
        suffix = "png" if "png" in formats else "svg"
        files["report.md"] = render_page(
            context, built, "md", templates=templates, figure_suffix=suffix
        )
    if "docx" in formats or "pdf" in formats:
        whole = render_page(context, built, "html", templates=templates, whole=True).decode()
        if "docx" in formats:
            files["report.docx"] = to_docx(whole, pictures(figures))
        if "pdf" in formats:
            files["report.pdf"] = to_pdf(whole)
    return files


def build_sections(
    context: ReportContext, *, templates: Path | None = None
) -> list[tuple[str, str, Any]]:
    """(name, title, section context) in the order of the review's wishes."""
    settings = context.protocol.report
    names = order_sections(settings.sections, settings.drop, own=own_sections(templates))
    language = context.protocol.review.language
    with numbers_in(language):
        return [_build(name, context, words(language)) for name in names]


def _build(name: str, context: ReportContext, w: Words) -> tuple[str, str, Any]:
    section = SECTIONS.get(name)
    if section is None:
        return name, name.replace("_", " ").capitalize(), OwnContext.build(context)
    return name, w(section.title), section.build(context)


def own_sections(templates: Path | None) -> list[str]:
    """Sections that only a review's own templates folder has."""
    if templates is None or not (templates / "html").is_dir():
        return []
    found = [path.name.removesuffix(".html.j2") for path in (templates / "html").glob("*.html.j2")]
    return sorted(name for name in found if name not in SECTIONS and name not in _PAGE_TEMPLATES)


_PAGE_TEMPLATES = ("page", "macros", "style", "script", "explorer.js")


def render_page(
    context: ReportContext,
    built: list[tuple[str, str, Any]],
    form: str,
    *,
    templates: Path | None = None,
    figure_suffix: str = "svg",
    whole: bool = False,
) -> bytes:
    """One whole page in one format; ``whole`` for paper: every figure, with its own colours."""
    w = words(context.protocol.review.language)
    environment = make_environment(form, w, templates=templates)
    environment.globals |= {"figure_suffix": figure_suffix, "whole": whole}
    if whole:
        environment.filters["svg"] = Markup
    sections = [
        {
            "name": name,
            "title": title,
            "body": Markup(render_section(environment, name, form, section)),
        }
        for name, title, section in built
    ]
    page = {
        "title": context.protocol.review.title,
        "language": context.protocol.review.language,
        "sections": sections,
    }
    text = _render(environment, f"{form}/page.{form}.j2", page)
    text = _mend_links(text, form)
    text = smaller_html(text) if form == "html" else re.sub(r"\n{3,}", "\n\n", text)
    return (text.rstrip() + "\n").encode()


def render_section(environment: jinja2.Environment, name: str, form: str, section: Any) -> str:
    """One section's body: the fields of its context are the names its template knows."""
    known = {field.name: getattr(section, field.name) for field in fields(section)}
    return _render(environment, f"{form}/{name}.{form}.j2", known)


def make_environment(form: str, w: Words, *, templates: Path | None = None) -> jinja2.Environment:
    """Strict names, escaping on, a review's own templates before the shipped ones."""
    folders = [folder for folder in (templates, template_folder()) if folder is not None]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        finalize=_markdown_text if form == "md" else None,
    )
    environment.globals["_"] = w
    environment.globals["is_value"] = lambda part: hasattr(part, "href")
    environment.globals["is_quoted"] = lambda part: isinstance(part, Quoted)
    environment.globals["foreign"] = w.foreign
    environment.globals["is_sentence"] = lambda cell: isinstance(cell, tuple)
    environment.filters["svg"] = lambda text: Markup(compact_svg(text))
    return environment


def markdown_escape(text: str) -> str:
    """Text that shows as itself in Markdown, inside tables too."""
    flat = " ".join(text.split("\n"))
    safe = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MD_SPECIAL.sub(r"\\\1", safe)


def _markdown_text(value: Any) -> Any:
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return Markup(markdown_escape(value))


def _render(environment: jinja2.Environment, name: str, known: Mapping[str, Any]) -> str:
    try:
        return environment.get_template(name).render(**known)
    except jinja2.UndefinedError as error:
        raise _undefined(error, name, known) from error
    except jinja2.TemplateNotFound as error:
        raise WrongUsage(
            Problem(
                code="template-missing",
                severity=Severity.ERROR,
                message=f"Template '{error.name}' was not found.",
                remedy="Copy it from the shipped templates or drop the section in review.toml.",
            )
        ) from error
    except jinja2.TemplateSyntaxError as error:
        raise WrongUsage(
            Problem(
                code="template-syntax",
                severity=Severity.ERROR,
                message=f"{error.name}, line {error.lineno}: {error.message}.",
                remedy="Mend the template; the shipped one shows the form.",
            )
        ) from error


def _undefined(error: jinja2.UndefinedError, name: str, known: Mapping[str, Any]) -> WrongUsage:
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")]
    place = (
        f"{'/'.join(Path(frames[-1].filename).parts[-2:])}, line {frames[-1].lineno}"
        if frames
        else name
    )
    return WrongUsage(
        Problem(
            code="template-undefined",
            severity=Severity.ERROR,
            message=f"{place}: {error.message}. Known: {', '.join(sorted(known))}.",
            remedy="Use one of the known names, or drop the section in review.toml.",
        )
    )


def _mend_links(text: str, form: str) -> str:
    """Links to a section that was dropped lead to the provenance appendix instead."""
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    pattern = re.compile(r'href="#([^"]+)"' if form == "html" else r"\]\(#([^)]+)\)")

    def mend(found: re.Match[str]) -> str:
        if found.group(1) in ids:
            return found.group()
        return found.group().replace(f"#{found.group(1)}", "#sec-provenance")

    return pattern.sub(mend, text)
