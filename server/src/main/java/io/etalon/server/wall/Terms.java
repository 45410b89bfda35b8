package io.etalon.server.wall;

import java.math.BigDecimal;
import java.util.Set;
import java.util.UUID;

/** What a rule asks, as data. */
public sealed interface Terms {
    /**
     * No vendor of which one of these organisations holds more than so many percent, directly or through others.
     *
     * @param percent from 0, and below 100; the thresholds in use are 20, 24 and 39
     */
    record Owner(Set<UUID> competitors, BigDecimal percent) implements Terms {
        public Owner {
            competitors = Set.copyOf(competitors);
        }
    }

    /** Nobody who has seen something, in the last so many days, of a client that is one of these organisations. */
    record Rival(Set<UUID> competitors, int days) implements Terms {
        public Rival {
            competitors = Set.copyOf(competitors);
        }
    }

    /** Only people in these countries (ISO 3166-1 alpha-2). */
    record Country(Set<String> countries) implements Terms {
        public Country {
            countries = Set.copyOf(countries);
        }
    }

    /** Only people who hold one of these qualifications at the client. */
    record Licence(Set<String> qualifications) implements Terms {
        public Licence {
            qualifications = Set.copyOf(qualifications);
        }
    }

    /** Nothing leaves before a second person has agreed. */
    record TwoPersons() implements Terms {}

    /** The name in the API and the table. */
    default String kind() {
        return switch (this) {
            case Owner owner -> "owner";
            case Rival rival -> "rival";
            case Country country -> "country";
            case Licence licence -> "licence";
            case TwoPersons both -> "two_persons";
        };
    }

    /**
     * Whether the rule has a say. An owner's reach is asked at every act of the vendor's people; a country and a licence at
     * work, and at every look of a workforce's people, but not of the client's own staff, who arrange the work.
     */
    default boolean concerns(Act act, boolean ofWorkforce) {
        return switch (this) {
            case Owner owner -> ofWorkforce;
            case Rival rival -> act.shows();
            case Country country -> atWork(act, ofWorkforce);
            case Licence licence -> atWork(act, ofWorkforce);
            case TwoPersons both -> act == Act.EXPORT;
        };
    }

    private static boolean atWork(Act act, boolean ofWorkforce) {
        return switch (act) {
            case LEASE, REVIEW -> true;
            case VIEW, EXPORT -> ofWorkforce;
            case ENTER, ADMINISTER -> false;
        };
    }
}
