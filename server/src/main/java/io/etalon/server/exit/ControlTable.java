package io.etalon.server.exit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of the control database and what it holds of a client. {@link #ALL} names every one, those that others refer to
 * first.
 *
 * @param carried a condition on its rows {@code t} that come along, with {@code :client}; null when none does
 * @param leaving what is deleted when the client is destroyed, with {@code :client}; null for nothing
 * @param omitted columns that do not come along: secrets, and what refers to this installation
 * @param why the reason why nothing comes along
 */
record ControlTable(
        String name, @Nullable String carried, @Nullable String leaving, List<String> omitted, String why) {
    private static final String MEMBERS = "select g.person from role_grant g where g.client = :client";

    static final List<ControlTable> ALL = List.of(
            new ControlTable("person", "t.id in (" + MEMBERS + ")", null, List.of("password_hash", "disabled_by"), ""),
            new ControlTable("person_language", "t.person in (" + MEMBERS + ")", null, List.of(), ""),
            ofClient("person_country", List.of()),
            new ControlTable("person_residence", "t.person in (" + MEMBERS + ")", null, List.of(), ""),
            new ControlTable("person_skill", "t.person in (" + MEMBERS + ")", null, List.of(), ""),
            new ControlTable("person_availability", "t.person in (" + MEMBERS + ")", null, List.of(), ""),
            new ControlTable("person_day_off", "t.person in (" + MEMBERS + ")", null, List.of(), ""),
            new ControlTable(
                    "organisation",
                    "t.id in (select w.organisation from workforce w where w.client = :client)"
                            + " or exists (select from wall_rule r where r.client = :client"
                            + " and r.terms::text like '%' || t.id || '%')",
                    null,
                    List.of(),
                    ""),
            ofClient("workforce", List.of()),
            ofClient("role_grant", List.of("granted_by")),
            cascading("wall_rule", "t.client = :client"),
            cascading("residency_rule", "t.client = :client"),
            cascading("second_factor_rule", "t.client = :client"),
            ofClient("drain", List.of()),
            cascading("drained_person", "t.drain in (select d.id from drain d where d.client = :client)"),
            ofClient("break_glass_rule", List.of()),
            leaving("break_glass", "tells of this installation's operators; the log has it"),
            staying("licence", "its number lies under this installation's key; goes with the client"),
            staying("licence_act", "is about a licence; goes with it"),
            leaving("invitation", "holds a token of this installation"),
            leaving("api_key", "opens this installation"),
            leaving("identity_grant", "names an identity provider of this installation"),
            leaving("group_rule", "names an identity provider of this installation"),
            leaving("provider_consent", "names an identity provider of this installation"),
            staying("identity_provider", "signs people in here"),
            staying("identity_link", "of people, to this installation's providers"),
            staying("identity_session", "of people, here"),
            staying("saml_answer", "what a provider said here, for minutes"),
            staying("scim_token", "opens this installation"),
            staying("scim_user", "of people, as a directory named them here"),
            staying("scim_group", "of a directory, here"),
            staying("scim_member", "of a directory, here"),
            staying("stake", "is a fact of this installation's register"),
            staying("engaged", "tells what people saw here; goes with the client"),
            staying("conflict", "is between clients of this installation; goes with the client"),
            staying("engagement", "is between clients of this installation; goes with the conflict"),
            staying("wall_epoch", "counts changes here"),
            staying("job_client", "tells this installation's servers whom to look at; goes with the client"),
            staying("node", "a server process here"),
            staying("client", "is described by client.json"),
            staying("session", "of people, here"),
            staying("one_time_link", "of people, here"),
            staying("account_notice", "of people, here"),
            staying("passkey", "of people, for this address"),
            staying("idempotent_reply", "first replies here, forgotten after a day"),
            staying("departure", "tells that clients left"),
            staying("operator_entry", "heads of all clients' logs without their names; what was logged once stays"),
            staying("operator_tile", "hashes of those heads"),
            staying("operator_checkpoint", "signed heads of this installation's own log"),
            staying("operator_cosignature", "what witnesses signed of those heads"),
            staying("schema_history", "the migrations of the database"));

    private static ControlTable ofClient(String name, List<String> omitted) {
        return new ControlTable(name, "t.client = :client", "client = :client", omitted, "");
    }

    /** Goes when what it refers to goes. */
    private static ControlTable cascading(String name, String carried) {
        return new ControlTable(name, carried, null, List.of(), "");
    }

    private static ControlTable leaving(String name, String why) {
        return new ControlTable(name, null, "client = :client", List.of(), why);
    }

    private static ControlTable staying(String name, String why) {
        return new ControlTable(name, null, null, List.of(), why);
    }

    /** Its file in the archive. */
    String file() {
        return "people/" + name + ".jsonl";
    }
}
