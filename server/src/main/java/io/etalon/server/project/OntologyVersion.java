package io.etalon.server.project;

import io.etalon.annotation.Ontology;
import java.time.Instant;

/** One version of a project's ontology; never changed once made. */
public record OntologyVersion(int version, Ontology ontology, Instant createdAt) {}
