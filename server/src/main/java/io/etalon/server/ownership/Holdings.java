package io.etalon.server.ownership;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Who holds how much of whom, directly or through others, on one day. The rule:
 *
 * <ol>
 *   <li>An owner <em>controls</em> an organisation when he and those he controls hold more than 50 % of it in voting shares.
 *       What he controls he holds with 100 %.
 *   <li>A link of a chain counts as 100 % where its holder alone has more than 50 % of the votes, else as its percentage,
 *       voting or not: an owner without a vote still has an interest.
 *   <li>The links of a chain are multiplied, the chains are added up, and 100 % is the most. No chain passes an
 *       organisation twice, so cross-holdings end; chains worth less than a ten-thousandth of a percent are left out.
 * </ol>
 *
 * <p>Immutable. A question takes time linear in the number of chains that are left.
 */
public final class Holdings {
    public static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final BigDecimal HALF = BigDecimal.valueOf(50);
    private static final BigDecimal LEAST = new BigDecimal("0.000001");
    private static final MathContext DIGITS = MathContext.DECIMAL128;

    /** By who is held: all shares and the voting ones, by owner, in percent. */
    private final Map<UUID, Map<UUID, BigDecimal>> shares = new HashMap<>();

    private final Map<UUID, Map<UUID, BigDecimal>> votes = new HashMap<>();
    private final List<Stake> stakes;

    /** @param stakes those held on the day; the shares of one organisation add up to 100 at most */
    public Holdings(Collection<Stake> stakes) {
        this.stakes = List.copyOf(stakes);
        for (var stake : stakes) {
            add(shares, stake);
            if (stake.voting()) {
                add(votes, stake);
            }
        }
    }

    private static void add(Map<UUID, Map<UUID, BigDecimal>> to, Stake stake) {
        to.computeIfAbsent(stake.held(), held -> new HashMap<>())
                .merge(stake.owner(), stake.percent(), BigDecimal::add);
    }

    public List<Stake> stakes() {
        return stakes;
    }

    /** The organisations that this one controls, itself among them. */
    public Set<UUID> controlled(UUID owner) {
        var group = new HashSet<UUID>();
        group.add(owner);
        var grows = true;
        while (grows) {
            grows = false;
            for (var company : votes.entrySet()) {
                grows |= majority(group, company.getValue()) && group.add(company.getKey());
            }
        }
        return group;
    }

    private static boolean majority(Set<UUID> group, Map<UUID, BigDecimal> voters) {
        var sum = BigDecimal.ZERO;
        for (var voter : voters.entrySet()) {
            if (group.contains(voter.getKey())) {
                sum = sum.add(voter.getValue());
            }
        }
        return sum.compareTo(HALF) > 0;
    }

    /** How much an owner holds of an organisation, in percent from 0 to 100; of itself, all. */
    public BigDecimal percent(UUID owner, UUID held) {
        var group = controlled(owner);
        if (group.contains(held)) {
            return ALL;
        }
        var fraction = fraction(group, held, BigDecimal.ONE, new HashSet<>());
        return fraction.multiply(ALL).min(ALL);
    }

    /** Goes up from what is held; {@code worth} is the product of the links so far. */
    private BigDecimal fraction(Set<UUID> group, UUID held, BigDecimal worth, Set<UUID> passed) {
        var sum = BigDecimal.ZERO;
        if (!passed.add(held)) {
            return sum;
        }
        for (var share : shares.getOrDefault(held, Map.of()).entrySet()) {
            var owner = share.getKey();
            var chain = worth.multiply(link(owner, held, share.getValue()), DIGITS);
            if (group.contains(owner)) {
                sum = sum.add(chain);
            } else if (chain.compareTo(LEAST) >= 0) {
                sum = sum.add(fraction(group, owner, chain, passed));
            }
        }
        passed.remove(held);
        return sum;
    }

    private BigDecimal link(UUID owner, UUID held, BigDecimal percent) {
        var voting = votes.getOrDefault(held, Map.of()).getOrDefault(owner, BigDecimal.ZERO);
        return voting.compareTo(HALF) > 0 ? BigDecimal.ONE : percent.movePointLeft(2);
    }

    /** The organisations that stand above these, and these: all from which a chain of stakes leads down to one of them. */
    public Set<UUID> upward(Collection<UUID> from) {
        var seen = new LinkedHashSet<UUID>(from);
        var waiting = new ArrayDeque<UUID>(from);
        while (!waiting.isEmpty()) {
            for (var owner : shares.getOrDefault(waiting.remove(), Map.of()).keySet()) {
                if (seen.add(owner)) {
                    waiting.add(owner);
                }
            }
        }
        return seen;
    }

    /** The same register with one stake more. */
    public Holdings with(Stake stake) {
        var all = new ArrayList<>(stakes);
        all.add(stake);
        return new Holdings(all);
    }
}
