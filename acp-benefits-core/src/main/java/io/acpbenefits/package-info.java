/** The library's one public entry. */
@NullMarked
package io.acpbenefits;

import org.jspecify.annotations.NullMarked;
