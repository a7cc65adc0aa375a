package io.holdfast.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.eclipse.jetty.util.Fields;
import org.junit.jupiter.api.Test;

class JettyClassesTest {
    private final JettyClasses classes = new JettyClasses(new Hiding(getClass().getClassLoader()));

    @Test
    void classOfJetty_thatTheApplicationDoesNotSee_isFound() throws Exception {
        assertThat(classes.loadClass(Fields.class.getName())).isSameAs(Fields.class);
    }

    @Test
    void otherClass_thatTheApplicationDoesNotSee_isNotFound() {
        assertThatThrownBy(() -> classes.loadClass(JettyClasses.class.getName()))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void classOfTheApplication_isFound() throws Exception {
        assertThat(classes.loadClass(Test.class.getName())).isSameAs(Test.class);
    }

    /** As the class loader of a web application hides the server's classes. */
    private static final class Hiding extends ClassLoader {
        Hiding(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.eclipse.jetty.") || name.startsWith("io.holdfast.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
