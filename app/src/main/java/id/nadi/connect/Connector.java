package id.nadi.connect;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes calls to the outside. Automatic retries and redirects are off: the same request must never be sent twice, and a
 * checked address must not lead to another one.
 */
@Component
public class Connector {
    private static final String SENDING = "nadi.sending";
    private static final String DEADLINE = "nadi.deadline";

    private final ConnectLimits limits;
    private final Set<String> allowed;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines = deadlines();

    public Connector(ConnectLimits limits) {
        this.limits = limits;
        this.allowed = limits.allow().stream().map(Connector::plain).collect(Collectors.toUnmodifiableSet());
        Timeout connectTimeout = Timeout.of(limits.connectTimeout());
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedResolver())
                        .setMaxConnPerRoute(limits.connectionsPerHostMax())
                        .setMaxConnTotal(limits.connectionsPerHostMax() * 4)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connectTimeout)
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .setTimeToLive(TimeValue.ofMinutes(5))
                                .build())
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                // From here on the request is written: whatever fails later may have arrived.
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), SENDING, (request, scope, chain) -> {
                    // A name that took long to resolve must not let a request out after its caller's time.
                    if (System.nanoTime() - (long) scope.clientContext.getAttribute(DEADLINE) >= 0) {
                        throw new InterruptedIOException("no connection in time");
                    }
                    scope.clientContext.setAttribute(SENDING, true);
                    return chain.proceed(request, scope);
                })
                .build();
    }

    /** Makes the call, once. Does not throw for what happens out there. */
    public Exchange exchange(Call call) {
        URI address = call.address();
        String refusal = refusal(address);
        if (refusal != null) {
            return new Exchange.NotSent(refusal);
        }
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), address);
        call.headers().forEach(request::setHeader);
        if (call.body() != null) {
            String type = call.headers().getOrDefault("Content-Type", "application/octet-stream");
            request.setEntity(new ByteArrayEntity(call.body(), ContentType.parse(type)));
        }
        Timeout timeout = Timeout.of(call.timeout());
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(limits.connectTimeout()))
                .setResponseTimeout(timeout)
                .build());
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(DEADLINE, System.nanoTime() + call.timeout().toNanos());
        // Read timeouts bound one read; a peer that trickles is bounded by this.
        Future<?> deadline = deadlines.schedule(request::cancel, call.timeout().toMillis(), TimeUnit.MILLISECONDS);
        try (ClassicHttpResponse response = client.executeOpen(null, request, context)) {
            byte[] body = bounded(response);
            return body == null
                    ? new Exchange.Lost("the answer is larger than " + limits.answerBytesMax() + " bytes")
                    : new Exchange.Answered(response.getCode(), body);
        } catch (IOException | RuntimeException failed) {
            String reason = failed.getClass().getSimpleName() + ": " + failed.getMessage();
            return context.getAttribute(SENDING) == null ? new Exchange.NotSent(reason) : new Exchange.Lost(reason);
        } finally {
            deadline.cancel(false);
        }
    }

    private byte @Nullable [] bounded(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream in = entity.getContent()) {
            byte[] body = in.readNBytes(limits.answerBytesMax() + 1);
            if (body.length > limits.answerBytesMax()) {
                // Closing politely would read the rest of it.
                if (response instanceof org.apache.hc.core5.io.ModalCloseable closeable) {
                    closeable.close(CloseMode.IMMEDIATE);
                }
                return null;
            }
            return body;
        }
    }

    private @Nullable String refusal(URI address) {
        String scheme = address.getScheme();
        String host = address.getHost();
        if (host == null || scheme == null) {
            return "not an address: " + address;
        }
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https" -> null;
            case "http" -> isListed(host, port(address)) ? null : "plain http is not allowed to " + host;
            default -> "the scheme " + scheme + " is not allowed";
        };
    }

    private boolean isListed(String host, int port) {
        String name = plain(host);
        return allowed.contains(name + ":" + port) || allowed.contains(name + ":*");
    }

    /** Names as they are compared: without case, and without the brackets that an address of six has in some places. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("[", "").replace("]", "");
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    /** The addresses that a name stands for are checked here and connected to as they are: no second look-up. */
    private final class CheckedResolver implements DnsResolver {
        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            // What is listed is one port: its neighbours on the same machine stay out of reach.
            boolean listed = isListed(host, port);
            List<InetSocketAddress> reachable = Arrays.stream(SystemDefaultDnsResolver.INSTANCE.resolve(host))
                    .filter(address -> listed || PublicAddresses.contain(address))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
            if (reachable.isEmpty()) {
                throw new UnknownHostException(host + " lies inside our own networks");
            }
            return reachable;
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException("an address is judged together with its port");
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /** Forgets a deadline that is no longer needed at once: each holds its request. */
    private static ScheduledExecutorService deadlines() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("deadlines").factory());
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    @PreDestroy
    void close() {
        deadlines.shutdownNow();
        client.close(CloseMode.GRACEFUL);
    }
}
