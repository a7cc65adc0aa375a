package io.holdfast.corpus;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.BitSet;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Texts, numbers and other small values. */
@SuppressWarnings({"JdkObsolete", "UnnecessaryStringBuilder", "deprecation"}) // deprecated in newer JDKs: new Locale(…)
final class ValueSamples {
    private ValueSamples() {}

    static List<Sample> all() {
        SampleList samples = new SampleList("value");
        addTexts(samples);
        addNumbers(samples);
        addNames(samples);
        addHolders(samples);
        return samples.toList();
    }

    private static void addTexts(SampleList samples) {
        samples.add("String", () -> "text")
                .add("String, empty", () -> "")
                .add("String beyond ASCII", () -> "Grüße, \u65e5\u672c, \ud83d\ude00, \u0000")
                .add("String with half a surrogate pair", () -> "a\ud83d")
                .add("String, long", () -> "0123456789".repeat(10_000))
                .add("StringBuilder", () -> new StringBuilder("built").append(1))
                .add("StringBuffer", () -> new StringBuffer("buffered"))
                .add("Character", () -> 'ß')
                .add("Pattern with flags", () -> Pattern.compile("a+[^b]", Pattern.CASE_INSENSITIVE | Pattern.DOTALL))
                .add("Boolean", () -> true);
    }

    private static void addNumbers(SampleList samples) {
        samples.add("Byte", () -> Byte.MIN_VALUE)
                .add("Short", () -> Short.MAX_VALUE)
                .add("Integer", () -> -1)
                .add("Integer, lowest", () -> Integer.MIN_VALUE)
                .add("Long", () -> 1L << 40)
                .add("Long, lowest", () -> Long.MIN_VALUE)
                .add("Float", () -> -0.0f)
                .add("Double", () -> Math.PI)
                .add("Double, not a number", () -> Double.NaN)
                .add("Double, infinite", () -> Double.NEGATIVE_INFINITY)
                .add("BigDecimal", () -> new BigDecimal("1234567890123456789.120"))
                .add("BigDecimal, zero with scale", () -> new BigDecimal("0.00"))
                .add("BigDecimal, negative scale", () -> new BigDecimal("12E+7"))
                .add("BigInteger", () -> BigInteger.TWO.pow(200).negate());
    }

    private static void addNames(SampleList samples) {
        samples.add("UUID", () -> new UUID(1, -2))
                .add("URI", () -> URI.create("https://shop.example/a%20b?q=1#top"))
                .add("URI, relative", () -> URI.create("../x"))
                .add("URL", () -> url("https://shop.example:8443/a?b=c#d"))
                .add("Locale", () -> Locale.GERMANY)
                .add("Locale, root", () -> Locale.ROOT)
                .add("Locale with script", () -> Locale.forLanguageTag("zh-Hant-TW"))
                .add("Locale with extensions", () -> Locale.forLanguageTag("th-TH-u-ca-buddhist-nu-thai-x-lvariant-TH"))
                .add("Locale with free variant", () -> new Locale("es", "ES", "Traditional_WIN"))
                .add("Locale, Java's own for Norwegian", () -> new Locale("no", "NO", "NY"))
                .add("Currency", () -> Currency.getInstance("CHF"))
                .add("Class", () -> ValueSamples.class)
                .add("Class of a nested class", () -> OwnClassSamples.Customer.class)
                .add("Class of primitives", () -> int.class)
                .add("Class of arrays", () -> String[][].class)
                .add("enum constant", () -> TimeUnit.DAYS)
                .add("enum constant with body", () -> OwnClassSamples.Discount.TENTH);
    }

    private static void addHolders(SampleList samples) {
        samples.add("Optional", () -> Optional.of("here"))
                .add("Optional, empty", Optional::empty)
                .add("Optional of something that changes", () -> Optional.of(new StringBuilder("x")))
                .add("OptionalInt", () -> OptionalInt.of(7))
                .add("OptionalLong, empty", OptionalLong::empty)
                .add("OptionalDouble", () -> OptionalDouble.of(0.5))
                .add("BitSet", () -> BitSet.valueOf(new long[] {5, 0, 1L << 63}))
                .add("BitSet, empty", () -> new BitSet(1_000));
    }

    static URL url(String address) {
        try {
            return new URL(address);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(address, e);
        }
    }
}
