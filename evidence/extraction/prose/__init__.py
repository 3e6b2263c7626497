"""Running text: facts by sentence, as second source for a series and as source of one."""

from evidence.extraction.prose.agree import checks
from evidence.extraction.prose.facts import ProseFact, ProseReading
from evidence.extraction.prose.own import OwnReading, read_own
from evidence.extraction.prose.read import read_prose
from evidence.extraction.prose.series import series_from_prose

__all__ = [
    "OwnReading",
    "ProseFact",
    "ProseReading",
    "checks",
    "read_own",
    "read_prose",
    "series_from_prose",
]
