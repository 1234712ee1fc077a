package io.acpbenefits.certificate;

import java.time.Instant;

/**
 * That a certificate came into a state. The tally at a past instant is computed from these.
 *
 * @param changeId its id; of one certificate's changes at one instant the later one has the greater
 *     id
 * @param certificateId which certificate
 * @param state where it has stood since
 * @param since since when, in UTC; for EXPIRED the end of its validity, whenever that was written
 */
public record CertificateChange(
    String changeId, CertificateId certificateId, CertificateState state, Instant since) {}
