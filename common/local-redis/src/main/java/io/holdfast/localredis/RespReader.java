package io.holdfast.localredis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads RESP2 and RESP3 values and remembers the bytes of the last one, so that a proxy can pass on exactly what came in.
 * Inline commands and streamed values are not understood; no client library sends the ones and no Redis the others.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">The protocol</a>
 */
final class RespReader {
    private final InputStream in;
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();

    RespReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** Reads one whole value, however deep it nests; {@link EOFException} if the stream ends. */
    Reply read() throws IOException {
        frame.reset();
        return value();
    }

    /** The bytes of the value that {@link #read} returned last. */
    byte[] frame() {
        return frame.toByteArray();
    }

    private Reply value() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ',', '(' -> new Reply.Status(rest);
            case '-' -> new Reply.Failure(rest);
            case '!' -> new Reply.Failure(bulk(rest).text());
            case ':' -> new Reply.Numeric(Long.parseLong(rest));
            case '#' -> new Reply.Numeric(rest.equals("t") ? 1 : 0);
            case '_' -> Reply.Nil.NIL;
            case '$', '=' -> bulk(rest);
            case '*', '~' -> array(rest);
            case '%' -> new Reply.Array(values(2 * Integer.parseInt(rest)));
            case '>' -> new Reply.Push(values(Integer.parseInt(rest)));
            case '|' -> {
                values(2 * Integer.parseInt(rest)); // attributes of the value that follows
                yield value();
            }
            default -> throw new ProtocolException("not a RESP value: " + line);
        };
    }

    private Reply array(String count) throws IOException {
        return count.equals("-1") ? Reply.Nil.NIL : new Reply.Array(values(Integer.parseInt(count)));
    }

    private List<Reply> values(int count) throws IOException {
        List<Reply> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value());
        }
        return List.copyOf(values);
    }

    private Reply bulk(String length) throws IOException {
        if (length.equals("-1")) {
            return Reply.Nil.NIL;
        }
        byte[] bytes = in.readNBytes(Integer.parseInt(length));
        frame.writeBytes(bytes);
        byte[] end = in.readNBytes(2);
        frame.writeBytes(end);
        if (end.length < 2) {
            throw new EOFException("the stream ended inside a bulk string of " + length + " bytes");
        }
        return new Reply.Bulk(bytes);
    }

    /** One line with its leading type character, without CR LF. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = next(); b != '\n'; b = next()) {
            line.write(b);
        }
        String text = line.toString(UTF_8);
        if (text.length() < 2 || !text.endsWith("\r")) {
            throw new ProtocolException("not a line of RESP: " + text);
        }
        return text.substring(0, text.length() - 1);
    }

    private int next() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the stream ended");
        }
        frame.write(b);
        return b;
    }
}
