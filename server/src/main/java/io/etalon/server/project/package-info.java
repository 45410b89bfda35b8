/**
 * Projects: what is asked about which assets, by how many people, under which ontology and guidelines.
 *
 * <p>Owns the cell's tables {@code project}, {@code deleted_project}, {@code project_rounds}, {@code project_workforce}, {@code ontology_version} and
 * {@code guideline_version}; the last two are append-only and sealed with the project's data key. Tells listeners of
 * changes by {@link io.etalon.server.project.Projects#onChange}. Imports {@code base}, {@code audit}, {@code tenant},
 * {@code keys} and {@code access}.
 */
@NullMarked
package io.etalon.server.project;

import org.jspecify.annotations.NullMarked;
