package io.etalon.formats.tables;

import io.etalon.formats.FormatException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads comma-separated values as in RFC 4180, one record at a time: quoted fields may hold commas, doubled quotes and
 * line breaks; LF, CRLF and CR end a record; empty lines are passed over. Not thread-safe.
 */
final class CsvReader {
    private static final int MAX_FIELD = 1 << 22;
    private static final int MAX_FIELDS = 10_000;
    private static final int END = -1;
    private static final int UNREAD = -2;

    private final Reader in;
    private final char[] buffer = new char[1 << 14];
    private int at;
    private int filled;
    private int pushed = UNREAD;
    private long line = 1;
    private long recordLine = 1;
    private boolean ended;
    private boolean undecodable;

    CsvReader(Reader in) {
        this.in = in;
    }

    /** The line, from 1, on which the last record began. */
    long recordLine() {
        return recordLine;
    }

    /** The next record, or null at the end. */
    @Nullable
    List<String> next() {
        while (true) {
            recordLine = line;
            var first = read();
            if (first == END) {
                return null;
            }
            if (first != '\n' && first != '\r') {
                pushed = first;
                return record();
            }
            newLine(first);
        }
    }

    private List<String> record() {
        var fields = new ArrayList<String>();
        while (true) {
            var end = field(fields);
            if (fields.size() > MAX_FIELDS) {
                throw FormatException.atLine(recordLine, "the record has more than " + MAX_FIELDS + " fields");
            }
            if (end != ',') {
                newLine(end);
                return fields;
            }
        }
    }

    /** Reads a field; gives the character that ended it. */
    private int field(List<String> fields) {
        var text = new StringBuilder();
        var c = read();
        if (c == '"') {
            c = quoted(text);
        } else {
            while (c != ',' && c != '\n' && c != '\r' && c != END) {
                if (c == '"') {
                    throw FormatException.atLine(
                            line, "a quote stands inside a field that does not begin with one; quote the whole field");
                }
                append(text, c);
                appendPlain(text);
                c = read();
            }
        }
        fields.add(text.toString());
        return c;
    }

    /** The run of characters in the buffer that need no look: most of a file. */
    private void appendPlain(StringBuilder text) {
        if (pushed != UNREAD) {
            return;
        }
        var from = at;
        while (at < filled && buffer[at] != ',' && buffer[at] != '\n' && buffer[at] != '\r' && buffer[at] != '"') {
            at++;
        }
        if (text.length() + at - from > MAX_FIELD) {
            throw tooLong();
        }
        text.append(buffer, from, at - from);
    }

    /** Whether the last byte has been read. */
    boolean ended() {
        return ended;
    }

    /** Whether a broken record can be passed over: not when the bytes themselves cannot be read as UTF-8. */
    boolean goesOn() {
        return !undecodable;
    }

    /** Passes over the rest of the line, to go on after a broken record. */
    void skipLine() {
        var c = read();
        while (c != '\n' && c != '\r' && c != END) {
            c = read();
        }
        if (c != END) {
            newLine(c);
        }
    }

    private int quoted(StringBuilder text) {
        var opened = line;
        while (true) {
            var c = read();
            if (c == END) {
                throw FormatException.atLine(opened, "the quoted field that begins here is never closed");
            }
            if (c != '"') {
                if (c == '\n' || c == '\r' && peek() != '\n') {
                    line++;
                }
                append(text, c);
                continue;
            }
            var after = read();
            if (after == '"') {
                append(text, after);
            } else if (after == ',' || after == '\n' || after == '\r' || after == END) {
                return after;
            } else {
                throw FormatException.atLine(
                        line, "a character follows a closing quote; double a quote inside a field");
            }
        }
    }

    private void append(StringBuilder text, int c) {
        if (text.length() >= MAX_FIELD) {
            throw tooLong();
        }
        text.append((char) c);
    }

    private FormatException tooLong() {
        return FormatException.atLine(recordLine, "a field is longer than " + MAX_FIELD + " characters");
    }

    private void newLine(int end) {
        if (end == '\r' && peek() == '\n') {
            read();
        }
        line++;
    }

    private int peek() {
        if (pushed == UNREAD) {
            pushed = read();
        }
        return pushed;
    }

    private int read() {
        if (pushed != UNREAD) {
            var c = pushed;
            pushed = UNREAD;
            return c;
        }
        try {
            if (at == filled) {
                filled = in.read(buffer);
                at = 0;
                if (filled <= 0) {
                    filled = 0;
                    ended = true;
                    return END;
                }
            }
            return buffer[at++];
        } catch (CharacterCodingException e) {
            undecodable = true;
            throw new FormatException("line " + line, "the file is not well-formed UTF-8 near here", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
