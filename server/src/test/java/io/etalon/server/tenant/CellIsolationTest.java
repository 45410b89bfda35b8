package io.etalon.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.base.EtalonException;
import io.etalon.server.testing.TestServer;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class CellIsolationTest {
    private final TestServer server = TestServer.shared();

    @Test
    void aClientsLoginMayNotConnectToAnotherClientsDatabase() throws Exception {
        var first = server.clients().create("isolation-one", "One");
        var second = server.clients().create("isolation-two", "Two");
        var host = server.scope()
                .client(first.id(), tx -> tx.connection().getMetaData().getURL());
        var foreign = host.replace(first.database(), second.database());

        assertThatThrownBy(() -> DriverManager.getConnection(
                        foreign, first.role(), server.scope().password(first.role())))
                .hasMessageContaining("permission denied for database");
        assertThatThrownBy(() -> DriverManager.getConnection(
                        host.replace(first.database(), TenantScope.VAULT_DATABASE),
                        first.role(),
                        server.scope().password(first.role())))
                .as("nor to the vault of identities")
                .hasMessageContaining("permission denied for database");
    }

    @Test
    void aClientsRoleOwnsNothingAndMayNotChangeTables() throws Exception {
        var client = server.clients().create("isolation-three", "Three");

        assertThatThrownBy(() -> server.scope()
                        .clientDo(
                                client.id(),
                                tx -> tx.db().sql("create table x (y int)").update()))
                .rootCause()
                .hasMessageContaining("permission denied for schema public");
    }

    @Test
    void rollsBackWhatAFailedTransactionWrote() throws Exception {
        var client = server.clients().create("isolation-four", "Four");
        assertThatThrownBy(() -> server.scope().controlDo(tx -> {
                    tx.db()
                            .sql("update client set name = 'spoilt' where slug = 'isolation-four'")
                            .update();
                    throw EtalonException.invalid("no");
                }))
                .hasMessage("no");

        var name = server.scope()
                .control(tx -> tx.db()
                        .sql("select name from client where id = ?")
                        .param(client.id().value())
                        .query(String.class)
                        .single());
        assertThat(name).isEqualTo("Four");
    }

    @Test
    void refusesASlugThatIsTakenOrMalformed() throws Exception {
        server.clients().create("isolation-five", "Five");
        assertThatThrownBy(() -> server.clients().create("isolation-five", "Again"))
                .hasMessageContaining("exists");
        assertThatThrownBy(() -> server.clients().create("Ünsafe\"; drop", "Bad"))
                .hasMessageContaining("slug is");
    }

    @Test
    void clientsAreThereAgainAfterARestart() throws Exception {
        try (var own = TestServer.start()) {
            var client = own.clients().create("durable", "Durable");
            own.restart();
            assertThat(own.clients().find("durable")).contains(client);
            var database = own.scope()
                    .client(
                            client.id(),
                            tx -> tx.db()
                                    .sql("select current_database()")
                                    .query(String.class)
                                    .single());
            assertThat(database).isEqualTo(client.database());
        }
    }
}
