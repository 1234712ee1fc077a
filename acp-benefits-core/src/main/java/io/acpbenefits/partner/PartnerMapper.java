package io.acpbenefits.partner;

import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

interface PartnerMapper {

  String COLUMNS = "SELECT partner_id, name, tier, state, created_at FROM acp_partner ";

  @Insert(
      """
      INSERT INTO acp_partner (partner_id, name, tier, state, created_at)
      VALUES (#{partnerId}, #{name}, #{tier}, #{state}, #{createdAt})""")
  int insert(Partner partner);

  @Select(COLUMNS + "WHERE partner_id = #{id}")
  Optional<Partner> find(@Param("id") PartnerId id);

  @Select(COLUMNS + "WHERE partner_id = #{id} ${forUpdate}")
  Optional<Partner> lock(@Param("id") PartnerId id);

  @Select(
      COLUMNS
          + """
          WHERE partner_id > #{after} ORDER BY partner_id LIMIT #{size}""")
  List<Partner> after(@Param("after") String after, @Param("size") int size);

  @Update("UPDATE acp_partner SET state = #{state} WHERE partner_id = #{id}")
  int setState(@Param("id") PartnerId id, @Param("state") PartnerState state);

  @Update("UPDATE acp_partner SET name = #{name}, tier = #{tier} WHERE partner_id = #{partnerId}")
  int describe(Partner partner);
}
