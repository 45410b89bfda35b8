package io.etalon.server.quality;

import io.etalon.quality.choice.TruthMethod;
import io.etalon.server.access.Allow;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.Page;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.quality.QualityBodies.Called;
import io.etalon.server.quality.QualityBodies.ConsensusBody;
import io.etalon.server.quality.QualityBodies.QualityBody;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Agreement, skill and consensus over HTTP. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/quality")
class QualityController {
    private final Qualities qualities;
    private final People people;

    QualityController(Qualities qualities, People people) {
        this.qualities = qualities;
        this.people = people;
    }

    @GetMapping
    @Allow(
            value = {Role.REQUESTER, Role.QUALITY_LEAD, Role.REVIEWER},
            ownPeopleOnly = true)
    QualityBody quality(ClientCaller caller, @PathVariable ProjectId project) {
        var report = qualities.report(caller.client().id(), project);
        return QualityBody.of(report, names(caller, report));
    }

    /** A reviewer judges work and shall not know whose it is; those who run the project see names. */
    private Function<PersonId, Called> names(ClientCaller caller, QualityReport report) {
        var all = new HashSet<PersonId>();
        report.choices().forEach(choice -> choice.skills().forEach(skill -> all.add(skill.annotator())));
        report.boxes()
                .ifPresent(boxes ->
                        boxes.skills().forEach(skill -> all.add(new PersonId(UUID.fromString(skill.annotator())))));
        var pseudonyms = qualities.pseudonyms(caller.client().id(), all);
        var named = caller.is(Role.REQUESTER) || caller.is(Role.QUALITY_LEAD) || caller.is(Role.WORKFORCE_MANAGER);
        var called = new HashMap<PersonId, Called>();
        pseudonyms.forEach((person, pseudonym) -> called.put(
                person, new Called(pseudonym, named ? people.get(person).name() : null)));
        return person -> {
            var found = called.get(person);
            if (found == null) {
                throw new IllegalStateException("a person of the report has no pseudonym");
            }
            return found;
        };
    }

    @GetMapping("/consensus")
    @Allow(
            value = {Role.REQUESTER, Role.QUALITY_LEAD, Role.REVIEWER},
            ownPeopleOnly = true)
    Page<ConsensusBody> consensus(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @Schema(implementation = TruthMethod.class) @RequestParam(required = false) @Nullable String method,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var chosen = method == null ? TruthMethod.DAWID_SKENE : MethodNames.method(method);
        var most = Page.limit(limit);
        var after = cursor == null ? Long.MIN_VALUE : Cursor.decode(cursor, 1).number(0);
        var book = qualities.consensus(caller.client().id(), project, chosen);
        var fetched = book.items().stream()
                .filter(entry -> entry.about().task().id() > after)
                .sorted(Comparator.comparingLong(entry -> entry.about().task().id()))
                .limit(most + 1L)
                .map(ConsensusBody::of)
                .toList();
        return Page.cut(fetched, most, item -> Cursor.of(item.task()));
    }
}
