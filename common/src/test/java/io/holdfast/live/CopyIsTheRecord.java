package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.LoadResult;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.tracking.LatestAttributes;

/** Looks at what a node knows of a record, beneath what was changed on the node and is not committed. */
final class CopyIsTheRecord {
    private CopyIsTheRecord() {}

    /** Right behind a refresh, with nobody at work on another thread. */
    static void assertCopyIsTheRecord(TestNode node, LiveSession session, String description) {
        SessionSnapshot record = ((LoadResult.Found) node.store.behind().load(session.record())).snapshot();
        assertThat(LatestAttributes.of(session.attributes()))
                .as("attributes of the copy, %s", description)
                .isEqualTo(record.attributes());
        assertThat(LatestAttributes.counted(session.attributes()))
                .as("counted attributes, %s", description)
                .isEqualTo(record.attributes().size());
        assertThat(LatestAttributes.countedLocal(session.attributes()))
                .as("counted attributes that are not committed, %s", description)
                .isEqualTo((int) LatestAttributes.local(session.attributes()));
        assertThat(session.copyBytes())
                .as("counted bytes, %s", description)
                .isEqualTo(LatestAttributes.bytes(session.attributes()));
        assertThat(session.containerState().latest())
                .as("container state of the copy, %s", description)
                .isEqualTo(record.containerState());
    }
}
