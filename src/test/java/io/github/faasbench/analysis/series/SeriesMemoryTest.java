package io.github.faasbench.analysis.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.random.Stream;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How much of the heap a series takes: its arrays, counted. */
class SeriesMemoryTest {

  private static final Map<Class<?>, Integer> BYTES =
      Map.of(long.class, 8, double.class, 8, int.class, 4, boolean.class, 1);

  @Test
  void twoMillionCallsTakeLessThanAMebibyte() throws IllegalAccessException {
    CallSeries series = new CallSeries();
    Stream random = new Stream(1);
    for (int i = 1; i <= 2_000_000; i++) {
      // Six orders of magnitude.
      series.add(i, Math.exp(14 * random.nextDouble() - 9), false);
    }
    assertThat(series.calls()).isEqualTo(2_000_000);
    assertThat(bytes(series)).isLessThan(1 << 20);
    series.portmanteau();
    series.inflation();
    assertThat(bytes(series)).isLessThan(1 << 20);
  }

  @Test
  void callsThatAreKeptTakeLessThanHalfAMebibyte() throws IllegalAccessException {
    assertThat(bytes(SeriesOf.calls(SeriesOf.exponential(1, CallSeries.EXACT))))
        .isLessThan(1 << 19);
  }

  /** As a study of 20,000 cells has them. */
  @Test
  void tenCallsTakeLessThanHalfAKibibyte() throws IllegalAccessException {
    assertThat(bytes(SeriesOf.calls(SeriesOf.exponential(1, 10)))).isLessThan(512);
  }

  private static long bytes(Object object) throws IllegalAccessException {
    if (object == null) {
      return 0;
    }
    Class<?> type = object.getClass();
    if (type.isArray()) {
      return ofArray(object, type.getComponentType());
    }
    if (!type.getName().startsWith("io.github.faasbench")) {
      return 16;
    }
    long sum = 16;
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        sum += field.getType().isPrimitive() ? 8 : 8 + bytes(field.get(object));
      }
    }
    return sum;
  }

  private static long ofArray(Object array, Class<?> type) throws IllegalAccessException {
    int length = Array.getLength(array);
    if (type.isPrimitive()) {
      return 16 + (long) length * BYTES.get(type);
    }
    long sum = 16 + 8L * length;
    for (int i = 0; i < length; i++) {
      sum += bytes(Array.get(array, i));
    }
    return sum;
  }
}
