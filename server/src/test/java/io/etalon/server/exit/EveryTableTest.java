package io.etalon.server.exit;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.Tx;
import io.etalon.server.exit.CellTable.Fate;
import io.etalon.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A migration that adds a table must say what becomes of it when a client leaves. */
class EveryTableTest {
    private static final String TABLES =
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace";

    private final TestServer server = TestServer.shared();

    @Test
    void everyTableOfACellIsNamedOnce() throws Exception {
        var client = server.clients().create("every-table", "Every table");
        var tables = server.scope().client(client.id(), EveryTableTest::tables);
        assertThat(CellTable.ALL.stream().map(CellTable::name))
                .as("CellTable.ALL: what becomes of each table when a client leaves")
                .containsExactlyInAnyOrderElementsOf(tables);
        for (var table : CellTable.ALL) {
            assertThat(table.why().isEmpty()).as(table.name()).isEqualTo(table.fate() == Fate.CONTENT);
        }
    }

    @Test
    void everyTableOfTheControlDatabaseIsNamedOnce() {
        assertThat(ControlTable.ALL.stream().map(ControlTable::name))
                .as("ControlTable.ALL: what each table holds of a client that leaves")
                .containsExactlyInAnyOrderElementsOf(server.scope().control(EveryTableTest::tables));
    }

    /** A column that looks sealed and is carried as it is could not be opened elsewhere. */
    @Test
    void everySealedColumnIsNamed() throws Exception {
        var client = server.clients().create("every-sealed", "Every sealed column");
        var inClear = List.of("asset.sha256", "pseudonym.key");
        var columns = server.scope()
                .client(client.id(), tx -> tx.db().sql("""
                                        select table_name || '.' || column_name from information_schema.columns
                                        where table_schema = 'public' and data_type = 'bytea'""").query(String.class).list());
        var named = CellTable.contents().stream()
                .flatMap(table -> table.sealed().stream().map(one -> table.name() + "." + one.column()))
                .toList();
        for (var table : CellTable.contents()) {
            for (var column : columns) {
                if (column.startsWith(table.name() + ".") && !inClear.contains(column)) {
                    assertThat(named).contains(column);
                }
            }
        }
        assertThat(columns).containsAll(named);
    }

    private static List<String> tables(Tx tx) {
        return tx.db().sql(TABLES).query(String.class).list();
    }
}
