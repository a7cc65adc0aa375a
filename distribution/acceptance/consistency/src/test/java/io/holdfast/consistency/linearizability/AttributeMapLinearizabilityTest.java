package io.holdfast.consistency.linearizability;

import io.holdfast.config.AttributeSettings;
import io.holdfast.events.SessionEvents;
import io.holdfast.sealing.AttributeSeal;
import io.holdfast.tracking.AttributeChanges;
import io.holdfast.tracking.AttributeGate;
import io.holdfast.tracking.AttributeMap;
import io.holdfast.tracking.StoredForm;
import io.holdfast.tracking.Use;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.StringGen;
import org.junit.jupiter.api.Test;

/**
 * Requests of one node work on one attribute map at the same time, while a commit looks at it and works its result in. Whatever
 * they do, they see what they would if they did it one after the other, and of the commit they see nothing.
 */
@Param(name = "name", gen = StringGen.class, conf = "1:ab")
@Param(name = "value", gen = StringGen.class, conf = "1:xyz")
public class AttributeMapLinearizabilityTest {
    private static final SessionEvents NOBODY = new SessionEvents() {};

    private final Use use = new Use();
    private final Use unattributed = new Use();
    private final AttributeMap map = new AttributeMap(
            "0123456789abcdef",
            new StoredForm(new TextCodec(), new AttributeSeal("shop", AttributeSettings.DEFAULTS), AttributeGate.OPEN),
            NOBODY,
            () -> use,
            () -> false);
    private long version;

    @Operation
    public Object get(@Param(name = "name") String name) {
        return map.get(name);
    }

    @Operation
    public boolean contains(@Param(name = "name") String name) {
        return map.containsKey(name);
    }

    @Operation
    public Object put(@Param(name = "name") String name, @Param(name = "value") String value) {
        return map.put(name, value);
    }

    @Operation
    public Object remove(@Param(name = "name") String name) {
        return map.remove(name);
    }

    @Operation
    public Object putIfAbsent(@Param(name = "name") String name, @Param(name = "value") String value) {
        return map.putIfAbsent(name, value);
    }

    @Operation
    public boolean replace(
            @Param(name = "name") String name,
            @Param(name = "value") String expected,
            @Param(name = "value") String value) {
        return map.replace(name, expected, value);
    }

    @Operation
    public boolean removeIf(@Param(name = "name") String name, @Param(name = "value") String expected) {
        return map.remove(name, expected);
    }

    /** Never two at a time: the session's commit lock sees to that. */
    @Operation(nonParallelGroup = "commit lock")
    public void commit() {
        AttributeChanges changes = AttributeChanges.capture(map, List.of(use), unattributed, List.of(use));
        changes.applied(++version);
    }

    @Test
    public void whatRequestsOfOneNodeSee_couldHaveHappenedOneAfterTheOther() {
        new StressOptions()
                .iterations(15)
                .invocationsPerIteration(2_000)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(1)
                .check(getClass());
    }
}
