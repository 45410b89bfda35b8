"""Times arena-rank and choix on the votes of a CSV file (model_a,model_b,winner) and prints lines of a name, a tab
and a number: the CPU seconds each needed, of all its threads together, then arena-rank's ratings by model.

Each peer is warmed up first. Replicates are timed over a few and given per replicate.
"""

import functools
import sys
import time

import numpy as np
import pandas as pd


def timed(work, rounds=3):
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    return best, result


def arena_rank(frame, replicates):
    """As it ships, and with its compiler's work taken out.

    arena-rank makes a new function for JAX in every fit (lbfgs_minimize), so JAX compiles it anew in every fit and in every
    replicate of its bootstrap. That is what its users wait for. To know what its arithmetic needs, the same lbfgs_minimize is
    compiled once here, all replicates in one call, and their draws come for nothing.
    """
    import jax
    import jax.numpy as jnp
    from arena_rank.models.bradley_terry import BradleyTerry, fit_single_bootstrap_sample
    from arena_rank.utils.data_utils import PairDataset
    from arena_rank.utils.math_utils import lbfgs_minimize

    def fit():
        data = PairDataset.from_pandas(frame)
        model = BradleyTerry(n_competitors=len(data.competitors))
        return model.compute_ratings_and_cis(data)

    fit()
    seconds, board = timed(fit)
    data = PairDataset.from_pandas(frame)
    model = BradleyTerry(n_competitors=len(data.competitors))
    total = jnp.sum(data.counts)

    def draw(size):
        return jax.random.multinomial(
            key=jax.random.PRNGKey(1), n=int(total), p=data.counts / total,
            shape=(size, data.counts.shape[0]), dtype=model.dtype).block_until_ready()

    # Its own pool forks a process in which JAX runs threads, and may hang for ever; CPU time is the same without.
    def bootstrap():
        return [fit_single_bootstrap_sample(counts, model, data)["ratings"].block_until_ready() for counts in draw(few)]

    few = min(replicates, 2)
    own, ratings = timed(bootstrap, rounds=1)

    def minimise(counts):
        votes = {"pairs": data.pairs, "outcomes": data.outcomes, "opt_weights": counts * data.weights}
        best, _ = lbfgs_minimize(
            functools.partial(model.loss_function, data=votes), model.params,
            max_iter=model.max_iter, gtol=model.gtol, ftol=model.ftol)
        return best["ratings"]

    compiled_fit = jax.jit(minimise)

    def fit_once_compiled():
        again = PairDataset.from_pandas(frame)
        warm = BradleyTerry(n_competitors=len(again.competitors))
        warm.params = {"ratings": compiled_fit(again.counts).block_until_ready()}
        warm.fitted = True
        return warm.compute_ratings_and_cis(again)

    fit_once_compiled()
    compiled_seconds, _ = timed(fit_once_compiled)
    compiled = jax.jit(lambda drawn: jax.lax.map(minimise, drawn))
    random = np.random.default_rng(1)
    p = np.asarray(data.counts) / float(total)
    drawn = jnp.asarray(random.multinomial(int(total), p, size=replicates), dtype=model.dtype)
    compiled(drawn).block_until_ready()
    each, _ = timed(lambda: compiled(drawn).block_until_ready())
    # Both are the same fit: else the compiled one would be of something else.
    same = compiled(jnp.asarray(draw(few)))
    assert np.abs(np.asarray(same) - np.asarray(ratings)).max() < 1e-9
    return {
        "arena_fit": seconds, "arena_fit_compiled": compiled_seconds,
        "arena_replicate": own / few, "arena_replicate_compiled": each / replicates,
    }, dict(zip(board["competitors"], map(float, board["ratings"])))


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

    each, _ = timed(bootstrap)
    return seconds, each / replicates


def main():
    frame = pd.read_csv(sys.argv[1])
    replicates = int(sys.argv[2])
    arena, ratings = arena_rank(frame, replicates)
    choix_fit, choix_each = choix_dense(frame, replicates)
    numbers = arena | {"choix_fit": choix_fit, "choix_replicate": choix_each} | ratings
    for name, number in numbers.items():
        print(name, number, sep="\t")


if __name__ == "__main__":
    main()
