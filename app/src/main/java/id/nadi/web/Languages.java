package id.nadi.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/** The caller's language by Accept-Language: English if it is preferred to Indonesian, Indonesian otherwise. */
@Component(DispatcherServlet.LOCALE_RESOLVER_BEAN_NAME)
public class Languages extends AcceptHeaderLocaleResolver {
    public static final Locale INDONESIAN = Locale.of("id");

    Languages() {
        setSupportedLocales(List.of(INDONESIAN, Locale.ENGLISH));
        setDefaultLocale(INDONESIAN);
    }

    /** The same for filters, which run before anything is resolved. */
    public Locale of(HttpServletRequest request) {
        return resolveLocale(request);
    }
}
