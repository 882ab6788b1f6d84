package io.github.faasbench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are equal exactly when their texts are, however they were made. */
class ContainerNameTest {

  @ParameterizedTest
  @CsvSource({"faasbench-run-c1-, 0", "faasbench-run-c1-, 7", "x-, 123456789012345678"})
  void aNameOfPrefixAndNumberIsTheOneOfItsText(String prefix, long number) {
    var made = new ContainerName(prefix, number);
    var read = ContainerName.of(prefix + number);
    assertThat(made).isEqualTo(read).hasSameHashCodeAs(read).hasToString(prefix + number);
    assertThat(read).isEqualTo(made);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "7",
        "x-7",
        "x-07",
        "x-00",
        "x-0",
        "x7y",
        "1234567890123456789012345",
        "é٣"
      })
  void aTextStaysAsItIs(String text) {
    assertThat(ContainerName.of(text)).hasToString(text).isEqualTo(ContainerName.of(text));
  }

  @Test
  void differentTextsAreDifferentNames() {
    Set<ContainerName> names = new HashSet<>();
    for (String text : new String[] {"x-7", "x-07", "x-007", "x-17", "y-7", "x-", "x"}) {
      assertThat(names.add(ContainerName.of(text))).as(text).isTrue();
    }
  }
}
