"""Why there is no export for RevMan, in words."""

from __future__ import annotations

from evidence.errors import Problem, Severity, WrongUsage


def refuse_revman() -> WrongUsage:
    """RevMan's data types are comparisons of two groups; a series without controls has one.

    RevMan Web takes study arms and results as CSV for comparisons, and RIS for references; its
    only place for one estimate (generic inverse variance) is a contrast with a line of no
    difference, which a proportion does not have.
    """
    return WrongUsage(
        Problem(
            code="revman-needs-controls",
            severity=Severity.ERROR,
            message="RevMan holds comparisons of two groups. A proportion of one group would have"
            " to be entered as a treatment contrast, which it is not, so nothing was written.",
            remedy="take --to ris for RevMan's references, and --to metafor or --to xlsx for the"
            " counts and pooled numbers",
        )
    )
