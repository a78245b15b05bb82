"""The normal equations of many small least-squares fits at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.numeric import FloatArray

HIGHEST_CONDITION = 30.0
"""Belsley, Kuh and Welsch (1980): from an index of 30 on, columns can hardly be told apart."""


def inverse_and_condition(*, normal_matrix: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Inverses of normal matrices, and the condition indices that say whether to trust them.

    With N = X'X and the columns of X brought to length 1 (S = N_ij / sqrt(N_ii N_jj)) the condition
    index is sqrt(highest / lowest eigenvalue of S), the condition number of the scaled X.

    Args:
        normal_matrix: X'X of every fit; fits x terms x terms.

    Returns:
        The inverses of N, NaN where the index is 30 or more, and the indices; infinite where a
        column is all zero or not finite.

    Source: Belsley, Kuh and Welsch 1980, Regression Diagnostics, chapter 3 (scaled condition index,
    bound of 30). By hand: X = [[1, 0], [1, 1]] has S = [[1, r], [r, 1]] with r = 1/sqrt(2),
    eigenvalues 1 +- r, index sqrt(5.82843) = 1 + sqrt(2).

    >>> inverse_and_condition(normal_matrix=[[[2.0, 1.0], [1.0, 1.0]]])
    (array([[[ 1., -1.],
        [-1.,  2.]]]), array([2.41421]))
    """
    normal = np.asarray(normal_matrix, dtype=np.float64)
    with np.errstate(all="ignore"):  # a fit that fails comes out as NaN
        length = np.sqrt(np.diagonal(normal, axis1=1, axis2=2))
        scale = length[:, :, None] * length[:, None, :]
        scaled, unit = normal / scale, np.eye(normal.shape[-1])
        whole = np.asarray(np.isfinite(scaled).all(axis=(1, 2)))
        spread = np.linalg.eigvalsh(np.where(whole[:, None, None], scaled, unit))
        least = np.where(whole & (spread[:, 0] > 0.0), spread[:, 0], 0.0)
        condition = np.sqrt(spread[:, -1] / least)
        sound = (condition < HIGHEST_CONDITION)[:, None, None]
        inverse = np.linalg.inv(np.where(sound, scaled, unit)) / scale
    return np.where(sound, inverse, np.nan), condition
