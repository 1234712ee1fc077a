package io.acpbenefits.internal;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.ibatis.mapping.ResultFlag;
import org.apache.ibatis.mapping.ResultMap;
import org.apache.ibatis.mapping.ResultMapping;
import org.apache.ibatis.session.Configuration;

/**
 * Settles once which column goes to which component of a record. By itself MyBatis finds that out
 * by the names anew for every row, which took a fifth of the time that reading takes.
 *
 * <p>It stays strict: a column that is missing fails, and one that no component wants is left to
 * the automatic mapping, which fails.
 */
final class RecordConfiguration extends Configuration {

  private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  @Override
  public void addResultMap(ResultMap map) {
    super.addResultMap(
        map.getResultMappings().isEmpty() && isOfRows(map.getType()) ? full(map) : map);
  }

  /**
   * Whether rows become such records; those with a handler, as ids, are the value of one column.
   */
  private boolean isOfRows(Class<?> type) {
    return type.isRecord()
        && !getTypeHandlerRegistry().hasTypeHandler(type)
        && Arrays.stream(type.getRecordComponents())
            .allMatch(component -> getTypeHandlerRegistry().hasTypeHandler(component.getType()));
  }

  private ResultMap full(ResultMap map) {
    List<ResultMapping> mappings =
        Arrays.stream(map.getType().getRecordComponents()).map(this::mapping).toList();
    return new ResultMap.Builder(this, map.getId(), map.getType(), mappings, map.getAutoMapping())
        .build();
  }

  private ResultMapping mapping(RecordComponent component) {
    String column = NEXT_WORD.matcher(component.getName()).replaceAll("_").toLowerCase(Locale.ROOT);
    return new ResultMapping.Builder(this, null, column, component.getType())
        .flags(List.of(ResultFlag.CONSTRUCTOR))
        .build();
  }
}
