package io.github.faasbench.cluster.ssh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.LoadReading;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks a node's load from {@code get_node_metrics.sh --serve}, which waits on a kept channel and
 * answers one line per line: no new process and no sleep in the measured path. A node that lacks
 * the script, or has one that does not serve, gets it over the connection.
 */
final class LoadProbe {
  static final String INSTALLED = "/usr/local/bin/get_node_metrics.sh";
  private static final long LIMIT_MILLIS = 10_000;
  private static final double MOST_PERCENT = 100_000;

  private final SshLink link;
  private final String installed;
  private final String script;
  private final EventLoop loop;

  /** No monitor: a virtual thread that waits in one holds a real one. */
  private final ReentrantLock lock = new ReentrantLock();

  private Server server;
  private volatile boolean sendsScript;
  private volatile String source = "none";

  /**
   * A probe that is not yet connected.
   *
   * @param installed path of the script on the node
   * @param script its content, for a node that lacks it; may be empty
   */
  LoadProbe(SshLink link, String installed, String script, EventLoop loop) {
    this.link = link;
    this.installed = installed;
    this.script = script;
    this.loop = loop;
  }

  /** Where the script comes from, as shown. */
  String source() {
    return source;
  }

  /** Finds out which script serves. */
  void connect() throws NodeException {
    try {
      reading(); // twice: a script that prints once and ends does not serve
      reading();
      source = installed;
    } catch (IOException e) {
      if (script.isEmpty()) {
        throw unread(installed + " does not serve (" + FileErrors.of(e) + ")");
      }
      sendsScript = true;
      stop();
      try {
        reading();
        reading();
        source = "sent over the connection";
      } catch (IOException again) {
        throw unread("the script sent over the connection failed: " + FileErrors.of(again));
      }
    }
  }

  /** One that is none is the login shell's, or every later one would answer the question before. */
  private void reading() throws NodeException, IOException {
    String line = line();
    try {
      parse(line, 0);
    } catch (NodeException e) {
      stop();
      throw new NodeException(
          e.kind(),
          e.getMessage()
              + "; a login shell that prints by itself (in .bashrc) must do so to terminals only"
              + NodeException.LOOK_CLOSER);
    }
  }

  /** A reading; its time is when it was asked for, so its age is never understated. */
  LoadReading read() throws NodeException {
    String line;
    long asked = loop.nowNanos();
    try {
      line = line();
    } catch (SilentException silent) {
      throw unread(silent.getMessage()); // it would be silent once more
    } catch (IOException lost) {
      asked = loop.nowNanos();
      try {
        line = line();
      } catch (IOException e) {
        throw unread(FileErrors.of(e));
      }
    }
    return parse(line, asked);
  }

  static LoadReading parse(String line, long takenAtNanos) throws NodeException {
    try {
      JsonNode json = EngineApi.JSON.readTree(line);
      if (json != null && isPercentage(json.path("cpu")) && isPercentage(json.path("ram"))) {
        return new LoadReading(
            json.get("cpu").asDouble(), json.get("ram").asDouble(), takenAtNanos);
      }
    } catch (JsonProcessingException e) {
      // told below, with the line
    }
    String shown = line.length() > 80 ? line.substring(0, 80) + "…" : line;
    throw new NodeException(
        NodeFailure.Kind.GARBLED,
        "the metrics script answered '"
            + NodeException.oneLine(shown)
            + "' instead of {\"cpu\": PERCENT, \"ram\": PERCENT}");
  }

  /** Ours are at most 100, others may count cores; 1e999 is no measurement. */
  private static boolean isPercentage(JsonNode value) {
    return value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= MOST_PERCENT;
  }

  private NodeException unread(String why) {
    return new NodeException(
        NodeFailure.Kind.UNREACHABLE,
        "the node's load can't be read: "
            + why
            + "; the node needs bash, and the metrics script at "
            + installed
            + " or sent by the tool"
            + NodeException.LOOK_CLOSER);
  }

  /** The script runs and does not answer; any other trouble is a channel that was lost. */
  private static final class SilentException extends IOException {
    private static final long serialVersionUID = 1L;

    SilentException() {
      super("no answer within " + LIMIT_MILLIS / 1000 + " s");
    }
  }

  /** One line out, one line back. */
  String line() throws NodeException, IOException {
    Deadline.current().asks("its load");
    Question question = ask();
    try {
      String answer = question.answer.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
      if (answer.length() >= LineSink.MOST_BYTES) { // what it is not shows; its end may never come
        stop(question.server);
      }
      return answer;
    } catch (TimeoutException e) {
      stop(question.server); // later answers would belong to earlier questions
      throw new SilentException();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      stop(question.server);
      throw new IOException(FileErrors.of(e.getCause()), e);
    }
  }

  /** Another question may have opened a new server meanwhile: only the one asked is stopped. */
  private record Question(Server server, CompletableFuture<String> answer) {}

  private void stop(Server asked) {
    lock.lock();
    try {
      if (server == asked) {
        stop();
      }
    } finally {
      lock.unlock();
    }
  }

  private Question ask() throws NodeException, IOException {
    lock.lock();
    try {
      if (server == null || server.command.ended().isDone()) {
        server = new Server();
      }
      return new Question(server, server.ask());
    } finally {
      lock.unlock();
    }
  }

  /** Lets the channel go; the next question opens another. */
  void stop() {
    lock.lock();
    try {
      if (server != null) {
        Deadline.letGo(server.command.stop());
        server = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Starts the script that serves with other options. */
  RemoteCommand start(String options, OutputStream out, OutputStream err) throws NodeException {
    String body =
        sendsScript
            ? "exec bash -c " + ShellQuote.word(script) + " faasbench-metrics " + options
            : "exec " + ShellQuote.word(installed) + " " + options;
    return link.exec("exec sh -c " + ShellQuote.word(body), out, err);
  }

  /** The serving process and the questions it has not answered, in their order. */
  private final class Server extends LineSink {
    private final ArrayDeque<CompletableFuture<String>> asked = new ArrayDeque<>();
    private final OutputCapture errors = new OutputCapture(1024);
    private final RemoteCommand command;
    private boolean over;

    Server() throws NodeException {
      command = start("--serve", this, errors);
      command.ended().whenComplete((exit, failure) -> failAll(exit));
    }

    synchronized CompletableFuture<String> ask() throws IOException {
      CompletableFuture<String> answer = new CompletableFuture<>();
      if (over) {
        throw new IOException("the metrics script ended: " + errors.text().strip());
      }
      asked.add(answer);
      command.stdin().write('\n');
      command.stdin().flush();
      return answer;
    }

    @Override
    void line(String text) {
      CompletableFuture<String> answer = asked.poll();
      if (answer != null) {
        answer.complete(text);
      }
    }

    private synchronized void failAll(RemoteCommand.Exit exit) {
      over = true;
      String why =
          exit == null || exit.lost()
              ? "the channel was lost"
              : NodeException.oneLine("exit " + exit.status() + " " + errors.text());
      asked.forEach(answer -> answer.completeExceptionally(new IOException(why)));
      asked.clear();
    }
  }
}
