package id.nadi.tenancy;

import java.util.function.Function;

/** A thing that a tenant may choose, with what holds until it does. */
public record Setting<T>(String name, T fallback, Function<String, T> parse) {

    public static Setting<Integer> number(String name, int fallback) {
        return new Setting<>(name, fallback, Integer::valueOf);
    }

    public static Setting<Boolean> flag(String name, boolean fallback) {
        return new Setting<>(name, fallback, Boolean::valueOf);
    }
}
