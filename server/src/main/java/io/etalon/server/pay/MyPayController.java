package io.etalon.server.pay;

import io.etalon.server.access.Allow;
import io.etalon.server.access.AllowSignedIn;
import io.etalon.server.access.Caller;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A person's own pay, and his record: all that is held of him. */
@RestController
@Tag(name = "Pay")
final class MyPayController {
    private final Statements statements;
    private final PayPeople people;
    private final OwnRecords records;

    MyPayController(Statements statements, PayPeople people, OwnRecords records) {
        this.statements = statements;
        this.people = people;
        this.records = records;
    }

    /** What the caller earned here: what no statement has yet, and his statements. */
    @GetMapping("/api/v1/clients/{client}/pay/me")
    @Allow({Role.ANNOTATOR, Role.REVIEWER})
    PayBodies.MineView mine(ClientCaller caller) {
        var client = caller.client().id();
        var person = caller.person().value();
        var lines = statements.open(client, person);
        var amounts = new TreeMap<String, BigDecimal>();
        var seconds = new TreeMap<String, Long>();
        for (var line : lines) {
            amounts.merge(line.currency(), line.amount(), BigDecimal::add);
            seconds.merge(line.currency(), line.seconds(), Long::sum);
        }
        var open = new ArrayList<PayBodies.SumView>();
        amounts.forEach((currency, amount) ->
                open.add(new PayBodies.SumView(currency, Money.exact(amount), seconds.getOrDefault(currency, 0L))));
        return new PayBodies.MineView(
                open,
                lines.stream().map(PayBodies.LineView::of).toList(),
                people.views(caller, statements.of(client, person)));
    }

    /** One of the caller's own statements. */
    @GetMapping("/api/v1/clients/{client}/pay/me/statements/{number}")
    @Allow({Role.ANNOTATOR, Role.REVIEWER})
    PayBodies.FullView statement(ClientCaller caller, @PathVariable long number) {
        return people.view(caller, statements.own(caller, number));
    }

    /** Its lines as a table. */
    @GetMapping(path = "/api/v1/clients/{client}/pay/me/statements/{number}/csv", produces = "text/csv")
    @Allow({Role.ANNOTATOR, Role.REVIEWER})
    ResponseEntity<byte[]> csv(ClientCaller caller, @PathVariable long number) {
        return PayController.file("statement-" + number + ".csv", PayCsv.of(statements.own(caller, number)));
    }

    /**
     * All that is held of the caller, as one document: account, languages, identity, and at each client roles, qualifications,
     * engagement, work, appeals and pay. What an answer was as a test is left out, since it would end the test for others.
     */
    @GetMapping("/api/v1/me/record")
    @AllowSignedIn(sessionOnly = true)
    ResponseEntity<OwnRecords.OwnRecord> record(Caller caller) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"my-record.json\"")
                .body(records.of(caller));
    }
}
