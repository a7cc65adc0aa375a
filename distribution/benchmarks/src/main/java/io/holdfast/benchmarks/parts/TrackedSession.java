package io.holdfast.benchmarks.parts;

import io.holdfast.benchmarks.payload.Payload;
import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.config.AttributeSettings;
import io.holdfast.events.SessionEvents;
import io.holdfast.sealing.AttributeSeal;
import io.holdfast.session.Change;
import io.holdfast.session.StoredAttribute;
import io.holdfast.tracking.AttributeChanges;
import io.holdfast.tracking.AttributeGate;
import io.holdfast.tracking.AttributeMap;
import io.holdfast.tracking.AttributeRefresh;
import io.holdfast.tracking.StoredForm;
import io.holdfast.tracking.Use;
import io.holdfast.tracking.Uses;
import java.util.HashMap;
import java.util.Map;

/** A session of carts of 1 KB on one node, and its requests, of which one runs at a time. Nothing is sent to Redis. */
final class TrackedSession {
    private final AttributeCodec codec = new KryoAttributeCodec(TrackedSession.class.getClassLoader(), value -> false);
    private final AttributeMap map;
    private final Uses uses;
    private Use request;
    private long version = 1;

    TrackedSession(int attributes) {
        AttributeSeal seal = new AttributeSeal("parts", AttributeSettings.DEFAULTS);
        StoredForm form = new StoredForm(codec, seal, AttributeGate.OPEN);
        map = new AttributeMap("0123456789abcdef", form, SessionEvents.NONE, this::request, () -> false);
        uses = new Uses(map, new Use());
        request = uses.begin();
        Map<String, StoredAttribute> stored = new HashMap<>();
        for (int number = 0; number < attributes; number++) {
            stored.put(name(number), new StoredAttribute(codec.encode(Payload.CART.make()), version));
        }
        AttributeRefresh.refresh(map, stored);
    }

    static String name(int number) {
        return "attribute" + number;
    }

    AttributeMap map() {
        return map;
    }

    AttributeCodec codec() {
        return codec;
    }

    private Use request() {
        return request;
    }

    /** The request that runs ends, and the next one begins. */
    void nextRequest() {
        uses.end(request);
        request = uses.begin();
    }

    /** What the request has changed; Redis is taken to have stored it. */
    Map<String, Change> commit() {
        AttributeChanges captured = uses.capture(request);
        Map<String, Change> changes = captured.changes();
        if (!changes.isEmpty()) {
            captured.applied(++version);
        }
        return changes;
    }
}
