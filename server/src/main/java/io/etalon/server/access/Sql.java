package io.etalon.server.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How this package's values look in PostgreSQL. */
final class Sql {
    private Sql() {}

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static String[] names(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::text).toArray(String[]::new);
    }

    static Set<Role> roles(ResultSet row, String column) throws SQLException {
        var roles = EnumSet.noneOf(Role.class);
        for (var name : texts(row, column)) {
            roles.add(Role.of(name));
        }
        return roles;
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return new ArrayList<>(Arrays.asList((String[]) row.getArray(column).getArray()));
    }
}
