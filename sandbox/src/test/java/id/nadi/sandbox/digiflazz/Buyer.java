package id.nadi.sandbox.digiflazz;

import static java.nio.charset.StandardCharsets.UTF_8;

import id.nadi.sandbox.Http;
import id.nadi.sandbox.Http.Answer;
import id.nadi.sandbox.RunningSandbox;
import id.nadi.sandbox.common.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client of the buyer API that knows nothing of the sandbox's code: it signs by itself. */
final class Buyer {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final String baseUrl;
    private final String username;
    private final String apiKey;

    Buyer(RunningSandbox sandbox, AccountView account) {
        this(sandbox.baseUrl().toString(), account.username(), account.apiKey());
    }

    Buyer(String baseUrl, String username, String apiKey) {
        this.baseUrl = baseUrl + "/digiflazz/v1";
        this.username = username;
        this.apiKey = apiKey;
    }

    Answer topUp(String refId, String sku, String customerNo) throws IOException {
        return topUp(refId, sku, customerNo, Map.of());
    }

    Answer topUp(String refId, String sku, String customerNo, Map<String, ?> more) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("buyer_sku_code", sku);
        fields.put("customer_no", customerNo);
        fields.put("ref_id", refId);
        fields.putAll(more);
        return post("/transaction", fields, refId);
    }

    Answer bill(String command, String refId, String sku, String customerNo) throws IOException {
        return topUp(refId, sku, customerNo, Map.of("commands", command));
    }

    Answer testBill(String command, String refId, String sku, String customerNo) throws IOException {
        return topUp(refId, sku, customerNo, Map.of("commands", command, "testing", true));
    }

    Answer balance() throws IOException {
        return post("/cek-saldo", Map.of("cmd", "deposit"), "depo");
    }

    long saldo() throws IOException {
        return balance().data().path("deposit").asLong();
    }

    Answer priceList(Map<String, ?> fields) throws IOException {
        return post("/price-list", fields, "pricelist");
    }

    Answer post(String path, Map<String, ?> fields, String signedPart) throws IOException {
        return Http.call("POST", baseUrl + path, JSON, body(fields, signedPart));
    }

    Answer post(String path, Map<String, ?> fields, String signedPart, Duration timeout) throws IOException {
        return Http.call("POST", baseUrl + path, JSON, body(fields, signedPart), timeout);
    }

    /** The fields under name and signature. */
    String body(Map<String, ?> fields, String signedPart) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("username", username);
        all.put("sign", md5(username + apiKey + signedPart));
        all.putAll(fields);
        return Json.mapper().writeValueAsString(all);
    }

    String url(String path) {
        return baseUrl + path;
    }

    static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
            return "%032x".formatted(new BigInteger(1, digest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
