/** Reads and checks a journey folder, all five files, before anything is changed. */
@NullMarked
package io.acpbenefits.examples.quickstart.input;

import org.jspecify.annotations.NullMarked;
