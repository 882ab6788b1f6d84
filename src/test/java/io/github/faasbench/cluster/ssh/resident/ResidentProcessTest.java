package io.github.faasbench.cluster.ssh.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentProcessTest {
  private static final long SEED = Long.getLong("faasbench.seed", 20261128);
  private static final String READY = "{\"resident\":1,\"runtime\":\"a test\"}\n";

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final List<String> told = new ArrayList<>();
  private long now = 100;
  private final ResidentProcess process = of(sent, List.of("1000", "ü\"\n\u2028"));

  private ResidentProcess of(OutputStream in, List<String> args) {
    try {
      return new ResidentProcess(
          in,
          args,
          () -> now,
          (garbled, inside, at) ->
              told.add(
                  "over with "
                      + inside.size()
                      + " inside at "
                      + at
                      + (garbled == null ? "" : ": " + garbled.getMessage())));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void writes(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    process.output().write(bytes, 0, bytes.length);
  }

  private void call(String name) throws IOException {
    process.call(
        -1,
        (exitCode, result, took, at) ->
            told.add(name + ": " + exitCode + " " + result + " took " + took + " at " + at));
  }

  private static String answer(long id) {
    return "{\"id\":"
        + id
        + ",\"exit_code\":0,\"result\":\"Ok\",\"started_us\":5,\"ended_us\":12}\n";
  }

  @Test
  void aCallIsOneLineAndItsAnswerFindsIt() throws Exception {
    assertThat(process.ready()).isNotDone();
    writes(READY);
    assertThat(process.ready()).isCompleted();
    process.call(4998, (exitCode, result, took, at) -> told.add("first"));
    now = 300;
    call("second");
    String[] lines = sent.toString(StandardCharsets.UTF_8).split("\n", -1);
    assertThat(lines).hasSize(3);
    assertThat(lines[2]).isEmpty();
    JsonNode first = new ObjectMapper().readTree(lines[0]);
    assertThat(first.toString())
        .isEqualTo("{\"id\":1,\"args\":[\"1000\",\"ü\\\"\\n\u2028\"],\"deadline_ms\":4998}");
    JsonNode second = new ObjectMapper().readTree(lines[1]);
    assertThat(second.path("id").asLong()).isEqualTo(2);
    assertThat(second.has("deadline_ms")).isFalse();
    assertThat(process.isBusy()).isTrue();
    now = 400;
    writes(answer(2) + answer(1));
    assertThat(told).containsExactly("second: 0 Ok took 7 at 400", "first");
    assertThat(process.isBusy()).isFalse();
  }

  @Test
  void linesMayComeInAnyPieces() throws Exception {
    String all = READY + answer(1) + answer(2) + answer(3);
    for (int i = 0; i < 3; i++) {
      call("c" + i);
    }
    for (byte b : all.getBytes(StandardCharsets.UTF_8)) {
      process.output().write(b);
    }
    assertThat(told).hasSize(3).allMatch(line -> line.contains(": 0 Ok took 7"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "a word" | a word
          null     |
          17       | 17
          true     | true
          {"a": [1, "é"]} | {"a": [1, "é"]}
          """)
  void aResultMayBeAnyJson(String json, String text) throws Exception {
    call("c");
    // Behind another line, so that it does not lie at the beginning of the bytes.
    writes(
        READY
            + "{\"id\":1,\"result\":"
            + json
            + ",\"exit_code\":3,\"more\":[{}],\"started_us\":1,\"ended_us\":2}\n");
    assertThat(told).containsExactly("c: 3 " + (text == null ? "" : text) + " took 1 at 100");
  }

  @Test
  void aSecondAnswerAndALateOneAreIgnored() throws Exception {
    call("c");
    writes(READY + answer(1) + answer(1));
    assertThat(told).hasSize(1);
    call("d");
    writes(answer(1) + answer(2));
    assertThat(told).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "",
        "[1]",
        "{\"id\":1}",
        "{\"id\":7,\"exit_code\":0,\"started_us\":1,\"ended_us\":2}",
        "{\"id\":0,\"exit_code\":0,\"started_us\":1,\"ended_us\":2}",
        "{\"id\":1.5,\"exit_code\":0,\"started_us\":1,\"ended_us\":2}",
        "{\"id\":99999999999999999999,\"exit_code\":0,\"started_us\":1,\"ended_us\":2}",
        "{\"id\":1,\"exit_code\":256,\"started_us\":1,\"ended_us\":2}",
        "{\"id\":1,\"exit_code\":-1,\"started_us\":1,\"ended_us\":2}",
        "{\"id\":1,\"exit_code\":\"0\",\"started_us\":1,\"ended_us\":2}",
        "{\"id\":1,\"exit_code\":0,\"ended_us\":2}",
        "{\"id\":1,\"exit_code\":0,\"started_us\":1,\"ended_us\":2} {}",
        "{\"id\":1,\"exit_code\":0,\"started_us\":1,\"ended_us\":2",
      })
  void aLineThatIsNoAnswerEndsIt(String line) throws Exception {
    call("c");
    writes(READY + line + "\n" + answer(1));
    assertThat(told).hasSize(1).first().asString().startsWith("over with 1 inside at 100: ");
    assertThat(process.isBusy()).isFalse();
    assertThatThrownBy(() -> call("d")).isInstanceOf(ResidentProcess.NotTakenException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "{}", "{\"resident\":2}", "{\"resident\":\"1\"}", "[]"})
  void aFirstLineOfAnotherKindMakesItNeverReady(String line) throws Exception {
    writes(line + "\n");
    assertThat(process.ready())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(ProtocolException.class);
  }

  @Test
  void aLineWithoutEndIsCutOffInBoundedMemory() throws Exception {
    call("c");
    writes(READY);
    byte[] much = new byte[32 << 10];
    Arrays.fill(much, (byte) 'x');
    for (int i = 0; i < 100; i++) {
      process.output().write(much, 0, much.length);
    }
    assertThat(told)
        .containsExactly("over with 1 inside at 100: a line of more than 1048576 bytes");
  }

  @Test
  void theEndOfItsStreamIsToldOnce() throws Exception {
    writes(READY);
    call("c");
    process.ended();
    process.ended();
    assertThat(told).containsExactly("over with 1 inside at 100");
  }

  @Test
  void argumentsTooLongForALineAreRefused() {
    assertThatThrownBy(
            () ->
                new ResidentProcess(
                    sent, List.of("x".repeat(65_500)), () -> 0, (garbled, inside, at) -> {}))
        .hasMessageContaining("it may have 65536");
  }

  @Test
  void aProcessThatAnswersNothingGetsNoEndlessLine() throws Exception {
    ResidentProcess deaf = of(OutputStream.nullOutputStream(), List.of("x".repeat(60_000)));
    for (int i = 0; i < 8; i++) {
      deaf.call(-1, (exitCode, result, took, at) -> {});
    }
    assertThatThrownBy(() -> deaf.call(-1, (exitCode, result, took, at) -> {}))
        .isInstanceOf(ResidentProcess.NotTakenException.class)
        .hasMessageContaining("has not answered");
  }

  @Test
  void aLineThatMayHaveBeenSentIsNoCallThatWasNotTaken() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("channel is broken");
          }
        };
    ResidentProcess lost = of(broken, List.of());
    assertThatThrownBy(() -> lost.call(-1, (exitCode, result, took, at) -> {}))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(ResidentProcess.NotTakenException.class);
    assertThat(lost.isBusy()).isFalse();
  }

  /** Whatever comes: nobody is told twice, no exception leaves, and each call has one end. */
  @Test
  void garbageOfAnyKindNeverLeavesACallOpen() throws Exception {
    System.out.println("hostile inputs: 1000 runtimes (seed " + SEED + ")");
    Random random = new Random(SEED);
    for (int i = 0; i < 1_000; i++) {
      int[] ends = new int[3];
      ResidentProcess hostile =
          new ResidentProcess(
              OutputStream.nullOutputStream(),
              List.of("1"),
              () -> 0,
              (garbled, inside, at) -> inside.forEach(caller -> caller.answered(-1, "", 0, 0)));
      for (int c = 0; c < ends.length; c++) {
        int call = c;
        hostile.call(-1, (exitCode, result, took, at) -> ends[call]++);
      }
      byte[] bytes = (READY + answer(1) + answer(2) + answer(3)).getBytes(StandardCharsets.UTF_8);
      for (int damage = random.nextInt(6); damage >= 0; damage--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int cut = random.nextInt(bytes.length);
      hostile.output().write(bytes, 0, cut);
      hostile.output().write(bytes, cut, bytes.length - cut);
      hostile.ended();
      assertThat(ends).as("seed %s, run %s", SEED, i).containsOnly(1);
    }
  }
}
