package id.nadi.sandbox.standin;

import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.Collection;

/** One inhabitant of the outside world. Its protocol lives under {@code /name}, its controls under {@code /control/name}. */
public interface StandIn extends AutoCloseable {
    void addRoutes(JavalinDefaultRoutingApi routes);

    /** Takes up what an earlier process left undone; called before the server listens, so that nothing new mixes in. */
    void resume();

    /** Keys that must never show in the record of calls. */
    Collection<String> secrets();

    /** Stops taking part: releases whoever is kept waiting. Called before the server stops. */
    void leave();

    /** Makes what was written durable. Called when nobody calls any more. */
    @Override
    void close();
}
