"""The array type of this room: floating point, shapes named where it is used."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]
