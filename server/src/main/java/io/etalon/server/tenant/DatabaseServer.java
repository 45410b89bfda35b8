package io.etalon.server.tenant;

/**
 * The PostgreSQL server that holds the control database and the clients' cells, with a login that may create databases
 * and roles. Everyday work never uses this login: each cell has a role of its own.
 *
 * @param host name or address
 * @param port TCP port
 * @param user the administrator's login
 * @param password its password
 * @param maintenanceDatabase where to connect before a database of ours exists, such as {@code postgres}
 */
public record DatabaseServer(String host, int port, String user, String password, String maintenanceDatabase) {

    String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database
                // The server's details quote rows, which are a client's; a message may end in a log.
                + "?reWriteBatchedInserts=true&ApplicationName=etalon&connectTimeout=5&tcpKeepAlive=true"
                + "&logServerErrorDetail=false";
    }

    @Override
    public String toString() {
        return "DatabaseServer[" + user + "@" + host + ":" + port + "]";
    }
}
