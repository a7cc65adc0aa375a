package io.holdfast.tomcat.scenarios;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * One request as a front web server sends it over AJP 1.3: a forwarded GET with a session cookie, and the packets of its
 * answer. Format: Apache Tomcat Connectors, "AJPv13 protocol".
 */
final class AjpClient implements AutoCloseable {
    static final int SEND_BODY = 3;
    static final int SEND_HEADERS = 4;
    static final int END_RESPONSE = 5;

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int TO_CONTAINER = 0x1234;
    private static final int FORWARD_REQUEST = 2;
    private static final int GET = 2;
    private static final int HEADER_COOKIE = 0xA009;
    private static final int HEADER_HOST = 0xA00B;
    private static final int NO_MORE_ATTRIBUTES = 0xFF;

    private final Socket socket;

    AjpClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    void sendGet(String path, String sessionId) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeByte(FORWARD_REQUEST);
        out.writeByte(GET);
        writeString(out, "HTTP/1.1");
        writeString(out, path);
        writeString(out, "127.0.0.1");
        writeString(out, "localhost");
        writeString(out, "localhost");
        out.writeShort(80);
        out.writeBoolean(false);
        out.writeShort(2);
        out.writeShort(HEADER_HOST);
        writeString(out, "localhost");
        out.writeShort(HEADER_COOKIE);
        writeString(out, "JSESSIONID=" + sessionId);
        out.writeByte(NO_MORE_ATTRIBUTES);

        DataOutputStream packet = new DataOutputStream(socket.getOutputStream());
        packet.writeShort(TO_CONTAINER);
        packet.writeShort(body.size());
        body.writeTo(packet);
        packet.flush();
    }

    /** The type of the next packet of the answer; waits for it. */
    int nextPacket() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.readUnsignedShort();
        byte[] packet = new byte[in.readUnsignedShort()];
        in.readFully(packet);
        return packet[0];
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static void writeString(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(ISO_8859_1);
        out.writeShort(bytes.length);
        out.write(bytes);
        out.writeByte(0);
    }
}
