package io.holdfast.scenarios;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets a test go on when what it awaits is there: Awaitility by itself looks for the first time after a tenth of a second, which
 * nearly every scenario would pay at least once. JUnit finds this by itself.
 */
public final class PromptAwaits implements BeforeAllCallback {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(BETWEEN_LOOKS);
    }
}
