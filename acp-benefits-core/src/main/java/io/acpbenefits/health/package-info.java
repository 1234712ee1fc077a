/** Whether the library works, for whoever runs it. */
@NullMarked
package io.acpbenefits.health;

import org.jspecify.annotations.NullMarked;
