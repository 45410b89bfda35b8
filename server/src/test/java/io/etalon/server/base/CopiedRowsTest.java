package io.etalon.server.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.app.TestCells;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CopiedRowsTest {
    @Test
    void readsEachTypeAndTellsWhatIsNull() {
        var id = UUID.fromString("8f3d0000-0000-7000-8000-00000000abcd");
        TestCells.shared().clients().scope().controlDo(tx -> {
            try (var rows = new CopiedRows(
                    tx.connection(),
                    "select -7::bigint, 300::int, -2::smallint, true, '" + id
                            + "'::uuid, 'ä€', null::bigint, null::uuid")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.number()).isEqualTo(-7);
                assertThat(rows.number()).isEqualTo(300);
                assertThat(rows.number()).isEqualTo(-2);
                assertThat(rows.flag()).isTrue();
                assertThat(rows.uuid()).isEqualTo(id);
                assertThat(rows.text()).isEqualTo("ä€");
                assertThat(rows.wasNull()).isFalse();
                assertThat(rows.number()).isZero();
                assertThat(rows.wasNull()).isTrue();
                assertThat(rows.uuid()).isEqualTo(new UUID(0, 0));
                assertThat(rows.next()).isFalse();
            }
        });
    }

    @Test
    void readsMoreThanItsBufferHoldsAndLeavesTheConnectionForOthers() {
        TestCells.shared().clients().scope().controlDo(tx -> {
            var sum = 0L;
            try (var rows = new CopiedRows(tx.connection(), "select i, 'row ' || i from generate_series(1, 20000) i")) {
                while (rows.next()) {
                    var number = rows.number();
                    assertThat(rows.text()).isEqualTo("row " + number);
                    sum += number;
                }
            }
            assertThat(sum).isEqualTo(20_000L * 20_001 / 2);
            assertThat(tx.db().sql("select 1").query(Integer.class).single()).isEqualTo(1);
        });
    }
}
