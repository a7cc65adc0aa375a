package io.holdfast.scenarios;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection to a node, for what a well-behaved client does not do: pipelining, hanging up, HTTP/1.0. */
public final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int STATUS_BEGIN = "HTTP/1.1 ".length();

    private final Socket socket;
    private final InputStream in;

    /** What came back. */
    public record Response(int status, Map<String, String> headers, String body) {}

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    public static RawConnection to(Node node) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port());
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a request for a page of the application. */
    public static String request(String method, String pathAndQuery, String sessionId) {
        return method + " " + Node.CONTEXT_PATH + pathAndQuery + " HTTP/1.1\r\nHost: localhost\r\nCookie: JSESSIONID="
                + sessionId + "\r\n\r\n";
    }

    /** Sends requests in one packet. */
    public RawConnection send(String... requests) {
        try {
            socket.getOutputStream().write(String.join("", requests).getBytes(ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hangs up with a reset, as a browser that is killed. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads as many responses; {@code hasBody} is false for answers to HEAD. */
    public List<Response> read(int count, boolean hasBody) {
        List<Response> responses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            responses.add(read(hasBody));
        }
        return responses;
    }

    private Response read(boolean hasBody) {
        try {
            int status = Integer.parseInt(line().substring(STATUS_BEGIN, STATUS_BEGIN + 3));
            Map<String, String> headers = new TreeMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            return new Response(status, headers, hasBody ? body(headers) : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String body(Map<String, String> headers) throws IOException {
        if (!"chunked".equals(headers.get("transfer-encoding"))) {
            return bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        StringBuilder body = new StringBuilder();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.append(bytes(size));
            line();
        }
        line();
        return body.toString();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String bytes(int count) throws IOException {
        return new String(in.readNBytes(count), ISO_8859_1);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the node hung up after: " + line.toString(ISO_8859_1));
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
