package id.nadi.orders;

import static id.nadi.orders.OrderStatus.AWAITING_PAYMENT;
import static id.nadi.orders.OrderStatus.CANCELLED;
import static id.nadi.orders.OrderStatus.EXPIRED;
import static id.nadi.orders.OrderStatus.FAILED;
import static id.nadi.orders.OrderStatus.PENDING;
import static id.nadi.orders.OrderStatus.PROCESSING;
import static id.nadi.orders.OrderStatus.REFUNDED;
import static id.nadi.orders.OrderStatus.SUCCESS;
import static id.nadi.orders.OrderStatus.SUSPECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderStatusTests {
    /** Every step that is allowed; what is not here is forbidden. */
    private static final Map<OrderStatus, Set<OrderStatus>> STEPS = Map.of(
            AWAITING_PAYMENT, Set.of(PENDING, EXPIRED, CANCELLED),
            PENDING, Set.of(PROCESSING, FAILED),
            PROCESSING, Set.of(PROCESSING, SUSPECT, SUCCESS, FAILED),
            SUSPECT, Set.of(PROCESSING, SUSPECT, SUCCESS, FAILED),
            SUCCESS, Set.of(REFUNDED),
            FAILED, Set.of(),
            REFUNDED, Set.of(),
            EXPIRED, Set.of(),
            CANCELLED, Set.of());

    @Test
    void allowsTheseStepsAndNoOthers() {
        assertThat(STEPS).hasSize(OrderStatus.values().length);
        for (OrderStatus from : OrderStatus.values()) {
            for (OrderStatus to : OrderStatus.values()) {
                boolean allowed = STEPS.getOrDefault(from, Set.of()).contains(to);
                assertThat(to.from().contains(from)).as(from + " to " + to).isEqualTo(allowed);
                assertThat((to.fromMask() & 1 << from.number()) != 0)
                        .as("by the mask: " + from + " to " + to)
                        .isEqualTo(allowed);
            }
        }
    }

    @Test
    void nothingLeavesAFailureOrARefund() {
        for (OrderStatus end : Set.of(FAILED, REFUNDED, EXPIRED, CANCELLED)) {
            assertThat(end.isOpen()).isFalse();
            assertThat(OrderStatus.values()).noneMatch(to -> to.from().contains(end));
        }
    }

    @Test
    void isShownOutsideAsTheWireSays() {
        assertThat(OrderStatus.values())
                .extracting(OrderStatus::outside)
                .containsExactly(
                        OrderStatus.Outside.PENDING,
                        OrderStatus.Outside.PENDING,
                        OrderStatus.Outside.PROCESSING,
                        OrderStatus.Outside.PROCESSING,
                        OrderStatus.Outside.SUCCESS,
                        OrderStatus.Outside.FAILED,
                        OrderStatus.Outside.REFUND,
                        OrderStatus.Outside.FAILED,
                        OrderStatus.Outside.FAILED);
        for (OrderStatus status : OrderStatus.values()) {
            assertThat(OrderStatus.of(status.number())).isEqualTo(status);
        }
    }
}
