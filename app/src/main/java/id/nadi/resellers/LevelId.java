package id.nadi.resellers;

import java.util.UUID;

/** Names a level of resellers. */
public record LevelId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
