/**
 * Owns the way to PostgreSQL: the embedded server or an outside one, its four roles, and the schema's migrations.
 *
 * <p>Promises that the settings which make a commit durable are on, and that the application's role can neither own a
 * table nor pass by a policy; otherwise it does not start.
 *
 * <p>Never knows a table.
 */
@NullMarked
@ApplicationModule(
        displayName = "Database",
        allowedDependencies = {"kernel"})
package id.nadi.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
