package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How the parts of a call's record are read from what engine and node say. */
class CallEvidenceTest {
  private static PullProgress progress(String... lines) throws Exception {
    PullProgress progress = new PullProgress();
    for (String line : lines) {
      progress.take(EngineApi.JSON.readTree(line.replace('\'', '"')));
    }
    return progress;
  }

  @Test
  void aPullCountsLayersAndAddsTheirSizes() throws Exception {
    PullProgress progress =
        progress(
            "{'status':'Pulling from tiny','id':'latest'}",
            "{'status':'Already exists','progressDetail':{},'id':'aaa'}",
            "{'status':'Downloading','progressDetail':{'current':5,'total':100},'id':'bbb'}",
            "{'status':'Downloading','progressDetail':{'current':100,'total':100},'id':'bbb'}",
            "{'status':'Extracting','progressDetail':{'current':10,'total':30},'id':'ccc'}",
            "{'status':'Pull complete','progressDetail':{},'id':'bbb'}",
            "{'status':'Pull complete','progressDetail':{},'id':'ccc'}",
            "{'status':'Digest: sha256:1'}");
    assertThat(progress.error()).isNull();
    assertThat(progress.result(true)).isEqualTo(new PullResult(130, 1, 3, false));
  }

  @Test
  void aLayerFetchedWithoutAStatedSizeLeavesTheBytesUnmeasured() throws Exception {
    PullProgress progress = progress("{'status':'Pull complete','id':'bbb'}");
    assertThat(progress.result(true)).isEqualTo(new PullResult(-1, 0, 1, false));
  }

  @Test
  void aPullOfWhatIsThereFetchesNothing() throws Exception {
    PullProgress progress = progress("{'status':'Status: Image is up to date for x'}");
    assertThat(progress.result(true)).isEqualTo(new PullResult(0, -1, -1, false));
  }

  @Test
  void anErrorWithinTheStreamIsFound() throws Exception {
    PullProgress progress =
        progress("{'errorDetail':{'message':'no space left'},'error':'no space left'}");
    assertThat(progress.error()).isEqualTo("no space left");
  }

  @Test
  void theClientsTextCountsTheSame() {
    PullProgress progress = new PullProgress();
    for (String line :
        new String[] {
          "latest: Pulling from tiny",
          "6e771e15690e: Already exists",
          "7e771e15690e: Pulling fs layer",
          "7e771e15690e: Pull complete",
          "Digest: sha256:7e771e15690e",
        }) {
      progress.take(line);
    }
    assertThat(progress.result(false)).isEqualTo(new PullResult(-1, 1, 2, false));
  }

  @Test
  void phasesAreDifferencesOfTheEnginesStamps() {
    Instant created = EngineTime.parse("2026-11-24T05:40:06.1Z");
    Instant started = EngineTime.parse("2026-11-24T05:40:06.3Z");
    Instant finished = EngineTime.parse("2026-11-24T06:40:06.35+01:00");
    assertThat(EngineTime.Phases.of(created, started, finished, 300_000_000))
        .isEqualTo(new EngineTime.Phases(200_000_000, 50_000_000, false));
  }

  @Test
  void aProcessThatEndedBeforeItsStartWasNotedIsNotMeasured() {
    Instant created = EngineTime.parse("2026-11-24T05:40:06.1Z");
    Instant started = EngineTime.parse("2026-11-24T05:40:06.3Z");
    Instant finished = EngineTime.parse("2026-11-24T05:40:06.29Z");
    assertThat(EngineTime.Phases.of(created, started, finished, 300_000_000))
        .isEqualTo(new EngineTime.Phases(190_000_000, -1, false));
  }

  private static EngineTime.Phases within300Millis(String started, String finished) {
    Instant created = EngineTime.parse("2026-11-24T05:40:06.1Z");
    return EngineTime.Phases.of(
        created, EngineTime.parse(started), EngineTime.parse(finished), 300_000_000);
  }

  @Test
  void stampsThatTheGatewaysClockContradictsAreNoMeasurement() {
    var jumped = new EngineTime.Phases(-1, -1, true);
    // An hour forward, and back, while the container was started; then while it ran.
    assertThat(within300Millis("2026-11-24T06:40:06.2Z", "2026-11-24T06:40:06.3Z"))
        .isEqualTo(jumped);
    assertThat(within300Millis("2026-11-24T04:40:06.2Z", "2026-11-24T04:40:06.3Z"))
        .isEqualTo(jumped);
    assertThat(within300Millis("2026-11-24T05:40:06.2Z", "2026-11-24T06:40:06.3Z"))
        .isEqualTo(jumped);
    assertThat(within300Millis("2026-11-24T05:40:06.2Z", "2026-11-24T04:40:06.3Z"))
        .isEqualTo(jumped);
    // A second is seen as well, and a clock that is as it should be is let alone.
    assertThat(within300Millis("2026-11-24T05:40:06.2Z", "2026-11-24T05:40:07.3Z"))
        .isEqualTo(jumped);
    assertThat(within300Millis("2026-11-24T05:40:06.2Z", "2026-11-24T05:40:06.4Z").jumped())
        .isFalse();
  }

  @Test
  void aNoteSaysWhyAProcessWasKilled() {
    assertThat(Notes.of(0, false, false)).isEmpty();
    assertThat(Notes.of(1, true, false)).isEmpty(); // a child was killed, and it went on
    assertThat(Notes.of(137, true, false)).isEqualTo("out of memory: killed by the kernel");
    assertThat(Notes.of(137, false, false)).startsWith("as after a SIGKILL");
    assertThat(Notes.of(137, true, true))
        .isEqualTo(
            "the node's clock jumped meanwhile: start and exec are not measured;"
                + " out of memory: killed by the kernel");
  }

  @Test
  void theYearOneMeansNever() {
    assertThat(EngineTime.parse("0001-01-01T00:00:00Z")).isNull();
    assertThat(EngineTime.parse("soon")).isNull();
  }

  @Test
  void aLoadIsTwoNumbers() throws Exception {
    assertThat(LoadProbe.parse("{\"cpu\": 12.5, \"ram\": 40}", 9).cpuPercent()).isEqualTo(12.5);
    for (String bad :
        new String[] {"", "{}", "{\"cpu\": null, \"ram\": 1}", "sh: not found", "[1"}) {
      assertThatThrownBy(() -> LoadProbe.parse(bad, 9))
          .isInstanceOfSatisfying(
              NodeException.class, e -> assertThat(e.kind()).isEqualTo(NodeFailure.Kind.GARBLED));
    }
  }

  @Test
  void markersAreTakenOnlyWithTheirRandomWord() {
    CliMarkers markers = new CliMarkers("abc123", () -> 55, () -> {});
    byte[] text =
        "welcome to the node\nabc12 end 9\nend 8\nabc123 end 0 1 2\nabc123 layer x: Pull complete\n"
            .getBytes(StandardCharsets.UTF_8);
    for (byte b : text) {
      markers.write(b);
    }
    assertThat(markers.fields("end")).containsExactly("0", "1", "2");
    assertThat(markers.endedAtNanos()).isEqualTo(55);
    assertThat(markers.lines("layer")).containsExactly("x: Pull complete");
    assertThat(markers.text("nopull")).isNull();
  }
}
