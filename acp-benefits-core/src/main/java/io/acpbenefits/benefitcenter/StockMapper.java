package io.acpbenefits.benefitcenter;

import io.acpbenefits.exam.ExamId;
import io.acpbenefits.secret.SealedSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

interface StockMapper {

  /** One code of the stock. */
  @SuppressWarnings("ArrayRecordComponent") // Only carried from the row to the vault.
  record StockRow(String stockId, byte[] codeCipher, String codeKeyId) {
    SealedSecret secret() {
      return new SealedSecret(codeCipher, codeKeyId);
    }
  }

  @Insert(
      """
      INSERT INTO acp_stock_code (stock_id, exam_id, code_cipher, code_key_id, code_lookup,
        lookup_key_id, imported_at)
      VALUES (#{id}, #{exam}, #{secret.cipher}, #{secret.keyId}, #{lookup}, #{lookupKeyId}, #{at})""")
  int insert(
      @Param("id") String id,
      @Param("exam") ExamId exam,
      @Param("secret") SealedSecret secret,
      @Param("lookup") String lookup,
      @Param("lookupKeyId") String lookupKeyId,
      @Param("at") Instant at);

  @Select("SELECT exam_id FROM acp_stock_code WHERE code_lookup = #{lookup}")
  Optional<ExamId> examOf(@Param("lookup") String lookup);

  @Select(
      """
      SELECT stock_id, code_cipher, code_key_id FROM acp_stock_code
      WHERE application_id = #{application} ORDER BY stock_id""")
  List<StockRow> handedOutFor(@Param("application") String application);

  /** In the order of the index, so that no more rows are locked than are fetched. */
  String FREE =
      """
      SELECT stock_id, code_cipher, code_key_id FROM acp_stock_code
      WHERE free_for = #{exam}
      ORDER BY free_for, stock_id LIMIT #{quantity} FOR UPDATE""";

  /** Those that nobody else has in hand at this moment. */
  @Select(FREE + " SKIP LOCKED")
  List<StockRow> claimFree(@Param("exam") ExamId exam, @Param("quantity") int quantity);

  /** Waits for whoever has some in hand. */
  @Select(FREE)
  List<StockRow> lockFree(@Param("exam") ExamId exam, @Param("quantity") int quantity);

  @Insert("INSERT INTO acp_stock_hand_out (application_id) VALUES (#{application}) ${ifMissing}")
  int insertHandOut(@Param("application") String application);

  @Select(
      """
      SELECT application_id FROM acp_stock_hand_out
      WHERE application_id = #{application} FOR UPDATE""")
  Optional<String> lockHandOut(@Param("application") String application);

  @Delete("DELETE FROM acp_stock_hand_out WHERE application_id = #{application}")
  int deleteHandOut(@Param("application") String application);

  @Update(
      """
      UPDATE acp_stock_code SET application_id = #{application}
      WHERE stock_id = #{id} AND application_id IS NULL""")
  int handOut(@Param("id") String id, @Param("application") String application);

  @Update("UPDATE acp_stock_code SET application_id = NULL WHERE application_id = #{application}")
  int free(@Param("application") String application);

  @Select("SELECT COUNT(*) FROM acp_stock_code WHERE free_for = #{exam}")
  int countFree(@Param("exam") ExamId exam);

  @Delete("DELETE FROM acp_stock_code WHERE code_lookup = #{lookup} AND exam_id = #{exam}")
  int withdraw(@Param("lookup") String lookup, @Param("exam") ExamId exam);
}
