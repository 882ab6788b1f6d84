package io.github.faasbench.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What docs/resident.md asks of a runtime, of each one in functions/runtimes. Two functions serve:
 * the Fibonacci function that is shipped with it, and a probe that does what its first argument
 * says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RuntimeContract {

  private static final String UNICODE = "Zażółć gęślą jaźń, \uD83D\uDE80 \\ \" \t \u0001 / 日本";

  /** Lines that are no calls. */
  static final List<String> GARBAGE =
      List.of(
          "garbage",
          "",
          "[1]",
          "{\"args\": []}",
          "{\"id\": \"1\", \"args\": []}",
          "{\"id\": 1.5, \"args\": []}",
          "{\"id\": 0, \"args\": []}",
          "{\"id\": 9007199254740992, \"args\": []}",
          "{\"id\": 1}",
          "{\"id\": 1, \"args\": [1]}",
          "{\"id\": 1, \"args\": [\"\"]} x",
          "{\"id\": 1, \"args\": [\"" + "x".repeat(64 << 10) + "\"]}");

  private Talk probe;
  private long calls;

  /** The runtime's command line for the shipped function. */
  abstract List<String> fibonacci() throws Exception;

  /** The runtime's command line for the probe. */
  abstract List<String> probe() throws Exception;

  /** What {@code runtime} begins with in the runtime's first line. */
  abstract String name();

  /** Each costs a start; a subclass whose parser another one tries may take fewer. */
  List<String> garbage() {
    return GARBAGE;
  }

  /** What a call of the probe with "echo" and one text has as its result, as text. */
  String echoed(JsonNode result) {
    return result.get(0).textValue();
  }

  @BeforeAll
  void start() throws Exception {
    probe = new Talk(probe());
  }

  @AfterAll
  void end() throws Exception {
    if (probe != null) {
      probe.close();
    }
  }

  private JsonNode ask(String... args) throws Exception {
    JsonNode answer = probe.ask(++calls, args);
    assertThat(answer.get("id").longValue()).isEqualTo(calls);
    return answer;
  }

  private void stillServes() throws Exception {
    assertThat(ask("").get("result").textValue()).isEqualTo("Ok");
  }

  private static long micros(JsonNode answer) {
    assertThat(answer.get("exit_code").intValue()).as("%s", answer).isZero();
    assertThat(answer.get("result").textValue()).isEqualTo("Ok");
    assertThat(answer.get("started_us").isIntegralNumber()).isTrue();
    return answer.get("ended_us").longValue() - answer.get("started_us").longValue();
  }

  @Test
  void itSaysThatItIsReadyAndServesAThousandCallsOneAfterTheOther() throws Exception {
    try (var talk = new Talk(fibonacci())) {
      assertThat(talk.ready().get("resident").intValue()).isEqualTo(1);
      assertThat(talk.ready().get("runtime").textValue()).startsWith(name());
      for (int id = 1; id <= 1000; id++) {
        JsonNode answer = talk.ask(id, "10");
        assertThat(answer.get("id").intValue()).isEqualTo(id);
        assertThat(micros(answer)).isNotNegative();
      }
      // The largest number that is an id, and a hundred thousand iterations: work, not a constant.
      long few = micros(talk.ask(2000, "10"));
      assertThat(micros(talk.ask((1L << 53) - 1, "100000"))).isGreaterThan(20 * (few + 1));
      assertThat(talk.errors()).isEmpty();
    }
  }

  @Test
  void theEndOfItsInputEndsItWithoutAWord() throws Exception {
    try (var talk = new Talk(fibonacci())) {
      talk.hangUp();
      assertThat(talk.rest()).isEmpty();
      assertThat(talk.exitCode()).isZero();
    }
  }

  @Test
  void callsThatWaitInTheStreamAreServedBeforeTheEnd() throws Exception {
    try (var talk = new Talk(fibonacci())) {
      for (int id = 1; id <= 50; id++) {
        talk.say(Talk.call(id, "1000"));
      }
      talk.hangUp();
      for (int id = 1; id <= 50; id++) {
        assertThat(talk.hear().get("id").intValue()).isEqualTo(id);
      }
      assertThat(talk.rest()).isEmpty();
      assertThat(talk.exitCode()).isZero();
    }
  }

  @Test
  void keysThatItDoesNotKnowAndADeadlineThatIsMissingAreNoTrouble() throws Exception {
    probe.say(
        "{\"new\": {\"a\": [1, {\"id\": \"}\"}, null, -2.5e3, true]}, \"args\" :[ \"\" ] ,"
            + " \"id\": "
            + ++calls
            + "} ");
    assertThat(probe.hear().get("id").longValue()).isEqualTo(calls);
  }

  @Test
  void argumentsAndResultsAreUnicode() throws Exception {
    assertThat(echoed(ask("echo", UNICODE).get("result"))).isEqualTo(UNICODE);
    stillServes();
  }

  @Test
  void aLineMayHave64KiB() throws Exception {
    String head = "{\"id\": " + ++calls + ", \"args\": [\"echo\", \"";
    String long64 = "x".repeat((64 << 10) - 1 - head.length() - 3);
    probe.say(head + long64 + "\"]}");
    assertThat(echoed(probe.hear().get("result"))).isEqualTo(long64);
    String of60 = "é".repeat(30 << 10);
    assertThat(echoed(ask("echo", of60).get("result"))).isEqualTo(of60);
  }

  @Test
  void aFunctionThatFailsSaysWhyAndTheNextCallWorks() throws Exception {
    JsonNode answer = ask("fail", "no luck: é");
    assertThat(answer.get("exit_code").intValue()).isEqualTo(1);
    assertThat(answer.get("result").textValue() + probe.errors()).contains("no luck: é");
    assertThat(answer.get("ended_us").longValue())
        .isGreaterThanOrEqualTo(answer.get("started_us").longValue());
    stillServes();
  }

  @Test
  void aResultThatNoLineCanHoldIsAFailedCall() throws Exception {
    JsonNode answer = ask("huge");
    assertThat(answer.get("exit_code").intValue()).isEqualTo(1);
    assertThat(answer.get("result").textValue()).startsWith("the function's result can't be told:");
    stillServes();
  }

  @Test
  void whatAFunctionPrintsGoesToStandardError() throws Exception {
    JsonNode answer = ask("print", "printed by a function");
    assertThat(answer.get("result").textValue()).isEqualTo("Ok");
    stillServes();
    assertThat(probe.errors()).contains("printed by a function");
  }

  @Test
  void aLineThatIsNoCallEndsIt() throws Exception {
    for (String line : garbage()) {
      try (var talk = new Talk(probe())) {
        talk.say(line);
        assertThat(talk.rest()).as(line).isEmpty();
        assertThat(talk.exitCode()).as(line).isEqualTo(1);
        assertThat(talk.errors()).as(line).contains("the line is no call");
      }
    }
  }
}
