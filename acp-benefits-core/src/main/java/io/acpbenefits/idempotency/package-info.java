/** Request keys: a command that is sent twice is carried out once. */
@NullMarked
package io.acpbenefits.idempotency;

import org.jspecify.annotations.NullMarked;
