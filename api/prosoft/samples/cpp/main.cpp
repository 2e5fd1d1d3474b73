/* SPDX-License-Identifier: MIT */
/* From nothing to a page on screen in C++: 1. load, 2. make, 3. pump. Then it presses actions and
 * asks the gate. How the page is drawn and the command line are those of the sample in C. */
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <queue>

#include "../c/json.h"
#include "../c/options.h"
#include "../c/page.h"
#include "prosoft.hpp"

namespace
{

constexpr prosoft_view_t view = 1;
constexpr int notice_ms = 5000;

/* The queue of the main thread. A program with windows has one already: use that. */
class Queue
{
public:
  void
  post (std::function<void ()> task)
  {
    const std::lock_guard<std::mutex> lock (mutex_);

    tasks_.push (std::move (task));
    arrived_.notify_one ();
  }

  /* Runs the next task, outside the lock; FALSE: none came until `deadline`. */
  bool
  run_one (std::chrono::steady_clock::time_point deadline)
  {
    std::unique_lock<std::mutex> lock (mutex_);

    if (!arrived_.wait_until (lock, deadline, [this] { return !tasks_.empty (); }))
      return false;
    const auto task = std::move (tasks_.front ());
    tasks_.pop ();
    lock.unlock ();
    task ();
    return true;
  }

private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::queue<std::function<void ()>> tasks_;
};

std::string
decoded (const char *value)
{
  char *text = json_text (value);
  std::string copy = text;

  std::free (text);
  return copy;
}

/* What a plug-in may ask of this program. */
class SampleHost : public prosoft::Host
{
public:
  explicit SampleHost (Queue &queue)
      : Host ("Sample host", "PROSOFT plug-in interface", "5.1.2.0"), queue_ (queue)
  {
  }

  std::map<std::string, std::string> settings;
  prosoft::Plugin *plugin = nullptr;
  bool is_sandbox = false, page_changed = false, is_admitted = false;
  prosoft_op_t completed_op = 0, decided_op = 0;
  prosoft_result_t result = 0;
  prosoft_session_t session = 0;
  std::string answer;

protected:
  void
  wake () override
  {
    queue_.post ([this] {
      if (plugin != nullptr)
        plugin->on_main_thread ();
    });
  }

  void
  log (prosoft_log_severity_t severity, const std::string &domain, const std::string &text) override
  {
    if (severity >= PROSOFT_LOG_WARNING)
      std::fprintf (stderr, "log %d: %s: %s\n", static_cast<int> (severity), domain.c_str (),
                    text.c_str ());
  }

  std::string
  environment (const std::string &key) override
  {
    const auto found = settings.find (key);

    return found != settings.end () ? found->second : "";
  }

  void
  progress (prosoft_op_t, double, const std::string &text) override
  {
    std::fprintf (stderr, "working: %s\n", text.c_str ());
  }

  void
  completed (prosoft_op_t op, prosoft_result_t how, const std::string &message) override
  {
    completed_op = op;
    result = how;
    if (!message.empty ())
      std::fprintf (stderr, "done: %s\n", message.c_str ());
  }

  void
  changed (prosoft_view_t, std::int64_t) override
  {
    page_changed = true;
  }

  void
  decided (prosoft_op_t op, const prosoft::Decision &it, prosoft_session_t its_session) override
  {
    static const char *const outcomes[] = { "?", "allow", "note", "wait", "deny" };

    decided_op = op;
    is_admitted = it.allowed;
    session = its_session;
    answer = std::string ("gate: ") + (it.allowed ? "admitted" : "refused") + ", "
             + outcomes[it.outcome >= 1 && it.outcome <= 4 ? it.outcome : 0] + ", "
             + (it.code.empty () ? "?" : it.code) + "\n";
    if (!it.cause.empty ())
      answer += "  cause: " + it.cause + "\n";
    if (!it.message.empty ())
      answer += "  message: " + it.message + "\n";
    for (const auto &button : it.buttons)
      answer += "  button: " + button.id + ", " + button.label + "\n";
  }

  void
  notice (prosoft_session_t, const prosoft::Decision &it) override
  {
    std::fprintf (stderr, "notice: %s\n", it.message.c_str ());
  }

  void
  event (prosoft_gate_event_kind_t, const std::string &text) override
  {
    std::fprintf (stderr, "event: %s\n", text.c_str ());
  }

  /* A host with windows hands the address to the system: ShellExecuteExW, xdg-open. */
  bool
  open_uri (const std::string &uri) override
  {
    const bool is_secure = uri.compare (0, 8, "https://") == 0;

    if (!is_secure && !(is_sandbox && is_this_machine (uri)))
      return false;
    std::fprintf (stderr, "open in a browser: %s\n", uri.c_str ());
    return true;
  }

private:
  /* An address, since a name can be made to mean another machine, and no user name before it. */
  static bool
  is_this_machine (const std::string &uri)
  {
    const auto end = uri.find_first_not_of ("[]:0123456789.", 7);

    return (uri.compare (0, 11, "http://127.") == 0 || uri.compare (0, 12, "http://[::1]") == 0)
           && (end == std::string::npos || std::strchr ("/?#", uri[end]) != nullptr);
  }

  Queue &queue_;
};

class FileReader : public prosoft::Reader
{
public:
  explicit FileReader (const char *path) : file_ (path, std::ios::binary)
  {
    if (!file_)
      throw prosoft::Error (std::string ("cannot open ") + path + ": " + std::strerror (errno));
  }

protected:
  std::int64_t
  size () override
  {
    file_.clear ();
    file_.seekg (0, std::ios::end);
    return file_ ? static_cast<std::int64_t> (file_.tellg ()) : PROSOFT_E_IO;
  }

  std::int64_t
  read (std::int64_t offset, void *buffer, std::int64_t capacity) override
  {
    file_.clear ();
    file_.seekg (offset);
    file_.read (static_cast<char *> (buffer), capacity);
    return file_.bad () ? PROSOFT_E_IO : static_cast<std::int64_t> (file_.gcount ());
  }

private:
  std::ifstream file_;
};

class Sample
{
public:
  explicit Sample (const Options &options) : options_ (options), host_ (queue_) {}

  void
  run ()
  {
    set_up ();
    const FileReader file (options_.file); /* outlives the plug-in that reads from it */

    /* 1. Load: checks the version before anything is called. */
    const prosoft::Module module (absolute (options_.module));

    /* 2. Make: from here on the tables of both sides are valid. */
    prosoft::Plugin plugin (module, host_);
    host_.plugin = &plugin;
    std::printf ("plug-in: %s\n", plugin.id ().c_str ());

    /* 3. Pump: open what there is to show, and draw the page when the plug-in says so. */
    plugin.open_page (plugin.page (0), view);
    host_.page_changed = true;
    pump ([&] { return is_page_there (plugin); }, "the page");
    plugin.open_project ("the-open-project", options_.file, file);
    wait_for_page (plugin);
    page_print (page_.c_str (), stdout);

    for (int i = 0; i < options_.n_presses; i++)
      press (plugin, options_.presses[i]);
    for (int i = 0; i < options_.asks; i++)
      ask_gate (plugin);
    /* What goes out of scope closes the page, then the project, then destroys the instance. */
    host_.plugin = nullptr;
  }

private:
  static std::string
  absolute (const char *path)
  {
#ifdef _WIN32
    /* As main() has it, in the PC's code page; a host takes what its dialogs give, as UTF-8. */
    char *whole = _fullpath (nullptr, path, 0);
#else
    char *whole = realpath (path, nullptr);
#endif

    if (whole == nullptr)
      throw prosoft::Error (std::string ("cannot load ") + path + ": " + std::strerror (errno));
    const std::string copy = whole;
    std::free (whole);
    return copy;
  }

  static std::string
  contents (const char *folder, const char *name)
  {
    char *text = options_read_file (folder, name);

    if (text == nullptr)
      throw prosoft::Error ("there is no sandbox");
    const std::string copy = text;
    std::free (text);
    return copy;
  }

  void
  set_up ()
  {
    host_.settings = { { PROSOFT_ENV_LOCALE, "en" },
                       { PROSOFT_ENV_THEME, "light" },
                       { PROSOFT_ENV_DATA_DIR, options_.data_dir },
                       { PROSOFT_ENV_CACHE_DIR, options_.cache_dir },
                       { PROSOFT_ENV_PROXY, "direct" },
                       { PROSOFT_ENV_PROSOFT_VERSION, "5.1.2.0" } };
    if (options_.sandbox == nullptr)
      return;
    const std::string urls = contents (options_.sandbox, "urls.json");
    const char *const json = urls.c_str ();

    host_.settings[PROSOFT_ENV_TTCLOUD_URL] = decoded (json_member (json, "ttcloud_url"));
    host_.settings[PROSOFT_ENV_TTECOMM_URL] = decoded (json_member (json, "ttecomm_url"));
    host_.settings[PROSOFT_ENV_CLOCK_OFFSET] = decoded (json_member (json, "offset_seconds"));
    host_.settings[PROSOFT_ENV_TTCLOUD_TRUST] = contents (options_.sandbox, "trust.json");
    host_.settings[PROSOFT_ENV_TTCLOUD_CA] = contents (options_.sandbox, "ca.pem");
    host_.is_sandbox = true;
  }

  /* The main loop, until `holds` or the time is up. */
  bool
  pump_until (const std::function<bool ()> &holds, int timeout_ms)
  {
    const auto deadline
        = std::chrono::steady_clock::now () + std::chrono::milliseconds (timeout_ms);

    while (!holds ())
      if (!queue_.run_one (deadline))
        return holds ();
    return true;
  }

  void
  pump (const std::function<bool ()> &holds, const std::string &what)
  {
    if (!pump_until (holds, options_.timeout_ms))
      throw prosoft::Error (what + " was not there in time", PROSOFT_E_TIMEOUT);
  }

  /* Renders what has changed; a page that is not loading any more can be shown. */
  bool
  is_page_there (prosoft::Plugin &plugin)
  {
    if (host_.page_changed)
      {
        host_.page_changed = false;
        page_ = plugin.render (view, revision_);
      }
    return !json_is (json_member (page_.c_str (), "state"), "loading");
  }

  /* What a window need not know, since it draws every revision: the first page that knows the project
   * is newer than the one of before. A plug-in with nothing to say of a project keeps its page. */
  void
  wait_for_page (prosoft::Plugin &plugin)
  {
    const auto before = revision_;

    pump_until ([&] { return is_page_there (plugin) && revision_ > before; },
                std::min (options_.timeout_ms, notice_ms));
    pump ([&] { return is_page_there (plugin); }, "the page");
  }

  void
  press (prosoft::Plugin &plugin, const std::string &action)
  {
    const auto op = plugin.invoke (view, revision_, action);

    pump ([&] { return host_.completed_op == op; }, "the end of " + action);
    std::printf ("pressed: %s, %d\n", action.c_str (), static_cast<int> (host_.result));
    pump ([&] { return is_page_there (plugin); }, "the page");
  }

  /* May this remote session start? No answer is a no. */
  void
  ask_gate (prosoft::Plugin &plugin)
  {
    const auto op = plugin.check_session ("", "Sample", 0);
    const auto is_decided = [&] { return host_.decided_op == op; };

    if (!pump_until (is_decided, options_.timeout_ms))
      {
        plugin.cancel (op); /* it ends all the same, with its one decision (R10) */
        pump (is_decided, "the gate's answer");
      }
    std::fputs (host_.answer.c_str (), stdout);
    if (host_.is_admitted)
      plugin.session_ended (host_.session); /* the session would run before that */
  }

  const Options options_;
  Queue queue_;
  SampleHost host_;
  std::string page_;
  std::int64_t revision_ = 0;
};

}

int
main (int argc, char **argv)
{
  Options options;

  if (!options_read (&options, argc, argv))
    return 2;
  try
    {
      Sample (options).run ();
      return 0;
    }
  catch (const std::exception &error)
    {
      std::fprintf (stderr, "host: %s\n", error.what ());
      return 1;
    }
}
