package io.etalon.ranking.board;

import io.etalon.ranking.model.NoFit;

/** There is no board to publish; {@link NoFit#message()} says why in words, {@link NoFit#islands()} names the groups. */
public record Unrankable(NoFit reason) implements Ranking {}
