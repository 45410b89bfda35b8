package io.etalon.server.project;

import io.etalon.annotation.Ontology;
import java.util.List;
import java.util.UUID;

/** What a new project is to be; see {@link Project} for the members' meaning. */
public record ProjectDraft(
        String name,
        String codeName,
        AssetKind kind,
        String template,
        Ontology ontology,
        String guidelines,
        int redundancy,
        double reviewShare,
        Repeats repeats,
        List<UUID> workforces,
        String licence) {}
