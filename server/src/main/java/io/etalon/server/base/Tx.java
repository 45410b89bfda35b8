package io.etalon.server.base;

import java.sql.Connection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An open transaction on one database: the plain connection for batches and COPY, the client for everything else. Valid
 * until the work it was handed to returns; not thread-safe.
 */
public record Tx(Connection connection, JdbcClient db) {

    /** Work inside a transaction: commits when it returns, rolls back when it throws. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Tx tx) throws Exception;
    }

    /** The same without a result. */
    @FunctionalInterface
    public interface Action {
        void run(Tx tx) throws Exception;
    }
}
