"""Times arena-rank and choix on the votes of a CSV file (model_a,model_b,winner) and prints lines of a name, a tab
and a number: the seconds each needed, then arena-rank's ratings by model.

Each peer is warmed up first (JAX compiles on the first call). Replicates are timed over a few and given per replicate.
"""

import os
import sys
import time

import numpy as np
import pandas as pd


def timed(work, rounds=3):
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    return best, result


def arena_rank(frame, replicates):
    import jax
    import jax.numpy as jnp
    from arena_rank.models.bradley_terry import BradleyTerry, fit_single_bootstrap_sample
    from arena_rank.utils.data_utils import PairDataset

    def fit():
        data = PairDataset.from_pandas(frame)
        model = BradleyTerry(n_competitors=len(data.competitors))
        return model.compute_ratings_and_cis(data)

    fit()
    seconds, board = timed(fit)
    data = PairDataset.from_pandas(frame)

    # Its own pool forks a process in which JAX runs threads, and may hang for ever. So its replicates run one by one here, and
    # the time is divided by the number of cores: as if the pool were perfect.
    def bootstrap():
        model = BradleyTerry(n_competitors=len(data.competitors))
        total = jnp.sum(data.counts)
        drawn = jax.random.multinomial(
            key=jax.random.PRNGKey(1), n=int(total), p=data.counts / total,
            shape=(replicates, data.counts.shape[0]), dtype=model.dtype)
        return [fit_single_bootstrap_sample(drawn[i], model, data)["ratings"].block_until_ready() for i in range(replicates)]

    each, _ = timed(bootstrap, rounds=1)
    each /= os.cpu_count()
    return seconds, each / replicates, dict(zip(board["competitors"], map(float, board["ratings"])))


def choix_dense(frame, replicates):
    import choix

    names = sorted(set(frame.model_a) | set(frame.model_b))
    code = {name: i for i, name in enumerate(names)}
    n = len(names)

    def matrix():
        a = frame.model_a.map(code).to_numpy()
        b = frame.model_b.map(code).to_numpy()
        won = frame.winner.map({"model_a": 1.0, "model_b": 0.0, "tie": 0.5}).to_numpy()
        wins = np.zeros((n, n))
        np.add.at(wins, (a, b), won)
        np.add.at(wins, (b, a), 1 - won)
        return wins

    seconds, _ = timed(lambda: choix.ilsr_pairwise_dense(matrix()))
    wins = matrix()
    total = int(wins.sum())
    random = np.random.default_rng(1)

    def bootstrap():
        for _ in range(replicates):
            drawn = random.multinomial(total, (wins / wins.sum()).ravel()).reshape(n, n)
            choix.ilsr_pairwise_dense(drawn.astype(float))

    each, _ = timed(bootstrap, rounds=1)
    return seconds, each / replicates


def main():
    frame = pd.read_csv(sys.argv[1])
    replicates = int(sys.argv[2])
    arena_fit, arena_each, ratings = arena_rank(frame, replicates)
    choix_fit, choix_each = choix_dense(frame, replicates)
    numbers = {
        "arena_fit": arena_fit, "arena_replicate": arena_each,
        "choix_fit": choix_fit, "choix_replicate": choix_each,
    } | ratings
    for name, number in numbers.items():
        print(name, number, sep="\t")


if __name__ == "__main__":
    main()
