package io.holdfast.live;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.AttributeGate;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** An application that is stopped while a thread with a large stack works for one of its requests. */
class ApplicationStopTest {
    private static final int LINKS = 2_000;
    private static final int MOST_COLLECTIONS = 50;

    /** Less than the links need, as little as a container might give. */
    private static final long STACK_BYTES = 256 * 1024;

    /** Where the thread with the large stack waits while the application is stopped. */
    private static final class Deep implements Runnable {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void run() {
            if (Thread.currentThread().getName().equals("holdfast-deep-stack")) {
                reached.countDown();
                try {
                    assertThat(goOn.await(10, SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** Has a {@link DeepLink} of its own. */
    private static final class Application extends ClassLoader {
        Application() {
            super(ApplicationStopTest.class.getClassLoader());
        }

        @Override
        protected synchronized Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(DeepLink.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream input = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = input.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        Class<?> link() throws ClassNotFoundException {
            return loadClass(DeepLink.class.getName());
        }

        void setPassed(Runnable passed) throws ReflectiveOperationException {
            Field field = link().getDeclaredField("passed");
            field.setAccessible(true);
            field.set(null, passed);
        }

        Object list() throws ReflectiveOperationException {
            Class<?> type = link();
            Constructor<?> constructor = type.getDeclaredConstructor(type);
            constructor.setAccessible(true);
            Object first = null;
            for (int i = 0; i < LINKS; i++) {
                first = constructor.newInstance(first);
            }
            return first;
        }
    }

    private final String namespace = "stop-" + UUID.randomUUID();
    private final SessionId id = TestNode.newId();

    @Test
    void stopWhileADeepValueIsWritten_doesNotWait_andTheCommitFailsWithTheReason() throws Exception {
        requireCollected(stopWhileWriting());
    }

    private WeakReference<ClassLoader> stopWhileWriting() throws Exception {
        Application application = new Application();
        try (TestNode node = node(application);
                TestNode other = new TestNode(namespace)) {
            LiveSession session = node.create(id, attributes -> attributes.put("x", "1"));
            TestNode.Request request = node.begin(session);
            Object list = application.list();
            request.work(attributes -> attributes.put("list", list));
            Deep deep = new Deep();
            application.setPassed(deep);

            FutureTask<Boolean> end = onSmallStack(request::end);
            assertThat(deep.reached.await(10, SECONDS)).isTrue();
            stop(node);
            deep.goOn.countDown();

            assertThatThrownBy(() -> end.get(10, SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the application has stopped");
            assertThat(other.load(id).attributes())
                    .as("written as a whole or not at all")
                    .containsOnlyKeys("x");
        }
        return new WeakReference<>(application);
    }

    @Test
    void stopWhileADeepValueIsRead_doesNotWait_andTheReaderGetsIt() throws Exception {
        requireCollected(stopWhileReading());
    }

    private WeakReference<ClassLoader> stopWhileReading() throws Exception {
        Application application = new Application();
        try (TestNode node = node(application)) {
            Object list = application.list();
            node.create(id, attributes -> attributes.put("list", list));
            LiveSession session = node.load(id);
            Deep deep = new Deep();
            application.setPassed(deep);

            FutureTask<Object> get = onSmallStack(() -> session.attributes().get("list"));
            assertThat(deep.reached.await(10, SECONDS)).isTrue();
            stop(node);
            deep.goOn.countDown();

            assertThat(get.get(10, SECONDS)).isInstanceOf(application.link());
            assertThat(node.unreadable).isEmpty();
        }
        return new WeakReference<>(application);
    }

    private TestNode node(Application application) {
        return new TestNode(namespace, Map.of(), AttributeGate.OPEN, application);
    }

    private static void stop(TestNode node) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), node::close);
    }

    private static <T> FutureTask<T> onSmallStack(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(null, task, "request", STACK_BYTES).start();
        return task;
    }

    private static void requireCollected(WeakReference<ClassLoader> application) {
        for (int i = 0; i < MOST_COLLECTIONS && application.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(application.get())
                .as("the class loader of an application that is gone")
                .isNull();
    }
}
