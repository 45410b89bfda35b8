package io.etalon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VendorWorkforceTest {
    private final TestServer server = TestServer.shared();
    private final Cast cast = new Cast(server);

    @Test
    void aVendorsTeamNamesAnOrganisationOfTheRegister() throws Exception {
        var operator = Http.as(server, cast.operator());
        var made = operator.post("/organisations", Map.of("name", "Vendor of one team", "country", "FR"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var organisation = made.json().path("id").asString();
        var requester = Http.as(server, cast.member(cast.client("vendor-team"), Role.REQUESTER));
        var path = "/clients/vendor-team/workforces";

        assertThat(requester.post(path, Map.of("name", "V", "kind", "vendor")).body())
                .contains("/organisation");
        assertThat(requester
                        .post(path, Map.of("name", "V", "kind", "in_house", "organisation", organisation))
                        .status())
                .isEqualTo(400);
        assertThat(requester
                        .post(
                                path,
                                Map.of("name", "V", "kind", "vendor", "organisation", organisation.replace('0', '1')))
                        .status())
                .isEqualTo(400);
        var team = requester.post(path, Map.of("name", "V", "kind", "vendor", "organisation", organisation));
        assertThat(team.json().path("kind").asString()).isEqualTo("vendor");
        assertThat(requester.get(path).body()).contains(organisation);
    }

    @Test
    void anOrganisationIsEnteredOnceAndByTheOperatorOnly() throws Exception {
        var operator = Http.as(server, cast.operator());
        assertThat(operator.post("/organisations", Map.of("name", "Entered once"))
                        .status())
                .isEqualTo(201);
        assertThat(operator.post("/organisations", Map.of("name", "ENTERED once"))
                        .code())
                .isEqualTo("organisation-name-taken");
        assertThat(operator.post("/organisations", Map.of("name", "x", "country", "France"))
                        .body())
                .contains("/country");
        var requester = Http.as(server, cast.member(cast.client("no-register"), Role.REQUESTER));
        assertThat(requester.get("/organisations").status()).isIn(403, 404);
        assertThat(requester.post("/organisations", Map.of("name", "Mine")).status())
                .isIn(403, 404);
    }
}
