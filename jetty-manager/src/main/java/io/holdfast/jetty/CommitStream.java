package io.holdfast.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.request.Refusal;
import io.holdfast.session.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Sits between a request's response and the connection: has the request's sessions committed before the first byte passes, and
 * again before the last one, so that the client's next request, on any node, sees them; and once more when the request is over.
 *
 * <p>If the commit fails, the response becomes a 503, or 409 after a conflict, without cookies, and what the application writes is
 * dropped.
 */
final class CommitStream extends HttpStream.Wrapper {
    /** Under the name that stands in the configuration. */
    private static final Logger LOG = System.getLogger(HoldfastSessionDataStoreFactory.class.getName());

    private final RequestScopes scopes;
    private final RequestScope scope;
    private final Context context;
    private volatile boolean begun;
    private volatile boolean replaced;

    CommitStream(HttpStream stream, RequestScopes scopes, RequestScope scope, Context context) {
        super(stream);
        this.scopes = scopes;
        this.scope = scope;
        this.context = context;
    }

    @Override
    public void send(
            MetaData.Request request,
            MetaData.@Nullable Response response,
            boolean last,
            @Nullable ByteBuffer content,
            Callback callback) {
        if (replaced) {
            callback.succeeded();
            return;
        }
        boolean interim = response != null && HttpStatus.isInterim(response.getStatus());
        if (begun || response == null || interim) {
            // The response may have begun before the request came into this application
            if (last && !interim && !scope.sessions().isEmpty()) {
                scopes.within(scope, context, this::commitLate);
            }
            super.send(request, response, last, content, callback);
            return;
        }
        begun = true;
        StoreException known = scope.sessions().failure();
        if (known != null && HttpStatus.isServerError(response.getStatus())) {
            scopes.within(scope, context, scope.sessions()::refuse);
            super.send(request, explained(response, known), last, content, callback);
            return;
        }
        StoreException failure = commit();
        if (failure == null) {
            super.send(request, response, last, content, callback);
            return;
        }
        replaced = true;
        Refusal refusal = Refusal.of(failure);
        byte[] text = refusal.message().getBytes(UTF_8);
        super.send(request, replacement(response, refusal, text.length), true, ByteBuffer.wrap(text), callback);
    }

    @Override
    public void succeeded() {
        RequestScopes.ending(scope, () -> {
            try {
                finish();
            } finally {
                super.succeeded();
            }
        });
    }

    @Override
    public void failed(Throwable cause) {
        RequestScopes.ending(scope, () -> {
            try {
                finish();
            } finally {
                super.failed(cause);
            }
        });
    }

    /**
     * Commits before the response begins; why that fails, null: it does not. Then nothing of the request is stored. Nothing else is
     * thrown: Jetty would never answer the client.
     */
    private @Nullable StoreException commit() {
        if (scope.sessions().isEmpty()) {
            return null;
        }
        StoreException[] failure = new StoreException[1];
        scopes.within(scope, context, () -> {
            try {
                scope.sessions().commit();
            } catch (StoreException e) {
                failure[0] = e;
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "The sessions of a request could not be committed", e);
                failure[0] = new StoreException("The sessions of this request could not be committed", e);
            }
            if (failure[0] != null) {
                scope.sessions().refuse();
            }
        });
        return failure[0];
    }

    /** An error page of a request that the store has failed keeps what it says, and tells the client that it may try again. */
    private static MetaData.Response explained(MetaData.Response response, StoreException failure) {
        if (response.getStatus() != HttpStatus.INTERNAL_SERVER_ERROR_500) {
            return response;
        }
        int status = Refusal.of(failure).status();
        return new MetaData.Response(
                status,
                HttpStatus.getMessage(status),
                response.getHttpVersion(),
                response.getHttpFields(),
                response.getContentLength(),
                response.getTrailersSupplier());
    }

    /** With a cookie only if the session's id has changed for good: its client would lose it otherwise. */
    private MetaData.Response replacement(MetaData.Response response, Refusal refusal, int length) {
        HttpFields.Mutable fields = HttpFields.build()
                .put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8")
                .put(HttpHeader.CONTENT_LENGTH, length);
        if (scope.sessions().isIdChanged()) {
            response.getHttpFields().stream()
                    .filter(field ->
                            field.getHeader() == HttpHeader.SET_COOKIE && scope.isSessionCookie(field.getValue()))
                    .forEach((HttpField field) -> fields.add(field));
        }
        return new MetaData.Response(
                refusal.status(), HttpStatus.getMessage(refusal.status()), response.getHttpVersion(), fields, length);
    }

    /** Commits behind the first byte. Nothing is thrown here either: the response would never end. */
    private void commitLate() {
        try {
            scope.sessions().commitLate();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "The sessions of a request could not be committed, and its response has begun", e);
        }
    }

    private void finish() {
        try {
            if (!scope.finishUnused()) {
                scopes.within(scope, context, () -> {
                    commitLate();
                    scope.finish();
                });
            }
        } finally {
            scopes.ended(scope);
        }
    }
}
