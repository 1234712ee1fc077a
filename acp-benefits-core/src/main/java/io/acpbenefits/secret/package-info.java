/** Keys, and how exam codes and invitation tokens are kept: encrypted, found by a keyed hash. */
@NullMarked
package io.acpbenefits.secret;

import org.jspecify.annotations.NullMarked;
