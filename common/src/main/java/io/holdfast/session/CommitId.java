package io.holdfast.session;

/**
 * Names one commit among all commits of all nodes. The record remembers the latest ones, so a commit whose answer got lost
 * with its connection can be looked up.
 *
 * @param node random number drawn when the node's session manager starts
 * @param sequence counts the commits of that node
 */
public record CommitId(long node, long sequence) {
    @Override
    public String toString() {
        return Long.toHexString(node) + "-" + sequence;
    }
}
