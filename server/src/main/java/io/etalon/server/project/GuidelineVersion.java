package io.etalon.server.project;

import java.time.Instant;

/** One version of a project's guidelines in Markdown; never changed once made. */
public record GuidelineVersion(int version, String markdown, Instant createdAt) {}
