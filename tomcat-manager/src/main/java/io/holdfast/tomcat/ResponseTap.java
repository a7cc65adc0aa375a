package io.holdfast.tomcat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.request.Refusal;
import io.holdfast.session.StoreException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.apache.catalina.Globals;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ActionHook;
import org.apache.coyote.OutputBuffer;
import org.apache.coyote.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sits between a response and its connector and has the request's sessions committed before the first byte passes, so that
 * the client's next request, on any node, sees them. Tomcat offers no callback for that moment; every way to it leads through
 * the response's action hook, or, with AJP, through its output buffer.
 *
 * <p>If the commit fails, the response becomes a 503, or 409 after a conflict, without cookies. A line of text takes the place of
 * what the application writes.
 *
 * <p>Installed when a request comes and removed when it ends: connectors use response objects again.
 */
final class ResponseTap implements ActionHook, OutputBuffer {
    private static final VarHandle HOOK;
    private static final VarHandle OUTPUT_BUFFER;
    private static final int INTERNAL_ERROR = 500;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Response.class, MethodHandles.lookup());
            HOOK = lookup.findVarHandle(Response.class, "hook", ActionHook.class);
            OUTPUT_BUFFER = lookup.findVarHandle(Response.class, "outputBuffer", OutputBuffer.class);
        } catch (ReflectiveOperationException e) {
            throw Unsupported.tomcat("response", e);
        }
    }

    private final Response response;
    private final RequestScope scope;
    private final ActionHook hook;
    private final OutputBuffer outputBuffer;
    private volatile @Nullable Refusal refusal; // null: not refused
    private volatile boolean explained;

    private ResponseTap(Response response, RequestScope scope, ActionHook hook, OutputBuffer outputBuffer) {
        this.response = response;
        this.scope = scope;
        this.hook = hook;
        this.outputBuffer = outputBuffer;
    }

    static ResponseTap install(Response response, RequestScope scope) {
        ActionHook hook = (ActionHook) HOOK.getVolatile(response);
        OutputBuffer buffer = (OutputBuffer) OUTPUT_BUFFER.getVolatile(response);
        ResponseTap tap = new ResponseTap(
                response,
                scope,
                hook instanceof ResponseTap left ? left.hook : hook,
                buffer instanceof ResponseTap left ? left.outputBuffer : buffer);
        HOOK.setVolatile(response, tap);
        response.setOutputBuffer(tap);
        return tap;
    }

    /** The request is over. A refused response stays tapped until it ends: the container still has its body to send. */
    void remove() {
        if (refusal == null) {
            restore();
        }
    }

    @Override
    public void action(ActionCode code, Object param) {
        boolean begun = response.isCommitted();
        if (code == ActionCode.COMMIT || code == ActionCode.CLIENT_FLUSH || code == ActionCode.CLOSE) {
            beforeFirstByte();
        }
        if (code != ActionCode.CLOSE && code != ActionCode.CLOSE_NOW) {
            hook.action(code, param);
            if (code == ActionCode.COMMIT) {
                explain();
            }
            return;
        }
        scope.responseEnds(begun);
        try {
            hook.action(code, param);
        } finally {
            restore();
        }
    }

    @Override
    public int doWrite(ByteBuffer chunk) throws IOException {
        beforeFirstByte();
        if (refusal != null) {
            if (!response.isCommitted()) {
                response.action(ActionCode.COMMIT, null);
            }
            int dropped = chunk.remaining();
            chunk.position(chunk.limit());
            return dropped;
        }
        return outputBuffer.doWrite(chunk);
    }

    @Override
    public long getBytesWritten() {
        return outputBuffer.getBytesWritten();
    }

    private void beforeFirstByte() {
        if (response.isCommitted() || refusal != null) {
            return;
        }
        try {
            scope.commit();
        } catch (StoreException e) {
            refuse(Refusal.of(e));
        }
        StoreException failure = scope.sessions().failure();
        if (failure != null && response.getStatus() == INTERNAL_ERROR) {
            response.setStatus(Refusal.of(failure).status()); // an error page of the application
        }
    }

    private void refuse(Refusal why) {
        refusal = why;
        scope.sessions().refuse();
        scope.request().removeAttribute(Globals.SENDFILE_FILENAME_ATTR);
        RefusedResponse.empty(response, scope, why.status());
        response.setContentType("text/plain");
        response.setContentLength(text(why).length);
    }

    /** The head of a refused response has left: its text follows, once. */
    private void explain() {
        Refusal why = refusal;
        if (why == null || explained) {
            return;
        }
        explained = true;
        if ("HEAD".equals(scope.request().getMethod())) {
            return;
        }
        try {
            outputBuffer.doWrite(ByteBuffer.wrap(text(why)));
        } catch (IOException e) {
            hook.action(ActionCode.CLOSE_NOW, e); // the client is gone
        }
    }

    private static byte[] text(Refusal why) {
        return why.message().getBytes(US_ASCII);
    }

    /** Puts back what was there before, unless the connector has put in something else meanwhile. */
    private void restore() {
        HOOK.compareAndSet(response, this, hook);
        OUTPUT_BUFFER.compareAndSet(response, this, outputBuffer);
    }
}
