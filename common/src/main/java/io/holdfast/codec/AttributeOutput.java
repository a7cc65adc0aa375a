package io.holdfast.codec;

import com.esotericsoftware.kryo.io.Output;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes long ASCII texts as a whole, to the bytes {@link Output} writes one by one. */
final class AttributeOutput extends Output {
    /** Up to here Kryo has a form of its own for ASCII. */
    private static final int MAX_SHORT_ASCII = 32;

    AttributeOutput(int initialBytes, int maxBytes) {
        super(initialBytes, maxBytes);
    }

    @Override
    public void writeString(@Nullable String text) {
        if (text != null && text.length() > MAX_SHORT_ASCII) {
            byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
            // What is not ASCII has become a question mark.
            if (new String(ascii, StandardCharsets.US_ASCII).equals(text)) {
                writeVarIntFlag(true, ascii.length + 1, true);
                writeBytes(ascii);
                return;
            }
        }
        super.writeString(text);
    }
}
