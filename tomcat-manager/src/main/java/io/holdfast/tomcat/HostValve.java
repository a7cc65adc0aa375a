package io.holdfast.tomcat;

import java.util.HashMap;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.Pipeline;

/**
 * Keeps one {@link CommitValve} in the pipeline of each host that has a web application with a session manager of ours: the
 * first manager to start adds it, the last to stop removes it.
 */
final class HostValve {
    /**
     * @param valve in the pipeline of the host
     * @param users managers that need it
     */
    private record Installed(CommitValve valve, int users) {}

    // guarded by itself
    private static final Map<Pipeline, Installed> INSTALLED = new HashMap<>();

    private HostValve() {}

    static void acquire(Context context) {
        Pipeline pipeline = context.getParent().getPipeline();
        synchronized (INSTALLED) {
            Installed installed = INSTALLED.get(pipeline);
            if (installed == null) {
                installed = new Installed(new CommitValve(), 0);
                pipeline.addValve(installed.valve());
            }
            INSTALLED.put(pipeline, new Installed(installed.valve(), installed.users() + 1));
        }
    }

    static void release(Context context) {
        Pipeline pipeline = context.getParent().getPipeline();
        synchronized (INSTALLED) {
            Installed installed = INSTALLED.remove(pipeline);
            if (installed == null) {
                return;
            }
            if (installed.users() == 1) {
                pipeline.removeValve(installed.valve());
            } else {
                INSTALLED.put(pipeline, new Installed(installed.valve(), installed.users() - 1));
            }
        }
    }
}
