package id.nadi;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.modulith.Modulithic;

/** The product as one Spring application; {@link id.nadi.boot.Main} starts it. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
@Modulithic(
        systemName = "Nadi",
        sharedModules = {"kernel", "tenancy", "audit"})
public class Nadi {}
