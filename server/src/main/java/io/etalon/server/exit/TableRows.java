package io.etalon.server.exit;

import io.etalon.ledger.BundleContent;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.exit.CellTable.Sealed;
import java.io.BufferedReader;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows of any table as lines of JSON and back: PostgreSQL's own {@code row_to_json}, members in the order of their names,
 * rows in the order of the primary key, times in UTC. Sealed columns stand opened at the end of the line. One state has one
 * spelling. Stateless.
 */
final class TableRows {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)\\}");
    private static final int BATCH = 200;

    /** Opens or seals a value. */
    @FunctionalInterface
    interface Cipher {
        byte[] apply(ProjectId project, String context, byte[] value);
    }

    private record Column(String name, String type) {
        String quoted() {
            return '"' + name + '"';
        }

        /** In an order that does not depend on the database's collation. */
        String ordered() {
            return "t." + quoted() + (type.equals("text") ? " collate \"C\"" : "");
        }
    }

    private TableRows() {}

    /** Fixes how values are written, and that the transaction sees one moment; before anything else in it. */
    static void snapshot(Tx tx) {
        tx.db().sql("set transaction isolation level repeatable read read only").update();
        tx.db().sql("set local timezone to 'UTC'").update();
    }

    /** A table's rows as lines; every opening reads the same as long as the snapshot lasts. */
    static BundleContent lines(Tx tx, CellTable table, Cipher opener) {
        return () -> {
            try {
                var sealed = table.sealed();
                var names = sealed.stream().map(Sealed::column).toList();
                var sql = "select "
                        + json(columns(tx, table.name(), names), table.project())
                        + sealed.stream()
                                .map(one -> ", t.\"" + one.column() + '"')
                                .collect(Collectors.joining())
                        + " from \"" + table.name() + "\" t order by " + key(tx, table.name());
                return new RowLines(tx.connection().prepareStatement(sql), row -> line(table, row, opener));
            } catch (SQLException e) {
                throw new IOException("table " + table.name() + " could not be read", e);
            }
        };
    }

    /** The rows of the control database that come along with a client. */
    static BundleContent lines(Tx tx, ControlTable table, UUID client) {
        return () -> {
            try {
                var sql = "select " + json(columns(tx, table.name(), table.omitted()), null) + " from \"" + table.name()
                        + "\" t where " + table.carried() + " order by " + key(tx, table.name());
                return new RowLines(of(tx, sql, client), row -> row.getString(1));
            } catch (SQLException e) {
                throw new IOException("table " + table.name() + " could not be read", e);
            }
        };
    }

    /** A statement in which every {@code :client} is the client. */
    static PreparedStatement of(Tx tx, String sql, UUID client) throws SQLException {
        var statement = tx.connection().prepareStatement(sql.replace(":client", "?"));
        for (var i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
            statement.setObject(i, client);
        }
        return statement;
    }

    private static String json(List<Column> columns, @Nullable String project) {
        var inner = columns.stream().map(column -> "t." + column.quoted()).collect(Collectors.joining(", "));
        var more = project == null ? "" : ", " + project + " as project";
        return "(select row_to_json(r) from (select " + inner + more + ") r)::text";
    }

    private static String line(CellTable table, ResultSet row, Cipher opener) throws SQLException {
        var json = row.getString(1);
        if (table.sealed().isEmpty()) {
            return json;
        }
        var node = JSON.readTree(json);
        var line = new StringBuilder(json).deleteCharAt(json.length() - 1);
        for (var i = 0; i < table.sealed().size(); i++) {
            var sealed = table.sealed().get(i);
            var bytes = row.getBytes(i + 2);
            var plain = bytes == null ? null : opener.apply(project(node), context(sealed, node), bytes);
            line.append(",\"").append(sealed.column()).append("\":");
            line.append(plain != null && sealed.pack() ? Plain.packJson(plain) : Plain.json(plain));
        }
        return line.append('}').toString();
    }

    private static ProjectId project(JsonNode row) {
        return new ProjectId(UUID.fromString(row.path("project").asString("")));
    }

    /** The words with the row's own values; a time as {@link java.time.Instant} writes it. */
    private static String context(Sealed sealed, JsonNode row) {
        return PLACE.matcher(sealed.context()).replaceAll(place -> {
            var name = place.group(1);
            var value = row.path(name).asString("");
            return name.endsWith("_at")
                    ? OffsetDateTime.parse(value).toInstant().toString()
                    : value;
        });
    }

    /** Writes lines into a table; what {@link #lines} opened is sealed. Returns how many. */
    static long insert(Tx tx, CellTable table, BufferedReader lines, Cipher sealer) throws SQLException, IOException {
        var sealed = table.sealed();
        var sql =
                insertion(tx, table.name(), sealed.stream().map(Sealed::column).toList(), sealed.size());
        return insert(tx, sql, lines, (statement, line) -> {
            var node = sealed.isEmpty() ? null : JSON.readTree(line);
            for (var i = 0; node != null && i < sealed.size(); i++) {
                var one = sealed.get(i);
                var value = node.get(one.column());
                var plain = one.pack() && value != null ? Plain.packBytes(value) : Plain.bytes(value);
                statement.setBytes(
                        i + 1, plain == null ? null : sealer.apply(project(node), context(one, node), plain));
            }
            statement.setString(sealed.size() + 1, line);
        });
    }

    /** Writes lines of a control table; rows that are here already stay as they are. */
    static long insert(Tx tx, ControlTable table, BufferedReader lines) throws SQLException, IOException {
        var sql = insertion(tx, table.name(), table.omitted(), 0) + " on conflict do nothing";
        return insert(tx, sql, lines, (statement, line) -> statement.setString(1, line));
    }

    @FunctionalInterface
    private interface Filler {
        void fill(PreparedStatement statement, String line) throws SQLException;
    }

    private static long insert(Tx tx, String sql, BufferedReader lines, Filler filler)
            throws SQLException, IOException {
        var count = 0L;
        try (var statement = tx.connection().prepareStatement(sql)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                filler.fill(statement, line);
                statement.addBatch();
                if (++count % BATCH == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
        return count;
    }

    /** An insert whose first parameters are the first of the columns apart, and whose last is the line. */
    private static String insertion(Tx tx, String table, List<String> apart, int parameters) {
        var plain = columns(tx, table, apart);
        var into = plain.stream().map(Column::quoted).collect(Collectors.toCollection(ArrayList::new));
        var values =
                plain.stream().map(column -> "r." + column.quoted()).collect(Collectors.toCollection(ArrayList::new));
        for (var i = 0; i < parameters; i++) {
            into.add('"' + apart.get(i) + '"');
            values.add("?::bytea");
        }
        // The parameters stand before the line in the statement's text.
        var first = values.subList(plain.size(), values.size());
        var types = plain.stream()
                .map(column -> column.quoted() + " " + column.type())
                .collect(Collectors.joining(", "));
        return "insert into \"" + table + "\" ("
                + String.join(", ", into.subList(plain.size(), into.size())) + (parameters == 0 ? "" : ", ")
                + String.join(", ", into.subList(0, plain.size())) + ") overriding system value select "
                + String.join(", ", first) + (parameters == 0 ? "" : ", ")
                + String.join(", ", values.subList(0, plain.size())) + " from json_to_record(?::json) r (" + types
                + ")";
    }

    /** Without those that are computed and those named, in the order of their names. */
    private static List<Column> columns(Tx tx, String table, List<String> without) {
        return tx
                .db()
                .sql("""
                        select attname, format_type(atttypid, atttypmod) as type from pg_attribute
                        where attrelid = to_regclass(?) and attnum > 0 and not attisdropped and attgenerated = ''
                        order by attname collate "C\"""")
                .param('"' + table + '"')
                .query((row, n) -> new Column(row.getString("attname"), row.getString("type")))
                .list()
                .stream()
                .filter(column -> !without.contains(column.name()))
                .toList();
    }

    /** The primary key; a table without one is refused, as its rows have no order. */
    private static String key(Tx tx, String table) {
        var key = tx
                .db()
                .sql("""
                        select a.attname, format_type(a.atttypid, a.atttypmod) as type
                        from pg_index i
                            cross join lateral unnest(i.indkey::int[]) with ordinality k (number, place)
                            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
                        where i.indrelid = to_regclass(?) and (i.indisprimary or i.indisunique and not exists (
                            select 1 from pg_index p where p.indrelid = i.indrelid and p.indisprimary))
                        order by i.indexrelid, k.place""")
                .param('"' + table + '"')
                .query((row, n) -> new Column(row.getString("attname"), row.getString("type")))
                .list()
                .stream()
                .map(Column::ordered)
                .toList();
        if (key.isEmpty()) {
            throw new EtalonException(ArchiveCodes.OTHER_VERSION, "Table " + table + " has no key to order it by.");
        }
        return String.join(", ", key);
    }
}
