package io.etalon.server.project;

import io.etalon.annotation.Fault;
import io.etalon.annotation.Ontology;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a project's settings must satisfy; every fault is told at once, with its place in the request. */
final class DraftCheck {
    private static final Pattern CODE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 _-]{0,63}");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_GUIDELINES = 500_000;

    private DraftCheck() {}

    static void check(ProjectDraft draft) {
        var faults = settings(draft.name(), draft.redundancy(), draft.reviewShare());
        if (!CODE_NAME.matcher(draft.codeName()).matches()) {
            faults.add(
                    new Fault(
                            "/codeName",
                            "must be 1 to 64 letters, digits, spaces, hyphens or underscores, and begin with a letter or digit"));
        }
        if (draft.repeats().byDefault() < 1 || draft.repeats().byDefault() > Repeats.MOST) {
            faults.add(new Fault("/repeats/default", "must be from 1 to " + Repeats.MOST));
        }
        draft.repeats().people().forEach((person, rounds) -> {
            if (rounds < 1 || rounds > Repeats.MOST) {
                faults.add(new Fault("/repeats/people/" + person, "must be from 1 to " + Repeats.MOST));
            }
        });
        if (draft.licence().length() > LONGEST_NAME) {
            faults.add(new Fault("/licence", "must have at most " + LONGEST_NAME + " characters"));
        }
        if (draft.guidelines().length() > LONGEST_GUIDELINES) {
            faults.add(new Fault("/guidelines", "must have at most " + LONGEST_GUIDELINES + " characters"));
        }
        if (draft.ontology().hasShapes() && draft.kind() == AssetKind.TEXT) {
            faults.add(new Fault("/ontology/labels", "boxes are drawn on images; a text project takes questions only"));
        }
        draft.ontology().faults().forEach(f -> faults.add(new Fault("/ontology" + f.pointer(), f.message())));
        refuse(ErrorCode.INVALID, "The project cannot be made like this.", faults);
    }

    static void checkSettings(String name, int redundancy, double reviewShare) {
        refuse(ErrorCode.INVALID, "The settings cannot be like this.", settings(name, redundancy, reviewShare));
    }

    static void checkOntology(Ontology ontology) {
        refuse(Projects.BAD_ONTOLOGY, "The ontology cannot be like this.", ontology.faults());
    }

    static void checkGuidelines(String markdown) {
        if (markdown.isBlank()) {
            throw EtalonException.invalidAt(
                    "/markdown", "is empty; a version of the guidelines says something to those who work");
        }
        if (markdown.length() > LONGEST_GUIDELINES) {
            throw EtalonException.invalidAt(
                    "/markdown", "has " + markdown.length() + " characters; the most is " + LONGEST_GUIDELINES);
        }
    }

    private static List<Fault> settings(String name, int redundancy, double reviewShare) {
        var faults = new ArrayList<Fault>();
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            faults.add(new Fault("/name", "must have 1 to " + LONGEST_NAME + " characters"));
        }
        if (redundancy < 1 || redundancy > 100) {
            faults.add(new Fault("/redundancy", "is " + redundancy + "; it must be from 1 to 100"));
        }
        if (!(reviewShare >= 0 && reviewShare <= 1)) {
            faults.add(new Fault("/reviewShare", "is " + reviewShare + "; it must be from 0 to 1"));
        }
        return faults;
    }

    private static void refuse(ErrorCode code, String detail, List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw EtalonException.withFaults(code, detail, faults);
        }
    }
}
