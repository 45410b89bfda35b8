package io.etalon.server.project;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import java.util.Map;

/** Who knows how many submissions bear a label; the work, on a higher rung, implements it. */
public interface LabelUse {
    /** Submissions by label id, a second old at most; labels that none bears are left out. Costs the labels, not the answers. */
    Map<String, Long> of(ClientId client, ProjectId project);
}
