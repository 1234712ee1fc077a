/** The rules of the house, and what proves that they bite. */
@NullMarked
package io.acpbenefits.architecture;

import org.jspecify.annotations.NullMarked;
