/** The library in a Spring host; Spring is not needed elsewhere. */
@NullMarked
package io.acpbenefits.workflows.spring;

import org.jspecify.annotations.NullMarked;
