package id.nadi.portal;

import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/** Indonesian unless a browser asks for English. */
@Configuration(proxyBeanMethods = false)
class PortalConfiguration {

    @Bean
    LocaleResolver localeResolver() {
        AcceptHeaderLocaleResolver resolver = new AcceptHeaderLocaleResolver();
        Locale indonesian = Locale.of("id");
        resolver.setSupportedLocales(List.of(indonesian, Locale.ENGLISH));
        resolver.setDefaultLocale(indonesian);
        return resolver;
    }
}
