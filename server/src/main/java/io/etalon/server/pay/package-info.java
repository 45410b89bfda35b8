/**
 * What people are paid: rules for each project and workforce, a ledger of double entry, statements, payments, and everybody's
 * record of what is held of him.
 *
 * <p>Owns the cell's tables {@code pay_rule}, {@code pay_entry}, {@code pay_line}, {@code pay_statement} and {@code
 * pay_statement_entry}. Hears WORK_DONE and posts what it tells, each answer and decision once; reads {@code submission}, {@code
 * review_decision}, {@code lease}, {@code party} and {@code batch}. Writes PAY to the client's log. Prices are those of {@code
 * vendor}'s contracts, names and accounts of people those of {@code vault}. May import everything up to {@code vendor}.
 */
@NullMarked
package io.etalon.server.pay;

import org.jspecify.annotations.NullMarked;
