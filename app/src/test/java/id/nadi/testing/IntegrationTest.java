package id.nadi.testing;

import id.nadi.Nadi;
import id.nadi.database.DatabaseAccess;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** The whole application on a random port over the run's database; the context is shared by all that use it unchanged. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = Nadi.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "nadi.db.url=test",
            "nadi.orders.lease=10s",
            "nadi.orders.lease-margin=500ms",
            "nadi.orders.recovery-every=200ms",
            "nadi.orders.check-every=50ms",
            "nadi.caches.poll=100ms"
        })
@Import({IntegrationTest.Wiring.class, Shop.class, FakeFulfilment.class})
public @interface IntegrationTest {

    /** The run's database instead of one for each context. */
    class Wiring {
        @Bean
        @Primary
        DatabaseAccess testAccess() {
            return TestDatabase.get().access();
        }
    }
}
