package io.etalon.cli;

import io.etalon.cli.demo.Demo;
import io.etalon.cli.demo.June;
import io.etalon.cli.terminal.ProgressBar;
import io.etalon.server.access.People;
import io.etalon.server.access.SetupLinks;
import io.etalon.server.app.RunningServer;
import io.etalon.server.app.ServerConfig;
import io.etalon.server.app.ServerConfig.Addresses;
import io.etalon.server.app.ServerConfig.Storage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;

/** The server of this process, as a demonstration asks for it. */
final class LocalStage implements Demo.Stage, June.Stage {
    static final Duration LINK_LIFETIME = Duration.ofHours(12);

    private final ServerConfig config;
    private final PrintWriter out;
    private final ProgressBar bar;
    private RunningServer server;

    LocalStage(ServerConfig config, PrintWriter out, ProgressBar bar) {
        this.config = config;
        this.out = out;
        this.bar = bar;
        this.server = RunningServer.start(config);
    }

    RunningServer server() {
        return server;
    }

    @Override
    public String url() {
        return server.url();
    }

    @Override
    public String setupToken() {
        return token(server.part(SetupLinks.class)
                .issueForFirstOperator()
                .orElseThrow(() -> new IllegalStateException("this installation has an operator already")));
    }

    private static String token(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }

    /** A one-time address with which a person signs in. */
    String link(String email) {
        var person = server.part(People.class).findByEmail(email).orElseThrow();
        return server.part(SetupLinks.class).issue(person.id(), LINK_LIFETIME);
    }

    @Override
    public String signInToken(String email) {
        return token(link(email));
    }

    @Override
    public Path data() {
        return config.data();
    }

    @Override
    public June.Stage elsewhere(Path data) {
        return new LocalStage(
                new ServerConfig(data, Addresses.of(config.addresses().host(), 0, 0), Storage.EMBEDDED), out, bar);
    }

    @Override
    public Ran etalon(String... arguments) {
        var printed = new StringWriter();
        var complained = new StringWriter();
        var code = Main.run(new PrintWriter(printed, true), new PrintWriter(complained, true), arguments);
        return new Ran(code, printed.toString(), complained.toString());
    }

    @Override
    public void restart() {
        server.close();
        server = RunningServer.start(config);
    }

    @Override
    public void progress(long done, long total, String what) {
        bar.at(done, total, what);
    }

    @Override
    public void step(String name, String what) {
        say("ok       %-10s %s%n", name, what);
    }

    @Override
    public void outcome(int number, String what) {
        say("%d.       %s%n", number, what);
    }

    private void say(String format, Object... values) {
        bar.done();
        out.printf(format, values);
        out.flush();
    }

    @Override
    public void close() {
        server.close();
    }
}
