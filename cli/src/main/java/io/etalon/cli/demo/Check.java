package io.etalon.cli.demo;

/** What a step must see; anything else ends the demonstration with what was expected and what was found. */
final class Check {
    private Check() {}

    static void equal(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new DemoFailure(what + ": expected " + expected + ", found " + found);
        }
    }

    static void near(String what, double expected, double found, double tolerance) {
        if (!(Math.abs(expected - found) <= tolerance)) {
            throw new DemoFailure(what + ": expected " + expected + ", found " + found);
        }
    }

    static void that(String what, boolean holds) {
        if (!holds) {
            throw new DemoFailure(what);
        }
    }
}
