package io.etalon.server.access;

import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.DataFolders;
import io.etalon.server.base.Ids;
import java.time.Clock;

/** What links with a token are made of: where they lead, where a file may be kept, tokens and the clock. */
record LinkContext(ContentOrigin origin, DataFolders folders, Ids ids, Clock clock) {}
