"""The eigenvectors of the covariance matrix, turned round."""

import numpy as np


def pca(X, num_components):
    mean = np.mean(X, axis=0)
    centred = X - mean
    covariance = centred.T @ centred / X.shape[0]
    values, vectors = np.linalg.eigh(covariance)
    order = np.argsort(values)[::-1][:num_components]
    return mean, vectors[:, order], values[order]
