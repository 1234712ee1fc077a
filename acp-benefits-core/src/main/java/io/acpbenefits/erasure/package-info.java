/** Erasing personal data, on request and when it was kept as long as it may be. */
@NullMarked
package io.acpbenefits.erasure;

import org.jspecify.annotations.NullMarked;
