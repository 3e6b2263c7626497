"""Population-averaged proportion: the mean over series, beside that of the median series."""

from __future__ import annotations

import numpy as np

from evidence.pooling.effects import Transform
from evidence.pooling.quadrature import hermite_nodes


def population_mean(
    transform: Transform, mean: float, tau2: float, *, n: float, nodes: int = 60
) -> float:
    """Integral of back(mean + tau u) over u ~ N(0, 1) (Zeger, Liang & Albert 1988,
    Biometrics 44:1049); on the log odds it lies nearer to one half than the median series.
    """
    if tau2 <= 0:
        return float(transform.back(np.array(mean), n))
    z, log_weights = hermite_nodes(nodes if tau2 < 4 else 160)
    density = np.exp(log_weights - z * z / 2)
    values = transform.back(mean + np.sqrt(tau2) * z, n)
    return float((density * values).sum() / density.sum())
