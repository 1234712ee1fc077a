/** The port through which people are told what has happened. */
@NullMarked
package io.acpbenefits.notification;

import org.jspecify.annotations.NullMarked;
