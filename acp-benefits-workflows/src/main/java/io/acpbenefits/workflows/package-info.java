/**
 * The benefit programme on a Camunda 7 process engine: one transaction for domain and process.
 *
 * <p>Start with {@link io.acpbenefits.workflows.BenefitsEngine} in plain Java, or put {@link
 * io.acpbenefits.workflows.AcpBenefitsPlugin} on an engine that exists already.
 */
@NullMarked
package io.acpbenefits.workflows;

import org.jspecify.annotations.NullMarked;
