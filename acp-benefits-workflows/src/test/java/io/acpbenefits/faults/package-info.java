/**
 * Nodes that are killed, connections that are lost and ports that fail, and an independent look at
 * what the database holds afterwards.
 */
@NullMarked
package io.acpbenefits.faults;

import org.jspecify.annotations.NullMarked;
