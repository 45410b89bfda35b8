package io.etalon.server.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.annotation.AssetExtent.ImageExtent;
import io.etalon.annotation.AssetExtent.TextExtent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An asset as the API shows it; images have pixels, texts have characters (Unicode code points). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AssetBody(
        String id,
        String name,
        String sha256,
        String type,
        long size,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Long characters,
        Instant createdAt,
        int tasks) {

    public static AssetBody of(Asset asset, int tasks) {
        var image = asset.extent() instanceof ImageExtent extent ? extent : null;
        return new AssetBody(
                asset.id().toString(),
                asset.name(),
                asset.sha256(),
                asset.type(),
                asset.size(),
                image == null ? null : image.width(),
                image == null ? null : image.height(),
                asset.extent() instanceof TextExtent text ? text.codePoints() : null,
                asset.createdAt(),
                tasks);
    }
}
