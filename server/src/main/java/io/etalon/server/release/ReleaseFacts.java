package io.etalon.server.release;

import io.etalon.server.base.PersonId;
import io.etalon.server.project.Project;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What a release says beside the annotations.
 *
 * @param day of the release, in UTC
 * @param notes of the requester; may be empty
 * @param guidelines in Markdown, the newest version
 * @param workforces their names, sorted
 * @param pseudonyms of everybody who submitted, reviewed or adjudicated
 */
record ReleaseFacts(
        Project project,
        int number,
        LocalDate day,
        String notes,
        String guidelines,
        List<String> workforces,
        Map<PersonId, String> pseudonyms) {
    ReleaseFacts {
        workforces = workforces.stream().sorted().toList();
        pseudonyms = Map.copyOf(pseudonyms);
    }
}
