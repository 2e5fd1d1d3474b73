/* SPDX-License-Identifier: MIT */
/*
 * The plug-in interface for a host in C++11 or later, header only: copy it, include it.
 *
 *   Host     derive from it: what a plug-in may ask of you, one virtual function each
 *   Module   a loaded module; throws Error when it is none, or one for another version
 *   Plugin   one instance; its destructor closes the page and the project and destroys it
 *
 * What the interface demands of every host is done here: no exception crosses the line (R9), tables
 * stay where they are (R11), unknown ids are NULL (R14), texts of a decision are copied (R7), and
 * nothing but `allowed == 1` admits. What is left to you is in the comments: [any] functions arrive
 * from other threads (R4), and no function may call the plug-in back from inside (R6).
 */
#ifndef PROSOFT_HPP
#define PROSOFT_HPP

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <prosoft/prosoft.h>

#ifdef _WIN32
#include <windows.h>
#else
#include <cerrno>
#include <cstdlib>
#include <dlfcn.h>
#endif

namespace prosoft
{

class Error : public std::runtime_error
{
public:
  explicit Error (const std::string &what, prosoft_result_t result = PROSOFT_E_FAILED)
      : std::runtime_error (what), code (result)
  {
  }

  prosoft_result_t code;
};

/* NULL is "" on this side. */
inline std::string
text_of (const char *text)
{
  return text != nullptr ? text : "";
}

/* A struct of the plug-in as far as it goes, the rest 0; nothing of it when it is too short (R3). */
template <typename Struct>
Struct
copy_of (const Struct *theirs, std::size_t size_v1)
{
  Struct mine{};

  if (theirs != nullptr && theirs->struct_size >= size_v1)
    std::memcpy (&mine, theirs, std::min<std::size_t> (theirs->struct_size, sizeof mine));
  return mine;
}

struct Button
{
  std::string id, label, target;
  prosoft_gate_button_kind_t kind;
};

struct Decision
{
  bool allowed;
  prosoft_gate_outcome_t outcome;
  std::int64_t valid_until;
  std::string code, cause, was, message, details, page_id;
  std::vector<Button> buttons;

  explicit Decision (const prosoft_gate_decision_t *theirs)
  {
    const auto it = copy_of (theirs, PROSOFT_GATE_DECISION_SIZE_V1);

    allowed = it.allowed == 1;
    outcome = it.outcome;
    valid_until = it.valid_until;
    code = text_of (it.code);
    cause = text_of (it.cause);
    was = text_of (it.was);
    message = text_of (it.message);
    details = text_of (it.details);
    page_id = text_of (it.page_id);
    for (std::uint32_t i = 0; it.buttons != nullptr && i < it.n_buttons; i++)
      buttons.push_back (Button{ text_of (it.buttons[i].id), text_of (it.buttons[i].label),
                                 text_of (it.buttons[i].target), it.buttons[i].kind });
  }
};

/* --- the host's half --------------------------------------------------------------------------- */

class Host
{
public:
  /* On the thread that pumps the windows: it is [main] from now on. */
  Host (std::string name, std::string vendor, std::string version)
      : name_ (std::move (name)), vendor_ (std::move (vendor)), version_ (std::move (version)),
        main_ (std::this_thread::get_id ())
  {
    table_.abi = { PROSOFT_ABI_MAJOR, PROSOFT_ABI_MINOR };
    table_.host_data = this;
    table_.name = name_.c_str ();
    table_.vendor = vendor_.c_str ();
    table_.version = version_.c_str ();
    table_.get_extension = get_extension;
    table_.request_callback = request_callback;
  }
  virtual ~Host () = default;
  Host (const Host &) = delete;
  Host &operator= (const Host &) = delete;

  const prosoft_host_t *
  table () const
  {
    return &table_;
  }

protected:
  /* [any] Posts a message to the main loop, which calls Plugin::on_main_thread(). Never calls it here. */
  virtual void wake () = 0;
  /* [any] One finished line. */
  virtual void log (prosoft_log_severity_t severity, const std::string &domain,
                    const std::string &text) = 0;
  /* The value of a PROSOFT_ENV_ key, "" for one that you do not have. */
  virtual std::string environment (const std::string &key) = 0;
  virtual void progress (prosoft_op_t op, double fraction, const std::string &text) = 0;
  virtual void completed (prosoft_op_t op, prosoft_result_t result, const std::string &message) = 0;
  /* Ask for the pages again, later. */
  virtual void rescan () {}
  /* Render the view again, later. */
  virtual void changed (prosoft_view_t view, std::int64_t revision) = 0;
  virtual void decided (prosoft_op_t op, const Decision &decision, prosoft_session_t session) = 0;
  virtual void notice (prosoft_session_t session, const Decision &decision) = 0;
  virtual void event (prosoft_gate_event_kind_t kind, const std::string &text) = 0;
  /* FALSE for what is not https, or http to this machine in the sandbox. */
  virtual bool open_uri (const std::string &uri) = 0;
  /* [any] A table beyond those that every host has: PROSOFT_EXT_SECRETS, say. The same each time. */
  virtual const void *
  extension (const std::string &)
  {
    return nullptr;
  }

private:
  /* Nothing that a host throws may run through the frames of a plug-in. */
  template <typename Result, typename Body>
  static Result
  guard (const prosoft_host_t *table, Result otherwise, Body body) noexcept
  {
    try
      {
        return body (*static_cast<Host *> (table->host_data));
      }
    catch (const std::exception &error)
      {
        std::fprintf (stderr, "host: in a call of the plug-in's: %s\n", error.what ());
      }
    catch (...)
      {
        std::fputs ("host: in a call of the plug-in's: an unknown exception\n", stderr);
      }
    return otherwise;
  }

  /* The same for what returns nothing. */
  template <typename Body>
  static void
  run (const prosoft_host_t *table, Body body) noexcept
  {
    guard (table, 0, [&] (Host &self) { return body (self), 0; });
  }

  static void PROSOFT_ABI
  on_log (const prosoft_host_t *table, prosoft_log_severity_t severity, const char *domain,
          const char *text) noexcept
  {
    run (table, [&] (Host &self) { self.log (severity, text_of (domain), text_of (text)); });
  }

  static std::int32_t PROSOFT_ABI
  on_is_main_thread (const prosoft_host_t *table) noexcept
  {
    return guard (table, std::int32_t{ 0 }, [] (Host &self) {
      return std::int32_t{ std::this_thread::get_id () == self.main_ };
    });
  }

  static std::int32_t PROSOFT_ABI
  on_get (const prosoft_host_t *table, const char *key, char *buffer, std::int32_t capacity) noexcept
  {
    return guard (table, std::int32_t{ 0 }, [&] (Host &self) {
      const std::string value = self.environment (key);
      const auto needed = static_cast<std::int32_t> (value.empty () ? 0 : value.size () + 1);

      if (needed > 0 && needed <= capacity)
        std::memcpy (buffer, value.c_str (), static_cast<std::size_t> (needed));
      return needed;
    });
  }

  static void PROSOFT_ABI
  on_progress (const prosoft_host_t *table, prosoft_op_t op, double fraction,
               const char *text) noexcept
  {
    run (table, [&] (Host &self) { self.progress (op, fraction, text_of (text)); });
  }

  static void PROSOFT_ABI
  on_completed (const prosoft_host_t *table, const prosoft_completion_t *completion) noexcept
  {
    run (table, [&] (Host &self) {
      const auto it = copy_of (completion, PROSOFT_COMPLETION_SIZE_V1);

      self.completed (it.op, it.result, text_of (it.message));
    });
  }

  static void PROSOFT_ABI
  on_rescan (const prosoft_host_t *table) noexcept
  {
    run (table, [] (Host &self) { self.rescan (); });
  }

  static void PROSOFT_ABI
  on_changed (const prosoft_host_t *table, prosoft_view_t view, std::int64_t revision) noexcept
  {
    run (table, [&] (Host &self) { self.changed (view, revision); });
  }

  static void PROSOFT_ABI
  on_decided (const prosoft_host_t *table, prosoft_op_t op, const prosoft_gate_decision_t *decision,
              prosoft_session_t session) noexcept
  {
    run (table, [&] (Host &self) { self.decided (op, Decision (decision), session); });
  }

  static void PROSOFT_ABI
  on_notice (const prosoft_host_t *table, prosoft_session_t session,
             const prosoft_gate_decision_t *decision) noexcept
  {
    run (table, [&] (Host &self) { self.notice (session, Decision (decision)); });
  }

  static void PROSOFT_ABI
  on_event (const prosoft_host_t *table, const prosoft_gate_event_t *event) noexcept
  {
    run (table, [&] (Host &self) {
      const auto it = copy_of (event, PROSOFT_GATE_EVENT_SIZE_V1);

      self.event (it.kind, text_of (it.text));
    });
  }

  static prosoft_result_t PROSOFT_ABI
  on_open_uri (const prosoft_host_t *table, const char *uri) noexcept
  {
    return guard (table, prosoft_result_t{ PROSOFT_E_FAILED }, [&] (Host &self) {
      return prosoft_result_t{ self.open_uri (text_of (uri)) ? PROSOFT_OK : PROSOFT_E_INVALID };
    });
  }

  static const void *PROSOFT_ABI
  get_extension (const prosoft_host_t *table, const char *id) noexcept
  {
    return guard (table, static_cast<const void *> (nullptr), [&] (Host &self) {
      static const prosoft_host_log_t log = { on_log };
      static const prosoft_host_thread_check_t thread_check = { on_is_main_thread };
      static const prosoft_host_environment_t environment = { on_get };
      static const prosoft_host_operations_t operations = { on_progress, on_completed };
      static const prosoft_host_pages_t pages = { on_rescan, on_changed };
      static const prosoft_host_session_gate_t gate = { on_decided, on_notice, on_event };
      static const prosoft_host_open_uri_t open_uri = { on_open_uri };
      static const struct
      {
        const char *id;
        const void *table;
      } tables[] = {
        { PROSOFT_EXT_LOG, &log },
        { PROSOFT_EXT_THREAD_CHECK, &thread_check },
        { PROSOFT_EXT_ENVIRONMENT, &environment },
        { PROSOFT_EXT_OPERATIONS, &operations },
        { PROSOFT_EXT_PAGES, &pages },
        { PROSOFT_EXT_SESSION_GATE, &gate },
        { PROSOFT_EXT_OPEN_URI, &open_uri },
      };

      for (const auto &it : tables)
        if (std::strcmp (it.id, id) == 0)
          return it.table;
      return self.extension (id);
    });
  }

  static void PROSOFT_ABI
  request_callback (const prosoft_host_t *table) noexcept
  {
    run (table, [] (Host &self) { self.wake (); });
  }

  const std::string name_, vendor_, version_;
  const std::thread::id main_;
  prosoft_host_t table_;
};

/* --- the plug-in's half ------------------------------------------------------------------------ */

/* `path` is absolute. It is never unmapped: the module pins itself (R12). */
class Module
{
public:
  explicit Module (const std::string &path)
  {
    prosoft_error_t error{};
    const auto found = static_cast<const prosoft_entry_t *> (find (path));

    if (found == nullptr)
      throw Error (path + " is no module for PROSOFT: it has no " PROSOFT_ENTRY_SYMBOL);
    if (found->abi.major != PROSOFT_ABI_MAJOR)
      throw Error (path + " is for version " + std::to_string (found->abi.major)
                       + " of the interface, this host for " + std::to_string (PROSOFT_ABI_MAJOR)
                       + "; update the older of the two",
                   PROSOFT_E_UNSUPPORTED);
    if (const auto result = found->init (path.c_str (), &error))
      throw Error (path + " refuses: " + error.message, result);
    entry_ = found;
  }
  ~Module () { entry_->deinit (); }
  Module (const Module &) = delete;
  Module &operator= (const Module &) = delete;

  const prosoft_plugin_factory_t *
  factory () const
  {
    return static_cast<const prosoft_plugin_factory_t *> (
        entry_->get_factory (PROSOFT_PLUGIN_FACTORY_ID));
  }

private:
#ifdef _WIN32
  static const void *
  find (const std::string &path)
  {
    const int size = MultiByteToWideChar (CP_UTF8, 0, path.c_str (), -1, nullptr, 0);
    std::wstring wide (static_cast<std::size_t> (size), L'\0');

    MultiByteToWideChar (CP_UTF8, 0, path.c_str (), -1, &wide[0], size);
    /* Its own folder first, never the working directory or PATH. */
    const HMODULE module
        = LoadLibraryExW (wide.c_str (), nullptr,
                          LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    if (module == nullptr)
      throw Error ("cannot load " + path + ": error " + std::to_string (GetLastError ()));
    return reinterpret_cast<const void *> (GetProcAddress (module, PROSOFT_ENTRY_SYMBOL));
  }
#else
  static const void *
  find (const std::string &path)
  {
    void *module = dlopen (path.c_str (), RTLD_NOW | RTLD_LOCAL);

    if (module == nullptr)
      throw Error ("cannot load " + path + ": " + dlerror ());
    return dlsym (module, PROSOFT_ENTRY_SYMBOL);
  }
#endif

  const prosoft_entry_t *entry_;
};

/* What an open project's bytes are read through; called on [main], until Plugin::close_project(). */
class Reader
{
public:
  Reader () : table_{ this, on_size, on_read } {}
  virtual ~Reader () = default;
  Reader (const Reader &) = delete;
  Reader &operator= (const Reader &) = delete;

  const prosoft_reader_t *
  table () const
  {
    return &table_;
  }

protected:
  /* Negative: a result code. */
  virtual std::int64_t size () = 0;
  virtual std::int64_t read (std::int64_t offset, void *buffer, std::int64_t capacity) = 0;

private:
  static std::int64_t PROSOFT_ABI
  on_size (const prosoft_reader_t *reader) noexcept
  {
    try
      {
        return static_cast<Reader *> (reader->reader_data)->size ();
      }
    catch (...)
      {
        return PROSOFT_E_IO;
      }
  }

  static std::int64_t PROSOFT_ABI
  on_read (const prosoft_reader_t *reader, std::int64_t offset, void *buffer,
           std::int64_t capacity) noexcept
  {
    try
      {
        return static_cast<Reader *> (reader->reader_data)->read (offset, buffer, capacity);
      }
    catch (...)
      {
        return PROSOFT_E_IO;
      }
  }

  const prosoft_reader_t table_;
};

/* All of [main]. A table that the plug-in does not have is an Error where it is needed. */
class Plugin
{
public:
  Plugin (const Module &module, const Host &host)
  {
    prosoft_error_t error{};
    const auto factory = module.factory ();
    const auto what = factory != nullptr ? factory->descriptor (factory, 0) : nullptr;

    if (what == nullptr)
      throw Error ("there is no plug-in in the module", PROSOFT_E_NOT_FOUND);
    plugin_ = factory->create (factory, host.table (), what->id, &error);
    if (plugin_ == nullptr)
      throw Error (text_of (what->name) + " does not start: " + error.message, error.code);
    if (const auto result = plugin_->init (plugin_, &error))
      {
        plugin_->destroy (plugin_);
        throw Error (text_of (what->name) + " does not start: " + error.message, result);
      }
    id_ = text_of (what->id);
    fetch (project_, PROSOFT_EXT_PROJECT);
    fetch (pages_, PROSOFT_EXT_PAGES);
    fetch (operations_, PROSOFT_EXT_OPERATIONS);
    fetch (gate_, PROSOFT_EXT_SESSION_GATE);
  }
  ~Plugin ()
  {
    for (const auto view : views_)
      pages_->close (plugin_, view);
    close_project ();
    plugin_->destroy (plugin_);
  }
  Plugin (const Plugin &) = delete;
  Plugin &operator= (const Plugin &) = delete;

  const std::string &
  id () const
  {
    return id_;
  }

  /* The answer to Host::wake(), from the main loop. */
  void
  on_main_thread ()
  {
    plugin_->on_main_thread (plugin_);
  }

  /* `reader` outlives the project. `path` is for texts only, and may be "". */
  void
  open_project (const std::string &id, const std::string &path, const Reader &reader)
  {
    prosoft_error_t error{};
    prosoft_project_info_t info{};

    info.struct_size = sizeof info;
    info.id = id.c_str ();
    info.path = path.empty () ? nullptr : path.c_str ();
    need (project_);
    check (project_->opened (plugin_, &info, reader.table (), &error), error);
    project_id_ = id;
  }

  void
  close_project ()
  {
    if (!project_id_.empty ())
      project_->closed (plugin_, project_id_.c_str ());
    project_id_.clear ();
  }

  /* The id of the page `index`, "" behind the last. */
  std::string
  page (std::uint32_t index)
  {
    const auto info = pages_ != nullptr ? pages_->info (plugin_, index) : nullptr;

    return info != nullptr ? text_of (info->id) : "";
  }

  void
  open_page (const std::string &page, prosoft_view_t view)
  {
    prosoft_error_t error{};

    need (pages_);
    check (pages_->open (plugin_, page.c_str (), view, &error), error);
    views_.push_back (view);
  }

  void
  close_page (prosoft_view_t view)
  {
    const auto at = std::find (views_.begin (), views_.end (), view);

    if (at == views_.end ())
      return;
    views_.erase (at);
    pages_->close (plugin_, view);
  }

  /* The page as JSON (page.schema.json). */
  std::string
  render (prosoft_view_t view, std::int64_t &revision)
  {
    std::string page;
    const prosoft_writer_t writer = { &page, on_write };
    const auto result = pages_->render (plugin_, view, &writer, &revision);

    if (result < 0)
      throw Error ("the page cannot be rendered", result);
    return page;
  }

  prosoft_op_t
  invoke (prosoft_view_t view, std::int64_t revision, const std::string &action,
          const std::string &inputs_json = "")
  {
    prosoft_error_t error{};
    prosoft_page_call_t call{};
    prosoft_op_t op = 0;

    call.struct_size = sizeof call;
    call.view = view;
    call.revision = revision;
    call.action_id = action.c_str ();
    call.inputs_json = inputs_json.empty () ? nullptr : inputs_json.c_str ();
    need (pages_);
    check (pages_->invoke (plugin_, &call, &op, &error), error);
    return op;
  }

  /* Host::decided() brings the answer. `installation` "": the open project. */
  prosoft_op_t
  check_session (const std::string &installation, const std::string &site, std::int32_t timeout_ms)
  {
    prosoft_gate_request_t request{};
    prosoft_op_t op = 0;

    request.struct_size = sizeof request;
    request.kind = PROSOFT_SESSION_REMOTE;
    request.installation_id = installation.empty () ? nullptr : installation.c_str ();
    request.site_name = site.c_str ();
    need (gate_);
    if (const auto result = gate_->check (plugin_, &request, timeout_ms, &op))
      throw Error ("the gate cannot be asked", result);
    return op;
  }

  void
  session_ended (prosoft_session_t session)
  {
    gate_->session_ended (plugin_, session);
  }

  /* A request: the operation still ends with its one completion (R10). */
  void
  cancel (prosoft_op_t op)
  {
    if (operations_ != nullptr)
      operations_->cancel (plugin_, op);
  }

private:
  template <typename Table>
  void
  fetch (const Table *&table, const char *id)
  {
    table = static_cast<const Table *> (plugin_->get_extension (plugin_, id));
  }

  static void
  need (const void *table)
  {
    if (table == nullptr)
      throw Error ("the plug-in cannot do this", PROSOFT_E_UNSUPPORTED);
  }

  static void
  check (prosoft_result_t result, const prosoft_error_t &error)
  {
    if (result < 0)
      throw Error (error.message, result);
  }

  static prosoft_result_t PROSOFT_ABI
  on_write (const prosoft_writer_t *writer, const void *data, std::int64_t size) noexcept
  {
    try
      {
        static_cast<std::string *> (writer->writer_data)
            ->append (static_cast<const char *> (data), static_cast<std::size_t> (size));
        return PROSOFT_OK;
      }
    catch (...)
      {
        return PROSOFT_E_MEMORY;
      }
  }

  const prosoft_plugin_t *plugin_;
  const prosoft_plugin_project_t *project_;
  const prosoft_plugin_pages_t *pages_;
  const prosoft_plugin_operations_t *operations_;
  const prosoft_plugin_session_gate_t *gate_;
  std::string id_, project_id_;
  std::vector<prosoft_view_t> views_;
};

}

#endif
