package io.holdfast.tomcat;

import java.io.IOException;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;

/** Invokes the next valve, whose declared servlet exception has another name in each line of Tomcat; it passes as it is. */
final class Passing {
    private Passing() {}

    static void on(Valve next, Request request, Response response) throws IOException {
        try {
            next.invoke(request, response);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw Passing.<RuntimeException>unchanged(e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller's throws clause is what E is for
    private static <E extends Exception> E unchanged(Exception e) throws E {
        throw (E) e;
    }
}
