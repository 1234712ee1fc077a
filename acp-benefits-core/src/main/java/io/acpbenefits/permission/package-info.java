/** Who may do what: one table, and the check that every operation begins with. */
@NullMarked
package io.acpbenefits.permission;

import org.jspecify.annotations.NullMarked;
