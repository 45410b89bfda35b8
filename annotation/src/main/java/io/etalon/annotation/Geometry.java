package io.etalon.annotation;

/** Where a shape lies on its asset. Each kind of geometry is one record; a {@code switch} over it is exhaustive. */
public sealed interface Geometry permits Box {}
