package io.holdfast.tomcat;

import io.holdfast.live.ContainerState;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionIds;
import java.security.Principal;
import java.util.HexFormat;
import java.util.Map;
import org.apache.catalina.authenticator.Constants;
import org.apache.catalina.authenticator.SavedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Carries what Tomcat's authenticators keep in a session from node to node: the user, how they logged in, and a FORM login
 * that is under way. Always on: a login that another node does not know would not be a shared session.
 */
final class AuthenticationState {
    private static final String PRINCIPAL = "principal";
    private static final String CUSTOM_PRINCIPAL = "customPrincipal";
    private static final String AUTH_TYPE = "authType";
    private static final String SAVED_REQUEST = "savedRequest";

    /** The id FORM login expects to come back, as a hash: the id itself is a secret. */
    private static final String EXPECTED_ID = "expectedId";

    /** What was set here and may or may not be what the record holds. */
    private static final long UNKNOWN = -1;

    private final RedisSession session;

    // Versions in which this node last compared its state with the record's; guarded by this
    private long principalVersion;
    private long customPrincipalVersion;
    private long authTypeVersion;
    private long savedRequestVersion;

    AuthenticationState(RedisSession session) {
        this.session = session;
    }

    synchronized void authTypeSet(@Nullable String authType) {
        authTypeVersion = UNKNOWN;
        state().set(AUTH_TYPE, authType);
    }

    synchronized void principalSet(@Nullable Principal principal) {
        principalVersion = UNKNOWN;
        state().set(PRINCIPAL, principal == null ? null : Principals.neutral(principal));
        state().set(CUSTOM_PRINCIPAL, principal == null ? null : Principals.custom(principal));
    }

    synchronized void noteSet(String name, @Nullable Object value) {
        if (name.equals(Constants.FORM_REQUEST_NOTE)) {
            savedRequestVersion = UNKNOWN;
            SavedRequest saved = value instanceof SavedRequest request ? request : null;
            state().set(SAVED_REQUEST, saved == null ? null : SavedRequests.neutral(saved, session.getIdInternal()));
        } else if (name.equals(Constants.SESSION_ID_NOTE)) {
            SessionId id = value instanceof String text ? SessionIds.parse(text) : null;
            state().set(EXPECTED_ID, id == null ? null : hash(id));
        }
    }

    /** Takes over what another node committed; leaves alone what has not changed since. */
    synchronized void refresh() {
        ContainerState state = state();
        if (principalVersion != state.version(PRINCIPAL)
                || customPrincipalVersion != state.version(CUSTOM_PRINCIPAL)
                || authTypeVersion != state.version(AUTH_TYPE)) {
            principalVersion = state.version(PRINCIPAL);
            customPrincipalVersion = state.version(CUSTOM_PRINCIPAL);
            authTypeVersion = state.version(AUTH_TYPE);
            session.authenticated(state.get(AUTH_TYPE) instanceof String type ? type : null, principal(state));
        }
        if (savedRequestVersion != state.version(SAVED_REQUEST)) {
            savedRequestVersion = state.version(SAVED_REQUEST);
            Object neutral = state.get(SAVED_REQUEST);
            session.restoreNote(
                    Constants.FORM_REQUEST_NOTE,
                    neutral instanceof Map<?, ?> map ? SavedRequests.restore(map, session.getIdInternal()) : null);
        }
        refreshExpectedId(state.get(EXPECTED_ID));
    }

    /** The user the record knows; the object this node has if it is the same user, for a realm may have put more into it. */
    private @Nullable Principal principal(ContainerState state) {
        if (!(state.get(PRINCIPAL) instanceof Map<?, ?> neutral)) {
            return null;
        }
        Object custom = state.get(CUSTOM_PRINCIPAL);
        Principal known = session.getPrincipal();
        boolean same = known != null
                && Principals.neutral(known).equals(neutral)
                && (custom == null || custom.equals(Principals.custom(known)));
        return same ? known : Principals.restore(neutral, custom);
    }

    private void refreshExpectedId(@Nullable Object expectedHash) {
        SessionId id = SessionIds.parse(session.getIdInternal());
        boolean expected = id != null && hash(id).equals(expectedHash);
        session.restoreNote(Constants.SESSION_ID_NOTE, expected ? session.getIdInternal() : null);
    }

    private ContainerState state() {
        return session.live().containerState();
    }

    private static String hash(SessionId id) {
        return HexFormat.of().formatHex(SecretHash.of(id.secret()).toBytes());
    }
}
