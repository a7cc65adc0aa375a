package io.holdfast.corpus;

import java.util.List;
import java.util.stream.Stream;

/** What libraries and frameworks leave in sessions, made by their own classes. */
final class LibrarySamples {
    private LibrarySamples() {}

    static List<Sample> all() {
        return typed().stream().<Sample>map(LibrarySample::asSample).toList();
    }

    static List<LibrarySample<?>> typed() {
        return Stream.of(
                        GuavaSamples.all(),
                        JodaSamples.all(),
                        CommonsSamples.all(),
                        JsonSamples.all(),
                        OtherLanguageSamples.all(),
                        JettySamples.all(),
                        TomcatSamples.all(),
                        StrutsSamples.all(),
                        SpringSamples.all(),
                        SpringSecuritySamples.all(),
                        HibernateSamples.all(),
                        FacesSamples.all(),
                        MyFacesSamples.all(),
                        WicketSamples.all())
                .<LibrarySample<?>>flatMap(List::stream)
                .toList();
    }
}
