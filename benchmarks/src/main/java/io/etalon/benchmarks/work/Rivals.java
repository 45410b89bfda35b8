package io.etalon.benchmarks.work;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.access.Sessions;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.Clients;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Two clients of one server at which the same people of a vendor do the same work. The one has walls against owners, rivals
 * and countries, its log, and sealed texts; the other has no rule, no entry of its work, and the same answers in clear.
 */
final class Rivals {
    private static final String WALLED = "walled";
    private static final String OPEN = "open";
    /** As long as {@link #REMARK}, but an option's id: it is kept in clear. */
    private static final String OPTION = "the-edge-of-the-left-coin-lies-in-shadow-and-its-date-cannot-be";

    private static final String REMARK = "The edge of the left coin lies in shadow; its date is illegible";
    private static final String LABELS = """
            "labels": [{"id": "coin", "name": "Coin", "color": "#c08a2b", "tool": "box", "attributes": []}]""";
    private static final String TEXT = """
            {"id": "note", "name": "Note", "type": "text", "required": true, "options": []}""";
    private static final String CHOICE = """
            {"id": "note", "name": "Note", "type": "choice", "required": true, "options":
             [{"id": "%s", "name": "Shadow"}, {"id": "none", "name": "None"}]}""".formatted(OPTION);

    /** One of the two: where its work is, and what is handed in there. */
    record Side(String slug, ProjectId project, String answer) {
        String path() {
            return "/clients/" + slug + "/projects/" + project;
        }
    }

    private final Cell cell;
    private final List<PersonId> people = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final String operator;
    private final PersonId boss;
    private final String token;

    /** @param annotators how many people of the vendor work at both */
    Rivals(Cell cell, int annotators) {
        this.cell = cell;
        var root = person("operator");
        cell.part(Grants.class).grantOperator(root);
        operator = session(root);
        for (var i = 0; i < annotators; i++) {
            people.add(person("a" + i));
            tokens.add(session(people.getLast()));
        }
        boss = person("boss");
        token = session(boss);
        tokens.add(token);
    }

    /** A session a person, the requester's of both clients last. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    /** Who requests at both clients, and his session. */
    PersonId boss() {
        return boss;
    }

    String requester() {
        return token;
    }

    Side walled(int tasks) throws IOException, SQLException, InterruptedException {
        var rival = organisation("Rival");
        var holding = organisation("Holding");
        var vendor = organisation("Vendor");
        client(WALLED);
        client("rival");
        identify(WALLED, organisation("Walled"));
        identify("rival", rival);
        stake(rival, holding, 40);
        stake(holding, vendor, 20);
        var team = team(WALLED, vendor);
        for (var person : people) {
            cell.send(
                    manager(team),
                    "PUT",
                    "/clients/" + WALLED + "/people/" + person + "/country",
                    "{\"country\": \"FR\"}");
        }
        wall("{\"kind\": \"owner\", \"competitors\": [\"%s\"], \"percent\": 20}".formatted(rival));
        wall("{\"kind\": \"rival\", \"competitors\": [\"%s\"], \"days\": 90}".formatted(rival));
        wall("{\"kind\": \"country\", \"countries\": [\"FR\", \"BE\", \"CH\"]}");
        return new Side(WALLED, project(WALLED, team, TEXT, tasks), answer(REMARK));
    }

    Side open(int tasks) throws IOException, SQLException, InterruptedException {
        client(OPEN);
        var team = team(OPEN, organisation("Vendor of the open"));
        var project = project(OPEN, team, CHOICE, tasks);
        OpenSide.leaveOut(project);
        return new Side(OPEN, project, answer(OPTION));
    }

    private static String answer(String note) {
        return Cell.ANSWER.replace("\"answers\":{}", "\"answers\":{\"note\":\"" + note + "\"}");
    }

    private PersonId person(String name) {
        return cell.part(People.class).create(name + "@rivals.example", name).id();
    }

    private String session(PersonId person) {
        return cell.part(Sessions.class).open(person).token();
    }

    private void client(String slug) throws SQLException {
        var made = cell.part(Clients.class).create(slug, "Client " + slug).id();
        cell.part(Grants.class).grant(Grants.By.SYSTEM, boss, made, Set.of(Role.REQUESTER), null);
    }

    private UUID organisation(String name) throws IOException, InterruptedException {
        return UUID.fromString(cell.made(operator, "/organisations", "{\"name\": \"" + name + "\"}"));
    }

    private void identify(String slug, UUID organisation) throws IOException, InterruptedException {
        cell.send(operator, "PUT", "/organisations/" + organisation + "/client", "{\"client\": \"" + slug + "\"}");
    }

    private void stake(UUID owner, UUID held, int percent) throws IOException, InterruptedException {
        cell.made(operator, "/stakes", """
                {"owner": "%s", "held": "%s", "percent": %d, "voting": true, "since": "2025-06-13", "source": "a newspaper"}""".formatted(owner, held, percent));
    }

    private void wall(String terms) throws IOException, InterruptedException {
        cell.made(token, "/clients/" + WALLED + "/walls", terms);
    }

    private UUID team(String slug, UUID vendor) throws IOException, InterruptedException {
        var team = UUID.fromString(cell.made(
                token,
                "/clients/" + slug + "/workforces",
                "{\"name\": \"Team\", \"kind\": \"vendor\", \"organisation\": \"" + vendor + "\"}"));
        var client = cell.part(Clients.class).find(slug).orElseThrow().id();
        for (var person : people) {
            cell.part(Grants.class).grant(Grants.By.SYSTEM, person, client, Set.of(Role.ANNOTATOR), team);
        }
        return team;
    }

    /** The session of somebody who speaks for a team of the walled client. */
    private String manager(UUID team) {
        var client = cell.part(Clients.class).find(WALLED).orElseThrow().id();
        var lead = people.getFirst();
        cell.part(Grants.class).grant(Grants.By.SYSTEM, lead, client, Set.of(Role.WORKFORCE_MANAGER), team);
        return tokens.getFirst();
    }

    private ProjectId project(String slug, UUID team, String question, int tasks)
            throws IOException, SQLException, InterruptedException {
        var body = """
                {"name": "Bench", "template": "image-boxes", "redundancy": 3, "reviewShare": 0, "workforces": ["%s"],
                 "ontology": {"questions": [%s], %s}}""".formatted(team, question, LABELS);
        return cell.project(slug, token, body, tasks);
    }
}
