package io.etalon.server.vendor;

import io.etalon.server.base.PersonId;
import io.etalon.server.work.Output;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one annotation costs under a contract, reckoned from what annotations of the project took so far. */
final class Prices {
    private Prices() {}

    /**
     * The mean price of an answer to come. By the task it stands in the contract; by the hour it is known once the workforce
     * has worked in the project.
     *
     * @param flow what the workforce did there; null for nothing
     */
    static Optional<Double> each(Contract contract, String taskType, Measures.@Nullable Flow flow) {
        var price = contract.price(taskType);
        if (price.isEmpty()) {
            return Optional.empty();
        }
        return switch (String.valueOf(price.get().unit())) {
            case "task" -> Optional.of(contract.cost(taskType, one()).doubleValue());
            default -> flow == null ? Optional.empty() : flow.each(String.valueOf(contract.currency()));
        };
    }

    private static Output one() {
        return new Output(new PersonId(new UUID(0, 0)), LocalDate.EPOCH, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
