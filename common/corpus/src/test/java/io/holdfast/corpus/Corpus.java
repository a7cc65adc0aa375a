package io.holdfast.corpus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** All samples. */
final class Corpus {
    private static final List<Sample> OF_JDK_AND_APPLICATIONS = collect();
    private static final List<Sample> ALL = Stream.of(OF_JDK_AND_APPLICATIONS, LibrarySamples.all())
            .flatMap(List::stream)
            .toList();
    private static final Map<String, Sample> BY_NAME = byName();

    private Corpus() {}

    static List<Sample> all() {
        return ALL;
    }

    /** Describes {@code value}, made by the sample of that name or decoded; for callers in other class loaders too. */
    static String portraitOf(String sampleName, Object value) {
        return BY_NAME.get(sampleName).portrait().apply(value);
    }

    static Mutator mutator(Sample sample, Random random) {
        return OF_JDK_AND_APPLICATIONS.contains(sample)
                ? Mutator.ofJdkAndApplications(random)
                : Mutator.ofLibraries(random, sample.maker().get());
    }

    /** Looks at a value as an application does; at those of libraries as their samples know to. */
    @SuppressWarnings("ReturnValueIgnored") // the point
    static void read(Sample sample, Object value) {
        if (OF_JDK_AND_APPLICATIONS.contains(sample)) {
            ReadAccess.to(value);
        } else {
            sample.portrait().apply(value);
        }
    }

    private static List<Sample> collect() {
        List<Sample> all = new ArrayList<>();
        all.addAll(ValueSamples.all());
        all.addAll(ArraySamples.all());
        all.addAll(TimeSamples.all());
        all.addAll(CollectionSamples.all());
        all.addAll(MapSamples.all());
        all.addAll(SizedMapSamples.all());
        all.addAll(WrapperSamples.all());
        all.addAll(ViewSamples.all());
        all.addAll(ConcurrentSamples.all());
        all.addAll(JdkObjectSamples.all());
        all.addAll(FunctionSamples.all());
        all.addAll(ThrowableSamples.all());
        all.addAll(OwnClassSamples.all());
        all.addAll(ContractSamples.all());
        all.addAll(GraphSamples.all());
        all.addAll(ApplicationSamples.all());
        return List.copyOf(all);
    }

    private static Map<String, Sample> byName() {
        Map<String, Sample> byName = new HashMap<>();
        for (Sample sample : ALL) {
            if (byName.put(sample.name(), sample) != null) {
                throw new IllegalStateException("two samples are named " + sample.name());
            }
        }
        return Map.copyOf(byName);
    }
}
