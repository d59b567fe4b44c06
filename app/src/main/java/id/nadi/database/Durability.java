package id.nadi.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Nothing is acknowledged before it is safe on disk: the settings that decide it are read back, not believed. */
final class Durability {
    private static final List<String> ON = List.of("fsync", "synchronous_commit", "full_page_writes");

    private Durability() {}

    static void require(Connection connection) throws SQLException {
        for (String setting : ON) {
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("SHOW " + setting)) {
                rows.next();
                String value = rows.getString(1);
                boolean durable = value.equals("on")
                        || (setting.equals("synchronous_commit")
                                && (value.equals("remote_apply") || value.equals("remote_write")));
                if (!durable) {
                    throw new IllegalStateException("the database runs with " + setting + " = " + value
                            + "; a confirmed sale could be lost. Set it to on.");
                }
            }
        }
    }
}
