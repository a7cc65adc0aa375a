package io.holdfast.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.shop.CartMerger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The merger shown in the documentation is one that the tests here use. */
class DocumentedMergerTest {
    @Test
    void documentation_holdsTheSourceOfTheMerger() throws IOException {
        String source = Files.readString(
                Path.of("src/test/java", CartMerger.class.getName().replace('.', '/') + ".java"));
        assertThat(Files.readString(Path.of("../docs/concurrency.md"))).contains("```java\n" + source + "```");
    }
}
