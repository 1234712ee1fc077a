/** Writes the reports of a played journey. */
@NullMarked
package io.acpbenefits.examples.quickstart.report;

import org.jspecify.annotations.NullMarked;
