package io.etalon.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The bytes of one zip record with the names of its fields, so that a deviation can be named. Little-endian. */
final class ZipHeader {
    private final String what;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final NavigableMap<Integer, String> fields = new TreeMap<>();

    ZipHeader(String what) {
        this.what = what;
    }

    ZipHeader u16(String field, int value) {
        return number(field, value, 2);
    }

    ZipHeader u32(String field, long value) {
        return number(field, value, 4);
    }

    ZipHeader u64(String field, long value) {
        return number(field, value, 8);
    }

    ZipHeader ascii(String field, String value) {
        fields.put(bytes.size(), field);
        bytes.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private ZipHeader number(String field, long value, int length) {
        fields.put(bytes.size(), field);
        for (var i = 0; i < length; i++) {
            bytes.write((int) (value >>> (8 * i)));
        }
        return this;
    }

    /** Such as «local header of manifest.txt». */
    String what() {
        return what;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    int length() {
        return bytes.size();
    }

    /** The name of the field that holds the byte at this offset of the record. */
    String fieldAt(int offset) {
        return fields.floorEntry(offset).getValue();
    }
}
