package io.etalon.server.pay;

import io.etalon.annotation.Fault;
import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.vendor.Contract;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A client's ledger of pay and its statements, for who pays: requesters for all, managers for their own workforce. */
@RestController
@RequestMapping("/api/v1/clients/{client}/pay")
@Tag(name = "Pay")
final class PayController {
    private static final int LONGEST_REASON = 500;

    private final Statements statements;
    private final Entries entries;
    private final PayPeople people;
    private final PayOrders orders;

    PayController(Statements statements, Entries entries, PayPeople people, PayOrders orders) {
        this.statements = statements;
        this.entries = entries;
        this.people = people;
        this.orders = orders;
    }

    /** What stands on each account; all of one currency add up to nothing. */
    @GetMapping("/balances")
    @Allow({Role.REQUESTER, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    Page<PayBodies.BalanceView> balances(ClientCaller caller) {
        return Page.all(
                entries.balances(caller).stream().map(PayBodies.BalanceView::of).toList());
    }

    /** The entries of the ledger, newest first. */
    @GetMapping("/entries")
    @Allow({Role.REQUESTER, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    Page<PayBodies.EntryView> entries(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var most = Page.limit(limit);
        var found = entries.all(caller, before(cursor), most + 1);
        return Page.cut(people.entries(caller, found), most, entry -> Cursor.of(entry.id()));
    }

    /** Reverses an entry by one of its own, with a reason; entries are never changed. */
    @PostMapping("/entries/{entry}/reversal")
    @ResponseStatus(HttpStatus.CREATED)
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    PayBodies.Made reverse(
            ClientCaller caller, Attempt attempt, @PathVariable long entry, @RequestBody PayBodies.Reversal body) {
        var reason = Checks.text(body.reason(), "/reason", LONGEST_REASON);
        return new PayBodies.Made(entries.reverse(caller, entry, reason, attempt));
    }

    /** Grants somebody an amount by hand, or takes it, with a reason. */
    @PostMapping("/adjustments")
    @ResponseStatus(HttpStatus.CREATED)
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    PayBodies.Made adjust(ClientCaller caller, Attempt attempt, @RequestBody PayBodies.Adjustment body) {
        var amount = Checks.required(body.amount(), "/amount");
        var faults = new ArrayList<Fault>();
        Contract.checkAmount(faults, amount.startsWith("-") ? amount.substring(1) : amount, "/amount");
        if (!faults.isEmpty()) {
            throw Checks.fault("/amount", faults.getFirst().message());
        }
        if (!Contract.isCurrency(body.currency())) {
            throw Checks.fault("/currency", "must be a currency of ISO 4217, such as EUR");
        }
        var reason = Checks.text(body.reason(), "/reason", LONGEST_REASON);
        var payee = people.payee(caller, Checks.text(body.person(), "/person", 100));
        Entries.requirePayer(caller, payee.workforce());
        var grant = new Entries.Grant(
                payee.person(),
                payee.workforce(),
                Checks.required(body.currency(), "/currency"),
                new BigDecimal(amount),
                reason);
        return new PayBodies.Made(entries.adjust(caller, grant, attempt));
    }

    /** Closed statements, newest first. */
    @GetMapping("/statements")
    @Allow({Role.REQUESTER, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    Page<PayBodies.StatementView> statements(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var most = Page.limit(limit);
        var found = statements.all(caller, before(cursor), most + 1);
        return Page.cut(people.views(caller, found), most, one -> Cursor.of(one.number()));
    }

    private static long before(@Nullable String cursor) {
        return cursor == null ? Long.MAX_VALUE : Cursor.decode(cursor, 1).number(0);
    }

    /** Closes a month for all whom the caller pays. The running month may be closed early; later work is on the next one. */
    @PostMapping("/statements")
    @ResponseStatus(HttpStatus.CREATED)
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    PayBodies.ClosedView close(ClientCaller caller, Attempt attempt, @RequestBody PayBodies.Closing body) {
        var closed = statements.close(caller, month(Checks.required(body.month(), "/month")), attempt);
        return new PayBodies.ClosedView(closed.statements(), closed.first(), closed.last());
    }

    private static YearMonth month(String text) {
        try {
            var month = YearMonth.parse(text);
            if (month.getYear() >= 2000 && month.getYear() <= 9999) {
                return month;
            }
            throw noMonth();
        } catch (DateTimeException e) {
            var fault = noMonth();
            fault.addSuppressed(e);
            throw fault;
        }
    }

    private static EtalonException noMonth() {
        return Checks.fault("/month", "must be a month from 2000-01 on, such as 2026-11");
    }

    @GetMapping("/statements/{number}")
    @Allow({Role.REQUESTER, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    PayBodies.FullView statement(ClientCaller caller, @PathVariable long number) {
        return people.view(caller, statements.get(caller, number));
    }

    /** A statement's lines as a table. */
    @GetMapping(path = "/statements/{number}/csv", produces = "text/csv")
    @Allow({Role.REQUESTER, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    ResponseEntity<byte[]> csv(ClientCaller caller, @PathVariable long number) {
        return file("statement-" + number + ".csv", PayCsv.of(statements.get(caller, number)));
    }

    static ResponseEntity<byte[]> file(String name, byte[] bytes) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .body(bytes);
    }

    /** Notes that a statement was paid, once. */
    @PostMapping("/statements/{number}/payment")
    @ResponseStatus(HttpStatus.CREATED)
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    PayBodies.StatementView pay(
            ClientCaller caller, Attempt attempt, @PathVariable long number, @RequestBody PayBodies.Payment body) {
        var reference = Checks.text(body.reference(), "/reference", LONGEST_REASON);
        var paid = statements.pay(caller, number, reference, attempt);
        return people.views(caller, List.of(paid)).getFirst();
    }

    /**
     * Whom to pay what, and where: the workforce's unpaid statements with names and accounts from the vault, for its manager
     * alone. Each person reads that it was handed out.
     */
    @GetMapping(path = "/orders", produces = "text/csv")
    @Allow(Role.WORKFORCE_MANAGER)
    ResponseEntity<byte[]> orders(ClientCaller caller) {
        return file("payments.csv", orders.csv(caller));
    }
}
