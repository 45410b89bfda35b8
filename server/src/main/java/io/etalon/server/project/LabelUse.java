package io.etalon.server.project;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import java.util.Map;

/** Who knows how many submissions bear a label, a question's answer or an option; the work, on a higher rung, implements it. */
public interface LabelUse {
    /** Submissions by key ({@link Used}), a second old at most; what none bears is left out. Costs the keys, not the answers. */
    Map<String, Long> of(ClientId client, ProjectId project);
}
