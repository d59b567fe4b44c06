package id.nadi.testing;

import id.nadi.Nadi;
import id.nadi.kernel.MemberId;
import id.nadi.kernel.TenantId;
import id.nadi.orders.Channel;
import id.nadi.orders.OrderId;
import id.nadi.orders.Orders;
import id.nadi.orders.Outcome;
import id.nadi.orders.PlaceOrder;
import id.nadi.orders.RoadListener;
import id.nadi.tenancy.CurrentTenant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * A process of its own that places orders and dies, or stops to be paused, at a named place of the road. It talks over its
 * standard streams: {@code place <tenant> <member> <reference> <product> <destination>} and {@code go} come in,
 * {@code READY}, {@code AT <stage> <order>} and {@code ANSWERED <outcome>} go out.
 */
public final class Victim {
    private static final CountDownLatch GO = new CountDownLatch(1);

    private Victim() {}

    /** Where it dies or waits. */
    public enum Stage {
        PLACED,
        ATTEMPT_BEGUN,
        ANSWERED,
        /** Waits for {@code go} after the attempt was committed, so that the process can be paused there. */
        WAIT_AFTER_ATTEMPT
    }

    public static void main(String... arguments) throws IOException {
        Stage stage = Stage.valueOf(System.getProperty("victim.stage"));
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Nadi.class, Wiring.class)
                .logStartupInfo(false)
                .properties("victim.stage=" + stage)
                .run(arguments);
        Orders orders = context.getBean(Orders.class);
        say("READY");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("go")) {
                GO.countDown();
                continue;
            }
            PlaceOrder command = new PlaceOrder(
                    new MemberId(UUID.fromString(words[2])),
                    words[3],
                    words[4],
                    words[5],
                    1,
                    1,
                    null,
                    Channel.H2H,
                    null);
            Thread.startVirtualThread(() -> CurrentTenant.run(
                    new TenantId(UUID.fromString(words[1])), () -> say("PLACED " + orders.place(command))));
        }
        context.close();
    }

    static class Wiring {
        @Bean
        RoadListener undertaker() {
            Stage stage = Stage.valueOf(System.getProperty("victim.stage"));
            return new RoadListener() {
                @Override
                public void placed(OrderId order, Duration took) {
                    dieAt(Stage.PLACED, order);
                }

                @Override
                public void attemptBegun(OrderId order, int number) {
                    dieAt(Stage.ATTEMPT_BEGUN, order);
                    if (stage == Stage.WAIT_AFTER_ATTEMPT) {
                        say("AT " + stage + " " + order);
                        try {
                            GO.await();
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }

                @Override
                public void answered(OrderId order, int number, Outcome outcome, Duration took) {
                    say("ANSWERED " + outcome);
                    dieAt(Stage.ANSWERED, order);
                }

                private void dieAt(Stage here, OrderId order) {
                    if (stage == here) {
                        say("AT " + here + " " + order);
                        // As kill -9 would: no finally, no shutdown hook, nothing flushed that was not.
                        Runtime.getRuntime().halt(137);
                    }
                }
            };
        }
    }

    private static synchronized void say(String line) {
        System.out.println("> " + line);
        System.out.flush();
    }
}
