"""From a document to series: ``extract`` reads the tables of published series it holds."""

from evidence.extraction.read import extract
from evidence.extraction.result import Extraction

__all__ = ["Extraction", "extract"]
