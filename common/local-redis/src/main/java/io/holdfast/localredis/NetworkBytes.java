package io.holdfast.localredis;

/**
 * How many bytes a Redis has read from its clients and written to them since it started. Two snapshots over the same connection tell
 * what happened between them. The {@code INFO} calls that take the snapshots do not count; everybody else who talks to the same Redis
 * does.
 *
 * @param toRedis commands, in bytes
 * @param fromRedis answers, in bytes; as of a snapshot, without its own
 * @param ownCommand how many bytes the snapshot itself took to ask for
 * @param ownAnswer how many it was answered with
 */
public record NetworkBytes(long toRedis, long fromRedis, long ownCommand, long ownAnswer) {
    /** Asks this Redis for its counters. */
    public static NetworkBytes of(RespConnection redis) {
        String text = redis.send("INFO", "stats").text();
        int length = text.length(); // nothing but ASCII
        return new NetworkBytes(
                counter(text, "total_net_input_bytes:"),
                counter(text, "total_net_output_bytes:"),
                RespConnection.encode("INFO", "stats").length,
                ("$" + length + "\r\n").length() + length + "\r\n".length());
    }

    /** What was moved after {@code earlier} was taken and before this was. */
    public NetworkBytes since(NetworkBytes earlier) {
        return new NetworkBytes(
                toRedis - earlier.toRedis - ownCommand, fromRedis - earlier.fromRedis - earlier.ownAnswer, 0, 0);
    }

    private static long counter(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("INFO has no " + name));
    }
}
