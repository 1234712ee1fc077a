/** Benefit applications: a partner asks for exam codes, and gets all or none. */
@NullMarked
package io.acpbenefits.application;

import org.jspecify.annotations.NullMarked;
