package io.etalon.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** The scenario's world before anything happens: who there is, who works where, what waits. */
final class JuneWorld {
    private static final List<String> MAKERS =
            List.of("Gemini maker", "GPT maker", "Copilot maker", "Grok maker", "Llama maker");
    private static final List<String> VENDORS = List.of("Foundry", "Brightwork", "Calder");

    /** Of the work of each client: the vendors', and its own people's. */
    private static final List<Double> SHARES = List.of(0.5, 0.18, 0.18, 0.14);

    private static final List<String> PRICES = List.of("0.08", "0.07", "0.09");
    private static final String VENDOR = "vendor";
    private static final int PER_ARCHIVE = 2_000;
    /** The hash of a password takes a core for a moment. */
    private static final int JOINING_AT_ONCE = 4;

    private static final Duration KEY_LIFETIME = Duration.ofDays(1);

    /** A person at work, with all the clients that he works for. */
    record Worker(int number, String name, String email, String employer, double skill, Api api, List<Maker> makers) {}

    private final June.Stage stage;
    private final Api operator;
    private final Truths truths;
    private final Map<String, String> canaries = new LinkedHashMap<>();
    private final List<String> vendors = new ArrayList<>();
    private final List<Maker> makers = new ArrayList<>();
    private final List<Worker> people = new ArrayList<>();

    JuneWorld(June.Stage stage, Api operator, Truths truths) {
        this.stage = stage;
        this.operator = operator;
        this.truths = truths;
    }

    Api operator() {
        return operator;
    }

    Truths truths() {
        return truths;
    }

    List<Maker> makers() {
        return makers;
    }

    /** Whom the vendor's buyer competes with: all but the last. */
    List<Maker> competitors() {
        return makers.subList(0, makers.size() - 1);
    }

    Maker buyer() {
        return makers.getLast();
    }

    /** Who leaves altogether. */
    Maker leaver() {
        return makers.getFirst();
    }

    List<Worker> people() {
        return people;
    }

    int tasks() {
        return makers.stream().mapToInt(Maker::tasks).sum();
    }

    /** The organisation that serves all and is bought. */
    String foundry() {
        return vendors.getFirst();
    }

    List<String> vendors() {
        return vendors;
    }

    /** The words that must be nowhere once their client is gone, by the field they stand in. */
    Map<String, String> canaries() {
        return canaries;
    }

    /** A word that stands nowhere else. */
    String canary(String field) {
        return canaries.computeIfAbsent(
                field, key -> "canary" + key + UUID.randomUUID().toString().replace("-", ""));
    }

    void build(June.Plan plan) {
        operator.post("/api/v1/session/link", Map.of("token", stage.setupToken()));
        operator.put("/api/v1/me/password", Map.of("password", Passphrases.random()));
        VENDORS.forEach(name -> vendors.add(organisation(name)));
        var owners = MAKERS.stream().map(this::organisation).toList();
        for (var i = 0; i < MAKERS.size(); i++) {
            stage.progress(i, MAKERS.size(), "making clients");
            var tasks = plan.tasks() / MAKERS.size() + (i < plan.tasks() % MAKERS.size() ? 1 : 0);
            makers.add(client(MAKERS.get(i), owners, i, tasks));
        }
        hire(plan.people());
        makers.forEach(this::route);
    }

    private String organisation(String name) {
        return operator.post("/api/v1/organisations", Map.of("name", name, "country", "US"))
                .get("id")
                .asString();
    }

    private Maker client(String name, List<String> owners, int number, int tasks) {
        var slug = name.toLowerCase(Locale.ROOT).replace(' ', '-');
        var at = "/api/v1/clients/" + slug;
        operator.post("/api/v1/clients", Map.of("slug", slug, "name", name));
        operator.put("/api/v1/organisations/" + owners.get(number) + "/client", Map.of("client", slug));
        var requester = join(operator, at, "requester@" + slug + ".invalid", "Requester", "requester", null);
        var officer = join(requester, at, "officer@" + slug + ".invalid", "Security officer", "auditor", null);
        requester.post(
                at + "/walls",
                Map.of(
                        "kind",
                        "owner",
                        "competitors",
                        owners.stream()
                                .filter(one -> !one.equals(owners.get(number)))
                                .toList(),
                        "percent",
                        20));
        var teams = new LinkedHashMap<String, String>();
        for (var i = 0; i < vendors.size(); i++) {
            var vendor = vendors.get(i);
            teams.put(
                    vendor,
                    team(requester, at, Map.of("name", VENDORS.get(i), "kind", VENDOR, "organisation", vendor)));
            requester.put(at + "/vendors/" + vendor + "/contract", contract(PRICES.get(i)));
        }
        teams.put(Maker.OWN, team(requester, at, Map.of("name", "In-house", "kind", "in_house")));
        var key = key(officer, slug);
        var project = project(requester, at, name, number == 0, List.copyOf(teams.values()));
        var maker = new Maker(slug, name, owners.get(number), requester, officer, key, teams, project, tasks);
        upload(maker, number == 0);
        return maker;
    }

    private static Map<String, ?> contract(String price) {
        return Map.of(
                "currency", "EUR", "prices", List.of(Map.of("unit", "task", "amount", price)), "from", "2025-01-01");
    }

    private static String team(Api requester, String at, Map<String, ?> body) {
        return requester.post(at + "/workforces", body).get("id").asString();
    }

    private static String key(Api officer, String slug) {
        return officer.post(
                        "/api/v1/api-keys",
                        Map.of(
                                "name",
                                "witness",
                                "client",
                                slug,
                                "roles",
                                List.of("auditor"),
                                "expiresAt",
                                Clock.systemUTC().instant().plus(KEY_LIFETIME).toString()))
                .get("key")
                .asString();
    }

    private static Api join(Api inviter, String at, String email, String name, String role, @Nullable String team) {
        var person = inviter.another();
        accept(person, invitation(inviter, at, email, name, role, team), name);
        return person;
    }

    private static String invitation(
            Api inviter, String at, String email, String name, String role, @Nullable String team) {
        var body = new LinkedHashMap<String, Object>();
        body.put("email", email);
        body.put("name", name);
        body.put("roles", List.of(role));
        if (team != null) {
            body.put("workforce", team);
        }
        return inviter.post(at + "/invitations", body).get("token").asString();
    }

    private static void accept(Api person, String token, String name) {
        person.post(
                "/api/v1/invitations/accept", Map.of("token", token, "name", name, "password", Passphrases.random()));
    }

    private String project(Api requester, String at, String name, boolean leaves, List<String> teams) {
        var options = new ArrayList<Map<String, ?>>();
        for (var one : truths.classes()) {
            options.add(Map.of(
                    "id", one, "name", "Class " + one + (leaves && options.isEmpty() ? " " + canary("label") : "")));
        }
        var question =
                Map.of("id", "class", "name", "Which class?", "type", "choice", "required", true, "options", options);
        var body = new LinkedHashMap<String, Object>();
        body.put("name", "Preference pairs of the " + name + (leaves ? " " + canary("name") : ""));
        body.put("template", "text-classification");
        body.put("ontology", Map.of("labels", List.of(), "questions", List.of(question)));
        body.put(
                "guidelines",
                "# What we look for\n\nName the class of each item. " + (leaves ? canary("guideline") : "") + "\n");
        body.put("redundancy", Maker.REDUNDANCY);
        body.put("reviewShare", 0);
        body.put("workforces", teams);
        return at + "/projects/"
                + requester.post(at + "/projects", body).get("id").asString();
    }

    private void upload(Maker maker, boolean leaves) {
        for (var from = 0; from < maker.tasks(); from += PER_ARCHIVE) {
            var taken = maker.requester()
                    .upload(maker.project() + "/archives", archive(maker, from, leaves))
                    .get("accepted")
                    .asInt();
            Check.equal("assets taken of an archive", Math.min(PER_ARCHIVE, maker.tasks() - from), taken);
        }
        var planned = maker.requester().post(maker.project() + "/tasks", Map.of());
        Check.equal("planned tasks", maker.tasks(), planned.get("planned").asInt());
    }

    /** Texts that tell their number alone: the sets publish labels, not sentences. */
    private byte[] archive(Maker maker, int from, boolean leaves) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var item = from; item < Math.min(from + PER_ARCHIVE, maker.tasks()); item++) {
                var marked = leaves && item % 97 == 0;
                zip.putNextEntry(new ZipEntry((marked ? canary("asset-name") + "-" : "item-") + item + ".txt"));
                zip.write(("Item " + item + " of the " + maker.name() + ".\n" + (marked ? canary("asset") + "\n" : ""))
                        .getBytes(UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Half of the people are the vendor's whom all share, two each team's own, the rest the other vendors'. */
    private void hire(int count) {
        var own = Math.max(2, count / 30);
        var shared = count / 2;
        var rest = count - shared - own * makers.size();
        var jobs = new ArrayList<Worker>();
        for (var i = 0; i < count; i++) {
            var vendor = i < shared ? 0 : i < shared + rest ? 1 + (i - shared) % 2 : -1;
            var maker = vendor < 0 ? List.of(makers.get((i - shared - rest) % makers.size())) : List.copyOf(makers);
            var name = vendor < 0 ? "In-house " + i : VENDORS.get(vendor) + " " + i;
            // From people who guess half the time to such as hardly err.
            var skill = 0.55 + 0.44 * (i * 37 % 60) / 60;
            jobs.add(new Worker(
                    i,
                    name,
                    "worker-" + i + "@june.invalid",
                    vendor < 0 ? Maker.OWN : vendors.get(vendor),
                    skill,
                    operator.another(),
                    maker));
        }
        var viewer = new Worker(-1, "Viewer", June.VIEWER, "", 0, operator.another(), List.copyOf(makers));
        try (var threads = Executors.newFixedThreadPool(JOINING_AT_ONCE)) {
            var joined = new ArrayList<Future<?>>();
            joined.add(threads.submit(() -> enter(viewer, "auditor")));
            jobs.forEach(worker -> joined.add(threads.submit(() -> enter(worker, "annotator"))));
            for (var i = 0; i < joined.size(); i++) {
                joined.get(i).get();
                stage.progress(i, joined.size(), "people join");
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof DemoFailure failure ? failure : new DemoFailure("nobody joins", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
        people.addAll(jobs);
    }

    /** One account, a membership at each client. */
    private static void enter(Worker worker, String role) {
        for (var maker : worker.makers()) {
            var team = worker.employer().isEmpty() ? null : maker.team(worker.employer());
            var token = invitation(maker.requester(), maker.at(), worker.email(), worker.name(), role, team);
            if (maker.equals(worker.makers().getFirst())) {
                accept(worker.api(), token, worker.name());
            } else {
                worker.api().post("/api/v1/invitations/accept", Map.of("token", token));
            }
        }
    }

    private void route(Maker maker) {
        var teams = List.copyOf(maker.teams().values());
        var shares = new LinkedHashMap<String, Double>();
        IntStream.range(0, teams.size()).forEach(i -> shares.put(teams.get(i), SHARES.get(i)));
        maker.requester().put(maker.project() + "/routing", Map.of("kind", "fixed", "shares", shares));
    }
}
