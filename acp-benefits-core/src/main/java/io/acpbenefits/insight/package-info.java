/** What training admins ask: read-only questions on top of the other features. */
@NullMarked
package io.acpbenefits.insight;

import org.jspecify.annotations.NullMarked;
