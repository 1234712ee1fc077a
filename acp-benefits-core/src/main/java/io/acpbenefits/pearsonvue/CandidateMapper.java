package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.AccountId;
import java.time.Instant;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

interface CandidateMapper {

  /** A candidate with what the profile does not show. */
  record CandidateRow(
      String registrationId,
      AccountId accountId,
      String name,
      String email,
      Instant openedAt,
      @Nullable Instant equipmentPassedAt) {

    CandidateProfile profile() {
      return new CandidateProfile(accountId, registrationId, name, email, openedAt);
    }
  }

  String COLUMNS =
      """
      SELECT registration_id, account_id, name, email, opened_at, equipment_passed_at
      FROM acp_vue_candidate\s""";

  @Insert(
      """
      INSERT INTO acp_vue_candidate (registration_id, account_id, name, email, opened_at)
      VALUES (#{registrationId}, #{accountId}, #{name}, #{email}, #{openedAt}) ${ifMissing}""")
  int insert(CandidateProfile profile);

  @Select(COLUMNS + "WHERE account_id = #{account}")
  Optional<CandidateRow> find(@Param("account") AccountId account);

  @Select(COLUMNS + "WHERE account_id = #{account} FOR UPDATE")
  Optional<CandidateRow> lock(@Param("account") AccountId account);

  @Update(
      """
      UPDATE acp_vue_candidate SET registration_id = #{newId}, account_id = #{pseudonym},
        name = 'erased', email = 'erased', equipment_passed_at = NULL
      WHERE registration_id = #{oldId}""")
  int erase(
      @Param("oldId") String oldId,
      @Param("newId") String newId,
      @Param("pseudonym") AccountId pseudonym);

  @Update(
      """
      UPDATE acp_vue_candidate SET equipment_passed_at = #{at}
      WHERE registration_id = #{registrationId}""")
  int setEquipmentPassedAt(
      @Param("registrationId") String registrationId, @Param("at") @Nullable Instant at);
}
