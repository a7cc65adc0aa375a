package io.holdfast.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.session.SessionContext;
import org.junit.jupiter.api.Test;

class NamespacesTest {
    @Test
    void namespace_isThatOfTheSameApplicationOnTomcat() {
        assertThat(Namespaces.of(SessionContext.NULL_VHOST, "/shop")).isEqualTo("localhost/shop");
        assertThat(Namespaces.of(SessionContext.NULL_VHOST, "/")).isEqualTo("localhost/ROOT");
        assertThat(Namespaces.of(SessionContext.NULL_VHOST, "")).isEqualTo("localhost/ROOT");
        assertThat(Namespaces.of(SessionContext.NULL_VHOST, null)).isEqualTo("localhost/ROOT");
        assertThat(Namespaces.of("www.example.com", "/a/b")).isEqualTo("www.example.com/a_b");
    }

    @Test
    void otherCharacters_areReplaced() {
        assertThat(Namespaces.of("*.example.com", "/caf\u00e9")).isEqualTo("_.example.com/caf_");
    }
}
