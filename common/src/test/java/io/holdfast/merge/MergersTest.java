package io.holdfast.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.shop.Cart;
import com.acme.shop.CartMerger;
import io.holdfast.config.InvalidSettingException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application's mergers are found where it names them, or the error says which cannot be used, and why. */
class MergersTest {
    private static final String BROKEN = "com.acme.shop.BrokenMergers$";
    private static final String FILE = "META-INF/services/io.holdfast.merge.AttributeMerger";

    @TempDir
    Path application;

    private ClassLoader loader(String... lines) throws IOException {
        Path file = application.resolve(FILE);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
        return new URLClassLoader(
                new URL[] {application.toUri().toURL()}, getClass().getClassLoader());
    }

    private static Class<?> mergerOf(Mergers mergers) throws Exception {
        Registered<?> found = mergers.find(new Cart(), new Cart());
        assertThat(found).isNotNull();
        assertThat(found.type()).isEqualTo(Cart.class);
        return found.merger().getClass();
    }

    @Test
    void mergerThatTheSettingNames_isFound() throws Exception {
        Mergers mergers = Mergers.load(getClass().getClassLoader(), List.of(CartMerger.class.getName()));
        assertThat(mergerOf(mergers)).isEqualTo(CartMerger.class);
        assertThat(mergers.find("a", "b")).isNull();
        assertThat(mergers.find(new Cart(), "b")).isNull();
    }

    @Test
    void mergerThatAServiceFileNames_isFound() throws Exception {
        assertThat(mergerOf(Mergers.load(loader("# carts", CartMerger.class.getName()), List.of())))
                .isEqualTo(CartMerger.class);
    }

    @Test
    void withoutEither_thereIsNone() throws Exception {
        Mergers none = Mergers.load(getClass().getClassLoader(), List.of());
        assertThat(none.find(new Cart(), new Cart())).isNull();
    }

    @Test
    void ofTwoForOneType_theOneInTheSettingWins() throws Exception {
        ClassLoader loader = loader(BROKEN + "OtherCartMerger");
        assertThat(mergerOf(Mergers.load(loader, List.of(CartMerger.class.getName()))))
                .isEqualTo(CartMerger.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "com.acme.None | which the application does not have",
                BROKEN + "NoMerger | which is no io.holdfast.merge.AttributeMerger",
                BROKEN + "Base | which is abstract",
                BROKEN + "WithParameter | which has no public constructor without parameters",
                BROKEN + "Hidden | which is not public",
                BROKEN + "FailsWhenMade | whose constructor failed with java.lang.IllegalStateException",
                BROKEN + "FailsWhenLoaded | which does not link: java.lang.ExceptionInInitializerError",
                BROKEN + "WithoutType | whose type() is null",
                BROKEN + "OfPrimitives | whose type() is int",
                BROKEN + "FailsToSay | whose type() failed with java.lang.IllegalStateException",
                BROKEN + "OtherCartMerger | which merges com.acme.shop.Cart, and so does com.acme.shop.CartMerger"
            })
    void classThatCannotBeUsed_isRefusedWithTheReason(String className, String problem) {
        List<String> names = List.of("com.acme.shop.CartMerger", className);
        assertThatThrownBy(() -> Mergers.load(getClass().getClassLoader(), names))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("Setting attributeMergers=\"com.acme.shop.CartMerger, " + className + "\" names "
                        + className + ", " + problem)
                .hasMessageContaining("It takes class names, separated by ,; default: none.")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void classThatIsNamedTwice_isRefused() {
        String name = CartMerger.class.getName();
        assertThatThrownBy(() -> Mergers.load(getClass().getClassLoader(), List.of(name, name)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("and so does " + name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "com.acme.None | Provider com.acme.None not found",
                "not a name | Illegal configuration-file syntax",
                BROKEN + "NoMerger | NoMerger not a subtype",
                BROKEN + "WithParameter | WithParameter Unable to get public no-arg constructor",
                BROKEN + "FailsWhenMade | could not be instantiated (java.lang.IllegalStateException)",
                BROKEN + "FailsToSay | whose type() failed with java.lang.IllegalStateException",
                BROKEN + "OtherCartMerger | which merges com.acme.shop.Cart, and so does com.acme.shop.CartMerger"
            })
    void brokenServiceFile_isNamedWithTheReason(String line, String problem) throws Exception {
        ClassLoader loader = loader("com.acme.shop.CartMerger", line);
        assertThatThrownBy(() -> Mergers.load(loader, List.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("The service file " + FILE + " of the application ")
                .hasMessageContaining(problem)
                .hasMessageContaining("Correct or remove that entry.")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void loaderOfTheApplication_isTheOneThatIsAsked() throws Exception {
        ClassLoader other = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader());
        assertThatThrownBy(() -> Mergers.load(other, List.of(CartMerger.class.getName())))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("which the application does not have");
    }
}
