/** The rules that the module's code keeps, and what breaks them on purpose. */
@NullMarked
package io.acpbenefits.architecture;

import org.jspecify.annotations.NullMarked;
