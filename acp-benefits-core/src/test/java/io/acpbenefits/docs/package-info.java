/** What the docs say, held against the code. */
@NullMarked
package io.acpbenefits.docs;

import org.jspecify.annotations.NullMarked;
