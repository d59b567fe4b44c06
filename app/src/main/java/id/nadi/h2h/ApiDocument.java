package id.nadi.h2h;

import id.nadi.kernel.ErrorCode;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the published description says beside what it reads from the controllers: how to sign, and every error. */
@Configuration(proxyBeanMethods = false)
class ApiDocument {
    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Partner.class);
    }

    private static final Locale INDONESIAN = Locale.of("id");
    private static final String FAILURE = "Failure";

    private static final Set<ErrorCode> ANY_CALL = EnumSet.of(
            ErrorCode.REQUEST_MALFORMED,
            ErrorCode.BODY_TOO_LARGE,
            ErrorCode.NOT_ACCEPTABLE,
            ErrorCode.METHOD_NOT_ALLOWED,
            ErrorCode.API_KEY_MISSING,
            ErrorCode.API_KEY_UNKNOWN,
            ErrorCode.ADDRESS_NOT_ALLOWED,
            ErrorCode.TIMESTAMP_INVALID,
            ErrorCode.SIGNATURE_INVALID,
            ErrorCode.SIGNATURE_LOCKED,
            ErrorCode.RATE_LIMITED,
            ErrorCode.MEMBER_SUSPENDED,
            ErrorCode.INTERNAL);

    private static final Map<String, Set<ErrorCode>> BY_CALL = Map.of(
            "placeTransaction",
            EnumSet.of(
                    ErrorCode.BODY_MALFORMED,
                    ErrorCode.CONTENT_TYPE_UNSUPPORTED,
                    ErrorCode.FIELD_INVALID,
                    ErrorCode.PRODUCT_UNKNOWN,
                    ErrorCode.PRODUCT_CLOSED,
                    ErrorCode.PRODUCT_CUT_OFF,
                    ErrorCode.DESTINATION_INVALID,
                    ErrorCode.DESTINATION_PREFIX_MISMATCH,
                    ErrorCode.DESTINATION_BLOCKED,
                    ErrorCode.DESTINATION_DAILY_LIMIT,
                    ErrorCode.QUANTITY_INVALID,
                    ErrorCode.SEQUENCE_INVALID,
                    ErrorCode.PRICE_ABOVE_MAX,
                    ErrorCode.PRICE_UNAVAILABLE,
                    ErrorCode.DUPLICATE_ORDER,
                    ErrorCode.INSUFFICIENT_BALANCE,
                    ErrorCode.RECEIVABLE_OUTSTANDING,
                    ErrorCode.REFERENCE_CONFLICT,
                    ErrorCode.WALLET_MISSING,
                    ErrorCode.OUTCOME_UNKNOWN,
                    ErrorCode.QUEUE_FULL),
            "getTransaction",
            EnumSet.of(ErrorCode.NOT_FOUND),
            "listTransactions",
            EnumSet.of(ErrorCode.NOT_FOUND, ErrorCode.PARAMETER_INVALID),
            "getBalance",
            EnumSet.of(ErrorCode.WALLET_MISSING),
            "listProducts",
            EnumSet.of(ErrorCode.PARAMETER_INVALID),
            "listMutations",
            EnumSet.of(ErrorCode.PARAMETER_INVALID, ErrorCode.WALLET_MISSING));

    @Bean
    OpenAPI partnerApi() {
        return new OpenAPI()
                .info(new Info().title("Nadi H2H").version("1").description(description()))
                .components(new Components()
                        .addSchemas(FAILURE, failure())
                        .addSecuritySchemes("key", header(Signatures.KEY, "Names shop and member."))
                        .addSecuritySchemes(
                                "timestamp",
                                header(Signatures.TIMESTAMP, "Unix seconds, at most 300 from the server's clock."))
                        .addSecuritySchemes(
                                "signature",
                                header(
                                        Signatures.SIGNATURE,
                                        "Lower-case hex of HMAC-SHA256 with your secret over timestamp, method, path with"
                                                + " query and raw body, joined by line feeds.")))
                .addSecurityItem(new SecurityRequirement()
                        .addList("key")
                        .addList("timestamp")
                        .addList("signature"));
    }

    /** Adds the errors of each call and the headers of every answer. */
    @Bean
    OpenApiCustomizer errorsOfEachCall() {
        return document -> document.getPaths()
                .values()
                .forEach(path -> path.readOperations().forEach(ApiDocument::complete));
    }

    private static void complete(Operation operation) {
        ApiResponses responses = operation.getResponses();
        Map<Integer, EnumSet<ErrorCode>> byStatus = new TreeMap<>();
        Set<ErrorCode> own = BY_CALL.getOrDefault(operation.getOperationId(), Set.of());
        for (ErrorCode code : ErrorCode.values()) {
            if (ANY_CALL.contains(code) || own.contains(code)) {
                byStatus.computeIfAbsent(code.httpStatus(), status -> EnumSet.noneOf(ErrorCode.class))
                        .add(code);
            }
        }
        byStatus.forEach((status, codes) -> responses.addApiResponse(Integer.toString(status), response(codes)));
        responses.values().forEach(ApiDocument::addHeaders);
    }

    private static ApiResponse response(Set<ErrorCode> codes) {
        Map<String, Example> examples = new LinkedHashMap<>();
        for (ErrorCode code : codes) {
            Map<String, Object> envelope = new LinkedHashMap<>();
            envelope.put("code", code.httpStatus());
            envelope.put("status", "error");
            envelope.put("error_code", code.name());
            envelope.put("message", code.message(INDONESIAN));
            examples.put(code.name(), new Example().value(envelope));
        }
        MediaType json = new MediaType()
                .schema(new Schema<>().$ref("#/components/schemas/" + FAILURE))
                .examples(examples);
        return new ApiResponse()
                .description(codes.stream().map(Enum::name).collect(Collectors.joining(", ")))
                .content(new Content().addMediaType("application/json", json));
    }

    private static void addHeaders(ApiResponse response) {
        List.of("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
                .forEach(name -> response.addHeaderObject(name, new Header().schema(new IntegerSchema())));
    }

    private static Schema<?> failure() {
        StringSchema codes = new StringSchema();
        Arrays.stream(ErrorCode.values()).map(Enum::name).forEach(codes::addEnumItem);
        return new ObjectSchema()
                .addProperty("code", new IntegerSchema().description("The HTTP status."))
                .addProperty("status", new StringSchema()._const("error"))
                .addProperty("error_code", codes)
                .addProperty("message", new StringSchema().description("In the language of Accept-Language."))
                .required(List.of("code", "status", "error_code", "message"));
    }

    private static SecurityScheme header(String name, String description) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name(name)
                .description(description);
    }

    private static String description() {
        StringBuilder text = new StringBuilder("""
                Orders, prices and money for partners' servers.

                **Signing.** Send `X-Api-Key`, `X-Timestamp` (Unix seconds, at most 300 from our clock) and `X-Signature`:
                lower-case hex of HMAC-SHA256 with your secret over

                ```
                timestamp + "\\n" + METHOD + "\\n" + path-with-query + "\\n" + raw body
                ```

                **Answers.** HTTP status and `code` are the same. `message` follows `Accept-Language`: Indonesian unless
                English is preferred. Money is a whole number of the currency's smallest used unit; `currency` stands
                beside it where it is not IDR. Lists hold at most 200 items; `next_cursor` is null on the last page.

                **Buying once.** Repeat a request with the same `ref_id` as often as you like: it is the same order. After
                `OUTCOME_UNKNOWN` ask by `ref_id`; after `QUEUE_FULL` or `RATE_LIMITED` nothing was taken.

                **Errors.**

                | error_code | HTTP | Indonesia | English |
                | --- | --- | --- | --- |
                """);
        for (ErrorCode code : ErrorCode.values()) {
            text.append("| ")
                    .append(code)
                    .append(" | ")
                    .append(code.httpStatus())
                    .append(" | ")
                    .append(code.message(INDONESIAN))
                    .append(" | ")
                    .append(code.message(Locale.ENGLISH))
                    .append(" |\n");
        }
        return text.toString();
    }
}
