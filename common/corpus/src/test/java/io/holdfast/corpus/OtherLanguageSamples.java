package io.holdfast.corpus;

import static io.holdfast.corpus.LibrarySample.ordered;
import static io.holdfast.corpus.LibrarySample.plain;
import static io.holdfast.corpus.LibrarySample.sample;
import static io.holdfast.corpus.Portraits.shared;

import java.util.List;
import kotlin.LazyKt;
import kotlin.Pair;
import kotlin.Triple;
import kotlin.collections.CollectionsKt;
import scala.Option;
import scala.Some;
import scala.Tuple2;
import scala.collection.immutable.List$;
import scala.collection.mutable.ListBuffer;
import scala.jdk.javaapi.CollectionConverters;

/** Objects that applications written in Kotlin and Scala keep. */
final class OtherLanguageSamples {
    private OtherLanguageSamples() {}

    static List<LibrarySample<?>> all() {
        return List.of(
                plain("Kotlin Pair", () -> new Pair<>("first", 2)),
                plain("Kotlin Triple", () -> new Triple<>("first", 2, 'c')),
                ordered("Kotlin mutableListOf", () -> CollectionsKt.mutableListOf("b", "a"))
                        .changedBy(list -> list.add("c")),
                sample(
                        "Kotlin emptyList",
                        CollectionsKt::emptyList,
                        list -> list + shared(list, CollectionsKt.emptyList())),
                plain("Kotlin lazy", () -> LazyKt.lazyOf("computed")),
                plain(
                        "Scala List",
                        () -> CollectionConverters.asScala(List.of("b", "a")).toList()),
                sample("Scala Nil", () -> List$.MODULE$.empty(), list -> list + shared(list, List$.MODULE$.empty())),
                plain(
                        "Scala Vector",
                        () -> CollectionConverters.asScala(List.of("b", "a")).toVector()),
                plain("Scala ListBuffer", () -> new ListBuffer<String>().addOne("a"))
                        .changedBy(buffer -> buffer.addOne("b")),
                plain("Scala Some", () -> new Some<>("a")),
                sample("Scala None", () -> Option.empty(), none -> none + shared(none, Option.empty())),
                plain("Scala Tuple2", () -> new Tuple2<>("a", 1)));
    }
}
