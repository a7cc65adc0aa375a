package io.holdfast.corpus;

import static io.holdfast.corpus.LibrarySample.orderedMap;
import static io.holdfast.corpus.LibrarySample.sample;
import static io.holdfast.corpus.Portraits.listed;
import static io.holdfast.corpus.Portraits.shared;
import static io.holdfast.corpus.Portraits.text;

import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.web.servlet.FlashMap;

/** What Spring's web frameworks keep in sessions. */
final class SpringSamples {
    private SpringSamples() {}

    static List<LibrarySample<?>> all() {
        return List.of(
                sample("Spring FlashMap", SpringSamples::flashMap, SpringSamples::describe)
                        .changedBy(map -> map.setTargetRequestPath("/elsewhere")),
                sample(
                                "Spring flash maps",
                                () -> new CopyOnWriteArrayList<>(List.of(flashMap(), flashMap())),
                                maps -> maps.stream()
                                        .map(SpringSamples::describe)
                                        .toList()
                                        .toString())
                        .changedBy(maps -> maps.remove(0)),
                orderedMap("Spring LinkedMultiValueMap", SpringSamples::multiValueMap)
                        .changedBy(map -> map.add("id", "3")),
                sample("Spring BindingResult", SpringSamples::bindingResult, SpringSamples::describe)
                        .changedBy(result -> result.reject("again")),
                sample("Spring session mutex", SpringSamples::mutex, mutex -> ""),
                sample("Spring proxy of a bean", SpringSamples::proxy, Greeting::text)
                        .changedBy(greeting -> greeting.setText("Bye")));
    }

    private static FlashMap flashMap() {
        FlashMap map = new FlashMap();
        map.put("message", "Saved");
        map.put("ids", 7);
        map.setTargetRequestPath("/orders");
        map.addTargetRequestParam("id", "1");
        map.setExpirationTime(4_102_444_800_000L);
        return map;
    }

    private static String describe(FlashMap map) {
        return text(new HashMap<>(map))
                + map.getTargetRequestPath()
                + map.getTargetRequestParams()
                + map.getExpirationTime();
    }

    private static LinkedMultiValueMap<String, String> multiValueMap() {
        LinkedMultiValueMap<String, String> map = new LinkedMultiValueMap<>();
        map.add("id", "2");
        map.add("id", "1");
        map.add("a", null);
        return map;
    }

    /** A form's values and what is wrong with them, as a redirect takes them along. */
    static final class Registration implements Serializable {
        private static final long serialVersionUID = 1L;

        private String name = "x";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    private static BeanPropertyBindingResult bindingResult() {
        BeanPropertyBindingResult result = new BeanPropertyBindingResult(new Registration(), "registration");
        result.rejectValue("name", "size", new Object[] {2, 30}, "Too short");
        result.reject("taken", "Already registered");
        return result;
    }

    private static String describe(BeanPropertyBindingResult result) {
        Registration target = (Registration) result.getTarget();
        return result.getObjectName()
                + target.getName()
                + listed(result.getAllErrors())
                + result.getFieldValue("name")
                + shared(result.getTarget(), result.getModel().get("registration"));
    }

    private static Object mutex() {
        try {
            Constructor<?> constructor = Class.forName("org.springframework.web.util.HttpSessionMutexListener$Mutex")
                    .getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a bean offers. */
    interface Greeting {
        String text();

        void setText(String text);
    }

    /** The bean behind the proxy. */
    static final class GreetingBean implements Greeting, Serializable {
        private static final long serialVersionUID = 1L;

        private String text = "Hello";

        @Override
        public String text() {
            return text;
        }

        @Override
        public void setText(String text) {
            this.text = text;
        }
    }

    private static Greeting proxy() {
        ProxyFactory factory = new ProxyFactory(new GreetingBean());
        return (Greeting) factory.getProxy(SpringSamples.class.getClassLoader());
    }
}
