package id.nadi.database;

/**
 * Where the database is and how each role signs in. The owner migrates; the application works; the platform does the
 * listed work that crosses tenants.
 *
 * @param url a JDBC address without credentials
 */
public record DatabaseAccess(String url, Credentials owner, Credentials app, Credentials platform) {

    /** A role's name and password. */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }
}
