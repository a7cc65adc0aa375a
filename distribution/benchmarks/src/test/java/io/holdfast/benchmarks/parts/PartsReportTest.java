package io.holdfast.benchmarks.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.benchmarks.http.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartsReportTest {
    private static final Conditions CONDITIONS = Conditions.here(Map.of("holdfast", "1.0"));

    @Test
    void markdown_showsTheStoreAsAShareOfTheDriver() {
        List<StoreFigures> store = new ArrayList<>();
        for (String operation : List.of("commit", "load", "loadNextToHgetall")) {
            for (int threads : List.of(1, 16)) {
                store.add(new StoreFigures(operation, threads, 800, 1_000, 20, 15));
                store.add(new StoreFigures(operation, threads, 900, 1_000, 20, 16));
                store.add(new StoreFigures(operation, threads, 950, 1_000, 20, 18));
            }
        }

        String markdown = markdown(store, List.of());

        assertThat(markdown)
                .contains("| commit | 16 | 900 | 1,000 | 90 % (80–95) | 20.0 | 16.0 | 80 % (75–90) |")
                .contains("1.0")
                .doesNotContain("ConcurrentHashMap");
    }

    @Test
    void markdown_showsWhatTrackingCosts() {
        List<Median> medians = new ArrayList<>();
        for (String access : List.of("get", "put", "putAndRemove")) {
            medians.add(new Median("AttributesBenchmark." + access, Map.of(), 30));
            medians.add(new Median("AttributesBenchmark." + access + "Plain", Map.of(), 20));
        }
        for (String attributes : List.of("1", "10", "50")) {
            Map<String, String> parameters = Map.of("attributes", attributes);
            medians.add(new Median("ChangesBenchmark.nothing", parameters, 3_000));
            medians.add(new Median("ChangesBenchmark.one", parameters, 4_000));
            medians.add(new Median("ChangesBenchmark.encode", parameters, 2_000));
        }

        assertThat(markdown(List.of(), medians))
                .contains("| put and remove | 30.0 (30.0–30.0) | 20.0 (20.0–20.0) | 1.5 |")
                .contains("| 50 | 3.0 (3.0–3.0) | 4.0 (4.0–4.0) | 2.0 (2.0–2.0) | 1.50 | 2.00 |")
                .doesNotContain("driver");
    }

    @Test
    void json_hasEachProcess() {
        PartsResults results = new PartsResults(
                CONDITIONS, PartsSettings.of(), List.of(new StoreFigures("commit", 1, 2, 3, 4, 5)), List.of());

        assertThat(results.json()).contains("\"storePerSecond\" : 2.0").contains("\"revision\"");
    }

    private String markdown(List<StoreFigures> store, List<Median> inMemory) {
        return new PartsReport(new PartsResults(CONDITIONS, PartsSettings.of(), store, inMemory)).markdown();
    }
}
