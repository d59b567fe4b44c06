package id.nadi.sandbox.digiflazz;

/** A 64-bit hash of text (FNV-1a): the same text makes the same name, bill and fate in every process. */
final class Fingerprint {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    static long of(String... parts) {
        long hash = OFFSET;
        for (String part : parts) {
            for (int index = 0; index < part.length(); index++) {
                hash = (hash ^ part.charAt(index)) * PRIME;
            }
            hash = (hash ^ 0xffff) * PRIME; // so that "a","bc" differs from "ab","c"
        }
        return hash;
    }
}
