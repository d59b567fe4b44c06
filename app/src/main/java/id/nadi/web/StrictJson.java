package id.nadi.web;

import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Phrase;
import id.nadi.kernel.Refusal;
import id.nadi.kernel.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads the records that doors take, and nothing but what they ask for: UTF-8, one object, no field twice, no field that
 * is unknown, no number for a text or the other way round. What is wrong is refused by the name of its field. It has a
 * mapper of its own, so that being strict with partners does not make anything else strict.
 */
@Component
class StrictJson implements HttpMessageConverter<Record> {
    private static final int DEPTH_MAX = 8;
    private static final int NAME_MAX = 64;
    private static final int NUMBER_MAX = 100;

    private final JsonMapper mapper;
    private final int bytesMax;

    StrictJson(@Value("${nadi.web.body-max-bytes:262144}") int bytesMax) {
        this.bytesMax = bytesMax;
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH_MAX)
                        .maxNumberLength(NUMBER_MAX)
                        .maxDocumentLength(bytesMax)
                        .build())
                .build();
        this.mapper = JsonMapper.builder(factory)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    for (CoercionInputShape shape :
                            List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
                        text.setCoercion(shape, CoercionAction.Fail);
                    }
                })
                .build();
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return type.isRecord() && (mediaType == null || MediaType.APPLICATION_JSON.equalsTypeAndSubtype(mediaType));
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    public List<MediaType> getSupportedMediaTypes() {
        return List.of(MediaType.APPLICATION_JSON);
    }

    @Override
    public Record read(Class<? extends Record> type, HttpInputMessage input) throws IOException {
        MediaType mediaType = input.getHeaders().getContentType();
        Charset charset = mediaType == null ? null : mediaType.getCharset();
        if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
            throw Refusal.of(ErrorCode.CONTENT_TYPE_UNSUPPORTED).asException();
        }
        byte[] body = input.getBody().readNBytes(bytesMax + 1);
        if (body.length > bytesMax) {
            throw Refusal.of(ErrorCode.BODY_TOO_LARGE, bytesMax).asException();
        }
        return parse(type, text(body));
    }

    private static String text(byte[] body) {
        try {
            // Decoded here and not by the parser, which would guess at other encodings.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw malformed();
        }
    }

    private Record parse(Class<? extends Record> type, String text) {
        Record value;
        try {
            value = mapper.readValue(text, type);
        } catch (UnrecognizedPropertyException unknown) {
            throw invalid(unknown.getPropertyName(), new Phrase("tidak dikenal", "it is unknown"));
        } catch (DatabindException | InputCoercionException mismatch) {
            throw mismatch.getPath().isEmpty()
                    ? malformed()
                    : invalid(
                            mismatch.getPath().getFirst().getPropertyName(),
                            new Phrase("jenis nilainya salah", "its value has the wrong type"));
        } catch (JacksonException broken) {
            throw malformed();
        }
        if (value == null) {
            throw malformed();
        }
        return value;
    }

    private static RefusedException malformed() {
        return Refusal.of(ErrorCode.BODY_MALFORMED).asException();
    }

    private static RefusedException invalid(@Nullable String field, Phrase reason) {
        return Refusal.of(ErrorCode.FIELD_INVALID, shown(field == null ? "" : field), reason)
                .asException();
    }

    /** A stranger's name for a field, cut and without what a terminal or a page could act on. */
    private static String shown(String field) {
        String cut = field.length() <= NAME_MAX ? field : field.substring(0, NAME_MAX) + "…";
        return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "\uFFFD");
    }

    @Override
    public void write(Record value, @Nullable MediaType mediaType, HttpOutputMessage output) {
        throw new HttpMessageNotWritableException("reads only");
    }
}
