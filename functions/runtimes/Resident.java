import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The resident runtime for Java: keeps a function's process and serves the calls that come as lines (docs/resident.md).
 *
 * <pre>java Resident CLASS</pre>
 *
 * CLASS is public and has {@code public static Object handle(String[] args)}. Its result is null, a Boolean, a number, a
 * map, a collection or an array of such, or anything else as its text. A call whose handle throws is failed, with the
 * exception as its result. System.out is standard error in it, and System.in is empty; a child process must inherit
 * neither standard input nor output.
 */
public final class Resident {

  private static final int LINE_BYTES = 64 << 10;
  private static final int ANSWER_BYTES = 1 << 20;

  public static void main(String[] words) throws Exception {
    InputStream calls = new BufferedInputStream(System.in, LINE_BYTES);
    OutputStream answers = new FileOutputStream(FileDescriptor.out);
    System.setIn(InputStream.nullInputStream());
    System.setOut(System.err);
    Method handle = Class.forName(words[0]).getMethod("handle", String[].class);
    Map<String, Object> hello = new LinkedHashMap<>();
    hello.put("resident", 1);
    hello.put("runtime", "java " + System.getProperty("java.version"));
    answers.write(line(hello));
    byte[] room = new byte[LINE_BYTES];
    while (true) {
      String text = null;
      long id;
      String[] args;
      try {
        text = read(calls, room);
        if (text == null) {
          System.exit(0); // whatever threads the function has left
        }
        Map<?, ?> call = new Json(text).object();
        id = id(call.get("id"));
        args = args(call.get("args"));
      } catch (IllegalArgumentException | StackOverflowError problem) {
        String shown = text == null ? "" : text.substring(0, Math.min(200, text.length()));
        System.err.println("the line is no call: " + told(problem) + ": " + shown);
        System.exit(1);
        return;
      }
      answers.write(answer(id, handle, args));
    }
  }

  /** The next line; null at the end of the input. */
  private static String read(InputStream calls, byte[] room) throws IOException {
    for (int length = 0; ; length++) {
      int next = calls.read();
      if (next < 0 && length == 0) {
        return null;
      }
      if (next == '\n') {
        return new String(room, 0, length, StandardCharsets.UTF_8);
      }
      if (next < 0 || length == LINE_BYTES - 1) {
        throw new IllegalArgumentException("no line feed within " + LINE_BYTES + " bytes");
      }
      room[length] = (byte) next;
    }
  }

  private static long id(Object id) {
    if (id instanceof Long && (Long) id >= 1 && (Long) id < 1L << 53) {
      return (Long) id;
    }
    throw new IllegalArgumentException("its id is no integer from 1 to 2^53 - 1");
  }

  private static String[] args(Object args) {
    if (args instanceof List && ((List<?>) args).stream().allMatch(String.class::isInstance)) {
      return ((List<?>) args).toArray(new String[0]);
    }
    throw new IllegalArgumentException("its args are no list of strings");
  }

  private static byte[] answer(long id, Method handle, String[] args) throws IllegalAccessException {
    int code = 0;
    Object result;
    long started = System.nanoTime();
    long ended;
    try {
      result = handle.invoke(null, (Object) args);
      ended = System.nanoTime();
    } catch (InvocationTargetException failure) {
      ended = System.nanoTime();
      code = 1;
      result = told(failure.getCause());
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", id);
    answer.put("exit_code", code);
    answer.put("result", result);
    answer.put("started_us", started / 1000);
    answer.put("ended_us", ended / 1000);
    try {
      return line(answer);
    } catch (IllegalArgumentException | StackOverflowError problem) {
      answer.put("exit_code", 1);
      answer.put("result", "the function's result can't be told: " + told(problem));
      return line(answer);
    }
  }

  /** The exception in one line, whatever its own text does. */
  private static String told(Throwable thrown) {
    try {
      return thrown.toString();
    } catch (Throwable e) {
      return thrown.getClass().getName();
    }
  }

  private static byte[] line(Map<?, ?> message) {
    StringBuilder text = new StringBuilder();
    Json.write(message, text);
    byte[] line = text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    if (line.length > ANSWER_BYTES) {
      throw new IllegalArgumentException("its line would have " + line.length + " bytes");
    }
    return line;
  }

  /** As much JSON as the protocol needs: integers are Long, other numbers are Double. */
  private static final class Json {

    private final String text;
    private int at;

    Json(String text) {
      this.text = text;
    }

    Map<?, ?> object() {
      Object value = value();
      if (peek() != 0 || !(value instanceof Map)) {
        throw problem();
      }
      return (Map<?, ?>) value;
    }

    private IllegalArgumentException problem() {
      return new IllegalArgumentException("no JSON object; character " + (at + 1));
    }

    /** The next character that is no white space; 0: there is none. */
    private char peek() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean next(char wanted) {
      boolean there = peek() == wanted;
      at += there ? 1 : 0;
      return there;
    }

    private void must(boolean right) {
      if (!right) {
        throw problem();
      }
    }

    private Object value() {
      switch (peek()) {
        case '{':
          return map();
        case '[':
          return list();
        case '"':
          return string();
        default:
          return word();
      }
    }

    private Map<String, Object> map() {
      Map<String, Object> map = new LinkedHashMap<>();
      must(next('{'));
      for (boolean first = true; !next('}'); first = false) {
        must(first || next(','));
        must(peek() == '"');
        String key = string();
        must(next(':'));
        map.put(key, value());
      }
      return map;
    }

    private List<Object> list() {
      List<Object> list = new ArrayList<>();
      must(next('['));
      for (boolean first = true; !next(']'); first = false) {
        must(first || next(','));
        list.add(value());
      }
      return list;
    }

    private String string() {
      StringBuilder string = new StringBuilder();
      for (at++; ; at++) {
        must(at < text.length());
        char c = text.charAt(at);
        must(c >= ' ');
        if (c == '"') {
          at++;
          return string.toString();
        }
        string.append(c == '\\' ? escaped() : c);
      }
    }

    private char escaped() {
      must(++at < text.length());
      char c = text.charAt(at);
      if (c == 'u') {
        must(at + 4 < text.length() && text.substring(at + 1, at + 5).matches("[0-9A-Fa-f]{4}"));
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
      }
      int known = "\"\\/bfnrt".indexOf(c);
      must(known >= 0);
      return "\"\\/\b\f\n\r\t".charAt(known);
    }

    private Object word() {
      int from = at;
      while (at < text.length() && "{}[],:\" \t\r\n".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String word = text.substring(from, at);
      switch (word) {
        case "null":
          return null;
        case "true":
          return true;
        case "false":
          return false;
        default:
          must(word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?"));
          boolean whole = word.matches("-?[0-9]{1,18}");
          return whole ? (Object) Long.valueOf(word) : (Object) Double.valueOf(word);
      }
    }

    static void write(Object value, StringBuilder text) {
      if (value == null || value instanceof Boolean) {
        text.append(value);
      } else if (value instanceof Number) {
        if (Double.isNaN(((Number) value).doubleValue()) || Double.isInfinite(((Number) value).doubleValue())) {
          throw new IllegalArgumentException("JSON has no " + value);
        }
        text.append(value);
      } else if (value instanceof Map) {
        String before = "{";
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
          text.append(before);
          quote(String.valueOf(entry.getKey()), text);
          write(entry.getValue(), text.append(':'));
          before = ",";
        }
        text.append(before.equals("{") ? "{}" : "}");
      } else if (value instanceof Object[]) {
        write(Arrays.asList((Object[]) value), text);
      } else if (value instanceof Collection) {
        String before = "[";
        for (Object part : (Collection<?>) value) {
          write(part, text.append(before));
          before = ",";
        }
        text.append(before.equals("[") ? "[]" : "]");
      } else {
        quote(String.valueOf(value), text);
      }
    }

    private static void quote(String string, StringBuilder text) {
      text.append('"');
      for (int i = 0; i < string.length(); i++) {
        char c = string.charAt(i);
        if (c == '"' || c == '\\') {
          text.append('\\').append(c);
        } else if (c < ' ' || Character.isSurrogate(c)) {
          text.append(String.format("\\u%04x", (int) c));
        } else {
          text.append(c);
        }
      }
      text.append('"');
    }
  }
}
