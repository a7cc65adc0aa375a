package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's table of settings is the one in code; when this fails, its message is the table to paste. */
class SettingsTableTest {
    private static final Path README = Path.of("..", "README.md");

    @Test
    void readme_holdsTheTableOfSettings() throws IOException {
        assertThat(Files.readString(README)).contains(table());
    }

    private static String table() {
        String rows = Arrays.stream(Setting.values())
                .map(setting -> "| `" + setting.key() + "` | " + group(setting) + " | "
                        + setting.takes().replace("|", "\\|") + " | " + setting.defaultText() + " | "
                        + setting.purpose() + " |")
                .collect(Collectors.joining("\n"));
        return "| setting | | takes | default | what it is for |\n|---|---|---|---|---|\n" + rows + "\n";
    }

    private static String group(Setting setting) {
        return switch (setting.group()) {
            case ESSENTIAL -> "essential";
            case USUAL -> "usual";
            case RARE -> "rare";
        };
    }
}
