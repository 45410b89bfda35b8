package io.etalon.server.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.etalon.annotation.Fault;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.OntologyChange;
import io.etalon.annotation.Templates;
import io.etalon.formats.OntologyJson;
import io.etalon.formats.Parsed;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the project addresses take and give. */
final class ProjectBodies {
    private ProjectBodies() {}

    /** Rounds by person, as the API writes them. */
    record RepeatsBody(
            @JsonProperty("default") int byDefault,
            @Nullable Map<UUID, Integer> people) {
        Repeats repeats() {
            var rounds = new HashMap<PersonId, Integer>();
            if (people != null) {
                people.forEach((person, count) -> rounds.put(new PersonId(person), count));
            }
            return new Repeats(byDefault, rounds);
        }

        static RepeatsBody of(Repeats repeats) {
            var people = new HashMap<UUID, Integer>();
            repeats.people().forEach((person, count) -> people.put(person.value(), count));
            return new RepeatsBody(repeats.byDefault(), people);
        }
    }

    record NewProject(
            String name,
            @Nullable String codeName,

            @Schema(allowableValues = {"text-classification", "image-classification", "image-boxes"})
            String template,

            @Schema(ref = "#/components/schemas/Ontology") @Nullable
            JsonNode ontology,

            @Nullable String guidelines,
            @Nullable Integer redundancy,
            @Nullable Double reviewShare,
            @Nullable RepeatsBody repeats,
            @Nullable List<UUID> workforces,
            @Nullable String licence) {

        ProjectDraft draft(String generatedCodeName) {
            var chosen = Templates.all().stream()
                    .filter(t -> t.id().equals(template))
                    .findFirst()
                    .orElseThrow(() -> EtalonException.invalidAt(
                            "/template",
                            "is “" + template + "”; it must be one of "
                                    + Templates.all().stream()
                                            .map(Templates.Template::id)
                                            .toList()));
            return new ProjectDraft(
                    name,
                    codeName == null || codeName.isBlank() ? generatedCodeName : codeName.strip(),
                    template.startsWith("text") ? AssetKind.TEXT : AssetKind.IMAGE,
                    template,
                    ontology == null ? chosen.ontology() : parsed(ontology),
                    guidelines == null ? "" : guidelines,
                    redundancy == null ? 1 : redundancy,
                    reviewShare == null ? 0 : reviewShare,
                    repeats == null ? Repeats.ONCE : repeats.repeats(),
                    workforces == null ? List.of() : workforces,
                    licence == null ? "" : licence);
        }
    }

    record ProjectBody(
            UUID id,
            String name,
            String codeName,
            AssetKind kind,

            @Schema(allowableValues = {"text-classification", "image-classification", "image-boxes"})
            String template,

            ProjectState state,
            int redundancy,
            double reviewShare,
            RepeatsBody repeats,
            List<UUID> workforces,
            String licence,
            int ontologyVersion,
            int guidelineVersion,
            Instant createdAt,
            Progress progress) {

        static ProjectBody of(Project p, Progress progress) {
            return new ProjectBody(
                    p.id().value(),
                    p.name(),
                    p.codeName(),
                    p.kind(),
                    p.template(),
                    p.state(),
                    p.redundancy(),
                    p.reviewShare(),
                    RepeatsBody.of(p.repeats()),
                    p.workforces(),
                    p.licence(),
                    p.ontologyVersion(),
                    p.guidelineVersion(),
                    p.createdAt(),
                    progress);
        }

        /** As people of one workforce see it: of the others that work here they are told nothing. */
        ProjectBody of(@Nullable UUID workforce) {
            return new ProjectBody(
                    id,
                    name,
                    codeName,
                    kind,
                    template,
                    state,
                    redundancy,
                    reviewShare,
                    repeats,
                    workforces.stream().filter(one -> one.equals(workforce)).toList(),
                    licence,
                    ontologyVersion,
                    guidelineVersion,
                    createdAt,
                    progress);
        }
    }

    /** A version of guidelines, without its text. */
    record GuidelineLine(int version, Instant createdAt) {}

    /** @param baseVersion the version that it was made from; another one in force is a conflict */
    record NewOntology(
            @Nullable Integer baseVersion,
            @Schema(ref = "#/components/schemas/Ontology") JsonNode ontology) {}

    record OntologyDraft(
            @Schema(ref = "#/components/schemas/Ontology") JsonNode ontology) {}

    /**
     * What a whole new ontology would change.
     *
     * @param lost answers that bear what it has no more, by label id or path; it is refused unless this is empty
     */
    record OntologyPreview(int baseVersion, List<OntologyChange.Entry> changes, Map<String, Long> lost) {}

    record OntologyBody(
            int version,
            Instant createdAt,

            @JsonRawValue @Schema(ref = "#/components/schemas/Ontology")
            String ontology) {
        static OntologyBody of(OntologyVersion version) {
            var json = new String(OntologyJson.write(version.ontology()), StandardCharsets.UTF_8);
            return new OntologyBody(version.version(), version.createdAt(), json);
        }
    }

    record OntologyChanged(int version, List<OntologyChange.Entry> changes) {}

    /** @param baseVersion the version that it was made from; another one in force is a conflict */
    record NewGuidelines(@Nullable Integer baseVersion, String markdown) {}

    /** @throws EtalonException with the place of each fault below {@code /ontology} */
    static Ontology parsed(JsonNode ontology) {
        return parsed(ontology, "/ontology", "/ontology");
    }

    /** The same of a part that the request holds somewhere else: faults inside of it are told where it stands. */
    static Ontology parsed(JsonNode ontology, String part, String stands) {
        var json = ontology.toString().getBytes(StandardCharsets.UTF_8);
        return switch (OntologyJson.read(json)) {
            case Parsed.Sound<Ontology>(var sound) -> sound;
            case Parsed.Faulty<Ontology>(var faults) ->
                throw EtalonException.withFaults(
                        Projects.BAD_ONTOLOGY,
                        "The ontology cannot be read.",
                        faults.stream()
                                .map(f -> new Fault(("/ontology" + f.pointer()).replace(part, stands), f.message()))
                                .toList());
        };
    }
}
