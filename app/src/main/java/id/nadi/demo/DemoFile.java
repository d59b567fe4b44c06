package id.nadi.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import id.nadi.database.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code demo.json}: where everything is and the secrets to enter with; readable by its owner alone. */
final class DemoFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path path;
    private Content content;

    private DemoFile(Path path, Content content) {
        this.path = path;
        this.content = content;
    }

    record Content(String baseUrl, String sandboxUrl, List<Shop> tenants) {}

    record Shop(String slug, List<Person> staff, List<Partner> resellers) {}

    record Person(String email, String password, String role) {}

    record Partner(
            String code,
            String email,
            String password,
            String pin,
            @JsonProperty("apiKey") @Nullable String apiKey,
            @JsonProperty("apiSecret") @Nullable String apiSecret) {

        Partner withKey(String key, String secret) {
            return new Partner(code, email, password, pin, key, secret);
        }
    }

    static DemoFile open(Path directory) throws IOException {
        Path path = directory.resolve(Demo.FILE);
        Content content = Files.exists(path)
                ? JSON.readValue(Files.readString(path), Content.class)
                : new Content("", "", List.of());
        return new DemoFile(path, content);
    }

    Content content() {
        return content;
    }

    Shop shop(String slug) {
        return content.tenants().stream()
                .filter(shop -> shop.slug().equals(slug))
                .findFirst()
                .orElseGet(() -> new Shop(slug, List.of(), List.of()));
    }

    /** Secrets are written before what they open is made: a crash in between leaves nothing that nobody can enter. */
    void put(Shop shop) throws IOException {
        List<Shop> tenants = new ArrayList<>(content.tenants());
        tenants.removeIf(known -> known.slug().equals(shop.slug()));
        tenants.add(shop);
        save(new Content(content.baseUrl(), content.sandboxUrl(), List.copyOf(tenants)));
    }

    void locate(String baseUrl, String sandboxUrl) throws IOException {
        save(new Content(baseUrl, sandboxUrl, content.tenants()));
    }

    private void save(Content changed) throws IOException {
        PrivateFiles.write(path, JSON.writeValueAsString(changed) + "\n");
        content = changed;
    }
}
