package io.etalon.quality.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final long SEED = 1955;

    @Test
    void findsWhatBruteForceFinds() {
        var random = new Random(SEED);
        for (var round = 0; round < 400; round++) {
            var rows = 1 + random.nextInt(7);
            var columns = 1 + random.nextInt(7);
            // Every other matrix holds few distinct values, so that ties abound.
            var levels = round % 2 == 0 ? 4 : 1_000_000;
            var cost = new double[rows][columns];
            for (var row : cost) {
                Arrays.setAll(row, i -> random.nextInt(-levels, levels) / (double) levels);
            }
            var chosen = Assignment.minimise(cost);
            assertThat(chosen).hasSize(rows);
            var used = Arrays.stream(chosen).filter(column -> column >= 0).toArray();
            assertThat(used).doesNotHaveDuplicates().hasSize(Math.min(rows, columns));
            var total = 0.0;
            for (var row = 0; row < rows; row++) {
                total += chosen[row] < 0 ? 0 : cost[row][chosen[row]];
            }
            assertThat(total)
                    .as("seed %d, round %d", SEED, round)
                    .isCloseTo(cheapest(cost, 0, new boolean[columns], Math.max(0, rows - columns)), within(1e-12));
        }
    }

    @Test
    void assignsNothingToNothing() {
        assertThat(Assignment.minimise(new double[0][0])).isEmpty();
        assertThat(Assignment.minimise(new double[2][0])).containsExactly(-1, -1);
    }

    @Test
    void refusesRaggedAndInfiniteCosts() {
        assertThatThrownBy(() -> Assignment.minimise(new double[][] {{1, 2}, {3}}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Assignment.minimise(new double[][] {{1, Double.NaN}}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double cheapest(double[][] cost, int row, boolean[] used, int mayStayFree) {
        if (row == cost.length) {
            return 0;
        }
        var best = mayStayFree > 0 ? cheapest(cost, row + 1, used, mayStayFree - 1) : Double.POSITIVE_INFINITY;
        for (var column = 0; column < used.length; column++) {
            if (!used[column]) {
                used[column] = true;
                best = Math.min(best, cost[row][column] + cheapest(cost, row + 1, used, mayStayFree));
                used[column] = false;
            }
        }
        return best;
    }
}
