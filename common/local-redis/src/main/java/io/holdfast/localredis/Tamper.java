package io.holdfast.localredis;

import java.util.List;

/**
 * Forges what passes a {@link FaultProxy}, to play a client that does not do what it should: commands on their way to Redis,
 * and replies on their way back. Both methods are called by the proxy's threads, those of one connection in the order of its
 * commands, and of several connections at the same time. A method that waits holds up that direction of its connection.
 */
public interface Tamper {
    /**
     * What Redis gets in place of a command. It has to be one that is answered once, as the command would have been.
     *
     * @param command its name and arguments, one character for each byte
     * @return the same list if the command is to pass as it is
     */
    default List<String> command(List<String> command) {
        return command;
    }

    /**
     * What the client gets in place of a reply. Inside of a transaction that is {@code QUEUED}, and everything comes with
     * {@code EXEC}.
     *
     * @param command as the client sent it, one character for each byte
     * @return the same object if the reply is to pass as it is
     */
    default Reply reply(List<String> command, Reply reply) {
        return reply;
    }
}
