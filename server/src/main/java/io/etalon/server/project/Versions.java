package io.etalon.server.project;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A project with some settings replaced. */
final class Versions {
    private Versions() {}

    static Project withOntology(Project p, int version) {
        return new Project(
                p.id(),
                p.name(),
                p.codeName(),
                p.kind(),
                p.template(),
                p.state(),
                p.redundancy(),
                p.reviewShare(),
                p.repeats(),
                p.workforces(),
                p.licence(),
                version,
                p.guidelineVersion(),
                p.createdAt());
    }

    static Project withGuidelines(Project p, int version) {
        return new Project(
                p.id(),
                p.name(),
                p.codeName(),
                p.kind(),
                p.template(),
                p.state(),
                p.redundancy(),
                p.reviewShare(),
                p.repeats(),
                p.workforces(),
                p.licence(),
                p.ontologyVersion(),
                version,
                p.createdAt());
    }

    /** The settings that a patch may carry; null keeps what is there. */
    record Patch(
            @Nullable String name,
            @Nullable ProjectState state,
            @Nullable Integer redundancy,
            @Nullable Double reviewShare,
            @Nullable List<UUID> workforces) {

        Project applyTo(Project p) {
            return new Project(
                    p.id(),
                    name == null ? p.name() : name.strip(),
                    p.codeName(),
                    p.kind(),
                    p.template(),
                    state == null ? p.state() : state,
                    redundancy == null ? p.redundancy() : redundancy,
                    reviewShare == null ? p.reviewShare() : reviewShare,
                    p.repeats(),
                    workforces == null ? p.workforces() : workforces,
                    p.licence(),
                    p.ontologyVersion(),
                    p.guidelineVersion(),
                    p.createdAt());
        }
    }
}
