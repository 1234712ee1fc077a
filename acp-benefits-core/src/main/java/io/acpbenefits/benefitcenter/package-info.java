/** The port to the Benefit Center, which hands out exam codes, and its embedded stock. */
@NullMarked
package io.acpbenefits.benefitcenter;

import org.jspecify.annotations.NullMarked;
