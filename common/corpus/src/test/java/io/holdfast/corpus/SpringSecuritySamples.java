package io.holdfast.corpus;

import static io.holdfast.corpus.LibrarySample.sample;
import static io.holdfast.corpus.Portraits.listed;
import static io.holdfast.corpus.Portraits.sorted;
import static io.holdfast.corpus.Portraits.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.savedrequest.SavedCookie;

/** What Spring Security keeps in sessions: who is logged in, what was asked for before, and why a login failed. */
final class SpringSecuritySamples {
    private SpringSecuritySamples() {}

    static List<LibrarySample<?>> all() {
        return List.of(
                sample("Spring Security context", SpringSecuritySamples::context, SpringSecuritySamples::describe)
                        .changedBy(context -> context.getAuthentication().setAuthenticated(false)),
                sample("Spring Security context, empty", SecurityContextImpl::new, SpringSecuritySamples::describe)
                        .changedBy(context -> context.setAuthentication(token())),
                sample(
                                "Spring Security token of a password",
                                SpringSecuritySamples::token,
                                SpringSecuritySamples::describe)
                        .changedBy(token -> token.setDetails("none")),
                sample(
                        "Spring Security anonymous token",
                        () -> new AnonymousAuthenticationToken("key", "guest", authorities("ROLE_GUEST")),
                        SpringSecuritySamples::describe),
                sample(
                        "Spring Security remember-me token",
                        () -> new RememberMeAuthenticationToken("key", user(), authorities("ROLE_USER")),
                        SpringSecuritySamples::describe),
                sample(
                        "Spring Security token of another login",
                        () -> new PreAuthenticatedAuthenticationToken(user(), "N/A", authorities("ROLE_USER")),
                        SpringSecuritySamples::describe),
                sample("Spring Security user", SpringSecuritySamples::user, SpringSecuritySamples::describe)
                        .changedBy(User::eraseCredentials),
                sample(
                        "Spring Security saved request",
                        SpringSecuritySamples::savedRequest,
                        SpringSecuritySamples::describe),
                sample(
                        "Spring Security CSRF token",
                        () -> new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "c0ffee"),
                        token -> token.getHeaderName() + token.getParameterName() + token.getToken()),
                sample(
                                "Spring Security session information",
                                () -> new SessionInformation(user(), "4711", Date.from(Instant.EPOCH)),
                                SpringSecuritySamples::describe)
                        .changedBy(SessionInformation::expireNow),
                sample(
                        "Spring Security last exception",
                        SpringSecuritySamples::failure,
                        SpringSecuritySamples::describe));
    }

    private static User user() {
        return new User("ann", "{noop}secret", true, true, true, false, authorities("ROLE_USER", "ROLE_ADMIN"));
    }

    private static List<GrantedAuthority> authorities(String... names) {
        return AuthorityUtils.createAuthorityList(names);
    }

    private static UsernamePasswordAuthenticationToken token() {
        var token = UsernamePasswordAuthenticationToken.authenticated(user(), "secret", authorities("ROLE_USER"));
        token.setDetails(new WebAuthenticationDetails("192.0.2.7", "4711"));
        return token;
    }

    private static SecurityContext context() {
        return new SecurityContextImpl(token());
    }

    private static String describe(SecurityContext context) {
        return describe(context.getAuthentication());
    }

    private static String describe(Authentication authentication) {
        return authentication == null
                ? "nobody"
                : listed(Arrays.asList(
                        authentication.getClass().getSimpleName(),
                        authentication.getName(),
                        authentication.isAuthenticated(),
                        text(authentication.getCredentials()),
                        text(authentication.getDetails()),
                        listed(authentication.getAuthorities()),
                        authentication.getPrincipal() instanceof UserDetails user ? describe(user) : "no user"));
    }

    private static String describe(UserDetails user) {
        return user.getUsername()
                + user.getPassword()
                + listed(user.getAuthorities())
                + user.isEnabled()
                + user.isAccountNonLocked()
                + user.isCredentialsNonExpired()
                + user.isAccountNonExpired();
    }

    @SuppressWarnings("JavaUtilDate") // the library's
    private static String describe(SessionInformation session) {
        return session.getSessionId() + " " + session.getPrincipal() + " " + session.isExpired() + " "
                + session.getLastRequest().getTime();
    }

    private static DefaultSavedRequest savedRequest() {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Accept", List.of("text/html", "*/*"));
        return new DefaultSavedRequest.Builder()
                .setCookies(List.of(new SavedCookie("theme", "dark", "shop.example", 60, "/", true)))
                .setLocales(List.of(Locale.GERMANY, Locale.ROOT))
                .setHeaders(headers)
                .setParameters(new TreeMap<>(Map.of("id", new String[] {"1", "2"})))
                .setMethod("GET")
                .setScheme("https")
                .setServerName("shop.example")
                .setServerPort(443)
                .setContextPath("/shop")
                .setServletPath("/order")
                .setRequestURI("/shop/order")
                .setRequestURL("https://shop.example/shop/order")
                .setQueryString("id=1&id=2")
                .setMatchingRequestParameterName("continue")
                .build();
    }

    private static String describe(DefaultSavedRequest request) {
        List<Object> parts = new ArrayList<>(List.of(
                request.getMethod(),
                request.getRedirectUrl(),
                request.getServletPath(),
                request.getLocales(),
                request.getHeaderNames(),
                request.getHeaderValues("accept"),
                sorted(request.getParameterMap().entrySet())));
        request.getCookies()
                .forEach(cookie -> parts.add(cookie.getName()
                        + cookie.getValue()
                        + cookie.getDomain()
                        + cookie.getMaxAge()
                        + cookie.getPath()
                        + cookie.getSecure()));
        return parts.toString();
    }

    private static AuthenticationException failure() {
        AuthenticationException failure = new BadCredentialsException("Bad", new IllegalStateException("No such user"));
        failure.setAuthenticationRequest(UsernamePasswordAuthenticationToken.unauthenticated("ann", "guess"));
        failure.addSuppressed(new IllegalArgumentException("Neither here"));
        return failure;
    }

    private static String describe(AuthenticationException failure) {
        return failure.getMessage()
                + failure.getCause()
                + listed(List.of(failure.getSuppressed()))
                + describe(failure.getAuthenticationRequest())
                + frames(failure);
    }

    /** Not their texts, which name class loaders until they are stored for the first time. */
    private static String frames(Throwable failure) {
        List<String> frames = new ArrayList<>();
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith("io.holdfast.corpus.SpringSecurity")) {
                frames.add(frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber());
            }
        }
        return frames.toString();
    }
}
