/** The exam catalogue: names, levels, and when an exam goes off sale or ends. */
@NullMarked
package io.acpbenefits.exam;

import org.jspecify.annotations.NullMarked;
