package io.holdfast.tracking;

/**
 * Which attributes the container wants nodes to share, by its own settings. Others stay on the node that has set them, and are
 * not read should Redis hold them. Safe for many threads at once; asked often, so it answers fast and tells whom it refuses
 * only as the container itself would.
 */
public interface AttributeGate {
    /** Everything is shared. */
    AttributeGate OPEN = new AttributeGate() {
        @Override
        public boolean shares(String name) {
            return true;
        }

        @Override
        public boolean shares(String name, String className) {
            return true;
        }
    };

    /** Whether attributes of that name are shared. */
    boolean shares(String name);

    /** Whether an attribute of that name, which is shared, is so with a value of that class. */
    boolean shares(String name, String className);
}
