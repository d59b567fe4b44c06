package id.nadi.connect;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the connector may do ({@code nadi.connect.*}).
 *
 * @param allow addresses inside our own networks, or without TLS, that the operator permits, as {@code host:port};
 *     development lists the sandbox
 * @param connectTimeout how long making a connection may take
 * @param answerBytesMax how large an answer may be
 * @param connectionsPerHostMax connections to one host at once
 */
@ConfigurationProperties("nadi.connect")
public record ConnectLimits(
        @DefaultValue List<String> allow,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("4194304") int answerBytesMax,
        @DefaultValue("512") int connectionsPerHostMax) {}
