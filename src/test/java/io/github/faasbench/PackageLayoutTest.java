package io.github.faasbench;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The table of packages in ARCHITECTURE.md, as a test: who may import what. */
@AnalyzeClasses(
    packages = PackageLayoutTest.ROOT,
    importOptions = ImportOption.DoNotIncludeTests.class)
class PackageLayoutTest {

  static final String ROOT = "io.github.faasbench";

  /** Package to the packages it may import. */
  private static final Map<String, Set<String>> IMPORTS =
      Map.ofEntries(
          entry("random", Set.of()),
          entry("words", Set.of()),
          entry("files", Set.of("words")),
          entry("experiment", Set.of("random", "words", "files")),
          entry("policy", Set.of()),
          entry("policy.node", Set.of("policy")),
          entry("policy.warming", Set.of("policy")),
          entry("policy.keepalive", Set.of("policy")),
          entry("policy.queue", Set.of("policy")),
          entry(
              "policy.catalog",
              Set.of(
                  "policy",
                  "policy.node",
                  "policy.warming",
                  "policy.keepalive",
                  "policy.queue",
                  "words",
                  "files")),
          entry("metrics", Set.of("words", "files")),
          entry("plan", Set.of("random", "experiment", "policy.catalog", "plan.trace")),
          entry("plan.trace", Set.of("random", "words", "files")),
          entry("cluster", Set.of("experiment")),
          entry(
              "cluster.ssh",
              Set.of(
                  "cluster", "cluster.ssh.resident", "cluster.ssh.session", "experiment", "words")),
          entry("cluster.ssh.resident", Set.of()),
          entry("cluster.ssh.session", Set.of("experiment", "words", "files")),
          entry("cluster.sim", Set.of("random", "cluster", "experiment")),
          entry("provision", Set.of("experiment", "words", "files")),
          entry("gateway", Set.of("experiment", "policy", "cluster", "metrics")),
          entry(
              "runner",
              Set.of("random", "experiment", "plan", "policy", "cluster", "gateway", "metrics")),
          entry("analysis.statistics", Set.of("random")),
          entry("analysis.series", Set.of("random", "analysis.statistics")),
          entry(
              "analysis",
              Set.of("random", "metrics", "analysis.series", "analysis.statistics", "words")),
          entry(
              "analysis.comparison",
              Set.of("analysis", "analysis.series", "analysis.statistics", "metrics")),
          entry(
              "analysis.validity",
              Set.of("analysis", "analysis.series", "analysis.statistics", "metrics")),
          entry(
              "report",
              Set.of(
                  "analysis",
                  "analysis.series",
                  "analysis.statistics",
                  "analysis.comparison",
                  "analysis.validity",
                  "metrics")),
          entry(
              "report.figure",
              Set.of(
                  "report",
                  "analysis",
                  "analysis.series",
                  "analysis.statistics",
                  "analysis.comparison",
                  "analysis.validity",
                  "metrics",
                  "words")),
          entry(
              "report.html",
              Set.of(
                  "files",
                  "report",
                  "report.figure",
                  "analysis",
                  "analysis.series",
                  "analysis.statistics",
                  "analysis.comparison",
                  "analysis.validity",
                  "metrics",
                  "words")),
          entry(
              "cli",
              Set.of(
                  "random",
                  "words",
                  "files",
                  "experiment",
                  "policy",
                  "policy.node",
                  "policy.warming",
                  "policy.keepalive",
                  "policy.queue",
                  "policy.catalog",
                  "metrics",
                  "plan",
                  "plan.trace",
                  "cluster",
                  "cluster.ssh",
                  "cluster.ssh.session",
                  "cluster.sim",
                  "provision",
                  "gateway",
                  "runner",
                  "analysis",
                  "analysis.series",
                  "analysis.statistics",
                  "analysis.comparison",
                  "analysis.validity",
                  "report",
                  "report.figure",
                  "report.html")));

  /** Library to the packages that may use it; the longest prefix counts. */
  private static final Map<String, Set<String>> LIBRARIES =
      Map.ofEntries(
          entry("picocli", Set.of("cli")),
          entry("com.jcraft.jsch", Set.of("cluster.ssh", "cluster.ssh.session")),
          entry("org.slf4j", Set.of("cluster.ssh", "cli")),
          entry("tech.tablesaw", Set.of("report.figure")),
          entry("org.apache.commons.csv", Set.of("experiment", "metrics", "plan.trace")),
          entry("org.apache.commons.statistics", Set.of("analysis.statistics")),
          entry("org.HdrHistogram", Set.of("analysis")),
          entry("org.yaml.snakeyaml", Set.of("experiment")),
          entry("com.fasterxml.jackson.dataformat.yaml", Set.of("experiment")),
          entry(
              "com.fasterxml.jackson",
              Set.of(
                  "experiment",
                  "cluster.ssh",
                  "cluster.ssh.resident",
                  "metrics",
                  "report",
                  "report.figure")));

  /** Where the wall clock and chance may be asked; all others get time and seeds handed in. */
  private static final Set<String> IMPURE =
      Set.of("cluster.ssh", "cluster.ssh.session", "provision", "cli");

  private static final Set<String> CLOCKS_AND_CHANCE =
      Set.of(
          "java.lang.System.nanoTime()",
          "java.lang.System.currentTimeMillis()",
          "java.lang.Math.random()",
          "java.lang.StrictMath.random()",
          "java.lang.Thread.sleep(long)",
          "java.lang.Thread.sleep(long, int)",
          "java.lang.Thread.sleep(java.time.Duration)",
          "java.util.concurrent.TimeUnit.sleep(long)",
          "java.time.Instant.now()",
          "java.time.LocalDate.now()",
          "java.time.LocalDateTime.now()",
          "java.time.OffsetDateTime.now()",
          "java.time.ZonedDateTime.now()",
          "java.time.Clock.systemUTC()",
          "java.time.Clock.systemDefaultZone()",
          "java.util.Date.<init>()",
          "java.util.Random.<init>()",
          "java.util.SplittableRandom.<init>()",
          "java.security.SecureRandom.<init>()",
          "java.util.UUID.randomUUID()",
          "java.util.concurrent.ThreadLocalRandom.current()");

  @ArchTest
  static final ArchRule packagesImportOnlyWhatTheTableAllows =
      classes()
          .should(dependOnlyOn("packages that the table allows", PackageLayoutTest::strayPackage));

  @ArchTest
  static final ArchRule librariesAreUsedOnlyByTheirOwners =
      classes()
          .should(
              dependOnlyOn("libraries that their package owns", PackageLayoutTest::strayLibrary));

  @ArchTest
  static final ArchRule packagesHaveNoCycle =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  /** Else a link or a pipe in a folder of the tool's would be followed again somewhere. */
  @ArchTest
  static final ArchRule filesAreOpenedInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".files")
          .should()
          .accessTargetWhere(describe("opens or changes a file", PackageLayoutTest::opensFile));

  private static boolean opensFile(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    return switch (owner) {
      case "java.nio.file.Files" ->
          name.matches("(write|read|new(In|Out|Buf|Byte)|create|move|copy|delete|lines).*")
              && !name.startsWith("readSymbolicLink")
              && !name.startsWith("readAttributes");
      case "java.nio.channels.FileChannel" -> name.equals("open");
      case "java.io.FileOutputStream",
          "java.io.FileInputStream",
          "java.io.RandomAccessFile",
          "java.io.FileWriter",
          "java.io.FileReader" ->
          name.equals("<init>");
      default -> false;
    };
  }

  @ArchTest
  static final ArchRule timeAndChanceComeFromOutside = classes().should(askNoClockAndThrowNoDice());

  @ArchTest
  static final ArchRule policiesArePure =
      classes()
          .that()
          .resideInAPackage(ROOT + ".policy..")
          .and()
          .resideOutsideOfPackage(ROOT + ".policy.catalog")
          .should(dependOnlyOn("nothing that acts", PackageLayoutTest::act));

  @ArchTest static final ArchRule classesAreFinal = classes().should(beFinalUnlessAbstract());

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Manager")
          .andShould()
          .haveSimpleNameNotEndingWith("Util")
          .andShould()
          .haveSimpleNameNotEndingWith("Utils")
          .andShould()
          .haveSimpleNameNotEndingWith("Impl");

  private static Optional<String> strayPackage(Dependency dependency) {
    String origin = part(dependency.getOriginClass());
    if (!IMPORTS.containsKey(origin)) {
      return Optional.of("package " + origin + " is not in the table");
    }
    JavaClass target = dependency.getTargetClass().getBaseComponentType();
    if (!ours(target)
        || part(target).equals(origin)
        || IMPORTS.get(origin).contains(part(target))) {
      return Optional.empty();
    }
    return Optional.of(origin + " may not import " + part(target));
  }

  private static Optional<String> strayLibrary(Dependency dependency) {
    JavaClass target = dependency.getTargetClass().getBaseComponentType();
    String name = target.getName();
    if (target.isPrimitive()
        || ours(target)
        || name.startsWith("java.")
        || name.startsWith("javax.")) {
      return Optional.empty();
    }
    String origin = part(dependency.getOriginClass());
    Optional<String> library =
        LIBRARIES.keySet().stream()
            .filter(prefix -> name.startsWith(prefix + "."))
            .max(java.util.Comparator.comparingInt(String::length));
    if (library.isEmpty()) {
      return Optional.of(origin + " uses a library without owner: " + name);
    }
    return LIBRARIES.get(library.get()).contains(origin)
        ? Optional.empty()
        : Optional.of(origin + " may not use " + library.get());
  }

  private static Optional<String> act(Dependency dependency) {
    String name = dependency.getTargetClass().getBaseComponentType().getName();
    boolean acts =
        name.equals("java.lang.Thread")
            || Set.of(
                    "java.io.",
                    "java.nio.",
                    "java.net.",
                    "java.util.concurrent.",
                    "java.util.logging.")
                .stream()
                .anyMatch(name::startsWith);
    return acts ? Optional.of("a policy may not use " + name) : Optional.empty();
  }

  private static ArchCondition<JavaClass> dependOnlyOn(
      String what, Function<Dependency, Optional<String>> stray) {
    return new ArchCondition<>("depend only on " + what) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
          stray
              .apply(dependency)
              .map(problem -> problem + ": " + dependency.getDescription())
              .ifPresent(text -> events.add(SimpleConditionEvent.violated(item, text)));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> askNoClockAndThrowNoDice() {
    return new ArchCondition<>("ask no clock and throw no dice outside of " + IMPURE) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        if (IMPURE.contains(part(item))) {
          return;
        }
        for (JavaCodeUnit unit : item.getCodeUnits()) {
          unit.getCallsFromSelf().stream()
              .filter(call -> CLOCKS_AND_CHANCE.contains(call.getTarget().getFullName()))
              .forEach(
                  call -> events.add(SimpleConditionEvent.violated(item, call.getDescription())));
          unit.getCodeUnitReferencesFromSelf().stream()
              .filter(reference -> CLOCKS_AND_CHANCE.contains(reference.getTarget().getFullName()))
              .forEach(
                  reference ->
                      events.add(SimpleConditionEvent.violated(item, reference.getDescription())));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> beFinalUnlessAbstract() {
    return new ArchCondition<>("be final unless abstract") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        Set<JavaModifier> modifiers = item.getModifiers();
        if (!item.isAnonymousClass()
            && !item.isEnum()
            && !modifiers.contains(JavaModifier.ABSTRACT)
            && !modifiers.contains(JavaModifier.FINAL)) {
          events.add(SimpleConditionEvent.violated(item, item.getName() + " is not final"));
        }
      }
    };
  }

  private static boolean ours(JavaClass type) {
    return type.getName().startsWith(ROOT + ".");
  }

  /** The package without the root; of a nested class, that of its outer one. */
  private static String part(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "(root)" : name.substring(ROOT.length() + 1);
  }
}
