package io.holdfast.localredis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RespReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            +OK~                                | Status[text=OK]
            -ERR no~                            | Failure[message=ERR no]
            !6~ERR no~                          | Failure[message=ERR no]
            :-7~                                | Numeric[number=-7]
            #t~                                 | Numeric[number=1]
            ,1.5~                               | Status[text=1.5]
            (12345678901234567890~              | Status[text=12345678901234567890]
            $3~abc~                             | Bulk[abc]
            $0~~                                | Bulk[]
            =7~txt:abc~                         | Bulk[txt:abc]
            $-1~                                | NIL
            *-1~                                | NIL
            _~                                  | NIL
            *2~:1~*1~$1~a~                      | Array[elements=[Numeric[number=1], Array[elements=[Bulk[a]]]]]
            *0~                                 | Array[elements=[]]
            %1~$1~a~:1~                         | Array[elements=[Bulk[a], Numeric[number=1]]]
            >2~+message~:1~                     | Push[elements=[Status[text=message], Numeric[number=1]]]
            '|1~+ttl~:9~:1~'                    | Numeric[number=1]
            """)
    void read_returnsTheValueAndKeepsItsBytes(String wire, String expected) throws IOException {
        byte[] bytes = wire.replace("~", "\r\n").getBytes(UTF_8);
        RespReader reader = new RespReader(new ByteArrayInputStream(bytes));
        assertThat(reader.read()).hasToString(expected);
        assertThat(reader.frame()).isEqualTo(bytes);
    }

    @Test
    void read_command_isWhatEncodeWrote() throws IOException {
        byte[] bytes = RespConnection.encode("SET", "k\u00e4y", new byte[] {'\r', '\n', 0}, 7);
        RespReader reader = new RespReader(new ByteArrayInputStream(bytes));
        assertThat(reader.read().texts()).containsExactly("SET", "k\u00e4y", "\r\n\0", "7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+O", "$3\r\nab", "*2\r\n:1\r\n"})
    void read_endOfStream_throws(String wire) {
        RespReader reader = new RespReader(new ByteArrayInputStream(wire.getBytes(UTF_8)));
        assertThatThrownBy(reader::read).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PING\r\n", "\r\n", "+OK\n"})
    void read_somethingElse_throws(String wire) {
        RespReader reader = new RespReader(new ByteArrayInputStream(wire.getBytes(UTF_8)));
        assertThatThrownBy(reader::read).isInstanceOf(ProtocolException.class);
    }
}
