package io.etalon.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** People who may not go on, in the middle of their work. */
class FencesTest {
    private final Fences fences = Coins.SERVER.part(Fences.class);

    @Test
    void theWorkOfTheFencedGoesToOthersAndLateAnswersAreKept() throws Exception {
        var coins = new Coins("fences-late", "anna", "ben").begin(2, 1, 0);
        var first = coins.lease("anna");
        var second = coins.lease("anna");

        var fenced = fences.fence(coins.client().id(), Set.of(coins.id("anna")), "vendor-drained");
        assertThat(fenced.leases()).isEqualTo(2);
        assertThat(fenced.complete()).isTrue();
        assertThat(fences.fence(coins.client().id(), Set.of(coins.id("anna")), "vendor-drained")
                        .leases())
                .as("twice is once")
                .isZero();

        var late = coins.submit("anna", first, "coin", "late");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("lease-stale");
        assertThat(coins.labels()).isEmpty();
        var tasks = Set.of(coins.work("ben", "medal", "on time"), coins.work("ben", "medal", "on time"));
        assertThat(tasks)
                .isEqualTo(Set.of(
                        first.at("/task/id").asLong(), second.at("/task/id").asLong()));
        assertThat(coins.labels()).containsExactly("medal", "medal");
        var ends = Coins.SERVER
                .scope()
                .client(
                        coins.client().id(),
                        tx -> tx.db()
                                .sql("select reason from lease_end where how = 'fenced'")
                                .query(String.class)
                                .list());
        assertThat(ends).containsExactly("vendor-drained", "vendor-drained");
    }

    @Test
    void whatWasReturnedToTheFencedGoesToOthersAndStaysWhereThereAreNone() throws Exception {
        var coins = new Coins("fences-returned", "anna", "ben").begin(1, 1, 1);
        var task = coins.work("anna", "coin", "first try");
        coins.review(Map.of("decision", "return", "comments", List.of(Map.of("text", "look again"))));

        var both = Set.of(coins.id("anna"), coins.id("ben"));
        assertThat(fences.fence(coins.client().id(), both, "nobody-left").returns())
                .isZero();
        assertThat(fences.fence(coins.client().id(), Set.of(coins.id("anna")), "anna-out")
                        .returns())
                .isEqualTo(1);
        assertThat(coins.work("ben", "medal", "second hand")).isEqualTo(task);
    }
}
