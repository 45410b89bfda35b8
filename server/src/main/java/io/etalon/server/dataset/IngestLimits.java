package io.etalon.server.dataset;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much may come in, counted while it streams: what a sender declares is never believed.
 *
 * @param imageBytes of one image
 * @param textBytes of one text
 * @param pixels of one image, width times height, told by its header before anything decodes it
 * @param side of an image, in pixels
 * @param archiveEntries in one archive, of any sort
 * @param archiveBytes that one archive inflates to
 * @param archiveRatio of inflated to compressed bytes, beyond the first 10 MB
 */
@ConfigurationProperties("etalon.ingest")
record IngestLimits(
        @DefaultValue("200000000") long imageBytes,
        @DefaultValue("20000000") long textBytes,
        @DefaultValue("250000000") long pixels,
        @DefaultValue("29999") int side,
        @DefaultValue("100000") int archiveEntries,
        @DefaultValue("20000000000") long archiveBytes,
        @DefaultValue("200") int archiveRatio) {

    static final IngestLimits USUAL =
            new IngestLimits(200_000_000, 20_000_000, 250_000_000, 29_999, 100_000, 20_000_000_000L, 200);
}
