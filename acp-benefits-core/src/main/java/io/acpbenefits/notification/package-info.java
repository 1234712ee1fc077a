/** What people are told of what has happened, and the port through which they are. */
@NullMarked
package io.acpbenefits.notification;

import org.jspecify.annotations.NullMarked;
