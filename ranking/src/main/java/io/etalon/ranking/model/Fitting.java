package io.etalon.ranking.model;

/** The result of fitting a model: a maximum of the likelihood, or the reason why there is none. */
public sealed interface Fitting permits Fit, NoFit {}
