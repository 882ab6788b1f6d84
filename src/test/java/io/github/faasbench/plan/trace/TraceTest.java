package io.github.faasbench.plan.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.plan.trace.TraceSource.Format;
import io.github.faasbench.plan.trace.TraceSource.Placement;
import io.github.faasbench.random.Stream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTest {

  @TempDir private Path folder;

  private record Seen(String function, double arrival, double exec, double init) {}

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static TraceSource source(Path file, Format format, int functions) {
    return new TraceSource(
        file, format, Optional.empty(), Optional.empty(), functions, Placement.UNIFORM_ORDER);
  }

  private Trace trace(Format format, String text) throws IOException {
    return Trace.read(source(file("t.csv", text), format, Integer.MAX_VALUE));
  }

  private static List<Seen> seen(Trace trace, long seed) {
    List<Seen> all = new ArrayList<>();
    try (TraceCalls calls = trace.open(seed)) {
      while (calls.next()) {
        all.add(
            new Seen(
                trace.functions().get(calls.function()).name(),
                calls.arrivalNanos() / 1e9,
                calls.execNanos() == -1 ? -1 : calls.execNanos() / 1e9,
                calls.initNanos() == -1 ? -1 : calls.initNanos() / 1e9));
      }
    }
    return all;
  }

  @Test
  void aSimpleTraceGivesItsCallsAsTheyStand() throws Exception {
    Trace trace =
        trace(
            Format.SIMPLE,
            "duration_s,note,function,arrival_s\n0.5,x,f,0\n1.25,,g,0\n0,y,f,7.000000001\n");
    assertThat(trace.functions())
        .containsExactly(new TraceFunction("f", 2, 0, true), new TraceFunction("g", 1, 0, true));
    assertThat(trace.lengthNanos()).isEqualTo(7_000_000_001L);
    assertThat(seen(trace, 1))
        .containsExactly(
            new Seen("f", 0, 0.5, -1),
            new Seen("g", 0, 1.25, -1),
            new Seen("f", 7.000000001, 0, -1));
  }

  @Test
  void aSimpleTraceMayLeaveDurationsOut() throws Exception {
    Trace trace = trace(Format.SIMPLE, "\uFEFFfunction,arrival_s\r\nf,1\r\n\"f, too\",1e3\r\n");
    assertThat(trace.functions())
        .containsExactly(
            new TraceFunction("f", 1, 0, false), new TraceFunction("f__too", 1, 0, false));
    assertThat(seen(trace, 1))
        .containsExactly(new Seen("f", 1, -1, -1), new Seen("f__too", 1000, -1, -1));
  }

  @Test
  void theFunctionsWithTheMostCallsAreTaken() throws Exception {
    Path file = file("t.csv", "function,arrival_s\na,1\nb,2\nc,3\nb,4\nc,5\nd,6\n");
    Trace two = Trace.read(source(file, Format.SIMPLE, 2));
    assertThat(two.functions()).extracting(TraceFunction::name).containsExactly("b", "c");
    assertThat(seen(two, 1)).extracting(Seen::arrival).containsExactly(2.0, 3.0, 4.0, 5.0);
    Trace three = Trace.read(source(file, Format.SIMPLE, 3));
    assertThat(three.functions()).extracting(TraceFunction::name).containsExactly("a", "b", "c");
  }

  @Test
  void longNamesAreShortenedAndStayApart() {
    var names = new ShortNames();
    String hash = "7b2c43a2bc30f6bb438074df88b603d2cb982d3e7961de05270735055950a568";
    assertThat(names.of(hash)).isEqualTo("7b2c43a2bc");
    assertThat(names.of(hash)).isEqualTo("7b2c43a2bc-2");
    assertThat(names.of("fibonacci-image-big")).isEqualTo("fibonacci-image-big");
    assertThat(names.of("été/1")).isEqualTo("_t__1");
  }

  /** Sorted by start, whatever order the rows are in; ties stay as in the file. */
  @ParameterizedTest
  @CsvSource({"by start", "by end", "shuffled", "backwards"})
  void callsOf2021ComeInTheOrderOfTheirStarts(String order) throws Exception {
    record Row(double end, double duration) {
      double start() {
        return end - duration;
      }
    }
    var random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      double duration = Math.rint(1000 * Math.exp(3 * random.nextGaussian())) / 1000;
      rows.add(new Row(duration + Math.rint(100_000 * random.nextDouble()) / 1000, duration));
    }
    switch (order) {
      case "by start" -> rows.sort((a, b) -> Double.compare(a.start(), b.start()));
      case "by end" -> rows.sort((a, b) -> Double.compare(a.end(), b.end()));
      case "backwards" -> rows.sort((a, b) -> Double.compare(b.start(), a.start()));
      default -> Collections.shuffle(rows, random);
    }
    var text = new StringBuilder("app,func,end_timestamp,duration\n");
    for (int i = 0; i < rows.size(); i++) {
      text.append("a,f" + i % 7 + "," + rows.get(i).end() + "," + rows.get(i).duration() + "\n");
    }
    List<Seen> seen = seen(trace(Format.AZURE2021, text.toString()), 1);
    assertThat(seen).hasSize(5000);
    rows.sort((a, b) -> Double.compare(a.start(), b.start()));
    for (int i = 0; i < 5000; i++) {
      assertThat(seen.get(i).arrival()).isCloseTo(rows.get(i).start(), within(2e-9));
    }
    assertThat(seen.stream().mapToDouble(Seen::exec).sum())
        .isCloseTo(rows.stream().mapToDouble(Row::duration).sum(), within(1e-3));
  }

  /** Two apps may have a function of the same name; a call may run when the trace begins. */
  @Test
  void aCallThatRanBeforeTheTraceBeganIsItsStart() throws Exception {
    Trace trace =
        trace(Format.AZURE2021, "app,func,end_timestamp,duration\nA,f,5,8\nB,f,6,1\nA,f,3,0.5\n");
    assertThat(trace.functions())
        .containsExactly(new TraceFunction("f", 2, 0, true), new TraceFunction("f-2", 1, 0, true));
    assertThat(seen(trace, 1))
        .containsExactly(
            new Seen("f", 0, 8, -1), new Seen("f", 5.5, 0.5, -1), new Seen("f-2", 8, 1, -1));
    assertThat(trace.lengthNanos()).isEqualTo(8_000_000_000L);
  }

  private static final String COUNTS =
      """
      HashOwner,2,HashApp,3,Trigger,1,HashFunction
      o,0,A,2,http,1,f
      o,0,A,1,timer,0,g
      o,0,B,0,http,0,never
      """;

  private TraceSource azure2019(Placement placement, int functions) throws IOException {
    Path durations =
        file(
            "run.csv",
            "HashApp,HashFunction,Maximum,Average\nA,f,900.9,250.9\nA,g,10,20\nX,f,1,1\n");
    Path memory = file("mem.csv", "AverageAllocatedMb,HashApp\n100,A\n7,C\n");
    return new TraceSource(
        file("inv.csv", COUNTS),
        Format.AZURE2019,
        Optional.of(durations),
        Optional.of(memory),
        functions,
        placement);
  }

  @Test
  void countsPerMinuteBecomeCallsAtEqualDistances() throws Exception {
    Trace trace = Trace.read(azure2019(Placement.EQUIDISTANT, Integer.MAX_VALUE));
    assertThat(trace.functions())
        .containsExactly(
            new TraceFunction("f", 3, 50 << 20, true), new TraceFunction("g", 1, 50 << 20, true));
    assertThat(trace.lengthNanos()).isEqualTo(180_000_000_000L);
    assertThat(seen(trace, 1))
        .containsExactly(
            new Seen("f", 0, 0.25, 0.65),
            new Seen("f", 120, 0.25, 0.65),
            new Seen("g", 120, 0.02, 0),
            new Seen("f", 150, 0.25, 0.65));
  }

  @Test
  void whereInItsMinuteACallComesDependsOnNoOtherFunction() throws Exception {
    Trace all = Trace.read(azure2019(Placement.UNIFORM_ORDER, Integer.MAX_VALUE));
    Trace one = Trace.read(azure2019(Placement.UNIFORM_ORDER, 1));
    assertThat(seen(one, 3)).hasSize(3);
    assertThat(seen(all, 3))
        .filteredOn(call -> call.function().equals("f"))
        .isEqualTo(seen(one, 3));
    assertThat(seen(all, 3)).isEqualTo(seen(all, 3)).isNotEqualTo(seen(all, 4));
  }

  @Test
  void functionsOfOneMinuteAreNotCalledInStep() throws Exception {
    Trace trace = trace(Format.AZURE2019, "HashApp,HashFunction,1,2\nA,f,5,5\nA,g,5,5\nB,f,5,5\n");
    var offsets = new HashSet<Double>();
    seen(trace, 1).forEach(call -> offsets.add(call.arrival() % 60));
    assertThat(offsets).hasSize(30);
  }

  /** Given their number, calls of a Poisson process are uniform: Kolmogorov and Smirnov's test. */
  @Test
  void callsOfAMinuteAreSpreadUniformly() throws Exception {
    Trace trace = trace(Format.AZURE2019, "HashApp,HashFunction,1\nA,f,10000\n");
    List<Seen> calls = seen(trace, 9);
    double distance = 0;
    for (int i = 0; i < 10_000; i++) {
      distance = Math.max(distance, Math.abs(calls.get(i).arrival() / 60 - i / 10_000.0));
    }
    // The largest distance of one in a thousand samples is 1.95 / sqrt(n).
    assertThat(distance).isLessThan(1.95 / 100);
    assertThat(calls.get(0).exec()).isEqualTo(-1);
  }

  @Test
  void memoryOfAFunctionIsItsOwnWhereTheFileKnowsFunctions() throws Exception {
    Path memory = file("m.csv", "HashFunction,HashApp,AverageAllocatedMb\nf,A,64\ng,A,1.5\n");
    Trace trace =
        Trace.read(
            new TraceSource(
                file("inv.csv", COUNTS),
                Format.AZURE2019,
                Optional.empty(),
                Optional.of(memory),
                Integer.MAX_VALUE,
                Placement.UNIFORM_ORDER));
    assertThat(trace.functions())
        .containsExactly(
            new TraceFunction("f", 3, 64 << 20, false), new TraceFunction("g", 1, 3 << 19, false));
  }

  @Test
  void aDayHasAllItsMinutesUnderEitherName() throws Exception {
    for (String prefix : List.of("", "minute_")) {
      var text = new StringBuilder("HashFunction,HashApp");
      for (int minute = 1440; minute > 0; minute--) {
        text.append(',').append(prefix).append(minute);
      }
      text.append("\nf,A" + ",0".repeat(1439) + ",1\ng,A,1" + ",0".repeat(1439) + "\n");
      List<Seen> calls = seen(trace(Format.AZURE2019, text.toString()), 1);
      assertThat(calls).extracting(Seen::function).containsExactly("f", "g");
      assertThat(calls.get(0).arrival()).isBetween(0.0, 60.0);
      assertThat(calls.get(1).arrival()).isBetween(86_340.0, 86_400.0);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SIMPLE | '' | t.csv: the file is empty; a header with the columns is wanted",
        "SIMPLE | 'function,arrival_s' | t.csv:1: the trace has no call",
        "SIMPLE | 'function,time;f,1' | t.csv:1: no column 'arrival_s'; there are: function, time",
        "SIMPLE | 'function,arrival_s,function;f,1,f' | t.csv:1: the column 'function' is there"
            + " twice",
        "SIMPLE | 'function,arrival_s;f,1;f,-2' | t.csv:3: arrival_s is negative: '-2'",
        "SIMPLE | 'function,arrival_s;f,2;g,3;f,1' | t.csv:4: arrival_s is before that of the row"
            + " above; sort the file by arrival_s",
        "SIMPLE | 'function,arrival_s;f,soon' | t.csv:2: arrival_s is no number: 'soon'",
        "SIMPLE | 'function,arrival_s;f,' | t.csv:2: arrival_s is no number: ''",
        "SIMPLE | 'function,arrival_s;f,NaN' | t.csv:2: arrival_s is no number: 'NaN'",
        "SIMPLE | 'function,arrival_s;f,1e300' | t.csv:2: arrival_s is more than a century:"
            + " '1e300'",
        "SIMPLE | 'function,arrival_s;,1' | t.csv:2: no function",
        "SIMPLE | 'function,arrival_s;f,1;f' | t.csv:3: 1 values in a row of 2 columns",
        "SIMPLE | 'function,arrival_s;f,1,2' | t.csv:2: 3 values in a row of 2 columns",
        "SIMPLE | 'function,arrival_s,duration_s;f,1,' | t.csv:2: duration_s is no number: ''",
        "SIMPLE | 'function,arrival_s,duration_s;f,1,-1' | t.csv:2: duration_s is negative: '-1'",
        "AZURE2021 | 'app,func,end_timestamp;a,f,1' | t.csv:1: no column 'duration'; there are: app,"
            + " func, end_timestamp",
        "AZURE2021 | 'app,func,end_timestamp,duration;a,f,1,-1' | t.csv:2: duration is negative:"
            + " '-1'",
        "AZURE2019 | 'HashApp,1;a,1' | t.csv:1: no column 'HashFunction'; there are: HashApp, 1",
        "AZURE2019 | 'HashApp,HashFunction;a,f' | t.csv:1: no column for minute 1, though there are"
            + " 0 of minutes; they are called 1, 2, … or minute_1, minute_2, …",
        "AZURE2019 | 'HashApp,HashFunction,1,3;a,f,1,1' | t.csv:1: no column for minute 2, though"
            + " there are 2 of minutes; they are called 1, 2, … or minute_1, minute_2, …",
        "AZURE2019 | 'HashApp,HashFunction,1,minute_1;a,f,1,1' | t.csv:1: minute 1 has two columns",
        "AZURE2019 | 'HashApp,HashFunction,1,2;a,f,1,' | t.csv:2: 2 is no number: ''",
        "AZURE2019 | 'HashApp,HashFunction,1,2;a,f,1,-3' | t.csv:2: 2 is negative: '-3'",
        "AZURE2019 | 'HashApp,HashFunction,1,2;a,f,1,0.5' | t.csv:2: 2 is no count: '0.5'",
        "AZURE2019 | 'HashApp,HashFunction,1,2;a,f,0,0' | t.csv:2: the trace has no call",
      })
  void aBadTraceIsToldWhatIsWrongAndWhere(Format format, String text, String message)
      throws Exception {
    Path file = file("t.csv", text.replace(";", "\n") + (text.isEmpty() ? "" : "\n"));
    assertThatThrownBy(() -> Trace.read(source(file, format, Integer.MAX_VALUE)))
        .isInstanceOf(TraceException.class)
        .hasMessage(folder + "/" + message);
  }

  @Test
  void whatIsNoTextIsToldSo() throws Exception {
    Path file = folder.resolve("t.csv");
    byte[] junk = new byte[100_000];
    new Random(1).nextBytes(junk);
    Files.write(file, junk);
    assertThatThrownBy(() -> Trace.read(source(file, Format.SIMPLE, 5)))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(file.toString());
    assertThatThrownBy(() -> Trace.read(source(folder, Format.SIMPLE, 5)))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("can't be read");
  }

  @Test
  void aColumnOfSomethingElseDoesNotFillTheMemory() throws Exception {
    Path file = folder.resolve("ids.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("function,arrival_s\n");
      for (int i = 0; i <= Trace.MOST_FUNCTIONS; i++) {
        out.write(i + ",0\n");
      }
    }
    assertThatThrownBy(() -> Trace.read(source(file, Format.SIMPLE, 5)))
        .isInstanceOf(TraceException.class)
        .hasMessage(file + ":200002: more than 200000 functions: is that the right column?");
  }

  /** A million rows, sorted by end as the trace of 2021 may be; no more is held than overlaps. */
  @Test
  void aLongTraceIsNotHeldInMemory() throws Exception {
    Path file = folder.resolve("long.csv");
    var random = new Stream(1);
    int rows = 1_000_000;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("app,func,end_timestamp,duration\n");
      for (int i = 0; i < rows; i++) {
        double duration = random.nextInt(100_000) / 1000.0;
        out.write("a,f" + random.nextInt(50) + "," + (100 + i / 10.0) + "," + duration + "\n");
      }
    }
    Trace trace = Trace.read(source(file, Format.AZURE2021, Integer.MAX_VALUE));
    assertThat(trace.calls()).isEqualTo(rows);
    try (OrderedCalls calls = (OrderedCalls) trace.open(1)) {
      long last = 0;
      int most = 0;
      int disorder = 0;
      for (int i = 0; i < rows && calls.next(); i++) {
        disorder += calls.arrivalNanos() < last ? 1 : 0;
        last = calls.arrivalNanos();
        most = Math.max(most, calls.held());
      }
      assertThat(disorder).isZero();
      assertThat(last).isEqualTo(trace.lengthNanos());
      assertThat(calls.next()).isFalse();
      // 10 calls a second that run for up to 100 s.
      assertThat(most).isBetween(500, 2000);
    }
  }
}
