package io.holdfast.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.apache.catalina.authenticator.SavedRequest;
import org.junit.jupiter.api.Test;

class SavedRequestsTest {
    private static final String OWN = "0123456789abcdef00000000000000000000000000000001";
    private static final String FOREIGN = "fedcba987654321000000000000000000000000000000002";
    private static final String STOCK = "0123456789ABCDEF0123456789ABCDEF";

    @Test
    void idsOfSessionsAndCredentials_doNotGoToRedis() {
        SavedRequest saved = request("/app/protected;jsessionid=" + OWN);
        saved.addHeader("Cookie", "JSESSIONID=" + STOCK + "; JSESSIONID=" + OWN);
        saved.addHeader("Authorization", "Basic c2VjcmV0");
        saved.addHeader("Referer", "http://localhost/app/;jsessionid=" + OWN);
        addCookie(saved, "JSESSIONID", OWN);
        addCookie(saved, "JSESSIONID", STOCK);
        addCookie(saved, "OTHERID", FOREIGN);

        assertThat(SavedRequests.neutral(saved, OWN).toString())
                .doesNotContain(OWN)
                .doesNotContain(FOREIGN)
                .doesNotContain(STOCK)
                .doesNotContain("c2VjcmV0");
    }

    @Test
    void restoredRequest_isTheSavedOneWithTheIdOfTheMoment() {
        SavedRequest saved = request("/app/protected;jsessionid=" + OWN);
        saved.setQueryString("a=1&b=2");
        saved.addHeader("Accept", "text/html");
        saved.addHeader("Accept", "text/plain");
        saved.addLocale(Locale.CANADA_FRENCH);
        addCookie(saved, "JSESSIONID", OWN);
        addCookie(saved, "color", "red");
        saved.setOriginalMaxInactiveInterval(1_800);
        String newId = OWN.substring(0, 16) + "ffffffffffffffffffffffffffffffff";

        SavedRequest restored = SavedRequests.restore(SavedRequests.neutral(saved, OWN), newId);

        assertThat(restored.getMethod()).isEqualTo("GET");
        assertThat(restored.getRequestURI()).isEqualTo("/app/protected;jsessionid=" + newId);
        assertThat(restored.getQueryString()).isEqualTo("a=1&b=2");
        assertThat(restored.getHeaderValues("Accept")).toIterable().containsExactly("text/html", "text/plain");
        assertThat(restored.getLocales()).toIterable().containsExactly(Locale.CANADA_FRENCH);
        assertThat(restored.getOriginalMaxInactiveIntervalOptional()).isEqualTo(1_800);
        assertThat(restored.getBody()).isNull();
        Iterator<?> cookies = restored.getCookies();
        assertThat(ServletTypes.cookieProperty(cookies.next(), "getValue")).isEqualTo(newId);
        assertThat(ServletTypes.cookieProperty(cookies.next(), "getValue")).isEqualTo("red");
    }

    @Test
    void anythingElse_restoresAsAnEmptyRequest() {
        assertThat(SavedRequests.restore(Map.of("headers", 7, "body", "x"), OWN).getMethod())
                .isNull();
    }

    private static SavedRequest request(String uri) {
        SavedRequest saved = new SavedRequest();
        saved.setMethod("GET");
        saved.setRequestURI(uri);
        saved.setDecodedRequestURI(uri);
        return saved;
    }

    private static void addCookie(SavedRequest saved, String name, String value) {
        try {
            SavedRequest.class
                    .getMethod("addCookie", ServletTypes.cookieType())
                    .invoke(saved, ServletTypes.newCookie(name, value));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("addCookie", e);
        }
    }
}
