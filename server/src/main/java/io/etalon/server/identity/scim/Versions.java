package io.etalon.server.identity.scim;

import org.jspecify.annotations.Nullable;

/** Versions of resources as weak entity tags (RFC 7644, section 3.14). */
final class Versions {
    private Versions() {}

    static String tag(long version) {
        return "W/\"" + version + "\"";
    }

    /** Whether a header of tags names this version. */
    static boolean names(String header, long version) {
        for (var one : header.split(",")) {
            var tag = one.strip();
            if (tag.equals("*") || tag.equals(tag(version)) || tag.equals("\"" + version + "\"")) {
                return true;
            }
        }
        return false;
    }

    /** @throws ScimFault 412, when the caller has read another version */
    static void require(@Nullable String ifMatch, long version) {
        if (ifMatch != null && !names(ifMatch, version)) {
            throw ScimFault.precondition();
        }
    }
}
