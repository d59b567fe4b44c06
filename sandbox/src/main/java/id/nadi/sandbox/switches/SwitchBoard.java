package id.nadi.sandbox.switches;

import id.nadi.sandbox.common.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Switches in three layers: the defaults the process was started with, what was set for everybody, what was set for
 * one account. Only what differs is kept, so that a new default reaches everybody who never chose otherwise.
 *
 * @param <S> a record whose constructor refuses values that make no sense
 */
public final class SwitchBoard<S extends Record> {
    private final JsonMapper mapper = Json.mapper();
    private final Class<S> type;
    private final ObjectNode defaults;
    private final Map<String, ObjectNode> own = new HashMap<>();
    private final Map<String, S> effective = new ConcurrentHashMap<>();
    private ObjectNode common = mapper.createObjectNode();
    private volatile S everybodys;

    public SwitchBoard(Class<S> type, S defaults) {
        this.type = type;
        this.defaults = mapper.valueToTree(defaults);
        this.everybodys = defaults;
    }

    /** What holds for an account, or for everybody if there is none of that name. */
    public S effective(@Nullable String account) {
        S ofAccount = account == null ? null : effective.get(account);
        return ofAccount == null ? everybodys : ofAccount;
    }

    /**
     * What would be kept for the account (or for everybody) after a change; null takes a switch back. Changes nothing.
     *
     * @throws tools.jackson.core.JacksonException if a name or a value is wrong
     */
    public synchronized ObjectNode afterChange(@Nullable String account, ObjectNode change) {
        ObjectNode after = overrides(account).deepCopy();
        change.forEachEntry((name, value) -> {
            if (value.isNull()) {
                after.remove(name);
            } else {
                after.set(name, value);
            }
        });
        mapper.treeToValue(layered(account == null ? mapper.createObjectNode() : common, after), type);
        return after;
    }

    private ObjectNode overrides(@Nullable String account) {
        ObjectNode none = mapper.createObjectNode();
        return account == null ? common : own.getOrDefault(account, none);
    }

    /** Keeps what {@link #afterChange} worked out, and wakes everybody who waits for a change. */
    public synchronized void keep(@Nullable String account, ObjectNode overrides) {
        if (account == null) {
            common = overrides;
            everybodys = mapper.treeToValue(layered(common, mapper.createObjectNode()), type);
        } else {
            own.put(account, overrides);
        }
        own.forEach((name, kept) -> effective.put(name, mapper.treeToValue(layered(common, kept), type)));
        notifyAll();
    }

    private ObjectNode layered(ObjectNode first, ObjectNode second) {
        return defaults.deepCopy().setAll(first).setAll(second);
    }

    /** Waits until a change has made the condition true. */
    public void await(BooleanSupplier condition) throws InterruptedException {
        await(condition, Duration.ofDays(1).toMillis());
    }

    /** Waits until a change has made the condition true, or so long. */
    public synchronized void await(BooleanSupplier condition, long timeoutMs) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + timeoutMs * 1_000_000;
        for (long leftMs = timeoutMs; leftMs > 0 && !condition.getAsBoolean(); ) {
            wait(leftMs);
            leftMs = (deadlineNanos - System.nanoTime()) / 1_000_000;
        }
    }

    /** Wakes everybody who waits, because something other than a switch has changed. */
    public synchronized void wake() {
        notifyAll();
    }
}
