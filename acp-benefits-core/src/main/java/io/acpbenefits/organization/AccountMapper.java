package io.acpbenefits.organization;

import io.acpbenefits.common.AccountId;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

interface AccountMapper {

  @Insert(
      """
      INSERT INTO acp_account (account_id, account_key)
      VALUES (#{id}, #{key}) ${ifMissing}""")
  int insert(@Param("id") AccountId id, @Param("key") String key);

  @Select("SELECT account_key FROM acp_account WHERE account_id = #{id}")
  Optional<String> key(@Param("id") AccountId id);

  @Select("SELECT account_key FROM acp_account WHERE account_id = #{id} ${forUpdate}")
  Optional<String> lock(@Param("id") AccountId id);

  @Select("SELECT account_id FROM acp_account WHERE account_key = #{key}")
  Optional<AccountId> byKey(@Param("key") String key);
}
