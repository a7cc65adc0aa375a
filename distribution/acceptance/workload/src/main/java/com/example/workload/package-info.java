/**
 * An application of the old kind, which knows nothing of where its sessions are kept. A request names, one after the
 * other, what is to be done with its session; the answer tells what was seen.
 */
package com.example.workload;
