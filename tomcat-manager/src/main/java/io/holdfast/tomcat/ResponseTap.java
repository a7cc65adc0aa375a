package io.holdfast.tomcat;

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

/**
 * Sits between a response and its connector and has the request's sessions committed before the first byte passes, so that
 * the client's next request, on any node, sees them. Tomcat offers no callback for that moment; every way to it leads through
 * the response's action hook, or, with AJP, through its output buffer.
 *
 * <p>If the commit fails, the response becomes an empty 503, or 409 after a conflict, without cookies, and what the application writes is dropped.
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
    private volatile boolean refused;

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
        if (!refused) {
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
        if (refused) {
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
        if (response.isCommitted() || refused) {
            return;
        }
        try {
            scope.commit();
        } catch (StoreException e) {
            refuse(Refusal.of(e).status());
        }
        StoreException failure = scope.sessions().failure();
        if (failure != null && response.getStatus() == INTERNAL_ERROR) {
            response.setStatus(Refusal.of(failure).status()); // an error page of the application
        }
    }

    private void refuse(int status) {
        refused = true;
        scope.sessions().refuse();
        scope.request().removeAttribute(Globals.SENDFILE_FILENAME_ATTR);
        RefusedResponse.empty(response, scope, status);
        response.setContentLength(0);
    }

    /** Puts back what was there before, unless the connector has put in something else meanwhile. */
    private void restore() {
        HOOK.compareAndSet(response, this, hook);
        OUTPUT_BUFFER.compareAndSet(response, this, outputBuffer);
    }
}
