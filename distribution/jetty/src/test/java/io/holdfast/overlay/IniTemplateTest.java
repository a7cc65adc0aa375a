package io.holdfast.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.InvalidSettingException;
import io.holdfast.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The module's ini template has the settings that there are in code; when this fails, its message is the text to paste. */
class IniTemplateTest {
    private static final Path MODULE = Path.of("src/main/overlay/modules/session-store-holdfast.mod");
    private static final int COLUMNS = 100;

    @Test
    void iniTemplate_hasEverySettingWithItsDefault() throws IOException {
        assertThat(Files.readString(MODULE)).endsWith("\n[ini-template]\n" + template());
    }

    private static String template() {
        return Arrays.stream(Setting.values())
                .map(setting -> comment(setting.purpose())
                        + comment("Takes " + setting.takes() + ". Default: " + setting.defaultText() + ".")
                        + "# jetty.session.holdfast." + setting.key() + "="
                        + (isValue(setting) ? setting.defaultText() : "") + "\n")
                .collect(Collectors.joining("\n"));
    }

    private static String comment(String text) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder("##");
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > COLUMNS) {
                lines.append(line).append('\n');
                line = new StringBuilder("##");
            }
            line.append(' ').append(word);
        }
        return lines.append(line).append('\n').toString();
    }

    /** Whether the default is told as a value that may be set, not in words such as "host name and process id". */
    private static boolean isValue(Setting setting) {
        if (setting == Setting.REDIS_URI || setting == Setting.NAMESPACE) {
            return false;
        }
        try {
            return settings()
                    .set(setting, setting.defaultText())
                    .build()
                    .equals(settings().build());
        } catch (InvalidSettingException e) {
            return false;
        }
    }

    private static HoldfastSettings.Builder settings() {
        return HoldfastSettings.builder()
                .set(Setting.REDIS_URI, "redis://127.0.0.1:6379")
                .set(Setting.NAMESPACE, "localhost/shop");
    }
}
