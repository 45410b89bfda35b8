package io.etalon.cli.demo;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The people of the demonstration, each with a session of his own, come by invitation.
 *
 * @param requester who makes projects and releases
 * @param workforce the id of the in-house workforce
 */
record Crew(Api requester, String clientPath, String workforce) {
    /** A person with a session. */
    record Member(String id, String name, Api api) {}

    /** Invites a person, accepts the invitation as he would, and returns his session. */
    Member join(String name, String email, List<String> roles) {
        var invitation = requester.post(
                clientPath + "/invitations",
                Map.of("email", email, "name", name, "roles", roles, "workforce", workforce));
        return accept(requester.another(), invitation, name);
    }

    static Member accept(Api person, JsonNode invitation, String name) {
        var session = person.post(
                "/api/v1/invitations/accept",
                Map.of(
                        "token", invitation.get("token").asString(),
                        "name", name,
                        "password", Passphrases.random()));
        return new Member(session.get("person").get("id").asString(), name, person);
    }
}
