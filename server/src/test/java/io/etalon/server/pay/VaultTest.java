package io.etalon.server.pay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.access.Directories;
import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.base.PersonId;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import io.etalon.server.vendor.VendorStory;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Who reaches what people are called before the law and where their pay goes. */
class VaultTest {
    private static final String IBAN = "FR7630006000011234567890189";
    private static final Map<String, String> IDENTITY = Map.of(
            "legalName", "@Nora Canary-Legal",
            "address", "1 rue du Canari, Paris",
            "country", "FR",
            "taxId", "canary-tax-7",
            "account", "FR76 3000 6000 0112 3456 7890 189");

    private final TestServer server = TestServer.shared();

    @Test
    void onlyThePersonWhoPaysAndABrokenGlassReachAnIdentityAndEachLookIsRead() throws Exception {
        var story = new VendorStory(server, "vault-looks");
        story.vendor("North", "nora");
        story.person("nico", story.teams.get("North"), Role.WORKFORCE_MANAGER);
        var nora = story.as("nora");
        assertThat(nora.put("/me/identity", IDENTITY)
                        .json()
                        .at("/identity/account")
                        .asString())
                .isEqualTo(IBAN);

        var project = story.project(1, 1);
        story.requester.put(
                project + "/pay/rule", Map.of("currency", "EUR", "price", Map.of("unit", "task", "amount", "1")));
        story.submit(project, "nora", story.lease(project, "nora").json(), true);
        var orders = story.path() + "/pay/orders";
        closed(story);
        assertThat(story.requester.get(orders).status()).isEqualTo(403);
        assertThat(story.as("nico").get(orders).body())
                .contains("'@Nora Canary-Legal", "\"1 rue du Canari, Paris\"", IBAN, ",EUR,1\n");
        assertThat(story.as("nora").get("/me/identity").json().at("/looks").findValuesAsString("act"))
                .contains("pay", "set");
        assertThat(story.requester.get(story.path() + "/pay/statements").body()).doesNotContain("Canary", IBAN);

        var address = story.path() + "/people/" + story.person("nora").value() + "/identity";
        assertThat(story.requester.get(address).status()).isEqualTo(403);
        assertThat(story.as("nico").get(address).status()).isEqualTo(403);
        assertThat(story.operator.get(address).status()).isEqualTo(404);
        var rule = story.requester.put(
                story.path() + "/access/break-glass/rule", Map.of("approval", "none", "longestMinutes", 60));
        assertThat(rule.status()).as(rule.body()).isEqualTo(200);
        var asked = VendorStory.keyed(story.operator)
                .post(
                        "/operator/break-glass",
                        Map.of("client", "vault-looks", "reason", "A payment came back; ticket 12", "minutes", 5));
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        assertThat(story.operator.get(address).json().get("taxId").asString()).isEqualTo("canary-tax-7");
        assertThat(story.as("nora").get("/me/identity").json().at("/looks").findValuesAsString("act"))
                .contains("break-glass");

        assertThat(story.as("nora").delete("/me/identity").status()).isEqualTo(204);
        assertThat(story.as("nora").get("/me/identity").json().has("identity")).isFalse();
        assertThat(story.operator.get(address).status()).isEqualTo(404);
        assertThat(story.as("nico").get(orders).body())
                .as("the pay stays")
                .contains(",EUR,1\n")
                .doesNotContain(IBAN);
    }

    /** Closes the month as soon as something is due. */
    private static void closed(VendorStory story) {
        var month = YearMonth.now(ZoneOffset.UTC).toString();
        var deadline = System.nanoTime() + 60_000_000_000L;
        while (story.as("nico")
                        .post(story.path() + "/pay/statements", Map.of("month", month))
                        .json()
                        .get("statements")
                        .asInt()
                == 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void whoIsTakenAwayForGoodLeavesNoIdentityHereAndNoLinkToAProvider() {
        var person = server.part(People.class)
                .create("vault-gone@vault.example", "Gone")
                .id();
        assertThat(Http.as(server, person).put("/me/identity", IDENTITY).status())
                .isEqualTo(200);
        var control = server.scope();
        control.controlDo(tx -> {
            tx.db().sql("""
                    with provider as (
                      insert into identity_provider (id, kind, name, settings, enabled, created_at)
                      values (gen_random_uuid(), 'oidc', 'Vault gone', '{}', false, now()) returning id)
                    insert into identity_link (provider, subject, person, linked_at, used_at)
                    select id, 'gone', ?, now(), now() from provider""").param(person.value()).update();
        });
        assertThat(sealed(person)).isOne();
        var directories = server.part(Directories.class);
        var gone = control.control(tx -> directories.removeUnused(tx, person));
        assertThat(gone).isTrue();
        assertThat(sealed(person)).as("what the vault holds of him").isZero();
        assertThat(control.<Long>control(tx -> tx.db()
                        .sql("select count(*) from identity_link where person = ?")
                        .param(person.value())
                        .query(Long.class)
                        .single()))
                .isZero();
        control.controlDo(tx -> tx.db()
                .sql("delete from identity_provider where name = 'Vault gone'")
                .update());
    }

    private long sealed(PersonId person) {
        return server.scope()
                .vault(tx -> tx.db()
                        .sql("select count(*) from identity where person = ?")
                        .param(person.value())
                        .query(Long.class)
                        .single());
    }

    @Test
    void anIbanWhoseCheckDigitsDoNotHoldIsRefused() throws Exception {
        var person = server.part(People.class).create("iban@vault.example", "I").id();
        var wrong = new HashMap<>(IDENTITY);
        wrong.put("account", "FR76 3000 6000 0112 3456 7890 188");
        var refused = Http.as(server, person).put("/me/identity", wrong);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("/account");
    }

    @Test
    void noOtherRoleConnectsToTheVaultAndWhatLiesThereIsSealedForItsPersonAlone() throws Exception {
        var client = server.clients().create("vault-walls", "Walls");
        var person =
                server.part(People.class).create("vault@vault.example", "V").id();
        server.part(Grants.class).grant(Grants.By.SYSTEM, person, client.id(), java.util.Set.of(Role.ANNOTATOR), null);
        assertThat(Http.as(server, person).put("/me/identity", IDENTITY).status())
                .isEqualTo(200);
        var roles = server.scope()
                .client(
                        client.id(),
                        tx -> tx.db()
                                .sql(
                                        "select rolname from pg_roles where has_database_privilege(oid, 'etalon_vault', 'connect')"
                                                + " and not rolsuper")
                                .query(String.class)
                                .list());
        assertThat(roles).containsExactly("etalon_vault");
        var rows = server.scope()
                .vault(tx -> tx.db()
                        .sql("select encode(sealed, 'escape') from identity where person = ?")
                        .param(person.value())
                        .query(String.class)
                        .list());
        assertThat(rows).singleElement().asString().doesNotContain("Canary", "canary", "3000");
        var tables = server.scope()
                .vault(tx -> tx.db()
                        .sql(
                                "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
                                        + " order by 1")
                        .query(String.class)
                        .list());
        assertThat(tables).isEqualTo(List.of("identity", "identity_access", "schema_history"));
        assertThatThrownBy(() -> server.scope()
                        .vault(tx -> tx.db().sql("delete from identity_access").update()))
                .rootCause()
                .hasMessageContaining("permission denied");
    }
}
