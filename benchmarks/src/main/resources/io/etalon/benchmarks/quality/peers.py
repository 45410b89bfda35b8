"""Times a peer on a file of ours.

peers.py dawid-skene FILE ITERATIONS prints the CPU seconds of one iteration;
peers.py alpha FILE prints the value, seconds on the clock and CPU seconds.
"""

import statistics
import sys
import time


def best(runs, work, clock=time.process_time):
    """Least time of several runs, of the CPU unless another clock is given."""
    times = []
    for _ in range(runs):
        begun = clock()
        work()
        times.append(clock() - begun)
    return min(times)


def dawid_skene(file, iterations):
    """CPU seconds of one iteration: the difference between many and one, so that starting costs nothing.

    Median of five such differences, for either time of a pair may be disturbed.
    """
    import pandas
    from crowdkit.aggregation import DawidSkene

    labels = pandas.read_csv(file)

    def fit(n):
        # It would stop early by its own rule; a fit of n iterations is what is compared.
        return best(1, lambda: DawidSkene(n_iter=n, tol=-1e300).fit(labels))

    fit(1)
    return statistics.median(fit(1 + iterations) - fit(1) for _ in range(5)) / iterations


def alpha(file):
    """Value from a matrix of workers x tasks without a gap, the form that its manual shows, and its two times."""
    import krippendorff
    import numpy
    import pandas

    labels = pandas.read_csv(file)
    matrix = numpy.full((labels.worker.max() + 1, labels.task.max() + 1), numpy.nan)
    matrix[labels.worker, labels.task] = labels.label

    def work():
        return krippendorff.alpha(matrix, level_of_measurement="nominal")

    return work(), best(10, work, time.perf_counter), best(10, work)


if sys.argv[1] == "dawid-skene":
    print(dawid_skene(sys.argv[2], int(sys.argv[3])))
else:
    print(*alpha(sys.argv[2]), sep="\n")
