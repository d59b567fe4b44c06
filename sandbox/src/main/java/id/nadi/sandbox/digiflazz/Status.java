package id.nadi.sandbox.digiflazz;

import com.fasterxml.jackson.annotation.JsonValue;

/** How far a transaction has come, in the words of the API. */
public enum Status {
    SUCCESS("Sukses"),
    PENDING("Pending"),
    FAILED("Gagal");

    private final String word;

    Status(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }
}
