/** Certificates, their binding to accounts, and the tally of what counts. */
@NullMarked
package io.acpbenefits.certificate;

import org.jspecify.annotations.NullMarked;
