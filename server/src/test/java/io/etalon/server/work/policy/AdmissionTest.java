package io.etalon.server.work.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.work.policy.Refusal.Reason;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    private static final QueuePolicy STRICT = new QueuePolicy(
            null,
            null,
            new QueuePolicy.Caps(10, 0.05),
            new QueuePolicy.Audience(List.of("pt", "de"), List.of("BR"), List.of("medical")),
            null,
            null);

    private static Reason asked(Set<String> qualifications, long taken, Set<String> languages, String country) {
        return Admission.refusal(
                        STRICT,
                        new Admission.Person(qualifications, languages, country),
                        new Admission.Taken(taken, 100))
                .map(Refusal::reason)
                .orElse(null);
    }

    @Test
    void asksForQualificationThenCapsThenLanguageThenCountry() {
        assertThat(asked(Set.of(), 5, Set.of(), null)).isEqualTo(Reason.QUALIFICATION);
        assertThat(asked(Set.of("medical"), 5, Set.of(), null)).isEqualTo(Reason.PERSON_CAP);
        assertThat(asked(Set.of("medical"), 4, Set.of("pt-BR-x-a", "fr"), "FR")).isEqualTo(Reason.COUNTRY);
        assertThat(asked(Set.of("medical"), 4, Set.of("fr", "p"), "BR")).isEqualTo(Reason.LANGUAGE);
        assertThat(asked(Set.of("medical", "legal"), 4, Set.of("pt-BR"), "BR")).isNull();
    }

    @Test
    void paysForWholeAnswersOnly() {
        assertThat(new QueuePolicy.Budget(null, "0.30", "0.10").most()).isEqualTo(3);
        assertThat(new QueuePolicy.Budget(null, "0.29", "0.10").most()).isEqualTo(2);
        assertThat(new QueuePolicy.Budget(1L, "0.30", "0.10").most()).isEqualTo(1);
        assertThat(new QueuePolicy.Budget(null, "999999999999", "0.000001").most())
                .isEqualTo(999_999_999_999_000_000L);
    }
}
