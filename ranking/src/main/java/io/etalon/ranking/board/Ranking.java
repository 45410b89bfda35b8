package io.etalon.ranking.board;

/** What comes of ranking votes: a leaderboard, or why there can be none. */
public sealed interface Ranking permits Leaderboard, Unrankable {}
