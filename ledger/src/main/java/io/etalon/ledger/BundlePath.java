package io.etalon.ledger;

/**
 * Names of files in a bundle: relative, portable ASCII, so that every system unpacks them to the same place and none
 * outside the target.
 */
final class BundlePath {
    static final int MAX_LENGTH = 255;
    private static final String PUNCTUATION = "._-+@=";

    private BundlePath() {}

    /** Returns the path, or refuses it with the reason. */
    static String require(String path) {
        if (path.isEmpty() || path.length() > MAX_LENGTH) {
            throw new FormatException("a path has 1 to 255 characters, found " + path.length());
        }
        for (var i = 0; i < path.length(); i++) {
            var c = path.charAt(i);
            var letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '/' && PUNCTUATION.indexOf(c) < 0) {
                throw new FormatException("a path has letters, digits, «/» and «" + PUNCTUATION + "»; found «"
                        + Text.shown(path.substring(i, i + 1)) + "» in «" + Text.shown(path) + "»");
            }
        }
        for (var segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new FormatException("a path has no empty, «.» or «..» segment: «" + path + "»");
            }
        }
        return path;
    }
}
