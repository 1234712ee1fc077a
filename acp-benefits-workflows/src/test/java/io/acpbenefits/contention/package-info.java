/** Many who want the same at once, from several JVMs: what they did is recorded and checked. */
@NullMarked
package io.acpbenefits.contention;

import org.jspecify.annotations.NullMarked;
