/** One candidate's way from the invitation to the bound certificate. */
@NullMarked
package io.acpbenefits.examples.candidate;

import org.jspecify.annotations.NullMarked;
