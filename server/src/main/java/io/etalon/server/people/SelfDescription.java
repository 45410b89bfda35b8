package io.etalon.server.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of himself.
 *
 * @param residence where he lives (ISO 3166-1 alpha-2)
 * @param availability absent where he said nothing of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SelfDescription(
        @Nullable String residence,
        List<Spoken> languages,
        List<Skill> skills,
        @Nullable Availability availability) {
    /** Of who said nothing. */
    static final SelfDescription NOTHING = new SelfDescription(null, List.of(), List.of(), null);

    /** @param level of the Common European Framework, {@code A1} to {@code C2}, or {@code native}; absent when not said */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SpokenLanguage")
    public record Spoken(String language, @Nullable String level) {}

    /** @param level from 1, a beginner, to 5, an expert */
    @Schema(name = "PersonSkill")
    public record Skill(String skill, int level) {}

    /**
     * @param timeZone such as {@code Europe/Paris}
     * @param minutes of work on each weekday, from Monday on
     * @param daysOff days without work, ascending
     */
    @Schema(name = "PersonAvailability")
    public record Availability(String timeZone, List<Integer> minutes, List<LocalDate> daysOff) {
        /** Minutes of work in so many days from one on. */
        int minutesFrom(LocalDate first, int days) {
            var sum = 0;
            for (var i = 0; i < days; i++) {
                var day = first.plusDays(i);
                if (!daysOff.contains(day)) {
                    sum += minutes.get(day.getDayOfWeek().getValue() - 1);
                }
            }
            return sum;
        }
    }
}
