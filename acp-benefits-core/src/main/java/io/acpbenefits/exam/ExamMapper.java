package io.acpbenefits.exam;

import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

interface ExamMapper {

  String COLUMNS =
      """
      SELECT exam_id, name, level, certificate_type, instructions_url, end_of_sale, end_of_life
      FROM acp_exam\s""";

  @Insert(
      """
      INSERT INTO acp_exam (exam_id, name, name_key, level, certificate_type, instructions_url,
        end_of_sale, end_of_life)
      VALUES (#{exam.examId}, #{exam.name}, #{nameKey}, #{exam.level}, #{exam.certificateType},
        #{exam.instructionsUrl}, #{exam.endOfSale}, #{exam.endOfLife})""")
  int insert(@Param("exam") Exam exam, @Param("nameKey") String nameKey);

  @Select(COLUMNS + "WHERE exam_id = #{id}")
  Optional<Exam> find(@Param("id") ExamId id);

  @Select(COLUMNS + "WHERE exam_id = #{id} ${forUpdate}")
  Optional<Exam> lock(@Param("id") ExamId id);

  @Select(COLUMNS + "WHERE name_key = #{nameKey}")
  Optional<Exam> findByName(@Param("nameKey") String nameKey);

  @Select(COLUMNS + "ORDER BY exam_id")
  List<Exam> all();

  @Update(
      """
      UPDATE acp_exam SET name = #{exam.name}, name_key = #{nameKey},
        certificate_type = #{exam.certificateType}, instructions_url = #{exam.instructionsUrl},
        end_of_sale = #{exam.endOfSale}, end_of_life = #{exam.endOfLife}
      WHERE exam_id = #{exam.examId} AND level = #{exam.level}""")
  int update(@Param("exam") Exam exam, @Param("nameKey") String nameKey);
}
