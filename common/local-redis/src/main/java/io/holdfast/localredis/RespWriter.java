package io.holdfast.localredis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Writes replies as RESP2, which clients of RESP3 read as well. */
final class RespWriter {
    private RespWriter() {}

    static byte[] encode(Reply reply) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(reply, out);
        return out.toByteArray();
    }

    private static void write(Reply reply, ByteArrayOutputStream out) {
        if (reply instanceof Reply.Status status) {
            line("+" + status.text(), out);
        } else if (reply instanceof Reply.Numeric numeric) {
            line(":" + numeric.number(), out);
        } else if (reply instanceof Reply.Failure failure) {
            line("-" + failure.message(), out);
        } else if (reply instanceof Reply.Bulk bulk) {
            byte[] bytes = bulk.bytes();
            line("$" + bytes.length, out);
            out.writeBytes(bytes);
            line("", out);
        } else if (reply instanceof Reply.Array array) {
            line("*" + array.elements().size(), out);
            array.elements().forEach(element -> write(element, out));
        } else if (reply.isNil()) {
            line("$-1", out);
        } else {
            throw new IllegalArgumentException("answers no command: " + reply);
        }
    }

    private static void line(String text, ByteArrayOutputStream out) {
        out.writeBytes((text + "\r\n").getBytes(UTF_8));
    }
}
