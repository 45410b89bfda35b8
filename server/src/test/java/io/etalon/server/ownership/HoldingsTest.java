package io.etalon.server.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HoldingsTest {
    private static final LocalDate DAY = LocalDate.of(2025, 6, 13);
    private final UUID maker = org(1);
    private final UUID holding = org(2);
    private final UUID vendor = org(3);
    private final UUID other = org(4);

    private static UUID org(int number) {
        return new UUID(7, number);
    }

    private static Stake stake(UUID owner, UUID held, String percent, boolean voting) {
        return new Stake(
                UUID.randomUUID(),
                owner,
                held,
                new BigDecimal(percent),
                voting,
                DAY,
                null,
                "news",
                Instant.EPOCH,
                null);
    }

    private static void assertPercent(Holdings holdings, UUID owner, UUID held, String percent) {
        assertThat(holdings.percent(owner, held)).isEqualByComparingTo(percent);
    }

    @Test
    void aStakeWithoutAVoteCountsAsAStakeAndNotAsControl() {
        var holdings = new Holdings(List.of(stake(maker, vendor, "49", false)));
        assertPercent(holdings, maker, vendor, "49");
        assertPercent(holdings, vendor, maker, "0");
        assertPercent(holdings, vendor, vendor, "100");
        var more = new Holdings(List.of(stake(maker, vendor, "90", false)));
        assertThat(more.controlled(maker)).containsExactly(maker);
        assertPercent(more, maker, vendor, "90");
    }

    @Test
    void chainsAreMultipliedAndAddedUp() {
        var holdings = new Holdings(List.of(
                stake(maker, holding, "50", true),
                stake(holding, vendor, "40", true),
                stake(maker, other, "30.5", true),
                stake(other, vendor, "10", true)));
        assertPercent(holdings, maker, vendor, "23.05");
    }

    @Test
    void whatIsControlledIsHeldWhole() {
        var bare = List.of(stake(maker, holding, "50.0001", true), stake(holding, vendor, "40", true));
        assertPercent(new Holdings(bare), maker, vendor, "40");
        var half = List.of(stake(maker, holding, "50", true), stake(holding, vendor, "40", true));
        assertPercent(new Holdings(half), maker, vendor, "20");
        var below = List.of(
                stake(maker, other, "30", true), stake(other, holding, "51", true), stake(holding, vendor, "40", true));
        assertPercent(new Holdings(below), maker, vendor, "12");
    }

    @Test
    void anOwnerVotesTogetherWithWhatItControls() {
        var holdings = new Holdings(List.of(
                stake(maker, holding, "60", true),
                stake(maker, vendor, "30", true),
                stake(holding, vendor, "21", true)));
        assertThat(holdings.controlled(maker)).isEqualTo(Set.of(maker, holding, vendor));
        assertPercent(holdings, maker, vendor, "100");
        assertPercent(holdings, holding, vendor, "21");
    }

    @Test
    void cyclesEnd() {
        var holdings = new Holdings(List.of(
                stake(maker, holding, "10", true),
                stake(holding, vendor, "60", true),
                stake(vendor, holding, "60", true),
                stake(vendor, other, "5", true)));
        assertPercent(holdings, maker, vendor, "10");
        assertPercent(holdings, maker, other, "0.5");
        assertThat(holdings.upward(List.of(other))).isEqualTo(Set.of(other, vendor, holding, maker));
    }
}
