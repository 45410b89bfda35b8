package io.etalon.formats.tables;

/** Care for tables that people open in a spreadsheet. Stateless. */
public final class Spreadsheets {
    private Spreadsheets() {}

    /**
     * A text that no spreadsheet takes for a formula: one that begins as a formula would gets an apostrophe before it (OWASP, CSV
     * Injection). Numbers are not texts, and stay as they are.
     */
    public static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r\n|%".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
