package io.etalon.server.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What came of a job, so far or in the end. Members that its kind does not know are absent.
 *
 * @param lines read: each is one of the next four
 * @param accepted lines that became a task
 * @param rejected lines that could not, each listed with its reason
 * @param duplicate lines whose content or asset has a task already, each listed
 * @param blank lines without anything
 * @param rows answers written
 * @param size of the written file in bytes
 * @param sha256 of the written file
 * @param checked objects and sealed rows looked at
 * @param broken of these, those that could not be read
 * @param resealed of these, those that were under an older key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobReport(
        @Nullable Long lines,
        @Nullable Long accepted,
        @Nullable Long rejected,
        @Nullable Long duplicate,
        @Nullable Long blank,
        @Nullable Long rows,
        @Nullable Long size,
        @Nullable String sha256,
        @Nullable Long checked,
        @Nullable Long broken,
        @Nullable Long resealed) {

    public static JobReport ofImport(long accepted, long rejected, long duplicate, long blank) {
        return new JobReport(
                accepted + rejected + duplicate + blank,
                accepted,
                rejected,
                duplicate,
                blank,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    public static JobReport ofExport(long rows, long size, String sha256) {
        return new JobReport(null, null, null, null, null, rows, size, sha256, null, null, null);
    }

    public static JobReport ofScrub(long checked, long broken) {
        return new JobReport(null, null, null, null, null, null, null, null, checked, broken, null);
    }

    public static JobReport ofReencryption(long checked, long resealed) {
        return new JobReport(null, null, null, null, null, null, null, null, checked, null, resealed);
    }
}
