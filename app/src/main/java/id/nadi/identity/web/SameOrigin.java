package id.nadi.identity.web;

import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** Keeps other sites from signing a visitor in to an account of theirs: there is no session yet to hold a token. */
final class SameOrigin {
    private SameOrigin() {}

    /** Refuses a browser's request that another origin made; programs send neither header and pass. */
    static void require(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean foreign = site != null && !"same-origin".equals(site) && !"none".equals(site);
        if (foreign || origin != null && !origin.toLowerCase(Locale.ROOT).equals(own(request))) {
            throw Refusal.of(ErrorCode.CSRF_INVALID).asException();
        }
    }

    private static String own(HttpServletRequest request) {
        String scheme = request.getScheme();
        int port = request.getServerPort();
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        String host = request.getServerName().toLowerCase(Locale.ROOT);
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }
}
