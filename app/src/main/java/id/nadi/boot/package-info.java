/**
 * Owns how the process starts: the command line, the configuration of a role (serve, demo, audit), and what every module
 * is given (a clock, the secret box, the way to the database).
 *
 * <p>Promises a clear sentence and exit code 1 where something needed is missing, 2 where the command was misused.
 *
 * <p>Never holds business rules.
 */
@NullMarked
@ApplicationModule(displayName = "Boot", type = ApplicationModule.Type.OPEN)
package id.nadi.boot;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
