package io.holdfast.tomcat;

import io.holdfast.session.SessionIds;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.authenticator.SavedRequest;
import org.apache.tomcat.util.buf.ByteChunk;
import org.jspecify.annotations.Nullable;

/**
 * Turns the request that FORM login puts aside into plain collections and back. Wherever it holds the session's id, which is
 * a secret, a placeholder goes to Redis and the id of the moment comes back. Ids of other applications' sessions and
 * credentials in headers do not go there at all.
 */
final class SavedRequests {
    private static final String ID_PLACEHOLDER = "\u0000session\u0000";

    private static final String SESSION_COOKIE = "JSESSIONID";
    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "proxy-authorization", "cookie");

    private SavedRequests() {}

    static Map<String, Object> neutral(SavedRequest request, String sessionId) {
        Map<String, Object> map = new HashMap<>();
        put(map, "method", request.getMethod());
        put(map, "uri", hide(request.getRequestURI(), sessionId));
        put(map, "decodedUri", hide(request.getDecodedRequestURI(), sessionId));
        String query = request.getQueryString();
        put(map, "query", query == null ? null : hide(query, sessionId));
        put(map, "contentType", request.getContentType());
        put(map, "maxInactive", request.getOriginalMaxInactiveIntervalOptional());
        map.put("headers", headers(request, sessionId));
        map.put("cookies", cookies(request, sessionId));
        List<String> locales = new ArrayList<>();
        request.getLocales().forEachRemaining(locale -> locales.add(locale.toLanguageTag()));
        map.put("locales", locales);
        ByteChunk body = request.getBody();
        if (body != null) {
            byte[] bytes = new byte[body.getLength()];
            System.arraycopy(body.getBytes(), body.getStart(), bytes, 0, bytes.length);
            map.put("body", bytes);
        }
        return map;
    }

    static SavedRequest restore(Map<?, ?> map, String sessionId) {
        SavedRequest request = new SavedRequest();
        text(map, "method", request::setMethod);
        text(map, "uri", uri -> request.setRequestURI(show(uri, sessionId)));
        text(map, "decodedUri", uri -> request.setDecodedRequestURI(show(uri, sessionId)));
        text(map, "query", query -> request.setQueryString(show(query, sessionId)));
        text(map, "contentType", request::setContentType);
        if (map.get("maxInactive") instanceof Integer seconds) {
            request.setOriginalMaxInactiveInterval(seconds);
        }
        pairs(map, "headers", (name, value) -> request.addHeader(name, show(value, sessionId)));
        pairs(map, "cookies", (name, value) -> addCookie(request, name, show(value, sessionId)));
        if (map.get("locales") instanceof List<?> locales) {
            locales.forEach(tag -> request.addLocale(Locale.forLanguageTag(String.valueOf(tag))));
        }
        if (map.get("body") instanceof byte[] bytes) {
            ByteChunk body = new ByteChunk();
            body.setBytes(bytes, 0, bytes.length);
            request.setBody(body);
        }
        return request;
    }

    /** Name and value in turn, which keeps repeated ones. Cookies are kept apart from headers. */
    private static List<String> headers(SavedRequest request, String sessionId) {
        List<String> pairs = new ArrayList<>();
        request.getHeaderNames().forEachRemaining(name -> {
            if (!SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                request.getHeaderValues(name).forEachRemaining(value -> {
                    pairs.add(name);
                    pairs.add(hide(value, sessionId));
                });
            }
        });
        return pairs;
    }

    /** A session cookie that is not of this session belongs to another application. */
    private static List<String> cookies(SavedRequest request, String sessionId) {
        List<String> pairs = new ArrayList<>();
        Iterator<?> cookies = request.getCookies();
        while (cookies.hasNext()) {
            Object cookie = cookies.next();
            String name = ServletTypes.cookieProperty(cookie, "getName");
            String value = ServletTypes.cookieProperty(cookie, "getValue");
            boolean foreign = SESSION_COOKIE.equals(name) || SessionIds.parse(value) != null;
            if (value.equals(sessionId) || !foreign) {
                pairs.add(name);
                pairs.add(hide(value, sessionId));
            }
        }
        return pairs;
    }

    private static void addCookie(SavedRequest request, String name, String value) {
        try {
            Method add = SavedRequest.class.getMethod("addCookie", ServletTypes.cookieType());
            add.invoke(request, ServletTypes.newCookie(name, value));
        } catch (ReflectiveOperationException e) {
            throw ServletTypes.unusable(e);
        }
    }

    private interface Pair {
        void accept(String name, String value);
    }

    private static void pairs(Map<?, ?> map, String key, Pair pair) {
        if (map.get(key) instanceof List<?> values) {
            for (int i = 0; i + 1 < values.size(); i += 2) {
                pair.accept(String.valueOf(values.get(i)), String.valueOf(values.get(i + 1)));
            }
        }
    }

    private static void text(Map<?, ?> map, String key, Consumer<String> setter) {
        if (map.get(key) instanceof String value) {
            setter.accept(value);
        }
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private static String hide(String text, String sessionId) {
        return text.replace(sessionId, ID_PLACEHOLDER);
    }

    private static String show(String text, String sessionId) {
        return text.replace(ID_PLACEHOLDER, sessionId);
    }
}
