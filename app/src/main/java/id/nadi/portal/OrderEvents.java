package id.nadi.portal;

import id.nadi.kernel.TenantId;
import id.nadi.orders.ChangeFeed;
import id.nadi.orders.ChangeFeed.Change;
import id.nadi.orders.ChangeFeed.Position;
import id.nadi.orders.Order;
import id.nadi.orders.OrderId;
import id.nadi.orders.Orders;
import id.nadi.tenancy.CurrentTenant;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Follows the change feed for pages that are open now: one reader for all of them, and the last orders for newcomers. */
@Component
@ConditionalOnBooleanProperty("nadi.demo")
class OrderEvents {
    private static final Logger LOG = LoggerFactory.getLogger(OrderEvents.class);
    private static final int BATCH_MAX = 500;
    private static final int REMEMBERED_MAX = 15;
    private static final int LISTENERS_MAX = 50;

    private final ChangeFeed feed;
    private final Orders orders;
    private final List<SseEmitter> listeners = new CopyOnWriteArrayList<>();
    private final Deque<OrderRow> remembered = new ArrayDeque<>();
    private Position position;

    OrderEvents(ChangeFeed feed, Orders orders) {
        this.feed = feed;
        this.orders = orders;
        this.position = feed.now();
    }

    /** The last orders that moved, the newest first. */
    List<OrderRow> last() {
        synchronized (remembered) {
            return List.copyOf(remembered);
        }
    }

    /** A stream of what moves from now on; empty emitter semantics are the container's. */
    SseEmitter listen() {
        SseEmitter emitter = new SseEmitter(0L);
        if (listeners.size() >= LISTENERS_MAX) {
            emitter.complete();
            return emitter;
        }
        listeners.add(emitter);
        emitter.onCompletion(() -> listeners.remove(emitter));
        emitter.onTimeout(() -> listeners.remove(emitter));
        emitter.onError(failure -> listeners.remove(emitter));
        return emitter;
    }

    @Scheduled(fixedDelay = 300)
    void follow() {
        try {
            List<Change> changes = feed.after(position, BATCH_MAX);
            if (changes.isEmpty()) {
                return;
            }
            position = changes.getLast().at();
            List<OrderRow> rows = rows(changes);
            synchronized (remembered) {
                for (OrderRow row : rows) {
                    remembered.removeIf(known -> known.id().equals(row.id()));
                    remembered.addFirst(row);
                }
                while (remembered.size() > REMEMBERED_MAX) {
                    remembered.removeLast();
                }
            }
            rows.forEach(this::tell);
        } catch (RuntimeException failed) {
            LOG.warn("the change feed could not be followed: {}", failed.getMessage());
        }
    }

    /** Each order once, as it stands now, in the order in which they moved. */
    private List<OrderRow> rows(List<Change> changes) {
        Map<TenantId, Set<OrderId>> moved = new LinkedHashMap<>();
        for (Change change : changes) {
            moved.computeIfAbsent(change.tenant(), tenant -> new LinkedHashSet<>())
                    .add(change.order());
        }
        List<OrderRow> rows = new ArrayList<>();
        moved.forEach((tenant, ids) -> {
            List<Order> found = CurrentTenant.call(tenant, () -> orders.find(List.copyOf(ids)));
            found.forEach(order -> rows.add(OrderRow.of(order)));
        });
        return rows;
    }

    private void tell(OrderRow row) {
        for (SseEmitter listener : listeners) {
            try {
                listener.send(SseEmitter.event().name("order").data(row, MediaType.APPLICATION_JSON));
            } catch (IOException | IllegalStateException gone) {
                listeners.remove(listener);
            }
        }
    }

    @PreDestroy
    void close() {
        listeners.forEach(SseEmitter::complete);
    }
}
