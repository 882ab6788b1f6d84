package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.PackedJar.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command on the packed jar: what minimising may have taken away shows only there. */
class CommandsIT {

  @TempDir private Path folder;

  private static Result faasbench(List<String> options, String... arguments) throws Exception {
    return PackedJar.run(options, arguments);
  }

  @Test
  void planShowsEveryCellAndTheEstimatedTime() throws Exception {
    Result plan = faasbench(List.of(), "plan", "experiments/scenario1.yaml");
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.output())
        .contains("scenario1: 30 cells, 600 invocations, seed 42, 4 nodes", "estimated time: ");
    Result dryRun = faasbench(List.of(), "run", "experiments/scenario1.yaml", "--dry-run");
    assertThat(dryRun.output()).isEqualTo(plan.output());
  }

  @Test
  void everyMistakeOfAFileIsShownAndTheExitCodeIsTwo() throws Exception {
    Path file = folder.resolve("bad.yaml");
    Files.writeString(file, "name: x\npolicy: robin-round\nwarmin: cold\n");
    Result bad = faasbench(List.of(), "run", file.toString());
    assertThat(bad.exitCode()).isEqualTo(2);
    assertThat(bad.output())
        .contains(file + ":2:9: policy: ", "did you mean round-robin?", file + ":3:1: warmin: ");
  }

  @Test
  void policiesAreListedAndAnUnknownOneIsAMistake() throws Exception {
    assertThat(faasbench(List.of(), "policies").output())
        .contains("round-robin", "least-used", "most-used", "pre-warmed", "(thesis 5.3.2)");
    Result unknown = faasbench(List.of(), "policies", "fastest");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.output()).contains("no policy is named 'fastest'; known: round-robin");
  }

  @Test
  void aReportComesOutOfACsvAlone() throws Exception {
    Path csv = folder.resolve("metrics.csv");
    Files.writeString(csv, rows());
    Result report = faasbench(List.of(), "report", csv.toString());
    assertThat(report.output()).contains("report.html");
    assertThat(report.exitCode()).isZero();
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("Content-Security-Policy", "light", "DecompressionStream");
  }

  @Test
  void aNodeThatDoesNotAnswerIsExitCodeThreeWithItsNameAndWhatToDo() throws Exception {
    Path file = folder.resolve("away.yaml");
    Files.writeString(
        file,
        """
        name: away
        nodes:
          - {name: gone, host: 127.0.0.1, port: 1, user: nobody}
        functions:
          - {name: f, image: nothing, command: ["true"]}
        policy: round-robin
        warming: cold
        """);
    for (String command : List.of("run", "doctor")) {
      Result result = faasbench(List.of("-Duser.dir=" + folder), command, file.toString());
      assertThat(result.exitCode()).as(result.output()).isEqualTo(3);
      assertThat(result.output()).contains("gone", "127.0.0.1:1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "run experiments/scenario1.yaml --dry-run", "nodes --help"})
  void tablesawIsNotLoadedByCommandsThatDrawNothing(String line) throws Exception {
    Result result = faasbench(List.of("-Xlog:class+load:stdout"), line.split(" "));
    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).contains("io.github.faasbench.cli.Main ");
    assertThat(result.output())
        .doesNotContain("tech.tablesaw", "ExperimentSchema", "JsonSummary", "ComparedRun");
  }

  private static String rows() throws IOException {
    String header =
        "experiment,run,cell,repetition,invocation,function,image,policy,warming,keep_alive,"
            + "workload,backend,mode,node,attempts,outcome,exit_code,error,arrived_at,latency_s,"
            + "lag_s,queue_s,select_s,pull_s,start_s,exec_s,transport_s,pulled_bytes,"
            + "layers_present,cleanup_s,cpu_percent,ram_percent,load_age_s,in_flight\n";
    StringBuilder rows = new StringBuilder(header);
    for (String warming : List.of("cold", "warmed")) {
      for (int i = 1; i <= 8; i++) {
        rows.append("e,r,c").append(warming).append(",1,").append(i);
        rows.append(",light,image,round-robin,").append(warming);
        rows.append(",none,sequential,ssh,").append(warming).append(",n").append(i % 4);
        rows.append(",1,ok,0,,2026-11-24T06:04:32.529261Z,1.").append(i);
        rows.append("00000,0.000000,0.000000,0.100000,0.000000,0.000000,1.000000,0.0");
        rows.append(",,,0.000000,5.00,10.00,0.000000,0\n");
      }
    }
    return rows.toString();
  }
}
