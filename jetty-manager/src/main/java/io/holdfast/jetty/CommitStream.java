package io.holdfast.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.request.Refusal;
import io.holdfast.request.RequestSessions;
import io.holdfast.session.StoreException;
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
 * Sits between a request's response and the connection: has the request's sessions committed before the first byte passes, so
 * that the client's next request, on any node, sees them, and once more when the request is over.
 *
 * <p>If the commit fails, or Redis has failed the request before, the response becomes a 503, or 409 after a conflict, without
 * cookies, and what the application writes is dropped.
 */
final class CommitStream extends HttpStream.Wrapper {
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
        Refusal refusal =
                begun || response == null || HttpStatus.isInterim(response.getStatus()) ? null : begin(response);
        if (refusal == null || response == null) {
            super.send(request, response, last, content, callback);
        } else {
            replaced = true;
            byte[] text = refusal.message().getBytes(UTF_8);
            super.send(request, replacement(response, refusal, text.length), true, ByteBuffer.wrap(text), callback);
        }
    }

    @Override
    public void succeeded() {
        finish();
        super.succeeded();
    }

    @Override
    public void failed(Throwable cause) {
        finish();
        super.failed(cause);
    }

    /** Commits before the response begins; returns what the client gets in its place, null: nothing else. */
    private @Nullable Refusal begin(MetaData.Response response) {
        begun = true;
        RequestSessions<?> sessions = scope.sessions();
        StoreException[] failure = new StoreException[1];
        StoreException known = sessions.failure();
        if (known != null && response.getStatus() == HttpStatus.INTERNAL_SERVER_ERROR_500) {
            failure[0] = known;
        } else {
            scopes.within(scope, context, () -> {
                try {
                    sessions.commit();
                } catch (StoreException e) {
                    failure[0] = e;
                }
            });
        }
        if (failure[0] == null) {
            return null;
        }
        scopes.within(scope, context, sessions::refuse);
        return Refusal.of(failure[0]);
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

    private void finish() {
        scopes.within(scope, context, () -> {
            try {
                scope.sessions().commitLate();
            } finally {
                scope.finish();
                scopes.ended(scope);
            }
        });
    }
}
