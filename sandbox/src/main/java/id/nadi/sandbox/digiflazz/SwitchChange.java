package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.common.Json;
import tools.jackson.databind.node.ObjectNode;

/** Which switches to set; those not named stay as they are. {@link Switches} says what each does. */
public final class SwitchChange {
    private final ObjectNode json = Json.mapper().createObjectNode();

    public static SwitchChange set() {
        return new SwitchChange();
    }

    public SwitchChange latencyMs(int value) {
        json.put("latencyMs", value);
        return this;
    }

    public SwitchChange latencyJitterMs(int value) {
        json.put("latencyJitterMs", value);
        return this;
    }

    public SwitchChange mode(Mode value) {
        json.put("mode", value.name());
        return this;
    }

    public SwitchChange buyBeforeFault(boolean value) {
        json.put("buyBeforeFault", value);
        return this;
    }

    public SwitchChange timeoutMs(long value) {
        json.put("timeoutMs", value);
        return this;
    }

    public SwitchChange failureRate(double value) {
        json.put("failureRate", value);
        return this;
    }

    public SwitchChange failRc(String value) {
        json.put("failRc", value);
        return this;
    }

    public SwitchChange pendingRate(double value) {
        json.put("pendingRate", value);
        return this;
    }

    public SwitchChange pendingDelayMs(long value) {
        json.put("pendingDelayMs", value);
        return this;
    }

    public SwitchChange pendingFailureRate(double value) {
        json.put("pendingFailureRate", value);
        return this;
    }

    public SwitchChange unknownRc(String value) {
        json.put("unknownRc", value);
        return this;
    }

    public SwitchChange callbackEnabled(boolean value) {
        json.put("callbackEnabled", value);
        return this;
    }

    public SwitchChange callbackDuplicates(int value) {
        json.put("callbackDuplicates", value);
        return this;
    }

    public SwitchChange callbackDelayMs(long value) {
        json.put("callbackDelayMs", value);
        return this;
    }

    public SwitchChange callbackRetryMs(long value) {
        json.put("callbackRetryMs", value);
        return this;
    }

    public SwitchChange contradictLater(boolean value) {
        json.put("contradictLater", value);
        return this;
    }

    public SwitchChange minRepollMs(long value) {
        json.put("minRepollMs", value);
        return this;
    }

    public SwitchChange priceListIntervalMs(long value) {
        json.put("priceListIntervalMs", value);
        return this;
    }

    public SwitchChange seed(long value) {
        json.put("seed", value);
        return this;
    }

    /** Takes a switch back to its default (or, for an account, to what holds for everybody). */
    public SwitchChange takeBack(String name) {
        json.putNull(name);
        return this;
    }

    ObjectNode json() {
        return json;
    }
}
