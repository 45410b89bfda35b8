package io.etalon.server.work.state;

import static io.etalon.server.work.state.TaskEvent.CANCEL;
import static io.etalon.server.work.state.TaskEvent.ESCALATE;
import static io.etalon.server.work.state.TaskEvent.FILL;
import static io.etalon.server.work.state.TaskEvent.FINISH;
import static io.etalon.server.work.state.TaskEvent.REOPEN;
import static io.etalon.server.work.state.TaskEvent.RESUME;
import static io.etalon.server.work.state.TaskEvent.RETURN;
import static io.etalon.server.work.state.TaskEvent.REVIEW;
import static io.etalon.server.work.state.TaskEvent.SUBMIT;
import static io.etalon.server.work.state.TaskEvent.WIDEN;
import static io.etalon.server.work.state.TaskState.CANCELLED;
import static io.etalon.server.work.state.TaskState.DONE;
import static io.etalon.server.work.state.TaskState.ESCALATED;
import static io.etalon.server.work.state.TaskState.IN_REVIEW;
import static io.etalon.server.work.state.TaskState.OPEN;
import static io.etalon.server.work.state.TaskState.PLANNED;
import static io.etalon.server.work.state.TaskState.RETURNED;
import static io.etalon.server.work.state.TaskTransitions.Actor.ANNOTATOR;
import static io.etalon.server.work.state.TaskTransitions.Actor.REQUESTER;
import static io.etalon.server.work.state.TaskTransitions.Actor.REVIEWER;
import static io.etalon.server.work.state.TaskTransitions.Actor.SYSTEM;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The life of a task as one table. Nothing else moves a task; {@code docs/task-states.md} shows it as a diagram. */
final class TaskTransitions {
    static final ErrorCode NOT_ALLOWED =
            ErrorCode.of("task-state", ErrorKind.CONFLICT, "The task is in a state that does not allow this");

    /** Who may cause an event. */
    enum Actor {
        ANNOTATOR,
        REVIEWER,
        REQUESTER,
        SYSTEM
    }

    /** One row: in a state, an event by one of these people leads to the next state. */
    record Transition(TaskState from, TaskEvent event, Set<Actor> who, TaskState next) {}

    static final List<Transition> TABLE = List.of(
            row(PLANNED, TaskEvent.OPEN, OPEN, SYSTEM, REQUESTER),
            row(PLANNED, CANCEL, CANCELLED, REQUESTER),
            row(OPEN, SUBMIT, OPEN, ANNOTATOR),
            row(OPEN, REVIEW, OPEN, REVIEWER),
            row(OPEN, FILL, IN_REVIEW, ANNOTATOR, REVIEWER, REQUESTER, SYSTEM),
            row(OPEN, FINISH, DONE, ANNOTATOR, REVIEWER, REQUESTER, SYSTEM),
            row(OPEN, RETURN, RETURNED, REVIEWER, REQUESTER),
            row(OPEN, ESCALATE, ESCALATED, ANNOTATOR, SYSTEM),
            row(OPEN, CANCEL, CANCELLED, REQUESTER),
            row(IN_REVIEW, REVIEW, IN_REVIEW, REVIEWER),
            row(IN_REVIEW, SUBMIT, IN_REVIEW, ANNOTATOR),
            row(IN_REVIEW, FINISH, DONE, REVIEWER, REQUESTER),
            row(IN_REVIEW, RETURN, RETURNED, REVIEWER),
            row(IN_REVIEW, WIDEN, OPEN, REQUESTER, SYSTEM),
            row(IN_REVIEW, ESCALATE, ESCALATED, ANNOTATOR),
            row(IN_REVIEW, CANCEL, CANCELLED, REQUESTER),
            row(RETURNED, SUBMIT, RETURNED, ANNOTATOR),
            row(RETURNED, REVIEW, RETURNED, REVIEWER),
            row(RETURNED, RETURN, RETURNED, REVIEWER),
            row(RETURNED, RESUME, OPEN, ANNOTATOR, REVIEWER, REQUESTER, SYSTEM),
            row(RETURNED, FILL, IN_REVIEW, ANNOTATOR, REVIEWER, REQUESTER),
            row(RETURNED, FINISH, DONE, ANNOTATOR, REVIEWER, REQUESTER),
            row(RETURNED, ESCALATE, ESCALATED, ANNOTATOR),
            row(RETURNED, CANCEL, CANCELLED, REQUESTER),
            row(ESCALATED, SUBMIT, ESCALATED, ANNOTATOR),
            row(ESCALATED, REVIEW, ESCALATED, REVIEWER),
            row(ESCALATED, RETURN, ESCALATED, REVIEWER),
            row(ESCALATED, ESCALATE, ESCALATED, ANNOTATOR, SYSTEM),
            row(ESCALATED, REOPEN, OPEN, REQUESTER),
            row(ESCALATED, CANCEL, CANCELLED, REQUESTER),
            row(DONE, WIDEN, OPEN, REQUESTER, SYSTEM),
            row(DONE, SUBMIT, DONE, ANNOTATOR),
            row(DONE, FILL, IN_REVIEW, ANNOTATOR),
            row(DONE, ESCALATE, ESCALATED, ANNOTATOR),
            row(DONE, CANCEL, CANCELLED, REQUESTER),
            row(CANCELLED, ESCALATE, CANCELLED, ANNOTATOR, SYSTEM),
            row(CANCELLED, REOPEN, OPEN, REQUESTER));

    private static final Map<TaskState, Map<TaskEvent, Transition>> INDEX = index();

    private TaskTransitions() {}

    private static Transition row(TaskState from, TaskEvent event, TaskState next, Actor... who) {
        return new Transition(from, event, Set.of(who), next);
    }

    private static Map<TaskState, Map<TaskEvent, Transition>> index() {
        var index = new EnumMap<TaskState, Map<TaskEvent, Transition>>(TaskState.class);
        for (var state : TaskState.values()) {
            index.put(state, new EnumMap<>(TaskEvent.class));
        }
        for (var row : TABLE) {
            if (Optional.ofNullable(index.get(row.from())).orElseThrow().put(row.event(), row) != null) {
                throw new IllegalStateException("two rows for " + row.from() + " and " + row.event());
            }
        }
        return index;
    }

    /**
     * The state after an event.
     *
     * @throws EtalonException conflict, naming what those may do instead who may cause this event elsewhere
     */
    static TaskState next(TaskState from, TaskEvent event) {
        var row = Optional.ofNullable(INDEX.get(from)).orElseThrow().get(event);
        if (row == null) {
            var act = act(event).orElse(event.name().toLowerCase(Locale.ROOT));
            var allowed = acts(from, event);
            throw EtalonException.outOfOrder(
                    NOT_ALLOWED,
                    "The task is " + from.key() + "; " + act + " is not possible there. "
                            + (allowed.isEmpty()
                                    ? "There is nothing that you can do with it."
                                    : "What you can do: " + String.join(", ", allowed) + "."),
                    allowed);
        }
        return row.next();
    }

    /** What those can do in a state who cause an event in others: by its rows, an event tells whose it is. */
    private static List<String> acts(TaskState from, TaskEvent event) {
        var callers = EnumSet.noneOf(Actor.class);
        TABLE.stream().filter(row -> row.event() == event).forEach(row -> callers.addAll(row.who()));
        callers.remove(SYSTEM);
        return TABLE.stream()
                .filter(row -> row.from() == from && row.who().stream().anyMatch(callers::contains))
                .flatMap(row -> act(row.event()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** What a person does, as the API names it; empty for what follows from other acts. */
    private static Optional<String> act(TaskEvent event) {
        return switch (event) {
            case SUBMIT -> Optional.of("submit");
            case ESCALATE -> Optional.of("skip");
            case REVIEW -> Optional.of("decide");
            case CANCEL -> Optional.of("cancel");
            case REOPEN -> Optional.of("reopen");
            case OPEN, FILL, FINISH, RETURN, RESUME, WIDEN -> Optional.empty();
        };
    }

    /** Whether the table has a row for this. */
    static boolean allows(TaskState from, TaskEvent event) {
        return Optional.ofNullable(INDEX.get(from)).orElseThrow().containsKey(event);
    }

    /** The table as a Mermaid state diagram. */
    static String diagram() {
        var text = new StringBuilder("stateDiagram-v2\n    [*] --> planned\n");
        for (var row : TABLE) {
            if (row.from() != row.next()) {
                text.append("    ")
                        .append(row.from().key())
                        .append(" --> ")
                        .append(row.next().key());
                text.append(" : ").append(row.event()).append(" (");
                text.append(row.who().stream()
                        .map(Actor::name)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .sorted()
                        .collect(Collectors.joining(", ")));
                text.append(")\n");
            }
        }
        return text.append("    done --> [*]\n    cancelled --> [*]\n").toString();
    }
}
