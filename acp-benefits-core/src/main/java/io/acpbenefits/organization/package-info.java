/** Training organizations and who belongs to them. */
@NullMarked
package io.acpbenefits.organization;

import org.jspecify.annotations.NullMarked;
