package io.holdfast.session;

/**
 * Names one holder of a session's lease among all holders of all nodes. A commit that carries it takes effect only while the
 * lease is still this holder's.
 *
 * @param node random number drawn when the node's session manager starts
 * @param sequence counts the leases of that node
 */
public record LeaseToken(long node, long sequence) {
    @Override
    public String toString() {
        return Long.toHexString(node) + "-" + sequence;
    }
}
