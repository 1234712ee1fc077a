package io.acpbenefits.quota;

import java.util.List;

/** What quotas are held and consumed for, as those know it who hold and consume. */
public interface QuotaUses {

  /**
   * What one quota is used for.
   *
   * @param quotaId which quota
   * @param held how many codes it should hold
   * @param consumed how many codes should be consumed
   */
  record Use(QuotaId quotaId, long held, long consumed) {}

  /**
   * The uses of the quotas in a range of ids.
   *
   * @param first the lowest id
   * @param last the highest id
   * @return those that are used, in any order
   */
  List<Use> between(QuotaId first, QuotaId last);
}
