package io.etalon.server.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.TestServer;
import org.junit.jupiter.api.Test;

/** A server dies between the order of a drain and its end: what it leaves in the database is all that the next one has. */
class DrainCutOffTest {
    private final TestServer server = TestServer.shared();

    @Test
    void whatWasOrderedLetsNobodyInAndIsCarriedOutByTheNextPass() throws Exception {
        var story = new VendorStory(server, "vendor-cut-off");
        var north = story.vendor("North", "n1");
        story.vendor("South", "s1");
        var project = story.project(2, 1);
        var held = story.lease(project, "n1").json();
        var vendor = server.part(Vendors.class).get(story.client.id(), north);
        var by = new Drains.By(story.person("rita"), "session");
        server.scope().control(tx -> server.part(Drains.class).order(tx, story.client.id(), vendor, "Gone", by));

        server.part(VendorPass.class).pass();

        assertThat(story.submit(project, "n1", held, true).status()).isIn(401, 404);
        assertThat(story.requester
                        .get(story.path() + "/vendors/" + north + "/hand-overs")
                        .json()
                        .at("/items/0/projects/0/leasesEnded")
                        .asInt())
                .isEqualTo(1);
        assertThat(story.work(project, "s1", 0, () -> true)).isEqualTo(2);
    }
}
