/** Partners of the programme: ACTIVE, SUSPENDED, TERMINATED. */
@NullMarked
package io.acpbenefits.partner;

import org.jspecify.annotations.NullMarked;
