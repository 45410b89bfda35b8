package io.etalon.server.custody;

/**
 * A column of the cell whose values {@link io.etalon.server.keys.ClientKeys#seal} made.
 *
 * @param join further tables, for a row that does not tell its project; the row itself is {@code t}
 * @param project SQL for the project's id
 * @param context SQL for what the value is bound to, as the feature spells it in Java
 */
record SealedColumn(String table, String column, String join, String project, String context) {
    static SealedColumn of(String table, String column, String context) {
        return new SealedColumn(table, column, "", "t.project", context);
    }

    /** Reads place, value and context of a project's values, but those that begin with some bytes. */
    String select() {
        return "select t.ctid::text, t." + column + ", " + context + " from " + table + " t " + join + " where "
                + project + " = ? and t." + column + " is not null and substring(t." + column + " from 1 for 5) <> ?";
    }

    /** Puts another value in the place of one, if it is still there. */
    String update() {
        return "update " + table + " set " + column + " = ? where ctid = ?::tid and " + column + " = ?";
    }

    String count() {
        return "select count(*) from " + table + " t " + join + " where " + project + " = ? and t." + column
                + " is not null and substring(t." + column + " from 1 for 5) <> ?";
    }

    @Override
    public String toString() {
        return table + "." + column;
    }
}
