package io.etalon.server.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteRangeTest {
    @Test
    void readsTheThreeFormsOfRfc9110() {
        assertThat(ByteRange.parse("bytes=0-499", 1000)).contains(new ByteRange(0, 499));
        assertThat(ByteRange.parse("bytes=500-", 1000)).contains(new ByteRange(500, 999));
        assertThat(ByteRange.parse("bytes=-200", 1000)).contains(new ByteRange(800, 999));
    }

    @Test
    void cutsARangeAtTheEnd() {
        assertThat(ByteRange.parse("bytes=990-2000", 1000)).contains(new ByteRange(990, 999));
        assertThat(ByteRange.parse("bytes=-2000", 1000)).contains(new ByteRange(0, 999));
    }

    @Test
    void tellsWhatCannotBeSatisfied() {
        assertThat(ByteRange.parse("bytes=1000-", 1000)).get().matches(range -> !range.isSatisfiable());
        assertThat(ByteRange.parse("bytes=-0", 1000)).get().matches(range -> !range.isSatisfiable());
    }

    @Test
    void sendsTheWholeForWhatItDoesNotUnderstand() {
        for (var header : new String[] {null, "", "bytes=-", "bytes=5-4", "bytes=0-1,3-4", "lines=0-1", "bytes=a-b"}) {
            assertThat(ByteRange.parse(header, 1000)).as(header).isEmpty();
        }
    }
}
